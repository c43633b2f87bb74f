"""A whole document → the passages that stand for it, or in which it concludes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

import numpy as np

from assistant.index import Generation
from assistant.types import Passage

COMPARED: Final = 200
"""Passages of one document that are compared, at most: of a longer one, as many at even distances."""

ENDING: Final = 3
"""Passages in which a conclusion is looked for."""

NOVELTY: Final = 0.3
"""What being unlike the passages already chosen counts, beside being like the whole."""

_SUMMARY: Final = re.compile(
    r"\b(abstract|summary|synopsis|overview|at a glance|in (brief|short|a nutshell)|key (points|findings|takeaways)"
    r"|tl;?dr|highlights)\b",
    re.IGNORECASE,
)
CONCLUSION: Final = re.compile(
    r"\b(conclusions?|concluding|summary|closing|final (remarks|thoughts|words)|epilogue|takeaways?|bottom line)\b",
    re.IGNORECASE,
)
_BEHIND_THE_END: Final = re.compile(
    r"\b(references|bibliography|works cited|literature|sources|further reading|see also|external links"
    r"|(foot|end)?notes|appendix|appendices|annex|acknowledge?ments?|index|glossary|about the authors?|contact"
    r"|disclaimer|licen[cs]e|copyright)\b",
    re.IGNORECASE,
)


def overview(generation: Generation, source: str, count: int) -> list[Passage]:
    """The passages that say most of what a document says.

    They are its own summary, where it has one; else its first and last, and those most like the whole and unlike each
    other, by maximal marginal relevance: Carbonell and Goldstein, "The use of MMR" (1998).

    Args:
        generation: The index.
        source: The document.
        count: How many passages at most.

    Returns:
        Passages of prose, where there is any, in reading order.
    """
    rows, passages = _prose(generation, source)
    beginning = passages[: len(passages) // 2]
    if own := [passage for passage in beginning if _SUMMARY.search(passage.heading)]:
        return own[:count]
    some = np.linspace(0, len(rows) - 1, min(COMPARED, len(rows))).astype(int).tolist()
    chosen = _representative(generation, [rows[index] for index in some], count)
    return [passages[some[index]] for index in sorted(chosen)]


def ending(generation: Generation, source: str) -> list[Passage]:
    """The passages in which a document concludes: those under a heading that says so, else its last ones.

    Args:
        generation: The index.
        source: The document.

    Returns:
        Passages of prose, where there is any, in reading order.
    """
    _, passages = _prose(generation, source)
    rest = passages[len(passages) // 2 :]
    if own := [passage for passage in rest if CONCLUSION.search(passage.heading)]:
        return own[:ENDING]
    return rest[-ENDING:]


def _prose(generation: Generation, source: str) -> tuple[list[int], list[Passage]]:
    """The rows of a document's passages of prose up to its end, and the passages; of all, where none is."""
    layout = generation.layout
    rows = np.flatnonzero(layout.documents == layout.sources.index(source)).tolist()
    passages = {row: generation.passage(*layout.first_sentence[row : row + 2].tolist()) for row in rows}
    prose = {
        row: passage
        for row, passage in passages.items()
        if passage.kind == "paragraph" and not _BEHIND_THE_END.search(passage.heading)
    }
    return (list(prose), list(prose.values())) if prose else (rows, list(passages.values()))


def _representative(generation: Generation, rows: Sequence[int], count: int) -> list[int]:
    """The first and last of some passages, and those that are like all and unlike each other: their indices."""
    matrices = generation.vectors(generation.layout.ids[list(rows)].tolist())
    vectors = np.array([matrix[0] for matrix in matrices], dtype=np.float32)
    mean = vectors.mean(axis=0)
    likeness = vectors @ mean / max(float(np.linalg.norm(mean)), 1e-9)
    chosen = list(dict.fromkeys((0, len(rows) - 1)))[:count]
    while len(chosen) < min(count, len(rows)):
        repeats = (vectors @ vectors[chosen].T).max(axis=1)
        worth = (1 - NOVELTY) * likeness - NOVELTY * repeats
        worth[chosen] = -np.inf
        chosen.append(int(worth.argmax()))
    return chosen
