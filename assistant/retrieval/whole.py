"""A whole document → the passages that stand for it, or in which it concludes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np

from assistant.index import Generation
from assistant.retrieval.diversity import most_relevant
from assistant.types import Passage

COMPARED: Final = 200
"""Passages of one document that are compared, at most: of a longer one, as many at even distances."""

ENDING: Final = 3
"""Passages in which a conclusion is looked for."""

NOVELTY: Final = 0.3
"""What being unlike the passages already chosen counts, beside being like the whole."""

FAIR_SHARE: Final = 0.3
"""The share of a text's characters that its prose has to have to stand for it, without its lists and tables."""

_SUMMARY: Final = re.compile(
    r"abstract|(executive )?summary|synopsis|overview|at a glance|in (brief|short|a nutshell)|tl;?dr|highlights"
    r"|(key|main) (points|findings|takeaways)",
    re.IGNORECASE,
)
_CONCLUSION: Final = re.compile(
    r"conclusions?|(concluding|closing|final) (remarks|thoughts|words)|(summary|discussion) and conclusions?"
    r"|conclusions? and \w+|summary|epilogue|(key )?takeaways?|(the )?bottom line|in closing",
    re.IGNORECASE,
)
_BEHIND_THE_END: Final = re.compile(
    r"references|bibliography|works cited|literature|sources|further reading|see also|external links|(foot|end)?notes"
    r"|appendix|appendices|annex(es)?|acknowledge?ments?|index|glossary|(about the )?authors?|contacts?|disclaimer"
    r"|licen[cs]e|copyright|thanks",
    re.IGNORECASE,
)
_NUMBER: Final = re.compile(r"^\W*(?:[\dIVX]+(?:\.\d+)*[.):]?\s+)?|\W+$")


def overview(generation: Generation, source: str, count: int) -> list[Passage]:
    """The passages that say most of what a document says.

    They are its own summary, where it has one; else its first and last, and those most like the whole and unlike each
    other.

    Args:
        generation: The index.
        source: The document.
        count: How many passages at most.

    Returns:
        Passages in reading order; but for its own summary, of prose where there is enough.
    """
    everything = generation.passages_of(source)
    beginning = list(everything.values())[: len(everything) // 2]
    # A document that is called "Overview" is not its own summary.
    headed = (passage for passage in beginning if passage.heading != passage.title)
    if own := [passage for passage in headed if _is_headed(passage.heading, _SUMMARY)]:
        return own[:count]
    prose = _prose(everything)
    ids = np.array(list(prose))[np.linspace(0, len(prose) - 1, min(COMPARED, len(prose))).astype(int)].tolist()
    return [prose[ids[index]] for index in sorted(_representative(generation, ids, count))]


def ending(generation: Generation, source: str) -> list[Passage]:
    """The passages in which a document concludes: those under the last heading that says so, else its last ones.

    Args:
        generation: The index.
        source: The document.

    Returns:
        Passages in reading order; but for its own conclusion, of prose where there is enough.
    """
    everything = generation.passages_of(source)
    rest = list(everything.values())[len(everything) // 2 :]
    last = next((_under(passage.heading) for passage in reversed(rest) if concludes(passage.heading)), None)
    if own := [passage for passage in rest if last and _under(passage.heading) == last]:
        return own[:ENDING]
    return list(_prose(everything).values())[-ENDING:]


def concludes(heading: str) -> bool:
    """Whether a heading, or one around it, says that a text concludes there."""
    return _is_headed(heading, _CONCLUSION)


def unnumbered(heading: str) -> str:
    """A heading without its number, and without the marks around it."""
    return _NUMBER.sub("", heading)


def _under(heading: str) -> str | None:
    """A heading as far as it says that a text concludes there: each chapter may have a summary of its own."""
    parts = heading.split(" › ")
    return next((" › ".join(parts[:end]) for end in range(1, len(parts) + 1) if concludes(parts[end - 1])), None)


def _is_headed(heading: str, pattern: re.Pattern[str]) -> bool:
    return any(pattern.fullmatch(unnumbered(part)) for part in heading.split(" › "))


def _prose(passages: dict[int, Passage]) -> dict[int, Passage]:
    """Those of a document's passages that are prose, without what stands behind its end; all, where few are."""
    text = list(passages.items())
    while text and _is_headed(text[-1][1].heading, _BEHIND_THE_END):
        text.pop()
    prose = {number: passage for number, passage in text if passage.kind == "paragraph"}
    fair = _length(prose.values()) >= FAIR_SHARE * _length(passage for _, passage in text)
    return (prose if fair else dict(text)) or passages


def _length(passages: Iterable[Passage]) -> int:
    return sum(len(passage.text) for passage in passages)


def _representative(generation: Generation, ids: Sequence[int], count: int) -> list[int]:
    """The first and last of some passages, and those that are like all and unlike each other: their indices."""
    vectors = generation.passage_vectors(ids)
    mean = vectors.mean(axis=0)
    likeness = vectors @ mean / max(float(np.linalg.norm(mean)), 1e-9)
    ends = list(dict.fromkeys((0, len(ids) - 1)))[:count]
    return most_relevant(likeness, vectors, count, NOVELTY, ends)
