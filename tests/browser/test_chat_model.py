"""Where a chat model writes the answers: who writes is chosen, and what the documents do not support is told apart."""

from threading import Event

import pytest
from playwright.sync_api import expect

from assistant import Assistant

from ..conftest import Exchange, ScriptedServer
from .conftest import REFUSED, Ask, Serve, Visit, findings

HIVES = "How many hives did the council of Graz place on the roofs of its schools?"
TRUE = "The council of Graz placed forty hives on the roofs of its schools"
NOTES = {
    "bees.md": "# The city's bees\n\n"
    f"{TRUE} in April 2019. The beekeeper Lukas Maier teaches the children every Tuesday.\n"
}


@pytest.fixture
def written(scripted: ScriptedServer, serve: Serve) -> str:
    """The page over some notes whose answers the scripted server writes."""
    options = {"chat_model": "fake", "chat_model_url": scripted.url, "chat_model_retries": 0}
    return serve(Assistant.from_texts(NOTES, **options)).address


def test_who_writes_the_answers_is_chosen_and_remembered(
    scripted: ScriptedServer, written: str, visit: Visit, ask: Ask
) -> None:
    page = visit(written)
    expect(page.get_by_label("Written by fake")).to_be_checked()
    ask(page, HIVES)
    assert len(scripted.requests) == 1
    page.get_by_label("Quotes from the documents").check()
    page.reload()
    expect(page.get_by_label("Quotes from the documents")).to_be_checked()
    page.get_by_role("button", name="Retry").click()
    expect(page.locator(".answer")).to_contain_text("in April 2019")
    assert len(scripted.requests) == 1


def test_who_writes_is_chosen_where_the_browser_refuses_to_remember_it(
    scripted: ScriptedServer, written: str, visit: Visit, ask: Ask
) -> None:
    page = visit(written)
    page.add_init_script(REFUSED)
    page.reload()
    expect(page.get_by_label("Written by fake")).to_be_checked()
    page.get_by_label("Quotes from the documents").check()
    ask(page, HIVES)
    expect(page.locator(".answer")).to_contain_text("in April 2019")
    assert scripted.requests == []


def test_without_a_chat_model_there_is_nothing_to_choose(shared: str, visit: Visit) -> None:
    expect(visit(shared).get_by_text("Quotes from the documents")).to_have_count(0)


@pytest.mark.parametrize("width", [1280, 390])
def test_an_unsupported_sentence_is_struck_through_and_says_why(
    scripted: ScriptedServer, written: str, visit: Visit, ask: Ask, width: int
) -> None:
    scripted.replies(f"{TRUE} [1]. They were painted <b>blue</b> in 1999 [1].")
    page = visit(written, width=width)
    ask(page, HIVES)
    expect(page.locator(".answer s")).to_have_text("They were painted blue in 1999.")
    expect(page.locator(".answer .mark")).to_have_count(1)
    reason = page.get_by_role("button", name="Why this is struck through: The evidence does not have")
    tip = page.get_by_role("tooltip")
    page.locator(".answer s").hover()
    expect(tip).to_contain_text("The evidence does not have")
    page.get_by_label("Your question").hover()
    expect(tip).to_be_hidden()
    reason.focus()
    expect(tip).to_contain_text("The evidence does not have")
    page.get_by_label("Your question").focus()
    expect(tip).to_be_hidden()
    reason.click()
    expect(tip).to_be_visible()
    assert findings(page) == []


def test_what_is_struck_through_is_not_read_out(scripted: ScriptedServer, written: str, visit: Visit, ask: Ask) -> None:
    scripted.replies(f"{TRUE} [1]. They were painted blue in 1999 [1].")
    page = visit(written)
    ask(page, HIVES)
    expect(page.locator(".answer s")).to_have_text("They were painted blue in 1999.")
    expect(page.locator("#heard")).to_have_text(f"{TRUE}.")


def test_marks_become_citations_while_the_answer_is_still_written(
    scripted: ScriptedServer, written: str, visit: Visit
) -> None:
    go = Event()

    def halfway(exchange: Exchange) -> None:
        exchange.begin()
        exchange.send({"content": f"{TRUE} [1]. And"})
        assert go.wait(60)
        exchange.send({"content": " so on."}, "stop")

    scripted.play(halfway)
    page = visit(written)
    page.get_by_label("Your question").fill(HIVES)
    page.get_by_role("button", name="Ask", exact=True).click()
    page.locator(".answer .mark").hover()
    expect(page.get_by_role("tooltip")).to_contain_text("forty hives")
    expect(page.get_by_role("button", name="Stop")).to_be_visible()
    go.set()
    expect(page.get_by_role("button", name="Ask", exact=True)).to_be_visible()


def test_a_chat_model_that_fails_is_told_of_under_the_quotes(
    scripted: ScriptedServer, written: str, visit: Visit, ask: Ask
) -> None:
    scripted.play(lambda exchange: exchange.refuse(500))
    page = visit(written)
    ask(page, HIVES)
    expect(page.locator(".answer")).to_contain_text("in April 2019")
    expect(page.locator(".turn .note")).to_contain_text("The answer is quoted from the documents instead.")
