"""Where words of a document stand."""

from pathlib import Path

from assistant.places import Places
from assistant.readers import document_from_text
from assistant.types import Block, Document, Page, Span


def test_the_paragraph_is_counted_in_its_section(analysis: Path) -> None:
    document = document_from_text(analysis.name, analysis.read_text(encoding="utf-8"))
    start = document.text.index("At least 17 Japanese")
    place = Places(document).passage([Span(start, start + 20)])
    assert (place.heading, place.paragraph) == ("What is the broader picture?", 1)
    start = document.text.index("This diplomatic dynamic")
    assert Places(document).passage([Span(start, start + 20)]).paragraph == 3


def test_a_page_is_named_where_there_are_pages() -> None:
    text = "One. Two."
    pages = (Page(1, "page 1", 0, 5), Page(2, "page 2", 5, 9))
    document = Document("a.pdf", "A", text, "", (Block(0, 4), Block(5, 9)), pages=pages)
    assert Places(document).passage([Span(5, 9)]).page_label == "page 2"
