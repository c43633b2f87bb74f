"""The documents drawer: what it says of documents, and adding and removing them, with limits, names and links."""

import time
from datetime import timedelta, timezone
from pathlib import Path
from threading import Event

import pytest
from gradio import EventData

from assistant import Assistant
from assistant.errors import DocumentError
from assistant.index import Progress
from assistant.settings import Settings
from assistant.web.choice import Choice
from assistant.web.document_drawer import DocumentEvents, drawer_html
from assistant.web.documents import Step, Upload, add, reindex, remove, table
from assistant.web.original_pane import Wanted, open_original

from ..conftest import no_file_longer_than, serving


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    (tmp_path / "documents").mkdir()
    return Settings.load(documents=tmp_path / "documents", upload_files=2, upload_megabytes=0.001)


def upload(folder: Path, name: str, content: bytes = b"Words.\n") -> Upload:
    path = folder / "arrived" / str(len(list(folder.glob("arrived/*"))))
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)
    return Upload(path, name)


def test_files_are_added_under_their_names(settings: Settings, tmp_path: Path) -> None:
    assert add(settings, [upload(tmp_path, "a.txt"), upload(tmp_path, "b.md")], replace=False) == ["a.txt", "b.md"]
    assert sorted(path.name for path in settings.documents.iterdir()) == ["a.txt", "b.md"]


def test_where_one_cannot_be_taken_none_is(settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match=r"b\.exe"):
        add(settings, [upload(tmp_path, "a.txt"), upload(tmp_path, "b.exe")], replace=False)
    assert list(settings.documents.iterdir()) == []


def test_where_one_cannot_be_copied_none_is_added_and_nothing_is_left_behind(
    settings: Settings, tmp_path: Path
) -> None:
    files = [upload(tmp_path, "a.txt"), upload(tmp_path, "b.txt", b"x" * 900)]
    with no_file_longer_than(100), pytest.raises(DocumentError, match=f"{settings.documents} cannot be changed"):
        add(settings, files, replace=False)
    assert list(settings.documents.iterdir()) == []


@pytest.mark.parametrize("replace", [False, True])
def test_two_files_of_the_same_name_are_refused(settings: Settings, tmp_path: Path, replace: bool) -> None:
    files = [upload(tmp_path, "a.txt", b"One.\n"), upload(tmp_path, "a.txt", b"Two.\n")]
    with pytest.raises(DocumentError, match=r"Two of these files are called a\.txt"):
        add(settings, files, replace=replace)
    assert list(settings.documents.iterdir()) == []


def test_a_folder_that_cannot_be_changed_is_named(tmp_path: Path) -> None:
    settings = Settings.load(documents="/proc/self")  # in which not even the superuser makes or deletes files
    with pytest.raises(DocumentError, match="/proc/self cannot be changed"):
        add(settings, [upload(tmp_path, "a.txt")], replace=False)
    with pytest.raises(DocumentError, match="/proc/self cannot be changed"):
        remove(settings, "status")


@pytest.mark.parametrize(
    "name", [".hidden.txt", "a\u202etxt.md", "a\nb.txt", "a.exe", "noending", "~$a.docx", f"{252 * 'x'}.txt"]
)
def test_some_names_are_refused(settings: Settings, tmp_path: Path, name: str) -> None:
    with pytest.raises(DocumentError):
        add(settings, [upload(tmp_path, name)], replace=True)


@pytest.mark.parametrize("name", ["../outside.txt", "../../outside.txt", "..\\outside.txt", "{folder}/outside.txt"])
def test_a_file_lands_in_the_folder_whatever_path_its_name_has(settings: Settings, tmp_path: Path, name: str) -> None:
    assert add(settings, [upload(tmp_path, name.format(folder=tmp_path))], replace=False) == ["outside.txt"]
    assert (settings.documents / "outside.txt").read_bytes() == b"Words.\n"


def test_too_many_and_too_large_files_are_refused(settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="2 at most"):
        add(settings, [upload(tmp_path, f"{number}.txt") for number in range(3)], replace=False)
    with pytest.raises(DocumentError, match="larger than"):
        add(settings, [upload(tmp_path, "large.txt", b"x" * 1001)], replace=False)


def test_a_link_is_never_written_through(settings: Settings, tmp_path: Path) -> None:
    outside = tmp_path / "outside.txt"
    outside.write_text("Mine.\n", encoding="utf-8")
    (settings.documents / "a.txt").symlink_to(outside)
    with pytest.raises(DocumentError, match="link"):
        add(settings, [upload(tmp_path, "a.txt")], replace=True)
    assert outside.read_text(encoding="utf-8") == "Mine.\n"


