"""Passages that stand for whole documents → the sentences that tell what these say, or how they conclude."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Final

import numpy as np

from assistant.answering.evidence import ScoredSentence, quote, sentences_of
from assistant.answering.surroundings import leans
from assistant.intent import Part
from assistant.retrieval.diversity import most_relevant
from assistant.retrieval.whole import concludes
from assistant.types import Document, Passage

LAST: Final = 2
"""Sentences with which a text concludes that has no conclusion of its own."""

OPENS: Final = 0.2
"""What a sentence's beginning its paragraph counts, beside its likeness to the whole."""

EARLY: Final = 0.2
"""What its being the first of all counts; the third counts a third of that, and so on."""

LATE: Final = 0.1
"""What its being the last of all counts, likewise."""

LEANS: Final = 0.1
"""What its leaning on the sentence before takes away."""

NOVELTY: Final = 0.2
"""What its being unlike those already chosen counts."""

BESIDE: Final = 0.1
"""The score, at most, of sentences that are not chosen, which a chat model may be given too."""

SHORTEST: Final = 30
"""Characters of a sentence that can tell anything of a whole text."""

_LABEL: Final = re.compile(
    r"[\W_]*(subject|from|to|date|sent|cc|bcc|reply-to|re|present|in attendance|attend(ees|ance|ing)|apologies|absent)"
    r"[*_]*:",
    re.IGNORECASE,
)
"""How a line begins that heads a letter, an e-mail or minutes."""

_SUMS_UP: Final = re.compile(
    r"(in (summary|conclusion|short|sum|the end|closing)|to (conclude|sum up|summari[sz]e)|overall|all in all"
    r"|ultimately|taken together|on balance|the (upshot|bottom line) is)\b",
    re.IGNORECASE,
)


def tell(
    part: Part, passages: Sequence[Passage], document: Callable[[str], Document], most: int
) -> tuple[ScoredSentence, ...]:
    """The sentences of passages, judged by how much they tell of what is asked of whole documents.

    Args:
        part: What is asked of them.
        passages: What stands for them, document by document.
        document: Gives a document by its source.
        most: How many sentences to choose at most.
    """
    told: list[ScoredSentence] = []
    by_source = [list(own) for _, own in groupby(passages, key=lambda passage: passage.source)]
    for own in by_source:
        places = [ScoredSentence(passage, span, 0.0) for passage in own for span in passage.sentences]
        opening = frozenset(block.start for block in document(own[0].source).blocks)
        count = max(1, most // len(by_source))
        by_its_end = part == "conclusion" and not concludes(own[-1].heading)
        scores = _last(places, opening, count) if by_its_end else _telling(own, places, opening, count)
        told += [replace(one, score=float(score)) for one, score in zip(places, scores, strict=True)]
    return tuple(told)


def _last(places: Sequence[ScoredSentence], opening: frozenset[int], count: int) -> np.ndarray:
    """Scores the sentences with which a text concludes: in its last paragraph, where it sums up, else the last ones."""
    first = max((index for index, one in enumerate(places) if one.span.start in opening), default=0)
    sums_up = (index for index in range(first, len(places)) if _SUMS_UP.match(quote(places[index])))
    start = next(sums_up, max(first, len(places) - min(LAST, count)))
    return _scores(np.arange(len(places)), range(start, min(len(places), start + count)))


def _telling(
    passages: Sequence[Passage], places: Sequence[ScoredSentence], opening: frozenset[int], count: int
) -> np.ndarray:
    """Scores the sentences that tell most of a text.

    They are like the whole and unlike each other, stand early or last, open their paragraphs, and stand by themselves.
    """
    vectors = np.array([sentence.vector for passage in passages for sentence in sentences_of(passage)])
    mean = vectors.mean(axis=0)
    worth = vectors @ mean / max(float(np.linalg.norm(mean)), 1e-9)
    worth += EARLY / np.arange(1, len(places) + 1) + LATE / np.arange(len(places), 0, -1)
    for index, one in enumerate(places):
        text = quote(one)
        worth[index] += OPENS * (one.span.start in opening) - LEANS * leans(text) - _tells_nothing(text)
    return _scores(worth, most_relevant(worth, vectors, count, NOVELTY))


def _scores(worth: np.ndarray, chosen: Sequence[int]) -> np.ndarray:
    """1 for what is chosen; for all else little, the less the less it is worth."""
    scores = BESIDE * (1 + worth.argsort().argsort()) / len(worth)
    scores[list(chosen)] = 1.0
    return np.asarray(scores)


def _tells_nothing(text: str) -> bool:
    """Whether a sentence is too short to tell of a whole text, asks a question, is a row of a table, or labelled."""
    return len(text) < SHORTEST or text.endswith("?") or " | " in text or bool(_LABEL.match(text))
