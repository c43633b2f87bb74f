"""A generation is checked before it is published."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Final

import numpy as np

from assistant.errors import IndexingError
from assistant.index.store import Store
from assistant.index.vectors import Vectors

_TOLERANCE: Final = 1e-3
"""The cosine distance within which a passage has found itself, or one of the same words; float16 rounds to 5e-4."""


def check_quotes(store: Store, sources: Iterable[str]) -> None:
    """Checks that the passages of documents are verbatim.

    Raises:
        IndexingError: One is not.
    """
    for source in sources:
        text = store.document(source).text
        for passage in store.passages_of(source).values():
            if text[passage.start : passage.end] != passage.text:
                raise _refused(f"a passage of {source} is not at its place ({passage.start} to {passage.end})")


def check_ids(vectors: Vectors, ids: Collection[int]) -> None:
    """Checks that the vectors are those of the manifest's passages.

    Raises:
        IndexingError: Some are missing, or there are others.
    """
    found, wanted = vectors.ids(), set(ids)
    if found != wanted:
        raise _refused(f"the vectors of {len(wanted - found)} passages are missing and {len(found - wanted)} are extra")


def check_found(vectors: Vectors, own: np.ndarray) -> None:
    """Checks that passages are found.

    Args:
        vectors: The generation's vectors.
        own: The vectors of the passages: float32, (passages, dimensions).

    Raises:
        IndexingError: A passage is not the nearest to its own vector.
    """
    lost = int((vectors.distances(own) > _TOLERANCE).sum())
    if lost:
        raise _refused(f"{lost} passages are not found by their own vectors")


def _refused(problem: str) -> IndexingError:
    return IndexingError(
        f"The new index was not published, for {problem}; the one before it goes on answering. "
        "Please report this, and rebuild with `assistant index --full`."
    )
