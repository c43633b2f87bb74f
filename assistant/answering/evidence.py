"""Which sentences are evidence for an answer, and how likely it is that the documents answer at all.

Two small models over the features of `features`: a logistic one chooses among the sentences, boosted trees decide on
the best of them. ``benchmarks/train_evidence.py`` makes them. The trees are monotone: better alignment or coverage
never makes an answer less likely.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Final

import numpy as np

from assistant.answering.features import NAMES, Sentence, Tokens, features, with_leads
from assistant.answering.names import has_another_number, has_name_in_pieces, unknown_names
from assistant.answering.question import Asked, understand
from assistant.embedding import Embedder, TextTokens, shared_embedder, unit
from assistant.settings import DEFAULT_MODEL
from assistant.types import Passage, Span
from assistant.words import content_words, words

CHOICE: Final = "choice.json"
DECISION: Final = "decision.json"
"""The models' files, beside this module: weights by feature, and trees."""

_OF_THE_TEXT: Final = frozenset(
    {
        *("names in the passage", "coverage by the passage", "passage alignment", "weakest word in the passage"),
        *("passage cosine", "weight missing from the passage", "position", "sentences", "log length"),
    }
)
"""Columns that say more of the text around a sentence than of the sentence: no ground to decide on."""

_DECISIVE: Final = tuple(column for column, name in enumerate(NAMES) if name not in _OF_THE_TEXT)
_PEAKS: Final = tuple(
    NAMES.index(name)
    for name in (
        *("mean alignment", "weighted alignment", "weakest word", "cosine", "coverage", "word pairs", "names"),
    )
)

DECISION_NAMES: Final = (
    *(NAMES[column] for column in _DECISIVE),
    *("choice", "second choice"),
    *(f"highest {NAMES[column]}" for column in _PEAKS),
)
"""The columns that the decision looks at: the chosen sentence's, its score and the next best one's, and the highest
value that any sentence has in some."""

_FIRST_WORD: Final = 1996
"""The id in the packaged model's vocabulary from which on it lists words, the most frequent first."""

_RANK: Final = 1000.0
_RAREST: Final = 12.0


@dataclass(frozen=True, slots=True)
class ScoredSentence:
    """A sentence, and how likely it answers.

    Attributes:
        passage: The passage that it is from.
        span: Where it stands in the document's text.
        score: The probability, 0 to 1, that it answers, given that the passages do.
    """

    passage: Passage
    span: Span
    score: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """What some passages say to a question.

    Attributes:
        sentences: All of theirs, in the order of the passages.
        confidence: The probability, 0 to 1, that they answer the question.
    """

    sentences: tuple[ScoredSentence, ...] = ()
    confidence: float = 0.0


@dataclass(frozen=True, slots=True)
class Logistic:
    """A logistic model.

    Attributes:
        weights: One for each feature, in their order: float64, (features,).
        intercept: What is added.
    """

    weights: np.ndarray
    intercept: float

    def probabilities(self, rows: np.ndarray) -> np.ndarray:
        """The probability for each row: float64, (rows,)."""
        return np.asarray(1 / (1 + np.exp(-(rows @ self.weights + self.intercept))))


@dataclass(frozen=True, slots=True)
class Tree:
    """A decision tree. A child that is negative is a leaf: -1 the first, -2 the second.

    Attributes:
        feature: The column that each node looks at.
        threshold: A value up to this one goes left, a higher one right.
        left: The left child of each node.
        right: The right child of each node.
        value: What each leaf adds to the logarithm of the odds.
    """

    feature: list[int]
    threshold: list[float]
    left: list[int]
    right: list[int]
    value: list[float]

    def score(self, row: Sequence[float]) -> float:
        """What the tree adds for a row."""
        node = 0
        while node >= 0:
            below = row[self.feature[node]] <= self.threshold[node]
            node = self.left[node] if below else self.right[node]
        return self.value[~node]


@dataclass(frozen=True, slots=True)
class Forest:
    """Boosted trees: the sum of their scores is the logarithm of the odds."""

    trees: tuple[Tree, ...]

    def probability(self, row: np.ndarray) -> float:
        """The probability for one row: float64, (features,)."""
        values = row.astype(np.float64).tolist()
        return float(1 / (1 + np.exp(-sum(tree.score(values) for tree in self.trees))))


