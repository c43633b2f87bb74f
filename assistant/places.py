"""Where sentences of a document stand: their section, paragraph and page."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from assistant.types import BlockKind, Document, Page, Passage, Section, Span


class Places:
    """Tells the section, paragraph and page of any sentences of one document."""

    def __init__(self, document: Document) -> None:
        """Looks at a document's structure."""
        self._document = document
        self._sections = sorted(document.sections, key=lambda section: section.start)
        self._section_starts = [section.start for section in self._sections]
        self._headings = _headings(self._sections, document.title)
        self._page_starts = [page.start for page in document.pages]
        self._blocks = sorted(document.blocks, key=lambda block: block.start)
        self._block_starts = [block.start for block in self._blocks]
        self._paragraphs = [block.start for block in self._blocks if block.kind != "heading"]

    def passage(self, group: Sequence[Span], score: float = 0.0) -> Passage:
        """A run of sentences as a passage.

        Args:
            group: Its sentences, in order; at least one.
            score: How well it fits a question.
        """
        start, end = group[0].start, group[-1].end
        innermost, page = self._section(start), self._page(start)
        return Passage(
            source=self._document.source,
            start=start,
            end=end,
            text=self._document.text[start:end],
            title=self._document.title,
            heading="" if innermost is None else self._headings[innermost],
            paragraph=self._paragraph(start, innermost),
            kind=self._kind(start),
            page=page.number if page else None,
            page_label=page.label if page else None,
            sentences=tuple(group),
            score=score,
        )

    def _section(self, offset: int) -> int | None:
        # Sections are in the order of their headings: the last one that began holds the offset, else one around it.
        for index in range(bisect_right(self._section_starts, offset) - 1, -1, -1):
            if offset < self._sections[index].end:
                return index
        return None

    def _page(self, offset: int) -> Page | None:
        index = bisect_right(self._page_starts, offset) - 1
        return self._document.pages[index] if index >= 0 else None

    def _kind(self, offset: int) -> BlockKind:
        index = bisect_right(self._block_starts, offset) - 1
        return self._blocks[index].kind if index >= 0 else "heading"

    def _paragraph(self, offset: int, section: int | None) -> int:
        first = 0 if section is None else bisect_right(self._paragraphs, self._section_starts[section])
        return max(1, bisect_right(self._paragraphs, offset) - first)


def _headings(sections: Sequence[Section], title: str) -> list[str]:
    """What each section is headed by: its heading behind those of the sections around it, but for the title."""
    result: list[str] = []
    around: list[Section] = []
    for section in sections:
        around = [outer for outer in around if section.start < outer.end]
        outer_headings = [outer.heading for outer in around if outer.heading != title]
        result.append(" › ".join((*outer_headings, section.heading)))
        around.append(section)
    return result
