"""A block of a document → its sentences, items or rows, with exact offsets."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import sentencex

from assistant.types import Block, Document, Span

LONGEST_SENTENCE = 400
"""Characters above which a sentence is cut: lists run together, tables without rows, text without full stops."""

SHORTEST_PIECE = 40
"""Characters that a piece of a cut sentence has at the least."""

_MARK_ALONE = re.compile(r"\s*[(\[]?(?:\d{1,3}|[ivxIVX]{1,5}|[a-zA-Z])[.)\]]\s*")
"""What numbers the item of a list, with nothing of the item."""

_ABBREVIATED = re.compile(
    r"(?<![^\s(])(?:(?:approx|avg|ca|chap|dept|est|ext|para|tel|vol)s?|(?<!\d.)(?:excl|incl|max|min|resp|sec))\.\s*\Z",
    re.IGNORECASE,
)
"""What is abbreviated before a number or a small letter, and ends no sentence there."""

LONGEST_ABBREVIATION = 20
"""Characters, with the blanks behind it."""

_CLOSING = re.compile(r"[*_`\"'”’)\]»]+(?=\s|\Z)")
"""Marks that close what was emphasised, quoted or bracketed."""

_LEAD_IN = re.compile(
    r"\s*(?:(?:[-*+•–>]|\[[ xX]\]|\(?(?:\d{1,3}|[a-zA-Z])[.)])\s+)*"
    r"[*_`]{1,5}(?=\S)[^*_`\n]{1,60}(?<!\s)[*_`]{1,5}\s+"
)
"""What heads a paragraph or an item: a few words in marks of emphasis from beginning to end."""

_NEXT = re.compile(r"\s*(\S)")

_LINE = re.compile(r"[^\n]+")
_CUTS = [re.compile(p) for p in (r"[.!?][\"'”’)\]*_`]*\s", r"[;:]\s|\\n|\n", r",\s|[。！？，、]", r"\s", r"(?s).")]


def sentences(document: Document, block: Block) -> list[Span]:
    """The sentences of a block, without the white space around them.

    Args:
        document: The document that the block lies in.
        block: A table or code block is split into lines, all else into sentences.
    """
    text = document.text[block.start : block.end]
    if block.kind in ("table", "code"):
        found = [match.span() for match in _LINE.finditer(text)]
    else:
        bounds = sentencex.get_sentence_boundaries(document.language, text)
        found = _whole(text, ((bound["start_index"], bound["end_index"]) for bound in bounds))
    pieces = (piece for start, end in found for piece in _pieces(text, start, end))
    trimmed = (_trim(text, start, end) for start, end in pieces)
    return [Span(block.start + start, block.start + end) for start, end in trimmed if start < end]


def _whole(text: str, found: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Sentences that were cut at the number of a list's item, or behind an abbreviation or a lead-in, in one.

    "1. Heat the oven." is one, and so are "It holds approx. 300 litres." and "**Fire.** Leave by the stairs."
    """
    joined: list[tuple[int, int]] = []
    head = lead_in.end() if (lead_in := _LEAD_IN.match(text)) else 0
    for start, end in _closed(text, found):
        goes_on = joined and (
            start <= head or _MARK_ALONE.fullmatch(text, *joined[-1]) or _is_abbreviated(text, *joined[-1])
        )
        joined.append((joined.pop()[0] if goes_on else start, end))
    return joined


def _closed(text: str, found: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The same sentences, each with the marks that close it: "*Fire.* Run." is cut before the second asterisk."""
    before: tuple[int, int] | None = None
    for start, end in found:
        begins = start
        if before:
            touches = before[1] == start and not text[start - 1].isspace()
            closing = _CLOSING.match(text, start, end) if touches else None
            begins = closing.end() if closing else start
            yield before[0], begins if closing else before[1]
        before = (begins, end)
    if before:
        yield before


def _is_abbreviated(text: str, start: int, end: int) -> bool:
    """Whether what ends there ends with an abbreviation, behind which the sentence goes on."""
    following = _NEXT.match(text, end)
    if not following or not (following[1].isdigit() or following[1].islower()):
        return False
    return bool(_ABBREVIATED.search(text, max(start, end - LONGEST_ABBREVIATION), end))


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A sentence as it is, or, where it is longer than anyone wants quoted, cut where it can best be."""
    while end - start > LONGEST_SENTENCE:
        cut = next(cuts for pattern in _CUTS if (cuts := _last_cut(pattern, text, start)))
        yield start, cut
        start = cut
    yield start, end


def _last_cut(pattern: re.Pattern[str], text: str, start: int) -> int | None:
    window = pattern.finditer(text, start + SHORTEST_PIECE, start + LONGEST_SENTENCE)
    return max((match.end() for match in window), default=None)


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - (len(piece) - len(piece.rstrip()))
