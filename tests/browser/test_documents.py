"""The drawer of documents."""

import time
from collections.abc import Iterator
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from playwright.sync_api import FilePayload, Page, expect

from assistant import Assistant
from assistant.index import Progress, Stage
from assistant.types import IndexReport

from .conftest import Ask, Serve, Visit

EGGS = "How many eggs does a queen bee lay a day?"
TOWER = "The lighthouse at Skerry Point is 42 metres tall."


def open_drawer(page: Page) -> None:
    page.get_by_role("button", name="Documents", exact=True).click()


def remove(page: Page, source: str) -> None:
    page.get_by_role("button", name=f"Remove {source}").click()
    page.get_by_role("dialog").get_by_role("button", name="Remove").click()
    expect(page.locator("#documents li", has_text=source)).to_have_count(0)


def add(page: Page, name: str, text: str) -> None:
    file: FilePayload = {"name": name, "mimeType": "text/plain", "buffer": text.encode()}
    page.get_by_label("Add documents").set_input_files(files=[file])


class Held(Assistant):
    """Builds as far as to the embedding of passages, and goes on when it is let."""

    go: Event

    def reindex(self, *, progress: Progress | None = None, **options: Any) -> IndexReport:
        def told(stage: Stage, done: int, total: int) -> None:
            if progress:
                progress(stage, done, total)
            assert stage != "embed" or self.go.wait(60)

        return super().reindex(progress=told, **options)


@pytest.fixture
def held(folder: Path, serve: Serve) -> Iterator[tuple[str, Held]]:
    assistant = Held(documents=folder, index=folder.parent / "index")
    assistant.go = Event()
    assistant.go.set()
    yield serve(assistant).address, assistant
    assistant.go.set()


def test_each_document_is_listed_with_its_state(served: str, folder: Path, visit: Visit) -> None:
    visit(served)
    (folder / "bees.md").write_text("# Keeping bees\n\nChanged.\n", encoding="utf-8")
    (folder / "new.txt").write_text("Not seen yet, but soon.\n", encoding="utf-8")
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7 broken")
    page = visit(served)
    open_drawer(page)
    drawer = page.locator("#documents")
    expect(drawer.locator("li", has_text="bees.md")).to_contain_text("changed since")
    expect(drawer.locator("li", has_text="new.txt")).to_contain_text("not indexed yet")
    page.get_by_role("button", name="Re-index").click()
    expect(drawer.get_by_text("Done: 1 added, 1 updated, 1 failed.")).to_be_visible()
    broken = drawer.locator("li", has_text="broken.pdf")
    expect(broken.locator(".problem")).to_have_text(
        "broken.pdf is damaged, or is not a PDF file. Open it in its own program and save it again, or remove it."
    )
    expect(broken.locator(".what")).not_to_contain_text("broken.pdf ·")
    page.get_by_role("button", name="Re-index").click()
    expect(drawer.get_by_text("Nothing has changed. 1 file still cannot be read.")).to_be_visible()


def test_the_same_file_can_be_chosen_again(served: str, visit: Visit) -> None:
    page = visit(served)
    open_drawer(page)
    add(page, "tower.txt", TOWER)
    expect(page.get_by_text("Done: 1 added.")).to_be_visible()
    expect(page.locator("#said")).to_be_empty(timeout=1000)  # “Adding…”, which is so no more
    # A browser tells of a choice only where it is another one.
    expect(page.get_by_label("Add documents")).to_have_value("")


def test_a_document_opens_beside_the_chat(shared: str, visit: Visit) -> None:
    page = visit(shared)
    open_drawer(page)
    page.get_by_role("button", name="Keeping bees", exact=True).click()
    expect(page.locator(".reading h1")).to_have_text("Keeping bees")


def test_only_the_ticked_documents_are_asked(shared: str, visit: Visit, ask: Ask) -> None:
    page = visit(shared)
    open_drawer(page)
    page.get_by_label("Ask bees.md").uncheck()
    expect(page.get_by_text("1 of 2 documents are asked")).to_be_visible()
    page.keyboard.press("Escape")
    ask(page, EGGS)
    expect(page.locator(".refusal")).to_be_visible()
    open_drawer(page)
    page.get_by_label("Ask bees.md").check()
    expect(page.get_by_text("All documents are asked")).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Retry").click()
    expect(page.locator(".answer")).to_contain_text("1,500 eggs")


def test_what_is_ticked_outlives_a_reload(shared: str, visit: Visit, ask: Ask) -> None:
    page = visit(shared)
    open_drawer(page)
    page.get_by_label("Ask bees.md").uncheck()
    expect(page.get_by_text("1 of 2 documents are asked")).to_be_visible()
    page.reload()
    expect(page.locator("#asking")).to_have_text("1 of 2")
    ask(page, EGGS)
    expect(page.locator(".refusal")).to_be_visible()
    open_drawer(page)
    page.get_by_role("button", name="Ask all").click()
    expect(page.get_by_text("All documents are asked")).to_be_visible()
    page.reload()
    ask(page, EGGS)
    expect(page.locator(".answer")).to_contain_text("1,500 eggs")
    expect(page.locator("#asking")).to_be_empty()


