"""A generation is checked before it is published."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Final

from assistant.errors import IndexingError
from assistant.index.editing import embedding_key
from assistant.index.store import Store
from assistant.index.vectors import Vectors
from assistant.places import Places
from assistant.splitting import embedded_texts
from assistant.types import Span

_TOLERANCE: Final = 1e-3
"""The cosine distance within which a passage has found itself, or one of the same words; float16 rounds to 5e-4."""


def check_quotes(store: Store, sources: Iterable[str]) -> None:
    """Checks that what is embedded of documents is in them word for word, sentence after sentence.

    Raises:
        IndexingError: It is not.
    """
    for source in sources:
        document, split = store.document(source), store.split(source)
        if not _in_order((span for _, sentences in split for span in sentences), len(document.text)):
            raise refused(f"the sentences of {source} do not stand in it one behind the other")
        places = Places(document)
        passages = [places.passage(sentences) for _, sentences in split]
        texts = embedded_texts(document, passages)
        if any(embedding_key(text) != key for text, (key, _) in zip(texts, split, strict=True)):
            raise refused(f"a passage of {source} is not at its place")


def _in_order(spans: Iterable[Span], length: int) -> bool:
    reached = 0
    for start, end in spans:
        if not reached <= start < end <= length:
            return False
        reached = end
    return True


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
