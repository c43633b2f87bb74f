import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.readers.dates import iso_date
from assistant.types import Document

from .conftest import Parse
from .damaged_files import with_member


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("2024", "2024"),
        ("2024-03", "2024-03"),
        ("20240318", "2024-03-18"),
        ("2024-03-18T09:30:00Z", "2024-03-18T09:30:00+00:00"),
        ("Mon, 18 Mar 2024 09:30:00 +0100", "2024-03-18T09:30:00+01:00"),
        ("18 March 2024", "2024-03-18"),
        ("March 2024", "2024-03"),
        ("18.03.2024", "2024-03-18"),
    ],
)
def test_date_is_as_exact_as_it_was_written(written: str, date: str) -> None:
    assert iso_date(written) == date


@pytest.mark.parametrize("written", ["3/4/2024", "18 mars 2024", "Spring 2024"])
def test_of_a_date_that_is_not_understood_the_year_is_kept(written: str) -> None:
    assert iso_date(written) == "2024"


@pytest.mark.parametrize(
    "written", [None, "", "yesterday", "12", "2024-02-30", "0000-00-00", "9999-12-31", "1970-01-01T00:00:00Z"]
)
def test_what_is_no_date_is_left_out(written: str | None) -> None:
    assert iso_date(written) is None


@given(st.integers(400_000_000, 7_000_000_000).map(lambda seconds: datetime.fromtimestamp(seconds, UTC)))
def test_any_date_is_told_however_it_is_written(time: datetime) -> None:
    assert iso_date(time.isoformat()) == time.isoformat()
    assert iso_date(f"{time:%d %B %Y}") == f"{time:%Y-%m-%d}"


@given(st.text(alphabet="0123456789-/:.,TZ+ MarchMontueof") | st.text())
def test_any_words_are_a_date_or_none(words: str) -> None:
    date = iso_date(words)
    if date is not None:
        datetime.fromisoformat(date if len(date) >= 10 else f"{date}-01-01"[:10])


CORE = (
    '<p xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:t="http://purl.org/dc/terms/">'
    "<dc:creator>Ada Quist</dc:creator><t:created>{}</t:created></p>"
)
BOOK = (
    '<package xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata><dc:creator>Ada Quist</dc:creator>'
    "<dc:date>{}</dc:date></metadata><manifest>"
    '<item id="a" href="text/ch001.xhtml" media-type="application/xhtml+xml"/></manifest>'
    '<spine><itemref idref="a"/></spine></package>'
)
PAGE = '<meta name="author" content="Ada Quist"><meta name="date" content="{}"><p>The ferry sails.</p>'
LINKED = (
    '<script type="application/ld+json">[{{"@type": "NewsArticle", "datePublished": "{}", '
    '"author": {{"name": "Ada Quist"}}}}]</script><p>The ferry sails.</p>'
)
FILES = {
    "a.md": "---\nauthor: Ada Quist\ndate: {}\n---\nThe ferry sails.\n",
    "b.md": '+++\nauthors = ["Ada Quist"]\ndate = "{}"\n+++\nThe ferry sails.\n',
    "a.rst": "Ferry\n=====\n\n:Author: Ada Quist\n:Date: {}\n\nThe ferry sails.\n",
    "a.html": PAGE,
    "b.html": LINKED,
    "a.eml": "From: Ada Quist <ada@harbour.example>\nDate: {}\n\nThe ferry sails.\n",
}


@pytest.mark.parametrize("name", FILES)
def test_text_gives_its_author_and_date(parsed: Parse, name: str) -> None:
    document = parsed(name, FILES[name].format("18 Mar 2024")).document
    assert "Ada Quist" in (document.author or "")
    assert (document.date or "").startswith("2024-03-18")
    assert parsed(name, FILES[name].format("99 Foo 0000")).document.date is None


@pytest.mark.parametrize(
    ("name", "member", "properties"),
    [
        ("study-pandoc.docx", "docProps/core.xml", CORE),
        ("talk-pandoc.pptx", "docProps/core.xml", CORE),
        ("budget.xlsx", "docProps/core.xml", CORE),
        ("study-pandoc.epub", "EPUB/content.opf", BOOK),
    ],
)
def test_archive_gives_its_author_and_date(data: Path, parsed: Parse, name: str, member: str, properties: str) -> None:
    def document(date: str) -> Document:
        xml = properties.format(date).encode()
        return parsed(name, with_member((data / name).read_bytes(), member, xml)).document

    assert (document("2024-03-18").author, document("2024-03-18").date) == ("Ada Quist", "2024-03-18")
    assert document("0000-00-00").date is None


def test_pdf_gives_its_date_if_it_is_one(data: Path, parsed: Parse) -> None:
    content = (data / "study-libreoffice.pdf").read_bytes()
    (written,) = re.findall(rb"/CreationDate\(D:(\d{8})", content)
    for digits, date in ((b"20240318", "2024-03-18"), (b"20249918", None)):
        assert parsed("a.pdf", content.replace(written, digits)).document.date == date
