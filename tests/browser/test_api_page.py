"""The page that tells programs how to ask."""

from urllib.parse import urlsplit

from playwright.sync_api import Browser, expect

from .conftest import PATIENCE


def test_its_address_shows_it_and_fetches_nothing_from_elsewhere(shared: str, browser: Browser) -> None:
    context = browser.new_context()
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    hosts: set[str | None] = set()
    page.on("request", lambda request: hosts.add(urlsplit(request.url).hostname))
    page.goto(f"{shared}?view=api")
    expect(page.get_by_role("heading", name="MCP documentation")).to_be_visible()
    page.get_by_text("Python", exact=True).click()
    for name in ("/ask", "/retrieve", "/document", "/status"):
        expect(page.locator(".api-docs")).to_contain_text(name)
    context.close()
    assert hosts == {"127.0.0.1"}
