"""Passages that a graph of nearest neighbours does not lead to, and that are therefore compared one by one.

In a hierarchical navigable small world (Malkov and Yashunin, 2018), a point cannot be reached when each of its
neighbours has others that are nearer to it. In real text that is one passage in tens of thousands, and more where many
are much alike.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

import numpy as np


class Unreached(NamedTuple):
    """Such passages.

    Attributes:
        ids: Their ids.
        sources: The document of each.
        vectors: Theirs: float32, (passages, dimensions).
    """

    ids: Sequence[int]
    sources: Sequence[str]
    vectors: np.ndarray

    def distances(self, vector: np.ndarray, sources: Collection[str] | None) -> dict[int, float]:
        """How far they are from a vector of unit length: 1 - cosine, by passage id.

        Args:
            vector: The question's, (dimensions,).
            sources: The documents to search; None for all.
        """
        if not self.ids:
            return {}
        far = 1 - self.vectors @ vector / np.linalg.norm(self.vectors, axis=1)
        passages = zip(self.ids, self.sources, far.tolist(), strict=True)
        return {number: distance for number, source, distance in passages if sources is None or source in sources}
