"""Talking: follow-ups, second thoughts, and conversations that the browser keeps."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from assistant import Assistant

from .conftest import FULL, REFUSED, Ask, Visit

EGGS = "How many eggs does a queen bee lay a day?"
HONEY = "How much honey does a colony eat in a winter?"


def open_drawer(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def exported(page: Page) -> str:
    """What is in the file that the one conversation in the drawer is exported to."""
    with page.expect_download() as download:
        page.get_by_role("button", name="Export").click()
    assert download.value.suggested_filename.endswith(".md")
    return download.value.path().read_text(encoding="utf-8")


def second_tab(first: Page, url: str) -> Page:
    """The page in another tab of the same browser, where the last answer is shown too."""
    second = first.context.new_page()
    second.goto(url)
    expect(second.locator(".answer")).to_contain_text("1,500 eggs")
    return second


def test_a_follow_up_is_understood_from_the_conversation(shared: str, visit: Visit, ask: Ask) -> None:
    page = visit(shared)
    ask(page, EGGS)
    ask(page, "And in which season?")
    expect(page.locator(".turn").nth(1)).to_contain_text("Understood as:")


def test_undo_takes_the_last_question_back_into_the_field(shared: str, visit: Visit, ask: Ask) -> None:
    page = visit(shared)
    ask(page, EGGS)
    ask(page, HONEY)
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".turn")).to_have_count(1)
    expect(page.get_by_label("Your question")).to_have_value(HONEY)
    page.get_by_label("Your question").fill("And what does")
    page.get_by_role("button", name="Undo").click()
    page.get_by_role("dialog").get_by_role("button", name="Cancel").click()
    expect(page.locator(".turn")).to_have_count(1)
    page.get_by_role("button", name="Undo").click()
    page.get_by_role("dialog").get_by_role("button", name="Undo").click()
    expect(page.locator(".turn")).to_have_count(0)
    expect(page.get_by_label("Your question")).to_have_value("And what does")


def test_what_is_being_typed_outlives_a_retry_and_a_reload(shared: str, visit: Visit, ask: Ask) -> None:
    page = visit(shared)
    ask(page, EGGS)
    field = page.get_by_label("Your question")
    field.fill("And what does")
    page.get_by_role("button", name="Retry").click()
    expect(page.get_by_role("button", name="Stop")).to_be_visible()
    expect(page.get_by_role("button", name="Ask", exact=True)).to_be_visible()
    page.reload()
    expect(page.locator(".turn")).to_have_count(1)
    expect(field).to_have_value("And what does")
    ask(page, HONEY)
    page.reload()
    expect(page.locator(".turn")).to_have_count(2)
    expect(field).to_have_value("")


def test_retry_asks_again(served: str, folder: Path, visit: Visit, ask: Ask) -> None:
    page = visit(served)
    ask(page, EGGS)
    expect(page.locator(".answer")).to_contain_text("1,500 eggs")
    bees = folder / "bees.md"
    bees.write_text(bees.read_text(encoding="utf-8").replace("1,500", "1,700"), encoding="utf-8")
    Assistant(documents=folder, index=folder.parent / "index").reindex()
    page.get_by_role("button", name="Retry").click()
    expect(page.locator(".answer")).to_contain_text("1,700 eggs")
    expect(page.locator(".turn")).to_have_count(1)


def test_what_was_asked_after_a_question_is_forgotten_only_after_a_confirmation(
    shared: str, visit: Visit, ask: Ask
) -> None:
    page = visit(shared)
    ask(page, EGGS)
    ask(page, HONEY)
    page.get_by_role("button", name="Retry").first.click()
    page.get_by_role("dialog").get_by_role("button", name="Cancel").click()
    expect(page.locator(".turn")).to_have_count(2)
    page.get_by_role("button", name="Retry").first.click()
    page.get_by_role("dialog").get_by_role("button", name="Ask again").click()
    expect(page.locator(".turn")).to_have_count(1)
    expect(page.locator(".answer")).to_contain_text("1,500 eggs")


def test_a_question_can_be_changed_and_asked_again(shared: str, visit: Visit, ask: Ask) -> None:
    page = visit(shared)
    ask(page, EGGS)
    page.get_by_role("button", name="Edit").click()
    field = page.get_by_label("The question, to be changed")
    expect(field).to_have_value(EGGS)
    field.fill(HONEY)
    page.get_by_role("button", name="Ask again").click()
    expect(page.locator(".answer")).to_contain_text("12 kilograms")
    expect(page.locator(".turn")).to_have_count(1)


def test_a_conversation_is_called_by_its_first_question_as_it_was_changed(shared: str, visit: Visit, ask: Ask) -> None:
    page = visit(shared)
    names = page.locator("#conversations .name")
    ask(page, EGGS)
    page.get_by_role("button", name="Edit").click()
    page.get_by_label("The question, to be changed").fill(HONEY)
    page.get_by_role("button", name="Ask again").click()
    expect(page.locator(".answer")).to_contain_text("12 kilograms")
    expect(names).to_have_text([HONEY])
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".turn")).to_have_count(0)
    expect(names).to_have_count(0)
    ask(page, EGGS)
    expect(names).to_have_text([EGGS])


def test_an_answer_is_copied_with_its_citations(shared: str, visit: Visit, ask: Ask) -> None:
    page = visit(shared)
    ask(page, EGGS)
    page.get_by_role("button", name="Copy").click()
    expect(page.get_by_text("Copied with its citations.")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert f"## {EGGS}" in copied
    assert "> A queen bee lays about 1,500 eggs a day in early summer." in copied
    assert "bees.md" in copied


def test_a_conversation_is_there_after_a_reload_and_opens_its_citations(shared: str, visit: Visit, ask: Ask) -> None:
    page = visit(shared)
    ask(page, EGGS)
    page.reload()
    page.locator(".mark").click()
    expect(page.locator(".reading mark.current")).to_have_text(
        "A queen bee lays about 1,500 eggs a day in early summer."
    )
    expect(page.locator(".notice")).to_be_empty()


def test_a_reopened_conversation_says_that_its_document_has_changed(
    served: str, folder: Path, visit: Visit, ask: Ask
) -> None:
    page = visit(served)
    ask(page, EGGS)
    bees = folder / "bees.md"
    bees.write_text("# Notes\n\nNew words above.\n\n" + bees.read_text(encoding="utf-8"), encoding="utf-8")
    Assistant(documents=folder, index=folder.parent / "index").reindex()
    page.reload()
    page.locator(".mark").click()
    expect(page.locator(".notice")).to_contain_text("has changed since it was cited")
    expect(page.locator(".reading mark.current")).to_have_text(
        "A queen bee lays about 1,500 eggs a day in early summer."
    )
    bees.write_text("# Keeping bees\n\nNothing of it is left.\n", encoding="utf-8")
    Assistant(documents=folder, index=folder.parent / "index").reindex()
    page.reload()
    page.locator(".mark").click()
    expect(page.locator(".notice")).to_contain_text("no longer in it")


def test_conversations_are_listed_opened_renamed_and_deleted(shared: str, visit: Visit, ask: Ask) -> None:
    page = visit(shared)
    ask(page, EGGS)
    open_drawer(page, "Conversations")
    page.get_by_role("button", name="New conversation").click()
    expect(page.locator(".turn")).to_have_count(0)
    ask(page, HONEY)
    open_drawer(page, "Conversations")
    drawer = page.locator("#conversations")
    expect(drawer.locator(".name")).to_have_text([HONEY, EGGS])

    page.get_by_role("button", name=f"Rename “{EGGS}”").click()
    name = page.get_by_label("The conversation's name")
    name.fill("Bees")
    name.press("Enter")
    drawer.get_by_role("button", name="Bees", exact=True).click()
    expect(page.locator(".question p")).to_have_text(EGGS)

    page.reload()
    expect(page.locator(".question p")).to_have_text(EGGS)
    open_drawer(page, "Conversations")
    page.get_by_role("button", name="Delete “Bees”").click()
    page.get_by_role("dialog").get_by_role("button", name="Cancel").click()
    expect(drawer.locator(".name")).to_have_count(2)
    page.get_by_role("button", name="Delete “Bees”").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    expect(drawer.locator(".name")).to_have_text([HONEY])
    expect(page.locator(".turn")).to_have_count(0)


def test_a_conversation_is_exported_with_its_citations(shared: str, visit: Visit, ask: Ask) -> None:
    page = visit(shared)
    ask(page, EGGS)
    open_drawer(page, "Conversations")
    assert "> A queen bee lays about 1,500 eggs a day in early summer." in exported(page)


@pytest.mark.parametrize("storage", [REFUSED, FULL], ids=["refused", "full"])
def test_what_the_browser_does_not_keep_is_listed_and_exported_while_it_is_open(
    shared: str, visit: Visit, ask: Ask, storage: str
) -> None:
    page = visit(shared)
    page.add_init_script(storage)
    page.reload()
    ask(page, EGGS)
    open_drawer(page, "Conversations")
    expect(page.locator("#conversations .name")).to_have_text([EGGS])
    assert "> A queen bee lays about 1,500 eggs a day in early summer." in exported(page)
    page.get_by_role("button", name="Delete").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    expect(page.locator(".turn")).to_have_count(0)
    expect(page.get_by_text("There are none yet.")).to_be_visible()
    expect(page.locator("#conversations .name")).to_have_count(0)


def test_the_open_conversation_is_exported_with_what_there_was_no_room_to_keep(
    shared: str, visit: Visit, ask: Ask
) -> None:
    page = visit(shared)
    ask(page, EGGS)
    open_drawer(page, "Conversations")
    page.get_by_role("button", name="Rename").click()
    page.get_by_label("The conversation's name").fill("Bees")
    page.get_by_label("The conversation's name").press("Enter")
    expect(page.locator("#conversations .name")).to_have_text(["Bees"])
    page.add_init_script(FULL)
    page.reload()
    expect(page.locator(".answer")).to_contain_text("1,500 eggs")
    ask(page, HONEY)
    open_drawer(page, "Conversations")
    text = exported(page)
    assert text.startswith("# Bees\n")
    assert f"## {EGGS}" in text
    assert f"## {HONEY}" in text


def test_another_person_sees_nothing_of_a_conversation(shared: str, visit: Visit, ask: Ask) -> None:
    ask(visit(shared), EGGS)
    expect(visit(shared).locator(".turn")).to_have_count(0)


def test_thumbs_are_kept_beside_the_index(served: str, folder: Path, visit: Visit, ask: Ask) -> None:
    from assistant import feedback
    from assistant.settings import Settings

    page = visit(served)
    ask(page, EGGS)
    page.get_by_role("button", name="Helpful", exact=True).click()
    expect(page.get_by_role("button", name="Helpful", exact=True)).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_text("Thank you: noted for whoever looks after these documents.")).to_be_visible()
    (noted,) = feedback.saved(Settings.load(index=folder.parent / "index"))
    assert (noted["question"], noted["liked"], noted["generation"]) == (EGGS, True, "0001")
    ask(page, "How many eggs?")
    page.reload()
    helpful = page.get_by_role("button", name="Helpful", exact=True)
    expect(helpful.first).to_have_attribute("aria-pressed", "true")
    expect(helpful.last).to_have_attribute("aria-pressed", "false")


def test_a_thumb_that_is_pressed_again_is_taken_back(served: str, folder: Path, visit: Visit, ask: Ask) -> None:
    from assistant import feedback
    from assistant.settings import Settings

    page = visit(served)
    ask(page, EGGS)
    thumb = page.get_by_role("button", name="Not helpful")
    for pressed in ("true", "false"):
        thumb.click()
        expect(thumb).to_have_attribute("aria-pressed", pressed)
    noted = feedback.saved(Settings.load(index=folder.parent / "index"))
    assert [entry["liked"] for entry in noted] == [False, None]
    page.reload()
    expect(thumb).to_have_attribute("aria-pressed", "false")


def test_a_thumb_that_cannot_be_kept_is_not_said_to_be(served: str, folder: Path, visit: Visit, ask: Ask) -> None:
    page = visit(served)
    ask(page, EGGS)
    (folder.parent / "index" / "feedback.jsonl").mkdir()
    page.get_by_role("button", name="Helpful", exact=True).click()
    expect(page.get_by_text("cannot be written")).to_be_visible()
    expect(page.get_by_role("button", name="Helpful", exact=True)).to_have_attribute("aria-pressed", "false")
    expect(page.get_by_text("Thank you")).to_have_count(0)


def test_two_tabs_on_one_conversation_show_the_same(shared: str, visit: Visit, ask: Ask) -> None:
    first = visit(shared)
    ask(first, EGGS)
    second = second_tab(first, shared)
    ask(second, HONEY)
    expect(first.locator(".question p")).to_have_text([EGGS, HONEY])
    ask(first, "And in which season?")
    expect(second.locator(".question p")).to_have_text([EGGS, HONEY, "And in which season?"])


def test_what_two_tabs_ask_in_one_conversation_at_the_same_time_is_all_kept(
    shared: str, visit: Visit, ask: Ask
) -> None:
    first = visit(shared)
    ask(first, EGGS)
    second = second_tab(first, shared)
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    first.route("**/queue/join**", hold)
    first.get_by_label("Your question").fill("And in which season?")
    with first.expect_request("**/queue/join**"):
        first.get_by_role("button", name="Ask", exact=True).click()
    ask(second, HONEY)
    first.unroute("**/queue/join**")
    expect(first.locator(".question p")).to_have_text([EGGS, "And in which season?"])
    expect(first.locator("#said")).to_contain_text("Another tab asked here too")
    names = [f"{EGGS} (from another tab)", EGGS]
    expect(first.locator("#conversations .name")).to_have_text(names)
    ask(second, "And in which season?")
    expect(second.locator(".question p")).to_have_text([EGGS, HONEY, "And in which season?"])
    ask(first, HONEY)
    first.reload()
    expect(first.locator(".question p")).to_have_text([EGGS, "And in which season?", HONEY])
    second.reload()
    expect(second.locator(".question p")).to_have_text([EGGS, HONEY, "And in which season?"])
    expect(second.locator("#conversations .name")).to_have_text(names)


def test_another_conversation_leaves_no_citations_of_the_last_one_in_the_original(
    shared: str, visit: Visit, ask: Ask
) -> None:
    page = visit(shared)
    ask(page, "Why did North Korea abduct Japanese citizens?")
    page.locator(".mark").first.click()
    steps = page.get_by_role("group", name="Citations of this answer")
    expect(steps).to_be_visible()
    open_drawer(page, "Conversations")
    page.get_by_role("button", name="New conversation").click()
    expect(steps).to_be_hidden()
    expect(page.locator(".reading mark")).to_have_count(0)
    expect(page.locator(".reading h1")).to_be_visible()


def test_a_conversation_that_cannot_be_read_says_so(shared: str, visit: Visit, ask: Ask) -> None:
    page = visit(shared)
    ask(page, EGGS)
    page.evaluate(
        """() => {
            const key = "conversation:" + sessionStorage.getItem("open-conversation");
            const conversation = { id: key.split(":")[1], title: "?", turns: 1 };
            localStorage.setItem(key, JSON.stringify({ conversation }));
        }"""
    )
    page.reload()
    expect(page.get_by_role("alert")).to_contain_text("This conversation cannot be read any more")
    open_drawer(page, "Conversations")
    page.get_by_role("button", name="New conversation").click()
    expect(page.locator(".example").first).to_be_visible()
    ask(page, HONEY)
    expect(page.locator(".answer")).to_contain_text("12 kilograms")


def test_a_name_can_be_typed_while_the_list_changes(shared: str, visit: Visit, ask: Ask) -> None:
    page = visit(shared)
    ask(page, EGGS)
    second = second_tab(page, shared)
    open_drawer(page, "Conversations")
    page.get_by_role("button", name=f"Rename “{EGGS}”").click()
    page.get_by_label("The conversation's name").fill("Qu")
    ask(second, HONEY)
    expect(page.locator(".question p")).to_have_text([EGGS, HONEY])
    page.get_by_label("The conversation's name").press_sequentially("een")
    page.get_by_label("The conversation's name").press("Enter")
    expect(page.locator("#conversations .name")).to_have_text(["Queen"])
    expect(page.get_by_role("button", name="Rename “Queen”")).to_be_focused()


def test_a_conversation_that_another_tab_deletes_is_left(shared: str, visit: Visit, ask: Ask) -> None:
    first = visit(shared)
    ask(first, EGGS)
    second = second_tab(first, shared)
    open_drawer(second, "Conversations")
    second.get_by_role("button", name=f"Delete “{EGGS}”").click()
    second.get_by_role("dialog").get_by_role("button", name="Delete").click()
    expect(first.locator(".turn")).to_have_count(0)
    ask(first, HONEY)
    expect(first.locator(".question p")).to_have_text([HONEY])
