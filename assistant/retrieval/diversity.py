"""Choosing what is worth most and says something new."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np


def most_relevant(
    worth: np.ndarray, vectors: np.ndarray, count: int, novelty: float, chosen: Sequence[int] = ()
) -> list[int]:
    """Chooses by maximal marginal relevance: Carbonell and Goldstein, "The use of MMR" (1998).

    Args:
        worth: What each is worth by itself: float, (things,).
        vectors: Theirs, of unit length: float, (things, dimensions).
        count: How many to choose at most.
        novelty: What being unlike those already chosen counts, 0 to 1, beside what it is worth.
        chosen: Those that are chosen already.

    Returns:
        Their indices, in the order in which they were chosen.
    """
    result = list(chosen)
    while len(result) < min(count, len(worth)):
        repeats = (vectors @ vectors[result].T).max(axis=1) if result else np.zeros(len(worth))
        left = (1 - novelty) * worth - novelty * repeats
        left[result] = -np.inf
        result.append(int(left.argmax()))
    return result
