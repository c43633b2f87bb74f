"""Nothing that a document, a file name, a question or an answer says becomes live in the page."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, Page, expect

from assistant import Assistant

from .conftest import Ask, Serve, Visit

HOSTILE = """# The <script>window.hit = 1</script> tower

The Skerry tower is 42 metres tall <img src="http://example.invalid/a.png" onerror="window.hit = 2">.

[Click here](javascript:window.hit=3) and ![see](http://example.invalid/b.png) <svg onload="window.hit=4"></svg>.

The Skerry tower was painted \u202egreen\u202c by Ada\u200bL {{value}} ${window.hit = 5} <b>boldly</b> [1] `code` $x$.
"""
NAME = "<img src=x onerror=window.hit=6>.md"
LIVE = (
    ":is(#conversation, #original, .drawer)"
    " :is(script, img, svg, a:not(.pane > .bar > .file), iframe, b, [onerror], [onload], [onclick])"
)


@pytest.fixture
def hostile(tmp_path: Path, serve: Serve) -> tuple[str, Path]:
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / NAME).write_text(HOSTILE, encoding="utf-8")
    return serve(Assistant(documents=folder, index=tmp_path / "index")).address, folder


def expect_nothing_live(page: Page) -> None:
    expect(page.locator(LIVE)).to_have_count(0)
    assert page.evaluate("window.hit") is None


def test_a_hostile_document_is_shown_as_its_words(hostile: tuple[str, Path], visit: Visit, ask: Ask) -> None:
    page = visit(hostile[0])
    ask(page, "How tall is the Skerry tower?")
    expect(page.locator(".answer")).to_contain_text('<img src="http://example.invalid/a.png"')
    page.locator(".mark").first.click()
    expect(page.locator(".reading mark.current").first).to_contain_text("The Skerry tower is 42 metres tall <img")
    expect(page.locator(".reading")).to_contain_text("[Click here](javascript:window.hit=3)")
    page.locator(".mark").first.hover()
    page.get_by_role("button", name="Documents", exact=True).click()
    expect(page.locator("#documents")).to_contain_text(NAME)
    expect_nothing_live(page)


def test_marks_and_templates_in_a_document_are_only_its_words(
    hostile: tuple[str, Path], visit: Visit, ask: Ask
) -> None:
    page = visit(hostile[0])
    ask(page, "By whom was the Skerry tower painted?")
    expect(page.locator(".answer")).to_contain_text("{{value}} ${window.hit = 5} <b>boldly</b> [1] `code` $x$.")
    assert page.locator(".answer .mark").count() == page.locator(".cited").count()
    expect_nothing_live(page)


@pytest.mark.parametrize(
    "question",
    [
        "<script>window.hit = 1</script> How tall?",
        '<img src=x onerror="window.hit = 2">',
        "[x](javascript:window.hit=3) ![y](http://example.invalid/c.png)",
        "<svg onload=window.hit=4> {{value}} ${window.hit=5}",
        "\u202e\u200bhow tall\u202c is it",
    ],
)
def test_a_hostile_question_is_shown_as_its_words(shared: str, visit: Visit, ask: Ask, question: str) -> None:
    page = visit(shared)
    ask(page, question)
    expect(page.locator(".question p")).to_have_text(question)
    page.get_by_role("button", name="Conversations", exact=True).click()
    page.reload()
    expect(page.locator(".question p")).to_have_text(question)
    expect_nothing_live(page)


def test_ten_million_characters_on_one_line_break_nothing(tmp_path: Path, serve: Serve, visit: Visit, ask: Ask) -> None:
    folder = tmp_path / "documents"
    folder.mkdir()
    filler = "lorem" * 1_000_000
    (folder / "line.txt").write_text(f"{filler} The Skerry tower is 42 metres tall. {filler}", encoding="utf-8")
    assistant = Assistant(documents=folder, index=tmp_path / "index")
    assistant.reindex()
    page = visit(serve(assistant).address)
    ask(page, "How tall is the Skerry tower?")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.locator(".mark").click()
    expect(page.locator(".reading mark.current")).to_be_in_viewport()
    reading = page.locator(".reading")
    before = page.get_by_role("button", name="Show what comes before")
    expect(before).to_have_text(re.compile(r"\(4,850,\d{3} characters\)"))
    before.press("Enter")
    expect(before).to_have_text(re.compile(r"\(4,550,\d{3} characters\)"))
    expect(reading).to_be_focused()
    after = page.get_by_role("button", name="Show what comes after")
    reading.evaluate("(reading) => reading.scrollTo(0, reading.scrollHeight)")
    expect(after).to_have_text(re.compile(r"\(4,550,\d{3} characters\)"))


def upload(page: Page, name: str) -> None:
    page.get_by_role("button", name="Documents", exact=True).click()
    file: FilePayload = {"name": name, "mimeType": "text/plain", "buffer": b"Outside is a place.\n"}
    page.get_by_label("Add documents").set_input_files(files=[file])


@pytest.mark.parametrize("name", ["../../outside.txt", "..\\outside.txt", "/etc/outside.txt"])
def test_an_upload_lands_in_the_documents_folder_whatever_path_its_name_has(
    hostile: tuple[str, Path], visit: Visit, name: str
) -> None:
    url, folder = hostile
    page = visit(url)
    upload(page, name)
    expect(page.get_by_text("Done: 1 added.")).to_be_visible()
    assert {path.name for path in folder.iterdir()} == {NAME, "outside.txt"}


def test_an_upload_that_would_be_hidden_is_refused(hostile: tuple[str, Path], visit: Visit) -> None:
    url, folder = hostile
    page = visit(url)
    upload(page, ".hidden.txt")
    expect(page.get_by_text("'.hidden.txt' is no name for a document")).to_be_visible()
    assert [path.name for path in folder.iterdir()] == [NAME]


def test_a_file_of_the_server_cannot_be_passed_off_as_an_upload(hostile: tuple[str, Path], visit: Visit) -> None:
    url, folder = hostile
    secret = folder.parent / "secret.txt"
    secret.write_text("The password is swordfish.\n", encoding="utf-8")
    page = visit(url)
    page.route("**/gradio_api/upload*", lambda route: route.fulfill(json=[str(secret)]))
    upload(page, "a.txt")
    expect(page.get_by_text("These files did not arrive")).to_be_visible()
    assert not (folder / "secret.txt").exists()
