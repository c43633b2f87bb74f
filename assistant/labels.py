"""What a place in a document, its author, an index and a number of things are called, wherever they are shown."""

from __future__ import annotations

import unicodedata

from assistant.types import Citation, IndexInfo, Passage


def printable(text: str) -> str:
    """The text without the control characters by which a document could move the cursor or recolour the screen."""
    return "".join(character for character in text if character in "\n\t" or unicodedata.category(character) != "Cc")


def place(item: Passage | Citation) -> str:
    """Where the words stand, as a person would say it: document, section, page and paragraph."""
    paragraph = "footnote" if item.kind == "footnote" else f"paragraph {item.paragraph}"
    parts = dict.fromkeys((item.title, item.heading, item.page_label, paragraph))
    return " ".join(printable(" › ".join(part for part in parts if part)).split())


def byline(citation: Citation) -> str:
    """Who wrote the cited document, and when, where the file says."""
    return printable(", ".join(part for part in (citation.author, citation.date) if part))


def index_line(index: IndexInfo) -> str:
    """Which index answered, by the clock of this machine."""
    documents = count(index.documents, "document")
    return f"Index of {index.built.astimezone():%Y-%m-%d %H:%M}, {documents}"


def count(number: int, noun: str) -> str:
    """A number of things: "1 passage", "1,234 passages".

    Args:
        number: How many there are.
        noun: What one of them is called, whose plural ends with an "s".
    """
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