def test_what_is_ticked_stays_with_its_document_when_another_one_is_removed(
    served: str, folder: Path, visit: Visit, ask: Ask
) -> None:
    (folder / "tower.txt").write_text(f"Skerry Point\n\n{TOWER}\n", encoding="utf-8")
    page = visit(served)
    open_drawer(page)
    bees, summit = page.get_by_label("Ask bees.md"), page.get_by_label("Ask japan-north-korea-summit.txt")
    tower = page.get_by_label("Ask tower.txt")
    bees.uncheck()
    expect(page.get_by_text("2 of 3 documents are asked")).to_be_visible()
    summit.uncheck()
    expect(page.get_by_text("1 of 3 documents are asked")).to_be_visible()
    remove(page, "bees.md")
    expect(page.get_by_text("1 of 2 documents are asked")).to_be_visible()
    expect(summit).not_to_be_checked()
    expect(tower).to_be_checked()
    remove(page, "tower.txt")
    expect(page.get_by_text("0 of 1 documents are asked")).to_be_visible()
    expect(summit).not_to_be_checked()
    page.keyboard.press("Escape")
    ask(page, EGGS)
    expect(page.locator(".turn .problem")).to_contain_text("No document is ticked. Tick one under Documents")
    open_drawer(page)
    summit.check()
    expect(page.get_by_text("All documents are asked")).to_be_visible()


def test_what_is_ticked_during_a_build_stays_ticked_after_it(
    held: tuple[str, Held], folder: Path, visit: Visit
) -> None:
    url, assistant = held
    page = visit(url)
    (folder / "tower.txt").write_text(f"Skerry Point\n\n{TOWER}\n", encoding="utf-8")
    assistant.go.clear()
    open_drawer(page)
    page.get_by_role("button", name="Re-index").click()
    expect(page.get_by_label("Embedding passages")).to_be_visible()
    page.get_by_label("Ask bees.md").uncheck()
    expect(page.get_by_text("1 of 2 documents are asked")).to_be_visible()
    assistant.go.set()
    expect(page.get_by_text("Done: 1 added.")).to_be_visible()
    expect(page.get_by_label("Ask bees.md")).not_to_be_checked()
    expect(page.get_by_label("Ask tower.txt")).not_to_be_checked()


def test_a_file_that_is_added_is_answered_from(served: str, visit: Visit, ask: Ask) -> None:
    page = visit(served)
    open_drawer(page)
    expect(page.locator(".drop")).to_contain_text("20 files at most, 20 MB each")
    add(page, "tower.txt", f"Skerry Point\n\n{TOWER}\n")
    expect(page.get_by_text("Done: 1 added.")).to_be_visible()
    page.keyboard.press("Escape")
    ask(page, "How tall is the lighthouse at Skerry Point?")
    expect(page.locator(".answer")).to_contain_text("42 metres")


def test_a_file_that_is_dropped_on_the_drawer_is_answered_from(served: str, visit: Visit, ask: Ask) -> None:
    page = visit(served)
    open_drawer(page)
    dropped = page.evaluate_handle(
        """(text) => {
            const files = new DataTransfer();
            files.items.add(new File([text], "tower.txt", { type: "text/plain" }));
            return files;
        }""",
        f"Skerry Point\n\n{TOWER}\n",
    )
    place = page.get_by_text("Drop documents here")
    place.dispatch_event("dragover", {"dataTransfer": dropped})
    expect(page.locator(".drop")).to_have_class("drop over")
    place.dispatch_event("drop", {"dataTransfer": dropped})
    expect(page.get_by_text("Done: 1 added.")).to_be_visible()
    page.keyboard.press("Escape")
    ask(page, "How tall is the lighthouse at Skerry Point?")
    expect(page.locator(".answer")).to_contain_text("42 metres")


def test_questions_are_answered_while_another_page_re_indexes(
    held: tuple[str, Held], folder: Path, visit: Visit, ask: Ask
) -> None:
    url, assistant = held
    changing, asking = visit(url), visit(url)
    (folder / "tower.txt").write_text(f"Skerry Point\n\n{TOWER}\n", encoding="utf-8")
    assistant.go.clear()
    open_drawer(changing)
    changing.get_by_role("button", name="Re-index").click()
    expect(changing.get_by_label("Embedding passages")).to_be_visible()
    ask(asking, EGGS)
    expect(asking.locator(".answer")).to_contain_text("1,500 eggs")
    ask(asking, "How tall is the lighthouse at Skerry Point?")
    expect(asking.locator(".refusal")).to_be_visible()
    assistant.go.set()
    expect(changing.get_by_text("Done: 1 added.")).to_be_visible()
    ask(asking, "How tall is the lighthouse at Skerry Point?")
    expect(asking.locator(".answer").last).to_contain_text("42 metres")


