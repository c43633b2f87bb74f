"""What comes in between while an answer is made: a stop, another question, another conversation, another person."""

from collections.abc import Iterator
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from playwright.sync_api import Browser, Route, expect

from assistant import Assistant
from assistant.types import Answer

from .conftest import PATIENCE, Ask, Serve, Visit

EGGS = "How many eggs does a queen bee lay a day?"
HONEY = "How much honey does a colony eat in a winter?"


class Slow(Assistant):
    """Answers only when it is let, and tells when an answer was given up."""

    go: Event
    given_up: Event

    def stream(self, *arguments: Any, **options: Any) -> Iterator[Answer]:
        assert self.go.wait(60)
        try:
            yield from super().stream(*arguments, **options)
        except GeneratorExit:
            self.given_up.set()
            raise


@pytest.fixture
def slow(folder: Path, serve: Serve) -> Iterator[tuple[str, Slow]]:
    assistant = Slow(documents=folder, index=folder.parent / "index")
    assistant.go, assistant.given_up = Event(), Event()
    assistant.go.set()
    yield serve(assistant).address, assistant
    assistant.go.set()


def test_an_answer_can_be_stopped_while_it_is_made(slow: tuple[str, Slow], visit: Visit) -> None:
    url, assistant = slow
    page = visit(url)
    assistant.go.clear()
    page.get_by_label("Your question").fill(EGGS)
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.get_by_text("Reading the documents")).to_be_visible()
    page.get_by_role("button", name="Stop").click()
    expect(page.locator(".stopped")).to_be_visible()
    assistant.go.set()
    assert assistant.given_up.wait(60)
    page.get_by_role("button", name="Retry").click()
    expect(page.locator(".answer")).to_contain_text("1,500 eggs")


def test_a_question_asked_again_right_after_a_stop_is_answered(slow: tuple[str, Slow], visit: Visit) -> None:
    url, assistant = slow
    page = visit(url)
    for _ in range(3):
        assistant.go.clear()
        page.get_by_label("Your question").fill(EGGS)
        page.get_by_role("button", name="Ask", exact=True).click()
        expect(page.get_by_text("Reading the documents")).to_be_visible()
        page.get_by_role("button", name="Stop").click()
        page.get_by_role("button", name="Retry").click()
        expect(page.get_by_text("Reading the documents")).to_be_visible()
        assistant.go.set()
        expect(page.locator(".answer")).to_contain_text("1,500 eggs")
        page.get_by_role("button", name="Undo").click()
        expect(page.locator(".turn")).to_have_count(0)


def test_whoever_asks_before_the_examples_are_found_keeps_the_answer(
    served: str, browser: Browser, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    searching, go = Event(), Event()

    def find(_assistant: Assistant) -> tuple[str, ...]:
        searching.set()
        assert go.wait(60)
        return (HONEY,)

    monkeypatch.setattr("assistant.web.chat_pane.examples", find)
    page = browser.new_context().new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(served)
    assert searching.wait(60)
    page.get_by_label("Your question").fill(EGGS)
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.locator(".answer")).to_contain_text("1,500 eggs")
    go.set()
    visit(served)  # by whose examples those of the first page have come
    expect(page.locator(".answer")).to_contain_text("1,500 eggs")
    expect(page.locator(".welcome")).to_have_count(0)


def test_another_conversation_can_be_opened_and_renamed_while_an_answer_is_made(
    slow: tuple[str, Slow], visit: Visit, ask: Ask
) -> None:
    url, assistant = slow
    page = visit(url)
    ask(page, EGGS)
    page.get_by_role("button", name="Conversations", exact=True).click()
    page.get_by_role("button", name="New conversation").click()
    expect(page.get_by_label("Your question")).to_be_focused()
    assistant.go.clear()
    page.get_by_label("Your question").fill(HONEY)
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.get_by_text("Reading the documents")).to_be_visible()

    page.get_by_role("button", name="Conversations", exact=True).click()
    drawer = page.locator("#conversations")
    page.get_by_role("button", name=f"Rename “{HONEY}”").click()
    page.get_by_label("The conversation's name").fill("Winter")
    page.get_by_label("The conversation's name").press("Enter")
    assistant.go.set()
    expect(page.locator(".answer")).to_contain_text("12 kilograms")
    expect(drawer.locator(".name")).to_have_text(["Winter", EGGS])

    assistant.go.clear()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Retry").click()
    expect(page.get_by_text("Reading the documents")).to_be_visible()
    page.get_by_role("button", name="Conversations", exact=True).click()
    drawer.get_by_role("button", name=EGGS, exact=True).click()
    expect(page.locator(".question p")).to_have_text(EGGS)
    expect(page.get_by_label("Your question")).to_be_focused()
    assistant.go.set()
    assert assistant.given_up.wait(60)
    ask(page, "And in which season?")
    expect(page.locator(".question p")).to_have_text([EGGS, "And in which season?"])


def test_a_question_asked_before_the_server_shows_a_new_conversation_is_asked_in_it(
    shared: str, visit: Visit, ask: Ask
) -> None:
    page = visit(shared)
    ask(page, EGGS)
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/queue/join**", hold)
    page.get_by_role("button", name="Conversations", exact=True).click()
    page.get_by_role("button", name="New conversation").click()
    page.get_by_label("Your question").fill(HONEY)
    with page.expect_request("**/queue/join**"):
        page.get_by_role("button", name="Ask", exact=True).click()
    page.route("**/queue/join**", Route.continue_)
    for route in held:
        route.continue_()
    expect(page.locator(".answer")).to_contain_text("12 kilograms")
    expect(page.locator(".question p")).to_have_text([HONEY])
    page.get_by_role("button", name="Conversations", exact=True).click()
    expect(page.locator("#conversations .name")).to_have_text([HONEY, EGGS])


def test_a_question_that_takes_long_holds_up_nobody(slow: tuple[str, Slow], visit: Visit) -> None:
    url, assistant = slow
    first, second = visit(url), visit(url)
    assistant.go.clear()
    first.get_by_label("Your question").fill(EGGS)
    first.get_by_role("button", name="Ask", exact=True).click()
    expect(first.get_by_text("Reading the documents")).to_be_visible()
    second.get_by_role("button", name="Documents", exact=True).click()
    second.locator("#documents .name").first.click()
    expect(second.locator(".reading h1")).to_have_text("Keeping bees")
    assistant.go.set()
    expect(first.locator(".answer")).to_contain_text("1,500 eggs")
