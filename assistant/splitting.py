"""A document → passages of whole sentences, with exact offsets."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace

import sentencex

from assistant.types import Block, Document, Page, Passage, Section, Span

VERSION = 1
"""Changes whenever the same document would give other passages, so that an index built before is rebuilt."""

_LINE = re.compile(r"[^\n]+")


def split(document: Document, characters: int) -> tuple[Passage, ...]:
    """Splits a document into passages.

    A passage is filled with whole sentences up to a length and never crosses a section's heading. A sentence longer
    than that is a passage of its own. Headings stand in no passage, unless nothing stands under them.

    Args:
        document: What to split.
        characters: The length that a passage is filled up to.

    Returns:
        Passages in reading order, not overlapping.
    """
    place = _Places(document)
    passages: list[Passage] = []
    for run in _runs(document):
        for group in _fill(run, characters):
            passages.append(place.passage(group))
    return tuple(passages)


def embedded_text(passage: Passage) -> str:
    """What is embedded for a passage: its heading in front of its text."""
    return f"{passage.heading}\n{passage.text}" if passage.heading else passage.text


def sentences(document: Document, block: Block) -> list[Span]:
    """The sentences of a block, without the white space around them.

    Args:
        document: The document that the block lies in.
        block: Prose is split into sentences, a list, table or code block into lines.
    """
    text = document.text[block.start : block.end]
    if block.kind in ("table", "code"):
        found = [match.span() for match in _LINE.finditer(text)]
    else:
        found = [(s["start_index"], s["end_index"]) for s in sentencex.get_sentence_boundaries(document.language, text)]
    trimmed = (_trim(text, start, end) for start, end in found)
    return [Span(block.start + start, block.start + end) for start, end in trimmed if start < end]


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - (len(piece) - len(piece.rstrip()))


def _runs(document: Document) -> Iterator[list[Span]]:
    """The sentences between one heading and the next; the heading's own where nothing stands between."""
    heading: list[Span] = []
    run: list[Span] = []
    for block in document.blocks:
        if block.kind != "heading":
            run += sentences(document, block)
            continue
        if run or heading:
            yield run or heading
        heading, run = sentences(document, block), []
    if run or heading:
        yield run or heading


def _fill(run: list[Span], characters: int) -> Iterator[list[Span]]:
    group: list[Span] = []
    for sentence in run:
        if group and sentence.end - group[0].start > characters:
            yield group
            group = []
        group.append(sentence)
    if group:
        yield group


class _Places:
    """Finds the section, paragraph and page of an offset."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._sections = sorted(document.sections, key=lambda section: section.start)
        self._section_starts = [section.start for section in self._sections]
        self._page_starts = [page.start for page in document.pages]
        paragraphs = [block.start for block in document.blocks if block.kind != "heading"]
        self._paragraphs = sorted(paragraphs)

    def passage(self, group: list[Span]) -> Passage:
        start, end = group[0].start, group[-1].end
        section, page = self._section(start), self._page(start)
        return Passage(
            source=self._document.source,
            start=start,
            end=end,
            text=self._document.text[start:end],
            title=self._document.title,
            heading=section.heading if section else "",
            paragraph=self._paragraph(start, section),
            page=page.number if page else None,
            page_label=page.label if page else None,
            sentences=tuple(group),
        )

    def _section(self, offset: int) -> Section | None:
        # Sections are in the order of their headings: the last one that began holds the offset, else one around it.
        for index in range(bisect_right(self._section_starts, offset) - 1, -1, -1):
            if offset < self._sections[index].end:
                return self._sections[index]
        return None

    def _page(self, offset: int) -> Page | None:
        index = bisect_right(self._page_starts, offset) - 1
        return self._document.pages[index] if index >= 0 else None

    def _paragraph(self, offset: int, section: Section | None) -> int:
        first = bisect_right(self._paragraphs, section.start) if section else 0
        return max(1, bisect_right(self._paragraphs, offset) - first)


def at(passage: Passage, start: int, end: int) -> Passage:
    """The same passage, narrowed to ``text[start:end]`` of its document."""
    return replace(
        passage,
        start=start,
        end=end,
        text=passage.text[start - passage.start : end - passage.start],
        sentences=tuple(s for s in passage.sentences if start <= s.start and s.end <= end),
    )