def test_no_document_is_replaced_without_asking(served: str, folder: Path, visit: Visit) -> None:
    page = visit(served)
    before = (folder / "bees.md").read_text(encoding="utf-8")
    open_drawer(page)
    add(page, "bees.md", "# Other bees\n\nThey are other bees.\n")
    expect(page.get_by_text("bees.md is there already")).to_be_visible()
    assert (folder / "bees.md").read_text(encoding="utf-8") == before
    page.get_by_label("Replace documents of the same name").check()
    add(page, "bees.md", "# Other bees\n\nThey are other bees.\n")
    expect(page.get_by_text("Done: 1 updated.")).to_be_visible()


def test_a_file_keeps_its_name_and_is_replaced_by_it(served: str, folder: Path, visit: Visit) -> None:
    name = 'What "next"? #1.txt'
    page = visit(served)
    open_drawer(page)
    add(page, name, "Next is a tower.\n")
    expect(page.get_by_text("Done: 1 added.")).to_be_visible()
    add(page, name, "Next is a bridge.\n")
    expect(page.get_by_text(f"{name} is there already")).to_be_visible()
    page.get_by_label("Replace documents of the same name").check()
    add(page, name, "Next is a bridge.\n")
    expect(page.get_by_text("Done: 1 updated.")).to_be_visible()
    assert (folder / name).read_text(encoding="utf-8") == "Next is a bridge.\n"
    assert len(list(folder.iterdir())) == 3


def test_two_files_of_the_same_name_do_not_overwrite_each_other(served: str, folder: Path, visit: Visit) -> None:
    page = visit(served)
    open_drawer(page)
    files: list[FilePayload] = [
        {"name": "a.txt", "mimeType": "text/plain", "buffer": words} for words in (b"One.\n", b"Two.\n")
    ]
    page.get_by_label("Add documents").set_input_files(files=files)
    expect(page.get_by_text("Two of these files are called a.txt")).to_be_visible()
    assert not (folder / "a.txt").exists()


def test_a_type_that_cannot_be_read_is_refused(served: str, folder: Path, visit: Visit) -> None:
    page = visit(served)
    open_drawer(page)
    add(page, "run.exe", "MZ")
    expect(page.get_by_text("run.exe is of a type that cannot be read")).to_be_visible()
    assert not (folder / "run.exe").exists()


def test_a_document_is_removed_after_a_confirmation(served: str, folder: Path, visit: Visit, ask: Ask) -> None:
    page = visit(served)
    open_drawer(page)
    page.get_by_role("button", name="Remove bees.md").click()
    page.get_by_role("dialog").get_by_role("button", name="Cancel").click()
    assert (folder / "bees.md").exists()
    page.get_by_role("button", name="Remove bees.md").click()
    page.get_by_role("dialog").get_by_role("button", name="Remove").click()
    expect(page.get_by_text("Done: 1 removed.")).to_be_visible()
    assert not (folder / "bees.md").exists()
    page.keyboard.press("Escape")
    ask(page, EGGS)
    expect(page.locator(".refusal")).to_be_visible()


def test_where_documents_are_read_only_there_is_nothing_to_change_them_with(
    folder: Path, serve: Serve, visit: Visit
) -> None:
    url = serve(Assistant(documents=folder, index=folder.parent / "index", readonly=True)).address
    page = visit(url)
    open_drawer(page)
    expect(page.locator("#documents li")).to_have_count(2)
    expect(page.locator(".drop")).to_have_count(0)
    expect(page.get_by_role("button", name="Re-index")).to_have_count(0)
    expect(page.get_by_role("button", name="Remove bees.md")).to_have_count(0)
    expect(page.get_by_text("Documents cannot be changed from this page (ASSISTANT_READONLY).")).to_be_visible()
    sent = page.request.post(
        f"{url}gradio_api/upload", multipart={"files": {"name": "a.txt", "mimeType": "text/plain", "buffer": b"a"}}
    )
    assert sent.status == 403


def test_a_page_that_still_shows_how_to_change_documents_changes_none_where_they_are_read_only(
    folder: Path, serve: Serve, visit: Visit
) -> None:
    served = serve(Assistant(documents=folder, index=folder.parent / "index"))
    page = visit(served.address)
    open_drawer(page)
    page.get_by_role("button", name="Remove bees.md").click()
    served.unchangeable = "They are fixed."
    page.get_by_role("dialog").get_by_role("button", name="Remove").click()
    expect(page.locator("#documents").get_by_role("alert")).to_have_text("They are fixed.")
    assert (folder / "bees.md").exists()


def test_where_the_folder_is_watched_a_new_file_is_answered_from(
    folder: Path, serve: Serve, visit: Visit, ask: Ask
) -> None:
    assistant = Assistant(documents=folder, index=folder.parent / "index", watch=True)
    page = visit(serve(assistant).address)
    (folder / "tower.txt").write_text(f"Skerry Point\n\n{TOWER}\n", encoding="utf-8")
    deadline = time.monotonic() + 60
    while assistant.index.documents < 3 and time.monotonic() < deadline:
        page.wait_for_timeout(200)
    assert assistant.index.documents == 3
    ask(page, "How tall is the lighthouse at Skerry Point?")
    expect(page.locator(".answer")).to_contain_text("42 metres")
