"""The page can be used by everyone: axe-core finds nothing serious, in either colour scheme, wide or narrow."""

import pytest
from playwright.sync_api import expect

from .conftest import Ask, Visit, findings


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_serious(shared: str, visit: Visit, ask: Ask, scheme: str, width: int) -> None:
    page = visit(shared, width=width, scheme=scheme)
    assert findings(page) == []
    ask(page, "Who is Kim Yo-jong?")
    ask(page, "Who won the football world cup in 1998?")
    page.locator("summary").first.click()
    expect(page.get_by_role("heading", level=1).first).to_be_attached()
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


def test_what_is_opened_by_keyboard_has_the_focus_though_it_still_slides_in(
    shared: str, visit: Visit, ask: Ask
) -> None:
    page = visit(shared, width=390)
    page.emulate_media(reduced_motion="no-preference")
    for drawer in ("Conversations", "Documents"):
        opener = page.get_by_role("button", name=drawer, exact=True)
        opener.press("Enter")
        expect(page.locator(f"#{drawer.lower()} :focus")).to_have_count(1)
        page.keyboard.press("Escape")
        expect(opener).to_be_focused()
    ask(page, "How many eggs does a queen bee lay a day?")
    for _ in range(2):  # the second time there is nothing to fetch first
        page.locator(".mark").press("Enter")
        expect(page.locator(".reading")).to_be_focused()
        page.keyboard.press("Escape")
        expect(page.locator(".mark")).to_be_focused()


@pytest.mark.parametrize("drawer", ["Conversations", "Documents"])
def test_on_a_phone_a_drawer_is_left_by_going_back_or_by_its_cross(shared: str, visit: Visit, drawer: str) -> None:
    page = visit(shared, width=390)
    opener = page.get_by_role("button", name=drawer, exact=True)
    title = page.get_by_role("heading", name=drawer, exact=True)
    for leave in (page.go_back, page.get_by_role("button", name=f"Close the {drawer.lower()}").click):
        opener.click()
        expect(title).to_be_visible()
        leave()
        expect(title).to_be_hidden()
        expect(opener).to_be_focused()
    assert page.url == shared


def test_on_a_phone_a_document_opened_from_the_drawer_is_left_by_going_back_once(shared: str, visit: Visit) -> None:
    page = visit(shared, width=390)
    page.get_by_role("button", name="Documents", exact=True).click()
    page.get_by_role("button", name="Keeping bees", exact=True).click()
    expect(page.locator(".reading h1")).to_be_visible()
    page.go_back()
    expect(page.locator(".reading")).to_be_hidden()
    expect(page.get_by_label("Your question")).to_be_visible()
    assert page.url == shared


def test_an_answer_is_read_out_when_it_is_whole(shared: str, visit: Visit, ask: Ask) -> None:
    page = visit(shared)
    ask(page, "How many eggs does a queen bee lay a day?")
    heard = page.locator("#heard[aria-live]")
    expect(heard).to_have_text("A queen bee lays about 1,500 eggs a day in early summer.")
    ask(page, "Who won the football world cup in 1998?")
    expect(heard).to_have_text("The documents do not answer this.")
    page.reload()
    expect(page.locator(".turn")).to_have_count(2)
    expect(heard).to_be_empty()
