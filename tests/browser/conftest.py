"""A real browser on the page, which must reach no other host and complain of nothing."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright

from assistant import Assistant
from assistant.web.page import Page as ServedPage

from ..conftest import serving, write_documents

Serve = Callable[[Assistant], ServedPage]
Visit = Callable[..., Page]
Ask = Callable[[Page, str], None]

PATIENCE = 60_000
"""Milliseconds that anything may take: a busy machine is no failure."""

REFUSED = """
    Object.defineProperty(window, "localStorage", { get() { throw new DOMException("Denied.", "SecurityError"); } });
"""
"""What a browser does that is set to keep nothing."""

FULL = """
    Storage.prototype.setItem = () => { throw new DOMException("Full.", "QuotaExceededError"); };
"""
"""What a browser does that has no room left."""

expect.set_options(timeout=PATIENCE)
HARMLESS = (
    "Autofocus processing was blocked",
    # Gradio's answer to the stopping of what has just ended.
    "Failed to load resource: the server responded with a status of 422",
    # And to a page that is left or loaded again while its stream of events is open.
    "signal is aborted without reason",
    "Connection errored out.",
)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        yield browser
        browser.close()


def close_pages(browser: Browser) -> None:
    for context in browser.contexts:
        context.close()


@pytest.fixture
def serve(browser: Browser) -> Iterator[Serve]:
    """Serves the page over an assistant until the test is over."""
    with ExitStack() as servers:
        yield lambda assistant: servers.enter_context(serving(assistant))
        # A page that is still open would complain that its server is gone.
        close_pages(browser)


@pytest.fixture
def folder(tmp_path: Path, analysis: Path) -> Path:
    """A documents folder that a test may change."""
    return write_documents(tmp_path, analysis)


@pytest.fixture
def served(folder: Path, serve: Serve) -> str:
    """The page over that folder."""
    return serve(Assistant(documents=folder, index=folder.parent / "index")).address


@pytest.fixture(scope="session")
def shared(shared_assistant: Assistant) -> Iterator[str]:
    """The page over documents that no test changes."""
    with serving(shared_assistant) as page:
        yield page.address


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visit]:
    """Opens the page as someone with a browser of their own; ``width``, ``height`` and ``scheme`` as asked."""
    complaints: list[str] = []
    hosts: set[str | None] = set()

    def open_page(url: str, *, width: int = 1280, height: int = 800, scheme: str = "light") -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if scheme == "dark" else "light",
            reduced_motion="reduce",
            permissions=["clipboard-read", "clipboard-write"],
        )
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        page.on("request", lambda request: hosts.add(urlsplit(request.url).hostname))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda message: complaints.append(message.text))
        page.goto(url)
        page.locator(".turn, .welcome:not(:has(.waiting))").first.wait_for()
        return page

    yield open_page
    close_pages(browser)
    assert [text for text in complaints if not any(known in text for known in HARMLESS)] == []
    assert hosts <= {"127.0.0.1", None}


@pytest.fixture(scope="session")
def ask() -> Ask:
    """Asks in the page, and waits until the answer is whole."""

    def put(page: Page, question: str) -> None:
        asked = page.locator(".turn").count()
        page.get_by_label("Your question").fill(question)
        page.get_by_role("button", name="Ask", exact=True).click()
        page.locator(".turn").nth(asked).locator(".actions").wait_for()

    return put


def findings(page: Page) -> list[str]:
    """What axe-core finds that is serious or worse."""
    return [
        f"{violation['id']}: {node['html'][:200]}"
        for violation in Axe().run(page).response["violations"]
        if violation["impact"] in ("serious", "critical")
        for node in violation["nodes"]
    ]
