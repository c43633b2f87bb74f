"""One generation of the index, open for reading."""

from __future__ import annotations

import logging
import weakref
from collections.abc import Sequence
from contextlib import ExitStack
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Final, Self

import numpy as np
import portalocker

from assistant.index.chroma import VectorsError
from assistant.index.files import SEAL, DamageError, check_seal
from assistant.index.fill import add_vectors
from assistant.index.generations import MANIFEST, VECTORS, vectors_of
from assistant.index.lexicon import Lexicon
from assistant.index.lock import no_locks
from assistant.index.store import Store
from assistant.index.vectors import Vectors
from assistant.places import Places
from assistant.types import Document, DocumentRecord, IndexInfo, Passage, Span
from assistant.words import words

DOCUMENTS_KEPT: Final = 64
"""Documents that are kept in memory once read."""

SIMILAR_READ: Final = 3
"""Passages that are read for a word that may have been mistyped."""

logger = logging.getLogger(__name__)


class SweptError(Exception):
    """A generation was removed, or is being removed, because a newer one answers."""


class Generation:
    """What the retriever searches. It never changes, and may be used from several threads.

    It is closed when nothing refers to it any more: a question that began with it ends with it.

    Attributes:
        info: Its name, its age and what it holds.
        recipe: What its passages and vectors were made with.
        layout: Where its passages, sentences and words stand.
        lexicon: Scores its passages by their words, in the order of `layout.ids`.
    """

    def __init__(self, name: str, store: Store, vectors: Vectors, resources: ExitStack) -> None:
        """Takes over an open store and its vectors.

        Args:
            name: The generation's name.
            store: Its documents, passages and words.
            vectors: Its vectors.
            resources: Closed with it; the store and the vectors among them.
        """
        self.layout = store.layout()
        self.lexicon = Lexicon(self.layout)
        self.recipe = store.recipe()
        self.info = IndexInfo(name, store.built(), store.document_count(), len(self.layout.ids))
        self._store = store
        self._document = document = lru_cache(maxsize=DOCUMENTS_KEPT)(store.document)
        # It must not refer to the generation, which would then stay open for as long as it is not collected.
        self._places = lru_cache(maxsize=DOCUMENTS_KEPT)(lambda source: Places(document(source)))
        self._vectors = vectors
        self._unreached = store.unreached()
        self.close = weakref.finalize(self, resources.close)

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Opens a generation's folder.

        Raises:
            SweptError: It is gone, or going.
            DamageError: Its files are not what was written.
            OSError: They cannot be read.
        """
        with ExitStack() as resources:
            store = open_store(folder, resources)
            vectors = _vectors(folder, store)
            resources.callback(vectors.close)
            return cls(folder.name, store, vectors, resources.pop_all())

    def nearest(self, vector: Sequence[float] | np.ndarray, count: int, sources: frozenset[str] | None) -> list[int]:
        """The ids of the passages whose vectors are nearest by cosine, nearest first.

        Args:
            vector: The question's, of unit length, (dimensions,).
            count: How many at most.
            sources: The documents to search; None for all.
        """
        question = np.asarray(vector, dtype=np.float32)
        found = self._vectors.nearest(question, count, sources) | self._unreached.distances(question, sources)
        return sorted(found, key=found.__getitem__)[:count]

    def passages(self, ids: Sequence[int]) -> list[Passage]:
        """Passages as they are indexed, in the order asked; all must be in the index."""
        first = self.layout.first_sentence
        return [self.passage(int(first[row]), int(first[row + 1])) for row in self.layout.rows(ids).tolist()]

    def passages_of(self, source: str) -> dict[int, Passage]:
        """A document's passages as they are indexed, in reading order, by id; none where it is not in the index."""
        ids = self.layout.ids[self.layout.rows_of(frozenset({source}))].tolist()
        return dict(zip(ids, self.passages(ids), strict=True))

    def passage(self, first: int, last: int, score: float = 0.0) -> Passage:
        """A run of sentences as a passage, wherever the indexed ones begin and end.

        Args:
            first: The row of its first sentence.
            last: The row after its last; of the same document.
            score: How well it fits a question.
        """
        owner = int(self.layout.first_sentence.searchsorted(first, side="right")) - 1
        source = self.layout.sources[self.layout.documents[owner]]
        spans = [Span(start, end) for start, end in self.layout.sentences[first:last].tolist()]
        return self.places(source).passage(spans, round(score, 4))

    def vectors(self, ids: Sequence[int]) -> list[np.ndarray]:
        """What the embedder made of passages, in the order asked: float16, (rows, dimensions); row 0 is the passage."""
        return self._store.vectors(ids)

    def passage_vectors(self, ids: Sequence[int]) -> np.ndarray:
        """The vectors of passages themselves, in the order asked: float32, (passages, dimensions)."""
        return self._store.passage_vectors(ids)

    def document(self, source: str) -> Document:
        """A document as it was read.

        Raises:
            DocumentError: It is not in the index.
        """
        return self._document(source)

    def places(self, source: str) -> Places:
        """What tells the section, paragraph and page of a document's sentences.

        Raises:
            DocumentError: It is not in the index.
        """
        return self._places(source)

    def mentions(self, word: str) -> bool:
        """Whether any passage, heading or title has a word.

        Args:
            word: Normalised as `words.words` does it.
        """
        return word in self.lexicon or word in self._title_words

    def similar(self, word: str, edits: int) -> list[Passage]:
        """Some of the passages that have words like one.

        Args:
            word: Normalised as `words.words` does it.
            edits: By how many letters they may differ; see `typos.differ_little`.
        """
        rows = [row for other in self.lexicon.alike(word, edits) for row in self.lexicon.rows(other)[:SIMILAR_READ]]
        return self.passages(self.layout.ids[sorted(set(rows))].tolist())

    def folder(self) -> str:
        """Where its documents folder lies, as `folder.place_of` tells it; "" where there is none."""
        return self._store.folder()

    def records(self) -> tuple[DocumentRecord, ...]:
        """What is known of each file, good or failed, in the order of their names."""
        return self._records

    # Two threads may both make the next two the first time, and make the same.
    @cached_property
    def _records(self) -> tuple[DocumentRecord, ...]:
        return self._store.records()

    @cached_property
    def _title_words(self) -> frozenset[str]:
        return frozenset(word for record in self._records for word in words(record.title))


