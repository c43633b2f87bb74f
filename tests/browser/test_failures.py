"""What fails in a way that nobody foresaw is said in the page, logged, and does not stay: the next try may work."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, expect

from assistant import Assistant
from assistant.types import Answer, DocumentRecord, IndexInfo, IndexReport
from assistant.web.problems import UNEXPECTED

from ..conftest import serving
from .conftest import PATIENCE, Ask, Serve, Visit

EGGS = "How many eggs does a queen bee lay a day?"


class Failing(Assistant):
    """Fails for a reason of its own as long as it is told to."""

    fails = False

    def _fail(self) -> None:
        if self.fails:
            raise RuntimeError("a fault that nobody foresaw")

    def stream(self, *arguments: Any, **options: Any) -> Iterator[Answer]:
        self._fail()
        yield from super().stream(*arguments, **options)

    def reindex(self, **options: Any) -> IndexReport:
        self._fail()
        return super().reindex(**options)

    def documents(self) -> tuple[DocumentRecord, ...]:
        self._fail()
        return super().documents()

    @property
    def index(self) -> IndexInfo:
        self._fail()
        return super().index


@pytest.fixture
def failing(folder: Path, serve: Serve) -> tuple[str, Failing]:
    assistant = Failing(documents=folder, index=folder.parent / "index")
    return serve(assistant).address, assistant


def test_a_question_that_fails_is_said_to_have_failed_and_can_be_asked_again(
    failing: tuple[str, Failing], visit: Visit, caplog: pytest.LogCaptureFixture
) -> None:
    url, assistant = failing
    page = visit(url)
    assistant.fails = True
    page.get_by_label("Your question").fill(EGGS)
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.locator(".turn .problem")).to_have_text(UNEXPECTED)
    expect(page.locator(".waiting")).to_have_count(0)
    assert "a fault that nobody foresaw" in caplog.text
    assistant.fails = False
    page.get_by_role("button", name="Retry").click()
    expect(page.locator(".answer")).to_contain_text("1,500 eggs")


def test_a_build_that_fails_leaves_no_progress_behind(
    failing: tuple[str, Failing], visit: Visit, caplog: pytest.LogCaptureFixture
) -> None:
    url, assistant = failing
    page = visit(url)
    page.get_by_role("button", name="Documents", exact=True).click()
    assistant.fails = True
    page.get_by_role("button", name="Re-index").click()
    drawer = page.locator("#documents")
    expect(drawer.locator(".problem")).to_have_text(UNEXPECTED)
    expect(drawer.locator("progress")).to_have_count(0)
    assert "a fault that nobody foresaw" in caplog.text
    assistant.fails = False
    page.get_by_role("button", name="Re-index").click()
    expect(drawer.get_by_text("Nothing has changed.")).to_be_visible()
    expect(drawer.locator("li")).to_have_count(2)


def test_a_first_visit_that_fails_says_so_and_the_next_one_works(failing: tuple[str, Failing], visit: Visit) -> None:
    url, assistant = failing
    assistant.fails = True
    page = visit(url)
    expect(page.locator(".welcome .problem")).to_have_text(UNEXPECTED)
    page.get_by_role("button", name="Documents", exact=True).click()
    expect(page.locator("#documents .problem")).to_have_text(UNEXPECTED)
    assistant.fails = False
    page.reload()
    expect(page.locator(".welcome .example").first).to_be_visible()
    expect(page.locator(".problem")).to_have_count(0)


def test_after_re_indexing_the_page_is_as_if_nothing_had_failed(failing: tuple[str, Failing], visit: Visit) -> None:
    url, assistant = failing
    assistant.fails = True
    page = visit(url)
    expect(page.locator(".welcome .problem")).to_have_text(UNEXPECTED)
    expect(page.locator(".reading")).to_be_empty()
    assistant.fails = False
    page.get_by_role("button", name="Documents", exact=True).click()
    page.get_by_role("button", name="Re-index").click()
    expect(page.locator(".welcome .example").first).to_be_visible()
    expect(page.locator(".problem")).to_have_count(0)
    expect(page.locator(".reading h1")).to_have_text("Keeping bees")


def test_while_the_server_is_away_the_question_is_kept_and_nothing_is_covered(folder: Path, browser: Browser) -> None:
    assistant = Assistant(documents=folder, index=folder.parent / "index")
    page = browser.new_context().new_page()  # one that may complain
    page.set_default_timeout(PATIENCE)
    with serving(assistant) as served:
        address = served.address
        page.goto(address)
        page.locator(".example").first.wait_for()
    field = page.get_by_label("Your question")
    field.fill(EGGS)
    field.press("Enter")
    expect(page.get_by_text("The server cannot be reached")).to_be_visible()
    expect(page.get_by_test_id("toast-body").locator("visible=true")).to_have_count(0)
    page.get_by_role("button", name="Documents", exact=True).click()
    expect(page.get_by_role("heading", name="Documents", exact=True)).to_be_visible()
    with serving(assistant, server_port=urlsplit(address).port):
        expect(page.get_by_text("The server cannot be reached")).to_be_hidden()
        expect(field).to_have_value(EGGS)
        page.context.close()


def test_a_message_of_gradio_covers_no_button(served: str, folder: Path, visit: Visit, ask: Ask) -> None:
    page = visit(served, width=390)
    ask(page, EGGS)
    (folder.parent / "index" / "feedback.jsonl").mkdir()
    page.get_by_role("button", name="Helpful", exact=True).click()
    toast = page.get_by_test_id("toast-body")
    expect(toast).to_contain_text("cannot be written")
    page.get_by_role("button", name="Documents", exact=True).click(timeout=5000)
    expect(page.get_by_role("heading", name="Documents", exact=True)).to_be_visible()
    page.get_by_role("button", name="Close the documents").click(timeout=5000)
    page.get_by_label("Your question").click(timeout=5000)
    expect(toast).to_be_visible()


def test_a_server_that_does_not_answer_is_said_not_to_and_nothing_wrong_is_shown(
    shared: str, browser: Browser, ask: Ask
) -> None:
    page = browser.new_context().new_page()  # one that may complain
    page.set_default_timeout(PATIENCE)
    page.goto(shared)
    ask(page, EGGS)
    ask(page, "Who is Kim Yo-jong?")
    page.locator(".turn").first.locator(".mark").first.click()
    expect(page.locator(".reading h1")).to_have_text("Keeping bees")

    page.route("**/component_server**", lambda route: route.abort())
    page.get_by_role("button", name="Copy").first.click()
    expect(page.locator("#said")).to_have_text("The server did not answer; try again.")
    page.locator(".turn").nth(1).locator(".mark").first.click()
    expect(page.locator("#original .notice")).to_have_text("The server did not answer; try again.")
    expect(page.locator(".reading mark")).to_have_count(0)
    page.unroute("**/component_server**")
    page.locator(".turn").nth(1).locator(".mark").first.click()
    expect(page.locator(".reading mark.current").first).to_be_visible()
    expect(page.locator("#original .notice")).to_have_text("")
