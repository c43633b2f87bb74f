from io import BytesIO
from zipfile import ZipFile

import pytest

from assistant.errors import DocumentError

from .conftest import Parse, Read

CONTAINER = '<container><rootfiles><rootfile full-path="{}"/></rootfiles></container>'
PACKAGE = """<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/">
<metadata><dc:title>Crossings</dc:title><dc:creator>Ada Quist</dc:creator></metadata>
<manifest>
<item id="two" href="second%20chapter.xhtml" media-type="application/xhtml+xml"/>
<item id="one" href="first.xhtml" media-type="application/xhtml+xml"/>
<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
</manifest><spine><itemref idref="nav"/><itemref idref="one"/><itemref idref="two"/></spine></package>"""


def book(**files: str) -> bytes:
    buffer = BytesIO()
    with ZipFile(buffer, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def test_book_made_by_pandoc_is_read(read: Read) -> None:
    study = read("study-pandoc.epub")
    assert study.heading("cost 86 million crowns") == "Building"
    assert study.lines("footnote") == ["The longest queue was measured on 14 October 2023: ninety-three minutes."]
    assert study.heading("The longest queue was measured") == "Why a bridge"
    document = study.document
    assert (document.title, document.author, document.date) == ("The Harbour Crossing Study", "Ada Quist", "2024-03-18")


def test_chapters_are_read_in_the_order_of_the_spine(parsed: Parse) -> None:
    reading = parsed(
        "a.epub",
        book(
            **{
                "META-INF/container.xml": CONTAINER.format("OPS/book.opf"),
                "OPS/book.opf": PACKAGE,
                "OPS/second chapter.xhtml": "<html><body><h1>Two</h1><p>It sinks.</p></body></html>",
                "OPS/first.xhtml": "<html><body><h1>One</h1><p>It sails.</p></body></html>",
                "OPS/nav.xhtml": "<html><body><p>Contents</p></body></html>",
            }
        ),
    )
    assert reading.lines() == ["One", "It sails.", "Two", "It sinks."]
    assert reading.document.title == "Crossings"


def test_archive_that_is_no_book_is_reported(parsed: Parse) -> None:
    with pytest.raises(DocumentError, match=r"a\.epub is damaged, or is not an e-book"):
        parsed("a.epub", book(readme="Nothing here"))