def open_store(folder: Path, resources: ExitStack) -> Store:
    """Opens a generation's store; the generation is not removed until the resources are closed.

    Raises:
        SweptError: It is gone, or going.
        DamageError: Its file is not what was written.
        IndexingError: It is on a disk without file locks.
        OSError: It cannot be read.
    """
    _hold(folder, resources)
    check_seal(folder, MANIFEST)
    store = Store.open(folder / MANIFEST)
    resources.callback(store.close)
    return store


def _vectors(folder: Path, store: Store) -> Vectors:
    """Chroma's folder; where it cannot be used as it is, the same in memory: the manifest has all vectors."""
    try:
        check_seal(folder, VECTORS)
        return Vectors.open(vectors_of(folder))
    except (DamageError, VectorsError, OSError) as error:
        logger.warning("The vectors of %s are gathered in memory: %s", folder, error)
        vectors = Vectors.in_memory()
        add_vectors(vectors, store, store.passage_sources())
        return vectors


def _hold(folder: Path, resources: ExitStack) -> None:
    try:
        seal = resources.enter_context((folder / SEAL).open())
        portalocker.lock(seal, portalocker.LOCK_SH | portalocker.LOCK_NB)
        # It may have been renamed, to be removed, between the two lines above.
        (folder / SEAL).stat()
    except (FileNotFoundError, NotADirectoryError, portalocker.AlreadyLocked) as error:
        raise SweptError(f"its {SEAL} is gone, or going") from error
    except portalocker.LockException as error:
        raise no_locks(folder.parent.parent, error) from error
