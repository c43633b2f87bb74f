"""What speaks for and against a sentence as the answer to a question, as numbers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from assistant.answering.question import KINDS, NEGATION, Asked, Kind, numbers_in
from assistant.words import content_words, word_pairs, words

NAMES: Final = (
    *("mean alignment", "weighted alignment", "weakest word", "second weakest word", "cosine"),
    *("coverage", "coverage with the sentence before", "word pairs", "names", "names in the passage"),
    *("coverage by the passage", "kind fits", "kind is new", "negation differs", "other numbers"),
    *("position", "sentences", "log length", "passage alignment", "weakest word in the passage", "passage cosine"),
    *("weight missing", "weight missing from the passage", "question words", "points back", "passage score"),
    *("alignment lead", "weighted lead", "cosine lead", "coverage lead"),
    *(f"asks {kind}" for kind in KINDS),
)
"""The columns of the features."""

_LEADS: Final = (0, 1, 4, 5)
"""Columns of which the lead over the best other sentence is a feature too."""

_NUMBER = re.compile(
    r"\d|\b(one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|hundred|thousand"
    r"|million|billion|dozen|half|several|percent|third|quarter|single|couple|few|many)\b|%",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"\b(1\d{3}|20\d\d|January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|centur(y|ies)|decades?|BCE?|AD|CE|today|yesterday|ago"
    r"|during|since|until|after|before|when)\b|\d{2,4}s\b"
)
_YEAR = re.compile(r"\b(1\d{3}|20\d\d|\d{1,2}(st|nd|rd|th)[ -]centur|\d{2,4}s)\b")
_REASON = re.compile(
    r"\b(because|due to|since|so that|in order to|as a result|therefore|thus|caused?|reasons?|purpose|led to"
    r"|result(ed|s|ing)?|owing|to (avoid|prevent|protect|help|make|allow|ensure|train)|for (the|its))\b",
    re.IGNORECASE,
)
_PLACE = re.compile(r"\b(in|at|near|from|to|of|on|within|across|around|between)( the)? [A-Z]")
POINTS_BACK: Final = re.compile(r"(he|she|it|they|this|that|these|those|his|her|its|their|such|there)\b", re.IGNORECASE)
"""How a sentence begins that may need the one before it to be understood."""

_CAPITALISED = re.compile(r"\b[A-Z][\w’'-]+")


@dataclass(frozen=True, slots=True)
class Tokens:
    """Token vectors of a text, of unit length.

    Attributes:
        vectors: float32, (tokens, dimensions).
        weights: How much each token of a question matters, 0 for those that carry no meaning: float32, (tokens,).
    """

    vectors: np.ndarray
    weights: np.ndarray


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence in its passage, with what the features look at.

    Attributes:
        text: Its words as they stand.
        words: Normalised.
        vectors: Its tokens': float32, (tokens, dimensions), of unit length.
        vector: Its own, of unit length: float32, (dimensions,).
    """

    text: str
    words: tuple[str, ...]
    vectors: np.ndarray
    vector: np.ndarray


