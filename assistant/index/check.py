"""A generation is checked before it is published."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Final

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
                raise refused(f"a passage of {source} is not at its place ({passage.start} to {passage.end})")


def check_ids(vectors: Vectors, ids: Collection[int]) -> None:
    """Checks that the vectors are those of the manifest's passages.

    Raises:
        IndexingError: Some are missing, or there are others.
    """
    found, wanted = vectors.ids(), set(ids)
    if found != wanted:
        raise refused(f"the vectors of {len(wanted - found)} passages are missing and {len(found - wanted)} are extra")


def lost(vectors: Vectors, store: Store, ids: Sequence[int]) -> list[int]:
    """Which passages are not the nearest to their own vectors.

    Args:
        vectors: The generation's vectors.
        store: The generation's manifest.
        ids: The passages to look for.
    """
    distances = vectors.distances(store.passage_vectors(ids))
    return [number for number, distance in zip(ids, distances, strict=True) if distance > _TOLERANCE]


def refused(problem: str) -> IndexingError:
    """What is said where a check fails."""
    return IndexingError(
        f"The new index was not published, for {problem}; the one before it goes on answering. "
        "Please report this, and rebuild with `assistant index --full`."
    )
