"""A document → passages of whole sentences, with exact offsets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest

from assistant.places import Places
from assistant.sentences import sentences
from assistant.types import Block, Document, EmbeddedText, Passage, Span

VERSION = 8
"""Changes whenever a document would give other passages, or others embedded: an index built before is rebuilt."""

FULL_ENOUGH = 0.4
"""The share of its length from which on a passage ends rather than take in a part of the next paragraph."""

LONGEST_OPENING = 200
"""Characters that a line has at most of which a document may be about."""

_BLANK_LINE = re.compile(r"[^\S\n]*\n[^\S\n]*\n")


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
