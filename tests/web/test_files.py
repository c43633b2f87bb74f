"""The file of a document can be had as it is, and no other file can."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest

from assistant import Assistant
from assistant.web.original_pane import CHANGED, FILE, LOST, Cited, Wanted, open_original

from ..conftest import serving

NAME = "sub folder/naïve #1.html"
PDF = Path(__file__).parent.parent / "data" / "study-libreoffice.pdf"


@pytest.fixture
def files(assistant: Assistant) -> Iterator[str]:
    folder = assistant.settings.documents
    (folder / "sub folder").mkdir()
    (folder / NAME).write_text("<p>A hive stands in the garden.</p>", encoding="utf-8")
    (folder / "study.pdf").write_bytes(PDF.read_bytes())
    (folder / ".hidden.txt").write_text("A secret.", encoding="utf-8")
    (folder.parent / "outside.txt").write_text("A secret.", encoding="utf-8")
    assistant.reindex()
    with serving(assistant) as page:
        yield f"{page.address}files/"


def test_a_file_is_had_as_it_is_and_never_runs_on_the_page(
    files: str, assistant: Assistant, http: httpx.Client
) -> None:
    reply = http.get(files + quote(NAME))
    assert reply.content == (assistant.settings.documents / NAME).read_bytes()
    assert reply.headers["content-disposition"] == "attachment; filename*=utf-8''na%C3%AFve%20%231.html"
    assert reply.headers["content-security-policy"] == "sandbox"
    assert reply.headers["x-content-type-options"] == "nosniff"


def test_a_pdf_is_shown_in_the_browser(files: str, http: httpx.Client) -> None:
    reply = http.get(f"{files}study.pdf")
    assert reply.headers["content-type"] == "application/pdf"
    assert reply.headers["content-disposition"].startswith("inline")
    assert reply.headers["x-content-type-options"] == "nosniff"


def test_no_other_file_is_had(files: str, assistant: Assistant, http: httpx.Client) -> None:
    folder = assistant.settings.documents
    outside = folder.parent / "outside.txt"
    for source in ("..%2Foutside.txt", "sub%20folder/..%2F..%2Foutside.txt", quote(str(outside)), ".hidden.txt", "no"):
        assert http.get(files + source).status_code == 404
    for target in (outside, folder / ".hidden.txt"):
        (folder / "bees.md").unlink()
        (folder / "bees.md").symlink_to(target)
        assert http.get(f"{files}bees.md").status_code == 404


def test_a_file_that_has_changed_is_said_to_have_and_one_that_is_gone_is_not_offered(
    files: str, assistant: Assistant, http: httpx.Client
) -> None:
    path = assistant.settings.documents / "bees.md"
    assert FILE not in open_original(assistant, Wanted(source="bees.md"))["notice"]
    path.write_text("Other words.", encoding="utf-8")
    assert FILE in open_original(assistant, Wanted(source="bees.md"))["notice"]
    path.unlink()
    assert open_original(assistant, Wanted(source="bees.md"))["file"] == ""
    assert http.get(f"{files}bees.md").status_code == 404


@pytest.mark.parametrize("error", [PermissionError(13, "Permission denied"), FileNotFoundError(2, "No such file")])
def test_a_document_whose_file_cannot_be_read_is_shown_as_it_was_indexed(
    shared_assistant: Assistant, error: OSError, monkeypatch: pytest.MonkeyPatch
) -> None:
    def has_changed(*_: object) -> bool:
        raise error

    monkeypatch.setattr("assistant.web.original_pane.has_changed", has_changed)
    opened = open_original(shared_assistant, Wanted(source="bees.md"))
    assert "1,500 eggs" in opened["html"]
    assert f"cannot be read ({error.strerror})" in opened["notice"]
    assert opened["file"] == ""


@pytest.mark.parametrize(
    ("words", "start", "digest", "notice"),
    [
        ("A queen lays", 0, "now", ""),
        ("A queen lays", 0, "", ""),
        ("A queen lays", 0, "before", CHANGED),
        ("eggs", 2, "", CHANGED),
        ("A king lays", 0, "", LOST),
        ("A king lays", 0, "now", LOST),
        ("A king lays", 0, "before", LOST),
    ],
)
def test_whether_cited_words_still_stand_is_told_by_the_words_where_the_digest_tells_nothing(
    words: str, start: int, digest: str, notice: str
) -> None:
    assistant = Assistant.from_texts({"a.txt": "A queen lays 1,500 eggs a day."})
    sha256 = assistant.document("a.txt").sha256 if digest == "now" else digest
    cited = Cited(number=1, start=start, end=start + len(words), quote=words, sha256=sha256)
    assert open_original(assistant, Wanted(source="a.txt", highlights=[cited]))["notice"] == notice


def test_what_is_shown_is_left_as_it_is_until_the_document_is_another_one() -> None:
    assistant = Assistant.from_texts({"a.txt": "A queen lays 1,500 eggs a day."})
    assert "1,500 eggs" in open_original(assistant, Wanted(source="a.txt", shown="of another one"))["html"]
    shown = assistant.document("a.txt").sha256
    assert open_original(assistant, Wanted(source="a.txt", shown=shown))["html"] is None


def test_texts_in_memory_have_no_file(working_folder: Path) -> None:
    (working_folder / "documents").mkdir()
    (working_folder / "documents" / "a.txt").write_text("Another text.", encoding="utf-8")
    assert open_original(Assistant.from_texts({"a.txt": "A text."}), Wanted(source="a.txt"))["file"] == ""


def test_a_login_covers_the_files(shared_assistant: Assistant, http: httpx.Client) -> None:
    settings = shared_assistant.settings
    guarded = Assistant(settings.documents, settings.index, auth="ada:lovelace")
    with serving(guarded) as page:
        assert http.get(f"{page.address}files/bees.md").status_code == 401
        assert http.get(f"{page.address}files/no.md").status_code == 401
        http.post(f"{page.address}login", data={"username": "ada", "password": "lovelace"})
        assert http.get(f"{page.address}files/bees.md").status_code == 200