@pytest.mark.parametrize("source", ["../outside.txt", "{folder}/outside.txt", "missing.txt", ""])
def test_only_a_document_of_the_folder_is_removed(settings: Settings, tmp_path: Path, source: str) -> None:
    (tmp_path / "outside.txt").write_text("Mine.\n", encoding="utf-8")
    with pytest.raises(DocumentError):
        remove(settings, source.format(folder=tmp_path))
    assert (tmp_path / "outside.txt").exists()


@pytest.mark.parametrize("source", [".env", ".git/config", "index/CURRENT", "notes.txt~"])
def test_what_is_passed_over_in_the_folder_is_not_removed_either(tmp_path: Path, source: str) -> None:
    settings = Settings.load(documents=tmp_path, index=tmp_path / "index")
    file = tmp_path / source
    file.parent.mkdir(exist_ok=True)
    file.write_text("Mine.\n", encoding="utf-8")
    with pytest.raises(DocumentError, match="is not in the documents folder"):
        remove(settings, source)
    assert file.exists()


def test_who_leaves_the_page_does_not_wait_for_the_build(monkeypatch: pytest.MonkeyPatch) -> None:
    goes_on, ended = Event(), Event()
    assistant = Assistant.from_texts({"bees.txt": "A queen lays 1,500 eggs a day."})

    def build(*, progress: Progress, allow_empty: bool) -> None:
        progress("embed", 0, 1)
        assert not allow_empty
        goes_on.wait(60)
        ended.set()

    monkeypatch.setattr(assistant, "reindex", build)
    steps = reindex(assistant)
    assert next(steps) == Step("Embedding passages", 0, 1, 0)
    steps.close()  # type: ignore[attr-defined]
    assert not ended.is_set()
    goes_on.set()
    assert ended.wait(60)


def test_the_time_left_is_told_once_there_is_a_pace() -> None:
    assert Step("Embedding passages", 0, 500, seconds=0).left == ""
    assert Step("Embedding passages", 100, 500, seconds=30).left == "0:02:00"
    assert Step("Embedding passages", 500, 500, seconds=150).left == ""


def test_a_document_was_indexed_by_the_clock_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    assistant = Assistant.from_texts({"bees.txt": "A queen lays 1,500 eggs a day."})
    indexed = assistant.documents()[0].indexed
    assert indexed is not None
    with monkeypatch.context() as patch:
        patch.setenv("TZ", "HERE-9")
        time.tzset()
        (row,) = table(assistant).rows
    time.tzset()
    assert f"indexed {indexed.astimezone(timezone(timedelta(hours=9))):%Y-%m-%d %H:%M}," in row.state


def test_where_the_folder_cannot_be_looked_at_the_documents_are_listed_and_it_is_said(settings: Settings) -> None:
    (settings.documents / "bees.txt").write_text("A queen lays 1,500 eggs a day.", encoding="utf-8")
    assistant = Assistant(documents=settings.documents, index=settings.index)
    assistant.reindex()
    assert table(assistant).problem == ""
    settings.documents.rename(settings.documents.with_name("elsewhere"))
    listed = table(assistant)
    assert [row.source for row in listed.rows] == ["bees.txt"]
    assert f"{settings.documents} cannot be read" in listed.problem


def test_a_document_in_a_language_that_the_model_does_not_know_is_marked() -> None:
    texts = {
        "bees.txt": "The queen bee lays about fifteen hundred eggs a day in early summer, and lives for years.",
        "bienen.txt": "Die Bienenkönigin legt im Frühsommer etwa fünfzehnhundert Eier am Tag und lebt mehrere Jahre.",
    }
    assistant = Assistant.from_texts(texts)
    notes = {row.source: row.note for row in table(assistant).rows}
    assert notes["bees.txt"] == ""
    assert "(de)" in notes["bienen.txt"]
    opened = {source: open_original(assistant, Wanted(source=source))["notice"] for source in texts}
    assert opened == notes


def test_the_page_over_texts_in_memory_changes_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "documents").mkdir()
    file = tmp_path / "documents" / "bees.md"
    file.write_text("Another text of that name.", encoding="utf-8")
    assistant = Assistant.from_texts({"bees.md": "A queen lays 1,500 eggs a day."})
    with serving(assistant) as page:
        assert "in memory" in page.unchangeable
        events = DocumentEvents(page, assistant)
        (shown,) = events.remove(Choice(), EventData(None, {"source": "bees.md"}))
    assert f'role="alert">{page.unchangeable}' in shown
    assert file.read_text(encoding="utf-8") == "Another text of that name."


def test_where_documents_cannot_be_changed_the_drawer_says_why() -> None:
    assistant = Assistant.from_texts({"bees.md": "A queen lays 1,500 eggs a day."})
    html = drawer_html(assistant, Choice(), unchangeable="They are fixed & final.")
    assert "They are fixed &amp; final." in html
    assert "Remove" not in html
    assert "Re-index" in drawer_html(assistant, Choice(), unchangeable="")
