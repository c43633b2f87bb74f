"""What a file may cost, and what is said about one that costs more."""

from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from assistant.errors import DocumentError
from assistant.readers import SUFFIXES, document_from_text, read_document
from assistant.settings import Settings

from .conftest import Parse

BOMB = '<!DOCTYPE b [<!ENTITY a "haha">{}]><package><metadata><title>&e29;</title></metadata></package>'
CONTAINER = '<container><rootfiles><rootfile full-path="book.opf"/></rootfiles></container>'


def archive(**files: bytes | str) -> bytes:
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as made:
        for name, content in files.items():
            made.writestr(name.replace("__", "/"), content)
    return buffer.getvalue()


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html"])
def test_large_file_is_not_read(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("The ferry sails. " * 1000)
    with pytest.raises(DocumentError, match="ASSISTANT_FILE_MEGABYTES"):
        read_document(tmp_path / name, name, Settings.load(file_megabytes=0.01))


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html", "a.rst", "a.csv"])
def test_long_text_is_not_read(parsed: Parse, name: str) -> None:
    with pytest.raises(DocumentError, match="ASSISTANT_FILE_CHARACTERS"):
        parsed(name, "The ferry sails.\n\n" * 100, characters=1000)


@pytest.mark.parametrize("name", ["columns.pdf", "talk-pandoc.pptx"])
def test_file_of_many_pages_is_not_read(parsed: Parse, data: Path, name: str) -> None:
    with pytest.raises(DocumentError, match="ASSISTANT_FILE_PAGES"):
        parsed(name, (data / name).read_bytes(), pages=1)


@pytest.mark.parametrize("name", ["a.docx", "a.pptx", "a.xlsx", "a.epub"])
def test_archive_that_expands_is_not_read(parsed: Parse, name: str) -> None:
    bomb = archive(word__document=bytes(20_000_000))
    assert len(bomb) < 100_000
    with pytest.raises(DocumentError, match="ASSISTANT_FILE_UNPACKED_MEGABYTES"):
        parsed(name, bomb, unpacked_megabytes=10)


def test_xml_that_expands_stays_small(parsed: Parse) -> None:
    entities = "".join(
        f'<!ENTITY e{n} "&{f"e{n - 1}" if n else "a"};&{f"e{n - 1}" if n else "a"};">' for n in range(30)
    )
    book = archive(**{"META-INF__container.xml": CONTAINER, "book.opf": BOMB.format(entities)})
    with pytest.raises(DocumentError, match=r"a\.epub"):
        parsed("a.epub", book)


@pytest.mark.parametrize("content", [b"", b" \n\t\r\n", "\ufeff \n".encode()])
def test_empty_file_is_reported(parsed: Parse, content: bytes) -> None:
    with pytest.raises(DocumentError, match=r"a\.txt is empty"):
        parsed("a.txt", content)


@pytest.mark.parametrize("name", sorted(f"a{suffix}" for suffix in SUFFIXES))
def test_file_without_text_is_reported_by_its_name(parsed: Parse, name: str) -> None:
    with pytest.raises(DocumentError, match=name.replace(".", r"\.")):
        parsed(name, b" ")


@pytest.mark.parametrize(("name", "text"), [("a.txt", " \n"), ("a.md", "---\ntitle: Bees\n---\n"), ("a.md", "***\n")])
def test_text_in_memory_without_words_is_reported(name: str, text: str) -> None:
    with pytest.raises(DocumentError, match=f"{name} is empty"):
        document_from_text(name, text)


@pytest.mark.parametrize("content", [b"---\ntitle: Bees\n---\n", b"***\n"])
def test_markdown_without_words_is_reported(parsed: Parse, content: bytes) -> None:
    with pytest.raises(DocumentError, match=r"a\.md is empty"):
        parsed("a.md", content)


def test_file_that_is_gone_is_reported(tmp_path: Path) -> None:
    for name in ("a.txt", "a.pdf"):
        with pytest.raises(DocumentError, match="cannot be read"):
            read_document(tmp_path / name, name, Settings.load())
