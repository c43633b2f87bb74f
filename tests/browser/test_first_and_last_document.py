"""A folder without documents: the first one is added from the page, and the last one removed."""

from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, expect

from assistant import Assistant

from ..conftest import BEES
from .conftest import Ask, Serve, Visit

EGGS = "How many eggs does a queen bee lay a day?"
WORDS = "A queen bee lays about 1,500 eggs a day in early summer."


@pytest.fixture
def empty(tmp_path: Path) -> Assistant:
    (tmp_path / "documents").mkdir()
    return Assistant(documents=tmp_path / "documents", index=tmp_path / "index")


def test_the_first_document_is_added_and_the_last_one_removed(
    empty: Assistant, serve: Serve, visit: Visit, ask: Ask
) -> None:
    page = visit(serve(empty).address)
    none = page.get_by_text("There are no documents yet.")
    expect(none).to_be_visible()
    expect(page.locator(".problem")).to_have_count(0)
    page.get_by_role("button", name="Add documents").click()
    expect(page.get_by_role("heading", name="Documents", exact=True)).to_be_visible()
    expect(page.get_by_text("documents are asked")).to_have_count(0)
    file: FilePayload = {"name": "bees.md", "mimeType": "text/plain", "buffer": BEES.encode()}
    page.locator("#documents input[type=file]").set_input_files(files=[file])
    expect(page.get_by_text("Done: 1 added.")).to_be_visible()
    expect(page.locator(".example").first).to_be_visible()
    expect(none).to_have_count(0)
    expect(page.locator(".reading h1")).to_have_text("Keeping bees")
    expect(page.get_by_role("button", name="Only bees.md")).to_have_count(0)  # which it is

    page.keyboard.press("Escape")
    ask(page, EGGS)
    page.get_by_role("button", name="Documents", exact=True).click()
    page.get_by_role("button", name="Remove bees.md").click()
    page.get_by_role("dialog").get_by_role("button", name="Remove").click()
    expect(page.get_by_text("Done: 1 removed.")).to_be_visible()
    expect(page.locator(".reading")).to_be_empty()

    page.keyboard.press("Escape")
    page.locator(".mark").click()
    expect(page.locator(".notice")).to_have_text("This document was removed after it was cited. The cited words were:")
    expect(page.locator(".reading mark.current")).to_have_text(WORDS)
    page.get_by_role("button", name="Undo").click()
    expect(none).to_be_visible()
    expect(page.locator(".example")).to_have_count(0)


def test_where_documents_cannot_be_changed_nobody_is_asked_to_add_any(serve: Serve, visit: Visit) -> None:
    page = visit(serve(Assistant.from_texts({})).address)
    expect(page.get_by_text("There are no documents yet.")).to_be_visible()
    expect(page.get_by_role("button", name="Add documents")).to_have_count(0)
