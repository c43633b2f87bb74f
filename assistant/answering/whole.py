"""Passages that stand for whole documents → the sentences that tell what these say, or how they conclude."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import groupby
from typing import Final

import numpy as np

from assistant.answering.evidence import Evidence, Judged, quote, sentences_of
from assistant.answering.extractive import MOST_SENTENCES
from assistant.answering.features import POINTS_BACK
from assistant.intent import Part
from assistant.retrieval.whole import CONCLUSION
from assistant.types import Document, Passage, Span

LAST: Final = 2
"""Sentences with which a text concludes that has no conclusion of its own."""

OPENS: Final = 0.2
"""What a sentence's beginning its paragraph counts, beside its likeness to the whole."""

EARLY: Final = 0.2
"""What its being the first of all counts; the third counts a third of that, and so on."""

LEANS: Final = 0.1
"""What its leaning on the sentence before takes away."""

NOVELTY: Final = 0.2
"""What its being unlike those already chosen counts."""

BESIDE: Final = 0.1
"""The score of sentences that are not chosen, which a chat model may be given too."""

SHORTEST: Final = 30
"""Characters of a sentence that can tell anything of a whole text."""

_LEANS: Final = re.compile(r"(but|and|so|yet|nor|then|however|still|also|moreover|therefore|thus)\b", re.IGNORECASE)
_SUMS_UP: Final = re.compile(
    r"(in (summary|conclusion|short|sum|the end|closing)|to (conclude|sum up|summari[sz]e)|overall|all in all"
    r"|ultimately|taken together|on balance|the (upshot|bottom line) is)\b",
    re.IGNORECASE,
)


def tell(part: Part, passages: Sequence[Passage], document: Callable[[str], Document]) -> Evidence:
    """The sentences that tell what is asked of whole documents, as evidence that is certain.

    Args:
        part: What is asked of them.
        passages: What stands for them, document by document.
        document: Gives a document by its source.
    """
    told = []
    by_source = [(source, list(own)) for source, own in groupby(passages, key=lambda passage: passage.source)]
    for source, own in by_source:
        places = [Judged(passage, span, BESIDE) for passage in own for span in passage.sentences]
        opening = frozenset(block.start for block in document(source).blocks)
        without_heading = part == "conclusion" and not CONCLUSION.search(own[-1].heading)
        count = max(1, MOST_SENTENCES // len(by_source))
        chosen = _last(places, opening) if without_heading else _telling(own, places, opening, count)
        told += [Judged(one.passage, one.span, 1.0 if index in chosen else BESIDE) for index, one in enumerate(places)]
    return Evidence(tuple(told), 1.0)


def _last(places: Sequence[Judged], opening: frozenset[int]) -> Sequence[int]:
    """The sentences with which a text concludes: those of its last paragraph from where it sums up, else the last."""
    first = max((index for index, one in enumerate(places) if one.span.start in opening), default=0)
    sums_up = (index for index in range(first, len(places)) if _SUMS_UP.match(quote(places[index])))
    start = next(sums_up, max(first, len(places) - LAST))
    return range(start, min(len(places), start + MOST_SENTENCES))


def _telling(passages: Sequence[Passage], places: Sequence[Judged], opening: frozenset[int], count: int) -> list[int]:
    """The sentences that tell most of a text, as indices.

    They are like the whole and unlike each other, stand early, open their paragraphs, and stand by themselves.
    """
    vectors = np.array([sentence.vector for passage in passages for sentence in sentences_of(passage)])
    mean = vectors.mean(axis=0)
    worth = vectors @ mean / max(float(np.linalg.norm(mean)), 1e-9)
    worth += EARLY / np.arange(1, len(places) + 1)
    for index, one in enumerate(places):
        worth[index] += OPENS * (one.span.start in opening) - LEANS * _leans(quote(one)) - _is_short(one.span)
    chosen: list[int] = []
    for _ in range(min(count, len(places))):
        repeats = (vectors @ vectors[chosen].T).max(axis=1) if chosen else np.zeros(len(places))
        left = (1 - NOVELTY) * worth - NOVELTY * repeats
        left[chosen] = -np.inf
        chosen.append(int(left.argmax()))
    return chosen


def _leans(text: str) -> bool:
    return bool(POINTS_BACK.match(text) or _LEANS.match(text))


def _is_short(span: Span) -> bool:
    return span.end - span.start < SHORTEST