def judge(question: str, passages: Sequence[Passage]) -> Evidence:
    """Judges all sentences of some passages together; none is evidence where the question has no word.

    Args:
        question: The question.
        passages: What retrieval found for it.
    """
    places = [(passage, span) for passage in passages for span in passage.sentences]
    if not places or not words(question):
        return Evidence()
    rows = sentence_features(question, passages)
    scores = _choice().probabilities(rows)
    named = mentions_names(question, passages)
    confidence = _decision().probability(decision_features(rows, scores)) if named else 0.0
    sentences = (
        ScoredSentence(passage, span, float(score)) for (passage, span), score in zip(places, scores, strict=True)
    )
    return Evidence(tuple(sentences), confidence)


def sentence_features(question: str, passages: Sequence[Passage]) -> np.ndarray:
    """What the choice looks at: float32, (sentences of all passages, features); see `features.NAMES`."""
    embedder = shared_embedder(DEFAULT_MODEL)
    asked = understand(question)
    own = embedder.token_vectors([question])[0]
    tokens, vector = Tokens(unit(own.vectors), _weigh(own)), unit(own.vectors.mean(axis=0))
    rarity = _rarity(asked, embedder)
    rows = [
        features(asked, tokens, vector, sentences_of(passage), rarity, passage.score)
        for passage in passages
        if passage.sentences
    ]
    return with_leads(np.concatenate(rows), asked.kind)


def mentions_names(question: str, passages: Sequence[Passage]) -> bool:
    """Whether the passages, with their titles and headings, mention all that the question names.

    What is said of others is no answer to it. A name is mentioned where its acronym is, and the other way about.
    """
    texts = [
        text
        for passage in passages
        for text in (passage.title, passage.heading, *map(passage.quote, passage.sentences))
    ]
    mentioned = frozenset().union(*map(words, texts))
    unknown = unknown_names(question, mentioned.__contains__, texts)
    return not (unknown or has_name_in_pieces(question, texts) or has_another_number(question, texts))


def quote(judged: ScoredSentence) -> str:
    """A sentence's words as they stand."""
    return judged.passage.quote(judged.span)


def decision_features(rows: np.ndarray, scores: np.ndarray) -> np.ndarray:
    """What the decision looks at: float32, (features,); see `DECISION_NAMES`."""
    order = np.argsort(-scores, kind="stable")
    second = scores[order[1]] if len(order) > 1 else 0.0
    own, peaks = rows[order[0]][list(_DECISIVE)], rows[:, list(_PEAKS)].max(axis=0)
    return np.concatenate([own, [scores[order[0]], second], peaks]).astype(np.float32)


def sentences_of(passage: Passage) -> list[Sentence]:
    """A passage's sentences, with what the features look at."""
    text = _tokens(passage.text)
    return [_sentence(text, passage, span) for span in passage.sentences]


@lru_cache(maxsize=128)
def _tokens(text: str) -> TextTokens:
    """Kept, for the next question is often about the same passages."""
    return shared_embedder(DEFAULT_MODEL).token_vectors([text])[0]


def _sentence(text: TextTokens, passage: Passage, span: Span) -> Sentence:
    own = text.within(span.start - passage.start, span.end - passage.start)
    # A sentence beyond what the model reads stands for its passage.
    raw = own if len(own) else text.vectors
    quote = passage.quote(span)
    return Sentence(quote, tuple(words(quote)), unit(raw), unit(raw.mean(axis=0)))


def _weigh(question: TextTokens) -> np.ndarray:
    """The rarer a token, the more it matters; function words and marks do not matter."""
    weights = [
        _rarity_of(number) if _carries_meaning(token) else 0.0
        for number, token in zip(question.ids, question.tokens, strict=True)
    ]
    return np.array(weights, dtype=np.float32)


@lru_cache(maxsize=10_000)
def _carries_meaning(token: str) -> bool:
    return token.lstrip("#").isalnum() and bool(content_words(words(token.lstrip("#"))))


def _rarity(asked: Asked, embedder: Embedder) -> Mapping[str, float]:
    ids = embedder.token_ids(asked.content)
    return {word: min(_RAREST, sum(map(_rarity_of, own))) or 1.0 for word, own in zip(asked.content, ids, strict=True)}


def _rarity_of(number: int) -> float:
    """A token's surprise, but for a constant: by Zipf's law, the logarithm of its rank among words by frequency."""
    return float(np.log(max(number, _FIRST_WORD) / _RANK))


@lru_cache(maxsize=1)
def _choice() -> Logistic:
    weights = json.loads(_file(CHOICE))
    return Logistic(np.array([weights[name] for name in NAMES]), weights["intercept"])


@lru_cache(maxsize=1)
def _decision() -> Forest:
    return Forest(tuple(Tree(**tree) for tree in json.loads(_file(DECISION))))


def _file(name: str) -> str:
    return files("assistant.answering").joinpath(name).read_text(encoding="utf-8")
