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


NAMED = """<package xmlns="http://www.idpf.org/2007/opf"><manifest>
<item id="one" href="one.xhtml" media-type="application/xhtml+xml"/>
<item id="list" href="list.xhtml" media-type="application/xhtml+xml"/>
<item id="toc" href="toc.ncx" media-type="application/x-dtbncx+xml"/>
</manifest><spine toc="toc"><itemref idref="list"/><itemref idref="one"/></spine>
<guide><reference type="toc" href="list.xhtml"/></guide></package>"""
CONTENTS = """<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap><navPoint>
<navLabel><text>The Ferry</text></navLabel><content src="one.xhtml#start"/></navPoint></navMap></ncx>"""


def named_book(chapter: str, contents: str = CONTENTS) -> bytes:
    files = {"list.xhtml": "<a href='one.xhtml'>The Ferry</a>", "one.xhtml": chapter, "toc.ncx": contents}
    return book(**{"META-INF/container.xml": CONTAINER.format("a.opf"), "a.opf": NAMED} | files)


@pytest.mark.parametrize("chapter", ["<p class='c1'>The  Ferry</p><p>It sails.</p>", "<p>It sails.</p>"])
def test_chapter_without_a_heading_has_the_one_of_the_table_of_contents(parsed: Parse, chapter: str) -> None:
    reading = parsed("a.epub", named_book(chapter))
    assert reading.lines() == ["The Ferry", "It sails."]
    assert reading.heading("It sails.") == "The Ferry"


def test_damaged_table_of_contents_is_no_harm(parsed: Parse) -> None:
    assert parsed("a.epub", named_book("<p>It sails.</p>", "<ncx")).lines() == ["It sails."]


def test_notes_are_told_by_what_they_are_marked_as(parsed: Parse) -> None:
    chapter = (
        "<html xmlns:epub='http://www.idpf.org/2007/ops'><h1>A</h1>"
        "<p>It sails.<a epub:type='noteref' href='#n'>1</a></p><p>Daily.</p>"
        "<aside epub:type='footnote' id='n'><p>At noon.</p></aside></html>"
    )
    reading = parsed("a.epub", named_book(chapter))
    assert reading.lines() == ["A", "It sails.", "At noon.", "Daily."]
    assert reading.kind("At noon.") == "footnote"


def test_all_authors_are_named(parsed: Parse) -> None:
    package = NAMED.replace(
        "<manifest>", "<metadata><creator>Ada</creator><creator>Bo</creator></metadata><manifest>", 1
    )
    files = {"META-INF/container.xml": CONTAINER.format("a.opf"), "a.opf": package, "one.xhtml": "<p>It sails.</p>"}
    assert parsed("a.epub", book(**files)).document.author == "Ada, Bo"
