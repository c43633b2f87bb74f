"""The first stage: the indexed passages that a question may be about, by meaning and by words."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from assistant.index import Generation
from assistant.retrieval.query import Query

LEXICAL_WEIGHT = 0.5
"""What the words count beside the cosine of the vectors, as a share of the best BM25 score for the question."""

FEEDBACK_PASSAGES = 5
FEEDBACK_WEIGHT = 0.5
"""Pseudo-relevance feedback: the question's vector moves towards the mean of the first passages' vectors (Rocchio,
1971, without the negative term)."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """The passages worth a closer look.

    Attributes:
        rows: Their rows in the generation's layout, best first: int64, (candidates,).
        vector: The question's vector after feedback: float32, (dimensions,).
        best_lexical: The best BM25 score that any passage has for the question, at least a small positive number.
    """

    rows: np.ndarray
    vector: np.ndarray
    best_lexical: float


def find_candidates(generation: Generation, query: Query, count: int, sources: frozenset[str] | None) -> Candidates:
    """Ranks passages by cosine plus normalised BM25.

    A score sum keeps how much better one passage is than the next, which the ranks of reciprocal rank fusion lose.

    Args:
        generation: Where to search.
        query: What for.
        count: How many to find at most.
        sources: The documents to search; None for all.
    """
    layout = generation.layout
    lexical = generation.lexicon.scores(query.content)
    if sources is not None:
        lexical = np.where(layout.rows_of(sources), lexical, 0.0).astype(np.float32)
    best = max(float(lexical.max(initial=0.0)), 1e-6)
    by_meaning = layout.rows(generation.nearest(query.vector, 2 * count, sources))
    by_words = _top(lexical, 2 * count)
    rows = np.union1d(by_meaning, by_words[lexical[by_words] > 0]).astype(np.int64)
    if not len(rows):
        return Candidates(rows, query.vector, best)
    vectors = generation.passage_vectors(layout.ids[rows].tolist())
    words = LEXICAL_WEIGHT * lexical[rows] / best
    first = _top(vectors @ query.vector + words, FEEDBACK_PASSAGES)
    vector = query.vector + FEEDBACK_WEIGHT * vectors[first].mean(axis=0)
    vector = (vector / np.linalg.norm(vector)).astype(np.float32)
    return Candidates(rows[_top(vectors @ vector + words, count)], vector, best)


def _top(scores: np.ndarray, count: int) -> np.ndarray:
    """The indices of the highest scores, highest first, the first of equals first."""
    return np.argsort(-scores, kind="stable")[:count]
