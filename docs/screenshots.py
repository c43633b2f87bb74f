"""Takes the pictures of the page that stand in the README and beside this file.

python docs/screenshots.py
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from assistant import Assistant
from assistant.web import build

HERE = Path(__file__).parent
DOCUMENTS = HERE.parent / "documents"
WIDE = (1280, 800)
NARROW = (390, 800)
ANSWERED = "Who is Kim Yo-jong?"
REFUSED = "What is the capital of France?"


def main() -> None:
    """Serves the page over the project's own documents, and takes each picture."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        served = build(Assistant(documents=DOCUMENTS, index=Path(folder) / "index"))
        served.launch(server_port=0, prevent_thread_lock=True, quiet=True)
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = visit(browser, served.address, WIDE)
        take(page, "welcome")
        ask(page, ANSWERED)
        open_citation(page)
        take(page, "screenshot")
        ask(page, REFUSED)
        take(page, "refusal")
        page = visit(browser, served.address, WIDE, dark=True)
        ask(page, ANSWERED)
        open_citation(page)
        take(page, "dark")
        page = visit(browser, served.address, NARROW)
        ask(page, ANSWERED)
        take(page, "narrow")
        open_citation(page)
        take(page, "narrow-citation")
        browser.close()
        served.close()


def visit(browser: Browser, url: str, size: tuple[int, int], *, dark: bool = False) -> Page:
    """Opens the page as someone new."""
    page = browser.new_page(
        viewport={"width": size[0], "height": size[1]},
        color_scheme="dark" if dark else "light",
        reduced_motion="reduce",
    )
    page.goto(url)
    page.locator(".example").first.wait_for()
    return page


def ask(page: Page, question: str) -> None:
    """Asks, and waits until the answer is whole."""
    asked = page.locator(".turn").count()
    page.get_by_label("Your question").fill(question)
    page.get_by_role("button", name="Ask", exact=True).click()
    page.locator(".turn").nth(asked).locator(".actions").wait_for()


def open_citation(page: Page) -> None:
    """Opens the first citation of the last answer."""
    page.locator(".turn").last.locator(".mark").first.click()
    page.locator(".reading mark.current").first.wait_for()


def take(page: Page, name: str) -> None:
    """Takes a picture."""
    page.wait_for_timeout(300)
    page.screenshot(path=HERE / f"{name}.png")


if __name__ == "__main__":
    main()
