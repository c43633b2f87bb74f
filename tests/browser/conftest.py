"""A real browser on the page, which must reach no other host and complain of nothing."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from assistant import Assistant
from assistant.web import build

BEES = """# Keeping bees

## The queen

A queen bee lays about 1,500 eggs a day in early summer.

## The winter

A colony eats about 12 kilograms of honey in a winter.
"""
expect.set_options(timeout=60_000)  # a busy machine is no failure
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
def folder(tmp_path: Path, analysis: Path) -> Path:
    """A documents folder that a test may change."""
    folder = tmp_path / "documents"
    folder.mkdir()
    shutil.copy(analysis, folder)
    (folder / "bees.md").write_text(BEES, encoding="utf-8")
    return folder


@pytest.fixture
def served(folder: Path, browser: Browser) -> Iterator[str]:
    """The page over that folder."""
    page = build(Assistant(documents=folder, index=folder.parent / "index"))
    page.launch(server_port=0, prevent_thread_lock=True, quiet=True)
    yield page.address
    # A page that is still open would complain that its server is gone.
    close_pages(browser)
    page.close()


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory, analysis: Path) -> Iterator[str]:
    """The page over documents that no test changes."""
    folder = tmp_path_factory.mktemp("shared")
    (folder / "documents").mkdir()
    shutil.copy(analysis, folder / "documents")
    (folder / "documents" / "bees.md").write_text(BEES, encoding="utf-8")
    page = build(Assistant(documents=folder / "documents", index=folder / "index"))
    page.launch(server_port=0, prevent_thread_lock=True, quiet=True)
    yield page.address
    page.close()


Visit = Callable[..., Page]


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
        page = context.new_page()
        page.set_default_timeout(30_000)
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


Ask = Callable[[Page, str], None]


@pytest.fixture(scope="session")
def ask() -> Ask:
    """Asks in the page, and waits until the answer is whole."""

    def put(page: Page, question: str) -> None:
        asked = page.locator(".turn").count()
        page.get_by_label("Your question").fill(question)
        page.get_by_role("button", name="Ask", exact=True).click()
        page.locator(".turn").nth(asked).locator(".actions").wait_for()

    return put
