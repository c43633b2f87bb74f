"""How the first look at the evidence and the reading agree: three logistic models over what both say."""

from __future__ import annotations

import json
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

import numpy as np

from assistant.answering.evidence import Evidence, Logistic, ScoredSentence, quote
from assistant.answering.features import leads
from assistant.answering.reading.model import HEADS
from assistant.answering.reading.prompt import heading_of
from assistant.answering.surroundings import understandable
from assistant.types import Passage

if TYPE_CHECKING:
    from assistant.answering.reading.reader import Reader, Reading

READ: Final = 3
"""Passages that are read: those with the best sentences."""

ALONE: Final = 4
"""Sentences that are read once more by themselves: the best of those passages. By itself, but for what it takes
to understand it, a sentence has nothing on the topic around it to lean on."""

AGREEMENT: Final = "agreement.json"
"""The models' weights, beside this module."""

SENTENCE_NAMES: Final = (
    *("first look", "reading", "reading of the passage", "lead at the first look", "lead in the reading"),
    *("root of the sentences", "log length", *HEADS),
)
"""What speaks for a sentence: both looks, in logarithms of the odds, and how far it leads the others by each; how many
sentences there are, and its own length in characters; how much each attention head looked at it."""

ALONE_NAMES: Final = ("both looks", "reading alone", "lead in the reading alone")
"""What speaks for a sentence that was read by itself, in logarithms of the odds, and how far it leads the others."""

ANSWER_NAMES: Final = ("first look", "reading of the best passage", "reading of the best sentence alone")
"""What speaks for there being an answer, in logarithms of the odds. The best passage and the best sentence are those
that most likely answer."""

_EDGE: Final = 1e-4


@dataclass(frozen=True, slots=True)
class Agreement:
    """What each look counts.

    Attributes:
        sentences: For a sentence's answering, over `SENTENCE_NAMES`.
        alone: For the answering of one that was read by itself, over `ALONE_NAMES`.
        answer: For there being an answer, over `ANSWER_NAMES`.
    """

    sentences: Logistic
    alone: Logistic
    answer: Logistic


def reconsider(question: str, evidence: Evidence, reader: Reader) -> Evidence:
    """The evidence after the passages with the best sentences were read, and the best sentences by themselves.

    Args:
        question: The question.
        evidence: What the first look found. Where that is certain that there is no answer, nothing is read.
        reader: Who reads.

    Returns:
        The same sentences, judged anew; those of passages that were not read have a score of 0.
    """
    if not evidence.confidence:
        return evidence
    agreement = _agreement()
    readings = read(question, evidence, reader)
    scores = iter(agreement.sentences.probabilities(sentence_rows(evidence, readings)))
    judged = tuple(
        replace(one, score=float(next(scores)) if one.passage in readings else 0.0) for one in evidence.sentences
    )
    alone = read_alone(question, judged, readings, reader)
    rows = alone_rows([one.score for one in alone], list(alone.values()))
    rescored = dict(zip(alone, agreement.alone.probabilities(rows).tolist(), strict=True))
    row = answer_row(evidence.confidence, readings.values(), alone.values())
    return Evidence(
        tuple(replace(one, score=rescored.get(one, one.score)) for one in judged),
        float(agreement.answer.probabilities(row[None])[0]),
    )


def read(question: str, evidence: Evidence, reader: Reader) -> dict[Passage, Reading]:
    """What the passages with the best sentences say to a question, the most promising first."""
    ranked = dict.fromkeys(one.passage for one in sorted(evidence.sentences, key=lambda one: -one.score))
    return {
        passage: reader.read(question, list(map(passage.quote, passage.sentences)), heading_of(passage))
        for passage in list(ranked)[:READ]
    }


def read_alone(
    question: str, judged: Sequence[ScoredSentence], passages: Container[Passage], reader: Reader
) -> dict[ScoredSentence, Reading]:
    """What the best sentences of some passages say by themselves, best first.

    Args:
        question: The question.
        judged: All sentences, passage by passage.
        passages: Those that were read.
        reader: Who reads.
    """
    understood = understandable(question, judged)
    best = sorted((one for one in judged if one.passage in passages), key=lambda one: -one.score)[:ALONE]
    return {one: reader.read(question, list(map(quote, understood[one])), heading_of(one.passage)) for one in best}


def sentence_rows(evidence: Evidence, readings: Mapping[Passage, Reading]) -> np.ndarray:
    """What the agreement on the sentences looks at: float64, (sentences of passages that were read, names)."""
    seen = [one for one in evidence.sentences if one.passage in readings]
    places = [(readings[one.passage], one.passage.sentences.index(one.span)) for one in seen]
    first = np.array([_log_odds(one.score) for one in seen])
    pointers = np.array([float(reading.sentences[at]) for reading, at in places])
    columns = (
        first,
        pointers,
        [reading.answers for reading, _ in places],
        leads(first),
        leads(pointers),
        np.full(len(seen), len(seen) ** 0.5),
        [np.log(one.span.end - one.span.start) for one in seen],
    )
    return np.column_stack([*columns, np.array([reading.attention[at] for reading, at in places])])


def alone_rows(scores: Sequence[float], alone: Sequence[Reading]) -> np.ndarray:
    """What the agreement on sentences that were read by themselves looks at: float64, (sentences, names).

    Args:
        scores: The probability, 0 to 1, that each of them answers, as it was judged in its passage.
        alone: What each of them says by itself.
    """
    said = np.array([reading.answers for reading in alone])
    return np.column_stack([[_log_odds(score) for score in scores], said, leads(said)])


def answer_row(confidence: float, passages: Iterable[Reading], alone: Iterable[Reading]) -> np.ndarray:
    """What the agreement on there being an answer looks at: float64, (names,).

    Args:
        confidence: The probability, 0 to 1, that the first look gives.
        passages: What those that were read say.
        alone: What the best sentences say by themselves.
    """
    readings = (max(reading.answers for reading in some) for some in (passages, alone))
    return np.array((_log_odds(confidence), *readings))


def _log_odds(probability: float) -> float:
    within = min(max(probability, _EDGE), 1 - _EDGE)
    return float(np.log(within / (1 - within)))


@lru_cache(maxsize=1)
def _agreement() -> Agreement:
    weights = json.loads(files("assistant.answering.reading").joinpath(AGREEMENT).read_text(encoding="utf-8"))
    return Agreement(
        _logistic(weights["sentences"], SENTENCE_NAMES),
        _logistic(weights["alone"], ALONE_NAMES),
        _logistic(weights["answer"], ANSWER_NAMES),
    )


def _logistic(weights: Mapping[str, float], names: tuple[str, ...]) -> Logistic:
    return Logistic(np.array([weights[name] for name in names]), weights["intercept"])
