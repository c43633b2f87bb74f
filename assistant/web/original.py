"""A document → a page to read beside the chat, with cited words highlighted."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Literal

from assistant.places import Places
from assistant.types import Block, Document, Span
from assistant.web.markup import render

SHOWN: Final = 300_000
"""How much of a document is shown at once, in characters; the rest is shown as the reader gets there."""
MOVED: Final = 5_000
"""How much of a paragraph is kept together where it would be cut in two, in characters."""

Side = Literal["before", "after"]

_LINE_END: Final = re.compile(r"(?:\r\n?|\n)")
_HEADING_SIGNS: Final = re.compile(r"\A(?:#{1,6}[ \t]+)?(?P<text>.*?)(?:[ \t]+#+|\n[=-]+)?\s*\Z", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Highlight:
    """Words to highlight.

    Attributes:
        number: What they are called in the page: the citation's number.
        start: Where they begin in the document's text.
        end: Where they end, exclusive.
        quote: The words, as they were when they were cited.
    """

    number: int
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text under the same highlights."""

    text: str
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A block as it is shown.

    Attributes:
        kind: The block's kind.
        level: Of a heading, 1 for the outermost.
        paragraph: Its number in its section; 0 for a heading, and where its beginning is not shown.
        page: What the page is called that begins with it, or "".
        pieces: Its text.
    """

    kind: str
    level: int
    paragraph: int
    page: str
    pieces: tuple[Piece, ...]


def original_html(document: Document, highlights: Sequence[Highlight], focus: int) -> str:
    """A document as HTML, as much of it as is shown at once.

    Args:
        document: What to show.
        highlights: The words to highlight in it.
        focus: The offset, in characters, that must be among what is shown.
    """
    start = max(0, min(focus - SHOWN // 2, len(document.text) - SHOWN))
    shown = Span(_edge(document, start), _edge(document, start + SHOWN))
    return _render("original", document, highlights, shown, before=shown.start, after=len(document.text) - shown.end)


def more_html(document: Document, highlights: Sequence[Highlight], at: int, side: Side) -> str:
    """What stands before or after what is shown of a document, as much of it as is shown at once.

    Args:
        document: What to show.
        highlights: The words to highlight in it.
        at: The offset, in characters, at which what is shown begins or ends.
        side: Which way to go on from there.
    """
    if side == "before":
        shown = Span(_edge(document, at - SHOWN), at)
        return _render("stretch", document, highlights, shown, before=shown.start, after=0)
    shown = Span(at, _edge(document, at + SHOWN))
    return _render("stretch", document, highlights, shown, before=0, after=len(document.text) - shown.end)


def where_now(document: Document, highlight: Highlight) -> Highlight | None:
    """Finds words in a document that may have changed since they were cited.

    Returns:
        The highlight at its place, or at the nearest one where those words stand now; None where they are gone.
    """
    # Whatever ends a line, to a browser it is one and the same.
    words = re.compile(_LINE_END.pattern.join(map(re.escape, _LINE_END.split(highlight.quote))))
    if words.fullmatch(document.text, highlight.start, highlight.end):
        return highlight
    places = [found.span() for found in words.finditer(document.text)]
    if not places or not highlight.quote:
        return None
    start, end = min(places, key=lambda place: abs(place[0] - highlight.start))
    return Highlight(highlight.number, start, end, highlight.quote)


def _begins_with_title(document: Document) -> bool:
    first = document.blocks[0]
    words = _text(document, first, Span(first.start, first.end))
    return first.kind == "heading" and document.text[words.start : words.end] == document.title


def _edge(document: Document, at: int) -> int:
    """Where to cut near an offset: before its paragraph, unless too much of that would be moved to the other side."""
    if at <= 0 or at >= len(document.text):
        return min(max(0, at), len(document.text))
    start = document.blocks[bisect_right(document.blocks, at, key=lambda block: block.start) - 1].start
    return start if 0 <= at - start < MOVED else at


def _render(
    template: str, document: Document, highlights: Sequence[Highlight], shown: Span, *, before: int, after: int
) -> str:
    return render(
        template,
        document=document,
        titled=not _begins_with_title(document),
        parts=list(_parts(document, highlights, shown)),
        shown=shown,
        before=before,
        after=after,
    )


def _parts(document: Document, highlights: Sequence[Highlight], shown: Span) -> Iterator[Part]:
    places = Places(document)
    levels = {section.start: section.level for section in document.sections}
    pages = {page.start: page.label for page in document.pages}
    waiting = deque(sorted(pages))
    for block in document.blocks:
        label = ""
        while waiting and waiting[0] < block.end:
            label = pages[waiting.popleft()]
        start, end = max(block.start, shown.start), min(block.end, shown.end)
        if start >= end:
            continue
        unnumbered = block.kind == "heading" or start > block.start
        yield Part(
            kind=block.kind,
            level=levels.get(block.start, 2),
            paragraph=0 if unnumbered else places.passage([Span(block.start, block.end)]).paragraph,
            page=label,
            pieces=tuple(_pieces(document.text, _text(document, block, Span(start, end)), highlights)),
        )


def _text(document: Document, block: Block, span: Span) -> Span:
    """A block's span without the signs that make a line of Markdown a heading."""
    if block.kind != "heading" or not document.source.lower().endswith((".md", ".markdown")):
        return span
    found = _HEADING_SIGNS.match(document.text[span.start : span.end])
    return Span(span.start + found.start("text"), span.start + found.end("text")) if found else span


def _pieces(text: str, span: Span, highlights: Sequence[Highlight]) -> Iterator[Piece]:
    cuts = {span.start, span.end}
    inside = [h for h in highlights if h.start < span.end and h.end > span.start]
    for highlight in inside:
        cuts |= {max(span.start, highlight.start), min(span.end, highlight.end)}
    edges = sorted(cuts)
    for start, end in pairwise(edges):
        yield Piece(text[start:end], tuple(h.number for h in inside if h.start <= start and end <= h.end))