def features(
    asked: Asked,
    question: Tokens,
    vector: np.ndarray,
    sentences: Sequence[Sentence],
    rarity: Mapping[str, float],
    score: float,
) -> np.ndarray:
    """The features of the sentences of one passage.

    Args:
        asked: The question.
        question: Its tokens.
        vector: Its vector, of unit length: float32, (dimensions,).
        sentences: The passage's.
        rarity: How much each of the question's words matters.
        score: The passage's, as retrieval gave it.

    Returns:
        float32, (sentences, features without leads and kinds); see `NAMES`.
    """
    present = frozenset(word for sentence in sentences for word in sentence.words)
    everything = np.concatenate([sentence.vectors for sentence in sentences])
    whole = _alignment(question, everything)
    mean = everything.mean(axis=0)
    of_passage = (whole[1], whole[2], float(vector @ mean / max(np.linalg.norm(mean), 1e-9)))
    total = max(sum(rarity[word] for word in asked.content), 1e-6)
    missing_in_passage = sum(rarity[word] for word in asked.content if word not in present)
    rows = []
    before: frozenset[str] = frozenset()
    for position, sentence in enumerate(sentences):
        found = frozenset(sentence.words)
        missing = sum(rarity[word] for word in asked.content if word not in found)
        missing_with_before = sum(rarity[word] for word in asked.content if word not in found | before)
        fits, new = _kind(asked, sentence)
        rows.append(
            (
                *_alignment(question, sentence.vectors),
                float(vector @ sentence.vector),
                1 - missing / total,
                1 - missing_with_before / total,
                len(asked.pairs & word_pairs(sentence.words)) / max(1, len(asked.pairs)),
                _share(asked.names, found),
                _share(asked.names, present),
                1 - missing_in_passage / total,
                fits,
                new,
                float(asked.negated != bool(NEGATION.search(sentence.text))),
                float(len(asked.numbers - found)),
                float(position),
                float(len(sentences)),
                float(np.log(max(1, len(sentence.text)))),
                *of_passage,
                missing,
                missing_in_passage,
                float(len(asked.content)),
                float(bool(POINTS_BACK.match(sentence.text))),
                score,
            )
        )
        before = found
    return np.array(rows, dtype=np.float32)


def with_leads(rows: np.ndarray, kind: Kind) -> np.ndarray:
    """The same with how far each sentence is ahead of all others considered, and the kind of question.

    Args:
        rows: Of all sentences of all passages: float32, (sentences, some features).
        kind: What the question asks for.

    Returns:
        float32, (sentences, features); see `NAMES`.
    """
    ahead = [leads(rows[:, column]) for column in _LEADS]
    kinds = np.tile([float(kind == other) for other in KINDS], (len(rows), 1))
    return np.column_stack([rows, *ahead, kinds]).astype(np.float32)


def leads(values: np.ndarray) -> np.ndarray:
    """How far each value is ahead of the best other one: the same shape."""
    ordered = np.sort(values)
    best, second = ordered[-1], ordered[-2] if len(ordered) > 1 else 0.0
    return np.asarray(values - np.where(values == best, second, best))


def _alignment(question: Tokens, vectors: np.ndarray) -> tuple[float, float, float, float]:
    """How well each token of the question finds its like: mean, weighted mean, worst and second worst.

    Late interaction: Khattab and Zaharia, "ColBERT" (2020).
    """
    if not len(vectors):
        return 0.0, 0.0, 0.0, 0.0
    best = (question.vectors @ vectors.T).max(axis=1)
    counted = question.weights > 0
    inner = best[1:-1] if len(best) > 2 else best
    weakest = np.sort(best[counted]) if counted.any() else np.sort(inner)
    weights = question.weights if counted.any() else np.ones_like(best)
    weighted = float(best @ weights / weights.sum())
    return float(inner.mean()), weighted, float(weakest[0]), float(weakest[min(1, len(weakest) - 1)])


def _kind(asked: Asked, sentence: Sentence) -> tuple[float, float]:
    """Whether the sentence holds the kind of thing asked for, and one that the question does not have already."""
    match asked.kind:
        case "when":
            new = bool(_YEAR.search(sentence.text)) or bool(numbers_in(list(sentence.words)) - asked.numbers)
            return float(bool(_TIME.search(sentence.text))), float(new)
        case "how many":
            some = bool(_NUMBER.search(sentence.text))
            return float(some), float(some or bool(numbers_in(list(sentence.words)) - asked.numbers))
        case "who" | "where":
            named = (word for match in _CAPITALISED.finditer(sentence.text) for word in words(match.group()))
            others = float(bool(frozenset(content_words(named)) - frozenset(asked.words)))
            return others, others if asked.kind == "who" else float(bool(_PLACE.search(sentence.text)))
        case "why":
            reason = float(bool(_REASON.search(sentence.text)))
            return reason, reason
        case _:
            return 0.5, 0.5


def _share(wanted: frozenset[str], present: frozenset[str]) -> float:
    return len(wanted & present) / len(wanted) if wanted else 1.0
