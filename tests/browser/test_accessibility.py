"""The page can be used by everyone: axe-core finds nothing serious, in either colour scheme, wide or narrow."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

Visit = Callable[..., Page]
Ask = Callable[[Page, str], None]


def findings(page: Page) -> list[str]:
    """What axe-core finds that is serious or worse."""
    return [
        f"{violation['id']}: {node['html'][:200]}"
        for violation in Axe().run(page).response["violations"]
        if violation["impact"] in ("serious", "critical")
        for node in violation["nodes"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_serious(shared: str, visit: Visit, ask: Ask, scheme: str, width: int) -> None:
    page = visit(shared, width=width, scheme=scheme)
    assert findings(page) == []
    ask(page, "Who is Kim Yo-jong?")
    ask(page, "Who won the football world cup in 1998?")
    page.locator("summary").first.click()
    assert findings(page) == []
    page.locator(".mark").first.click()
    expect(page.locator(".reading mark.current").first).to_be_in_viewport()
    assert findings(page) == []
    page.keyboard.press("Escape")
    for drawer in ("Documents", "Conversations"):
        page.get_by_role("button", name=drawer, exact=True).click()
        expect(page.get_by_role("heading", name=drawer)).to_be_visible()
        assert findings(page) == []
        page.keyboard.press("Escape")
