"""A file, read: its text and its structure. Made by the readers, and split into passages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

BlockKind = Literal["paragraph", "heading", "list", "table", "caption", "footnote", "code"]


class Span(NamedTuple):
    """A stretch of a document's text: ``text[start:end]``."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, list item or table row: what a reader of the format sees as one piece.

    Attributes:
        start: Where it begins in the document's text.
        end: Where it ends, exclusive.
        kind: What it is. Headings and captions are never taken for an answer.
    """

    start: int
    end: int
    kind: BlockKind = "paragraph"


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it.

    Attributes:
        heading: The heading's words, without the format's marks.
        level: 1 for the outermost.
        start: Where the heading begins in the document's text.
        end: Where the next heading of the same or an outer level begins, or the text ends.
    """

    heading: str
    level: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Page:
    """A page, slide or table row that a citation can point to.

    Attributes:
        number: Counted from 1.
        label: What a person would call it: "page 4", "slide 2", "Budget, row 7".
        start: Where it begins in the document's text.
        end: Where it ends, exclusive.
    """

    number: int
    label: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Document:
    """A file, read: its text and the structure that citations name.

    Attributes:
        source: The path relative to the documents folder, with ``/``.
        title: The document's own title, else its file name made readable.
        text: The decoded text that all offsets point into.
        sha256: Hexadecimal digest of the file's bytes.
        blocks: In reading order, not overlapping; all text that is not white space lies in one of them.
        sections: In the order of their headings; an inner one lies within its outer one.
        pages: In order, not overlapping; empty where the format has none.
        language: ISO 639-1 code of the language of most of the text.
        author: Who wrote it, where the file says.
        date: When it was written, as ISO 8601, where the file says.
    """

    source: str
    title: str
    text: str
    sha256: str
    blocks: tuple[Block, ...]
    sections: tuple[Section, ...] = ()
    pages: tuple[Page, ...] = ()
    language: str = "en"
    author: str | None = None
    date: str | None = None
