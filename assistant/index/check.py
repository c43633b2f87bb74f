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


def check_vectors(vectors: Vectors, ids: Collection[int], added: np.ndarray) -> None:
    """Checks that every passage can be found, and nothing else.

    Args:
        vectors: The generation's vectors.
        ids: The passages that the manifest holds.
        added: The vectors of those that are new in this generation: float32, (passages, dimensions).

    Raises:
        IndexingError: The two do not agree, or a passage is not the nearest to its own vector.
    """
    found = vectors.ids()
    if found != set(ids):
        raise _refused(
            f"of {len(ids)} passages, the vectors have {len(found & set(ids))} and {len(found - set(ids))} others"
        )
    lost = int((vectors.distances(added) > _TOLERANCE).sum()) if len(added) else 0
    if lost:
        raise _refused(f"{lost} of {len(added)} new passages are not found by their own vector")


def _refused(problem: str) -> IndexingError:
    return IndexingError(
        f"The new index was not published, for {problem}; the one before it goes on answering. "
        "Please report this, and rebuild with `assistant index --full`."
    )
