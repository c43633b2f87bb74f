"""A document → passages of whole sentences, with exact offsets."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest

import sentencex

from assistant.types import Block, BlockKind, Document, EmbeddedText, Page, Passage, Section, Span

VERSION = 7
"""Changes whenever a document would give other passages, or others embedded: an index built before is rebuilt."""

FULL_ENOUGH = 0.4
"""The share of its length from which on a passage ends rather than take in a part of the next paragraph."""

LONGEST_SENTENCE = 400
"""Characters above which a sentence is cut: lists run together, tables without rows, text without full stops."""

SHORTEST_PIECE = 40
"""Characters that a piece of a cut sentence has at the least."""

LONGEST_OPENING = 200
"""Characters that a line has at most of which a document may be about."""

_MARK_ALONE = re.compile(r"\s*[(\[]?(?:\d{1,3}|[ivxIVX]{1,5}|[a-zA-Z])[.)\]]\s*")
"""What numbers the item of a list, with nothing of the item."""

_ABBREVIATED = re.compile(
    r"(?<![^\s(])(?:(?:approx|avg|ca|chap|dept|est|ext|para|tel|vol)s?|(?<!\d.)(?:excl|incl|max|min|resp|sec))\.\s*\Z",
    re.IGNORECASE,
)
"""What is abbreviated before a number or a small letter, and ends no sentence there."""

LONGEST_ABBREVIATION = 20
"""Characters, with the blanks behind it."""

_NEXT = re.compile(r"\s*(\S)")

_LINE = re.compile(r"[^\n]+")
_BLANK_LINE = re.compile(r"[^\S\n]*\n[^\S\n]*\n")
_CUTS = [re.compile(p) for p in (r"[.!?][\"'”’)\]]*\s", r"[;:]\s|\\n|\n", r",\s|[。！？，、]", r"\s", r"(?s).")]


def split(document: Document, characters: int) -> tuple[Passage, ...]:
    """Splits a document into passages.

    A passage is filled with whole sentences up to a length and never crosses a section's heading. A sentence longer
    than that is a passage of its own. Headings stand in no passage, but for those that nothing stands under.

    Args:
        document: What to split.
        characters: The length that a passage is filled up to.

    Returns:
        Passages in reading order, not overlapping.
    """
    places = Places(document)
    passages: list[Passage] = []
    for run in _runs(document):
        passages += [places.passage(group) for group in _fill(run, characters)]
    return tuple(passages)


def embedded_texts(document: Document, passages: Sequence[Passage]) -> list[EmbeddedText]:
    """What is embedded for a document's passages: each with what tells of what it speaks.

    That is its section's headings, or, where it stands under none, the line that the document opens with. Not the
    document's title: where that is made from the file's name, a renamed file would have to be embedded again.

    Args:
        document: Where they are from.
        passages: What it was split into.
    """
    opening = _opening(document)
    texts = []
    for passage in passages:
        heading = passage.heading
        if not heading and opening and opening.end <= passage.start:
            heading = document.text[opening.start : opening.end]
        context = f"{heading}\n" if heading else ""
        offset = len(context) - passage.start
        spans = tuple(Span(start + offset, end + offset) for start, end in passage.sentences)
        texts.append(EmbeddedText(context, context + passage.text, spans))
    return texts


def _opening(document: Document) -> Block | None:
    """The first paragraph, if it is one short sentence on a line of its own: as good as a title."""
    if len(document.blocks) < 2:
        return None
    first = document.blocks[0]
    short = first.kind == "paragraph" and first.end - first.start <= LONGEST_OPENING
    alone = short and _BLANK_LINE.match(document.text, first.end)
    return first if alone and len(sentences(document, first)) == 1 else None


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
    """Sentences that were cut at the number of a list's item, or behind an abbreviation, in one.

    "1. Heat the oven." is one, and so is "It holds approx. 300 litres."
    """
    joined: list[tuple[int, int]] = []
    for start, end in found:
        goes_on = joined and (_MARK_ALONE.fullmatch(text, *joined[-1]) or _is_abbreviated(text, *joined[-1]))
        joined.append((joined.pop()[0] if goes_on else start, end))
    return joined


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


def _runs(document: Document) -> Iterator[list[list[Span]]]:
    """What stands between one heading and the next, as the sentences of each paragraph; a list goes with its lead-in.

    A heading that nothing stands under may say all there is to say, so it stands for what would be under it; where
    there is nothing but headings, all do.
    """
    only_headings = all(block.kind == "heading" for block in document.blocks)
    levels = {section.start: section.level for section in document.sections}
    run: list[list[Span]] = []
    before: Block | None = None
    for block, below in zip_longest(document.blocks, document.blocks[1:]):
        if block.kind == "heading":
            yield run
            run = []
            if only_headings or _has_nothing_under_it(block, below, levels):
                yield [sentences(document, block)]
        elif run and block.kind == "list" and before and _leads_in(document, before):
            run[-1] += sentences(document, block)
        else:
            run.append(sentences(document, block))
        before = block
    yield run


def _has_nothing_under_it(heading: Block, below: Block | None, levels: Mapping[int, int]) -> bool:
    # The document's title may be no section's heading: all stands under it.
    return not below or (below.kind == "heading" and levels.get(below.start, 0) <= levels.get(heading.start, 0))


def _leads_in(document: Document, block: Block) -> bool:
    return block.kind == "list" or document.text.endswith((":", "："), block.start, block.end)


def _fill(run: list[list[Span]], characters: int) -> Iterator[list[Span]]:
    """Fills passages; one that is full enough ends where a paragraph does.

    So an edit moves the boundaries after it no further than to where a paragraph begins a passage again.
    """
    group: list[Span] = []
    for paragraph in filter(None, run):
        full_enough = group and group[-1].end - group[0].start >= FULL_ENOUGH * characters
        if full_enough and paragraph[-1].end - group[0].start > characters:
            yield group
            group = []
        for sentence in paragraph:
            if group and sentence.end - group[0].start > characters:
                yield group
                group = []
            group.append(sentence)
    if group:
        yield group


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
