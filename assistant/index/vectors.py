"""The vectors of one generation, in Chroma."""

from __future__ import annotations

import os
import shutil
import sqlite3
import threading
import uuid
from collections.abc import Collection, Iterator, Sequence
from contextlib import ExitStack, closing
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Self

import numpy as np

if TYPE_CHECKING:
    import chromadb
    from chromadb.api import ClientAPI

SEARCH_BREADTH: Final = 400
"""How many candidates a search of the graph keeps (``ef_search``); with Chroma's 100, one neighbour in twenty is missed
at 100,000 passages."""

DATABASE: Final = "chroma.sqlite3"
"""Chroma writes to this file whenever it is opened, and to its others only when passages are added or removed."""

_COLLECTION: Final = "passages"
_WRITTEN_FROM: Final = 2
"""Pending changes from which Chroma writes its graph to its files; the fewest that it takes."""

_BATCH: Final = 5_000
"""Passages in one call; Chroma takes 5,461."""

# Chroma's registry of open folders is not guarded against two threads opening or closing at once. Reentrant, since the
# garbage collector may close one generation while another one is being opened.
_opening = threading.RLock()


class VectorsError(Exception):
    """Chroma cannot open a folder."""


class Vectors:
    """Nearest passages by cosine. Safe to use from several threads, but for `add` and `remove`."""

    def __init__(self, collection: chromadb.Collection, resources: ExitStack) -> None:
        """Takes over a collection.

        Args:
            collection: With passage ids as its ids, and each passage's source as metadata.
            resources: What is let go of when it is closed.
        """
        self._collection = collection
        self._resources = resources

    @classmethod
    def create(cls, folder: Path) -> Self:
        """Makes an empty one in a folder.

        Raises:
            VectorsError: The folder cannot be written to.
        """
        with ExitStack() as resources:
            return cls(_create(_client(folder, resources), _COLLECTION), resources.pop_all())

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Opens one.

        Raises:
            VectorsError: It is damaged, or cannot be written to: Chroma writes as it opens.
        """
        if not all(os.access(path, os.W_OK) for path in (folder, *folder.iterdir())):
            raise VectorsError(f"{folder} cannot be written to")
        from chromadb.errors import ChromaError

        with ExitStack() as resources:
            client = _client(folder, resources)
            try:
                collection = client.get_collection(_COLLECTION, embedding_function=None)
            except ChromaError as error:
                raise VectorsError(f"{folder} has no passages in it ({error})") from error
            return cls(collection, resources.pop_all())

    @classmethod
    def in_memory(cls) -> Self:
        """Makes an empty one that leaves nothing behind once it is closed."""
        client, name, resources = _memory(), f"{_COLLECTION}-{uuid.uuid4().hex}", ExitStack()
        collection = _create(client, name)
        resources.callback(client.delete_collection, name)
        return cls(collection, resources)

    def close(self) -> None:
        """Lets go of the files or the memory."""
        self._resources.close()

    def add(self, ids: Sequence[int], sources: Sequence[str], vectors: np.ndarray) -> None:
        """Adds passages.

        Args:
            ids: Of passages that are not in it yet.
            sources: The document of each.
            vectors: float32, (passages, dimensions).
        """
        for batch in _batches(len(ids)):
            self._collection.add(
                ids=[str(number) for number in ids[batch]],
                embeddings=vectors[batch],
                metadatas=[{"source": source} for source in sources[batch]],
            )

    def remove(self, ids: Sequence[int]) -> None:
        """Takes passages out."""
        for batch in _batches(len(ids)):
            self._collection.delete(ids=[str(number) for number in ids[batch]])

    def flush(self) -> None:
        """Has Chroma write all of it to its files, so that opening them for reading changes none but its database.

        Chroma writes its graph when enough changes are pending, even in a process that only reads. Two passages put in
        place of themselves are enough, whatever is pending.
        """
        some: Any = self._collection.get(limit=_WRITTEN_FROM, include=["embeddings", "metadatas"])
        if some["ids"]:
            self._collection.upsert(ids=some["ids"], embeddings=some["embeddings"], metadatas=some["metadatas"])

    def ids(self) -> set[int]:
        """The ids of all passages in it."""
        return {int(number) for number in self._collection.get(include=[])["ids"]}

    def nearest(self, vector: Sequence[float] | np.ndarray, count: int, sources: Collection[str] | None) -> list[int]:
        """The ids of the nearest passages, nearest first.

        Args:
            vector: Of unit length, (dimensions,).
            count: How many at most.
            sources: The documents to search; None for all.
        """
        count = min(count, self._collection.count())
        if count < 1 or (sources is not None and not sources):
            return []
        where: Any = None if sources is None else {"source": {"$in": sorted(sources)}}
        embeddings = np.asarray(vector, dtype=np.float32)[np.newaxis]
        found = self._collection.query(query_embeddings=embeddings, n_results=count, where=where, include=[])
        return [int(number) for number in found["ids"][0]]

    def distances(self, vectors: np.ndarray) -> np.ndarray:
        """How far each of many vectors is from the passage nearest to it: 1 - cosine, (vectors,)."""
        found: list[float] = []
        for batch in _batches(len(vectors)):
            results = self._collection.query(query_embeddings=vectors[batch], n_results=1, include=["distances"])
            found += [row[0] for row in results["distances"] or []]
        return np.array(found)


def copy_vectors(folder: Path, copy: Path) -> None:
    """Copies a folder of vectors that others may have open: they write to its database, and to nothing else."""

    def copy_file(source: str, target: str) -> None:
        if Path(source).name == DATABASE:
            uri = f"{Path(source).as_uri()}?mode=ro"
            with closing(sqlite3.connect(uri, uri=True)) as database, closing(sqlite3.connect(target)) as duplicate:
                database.backup(duplicate)
        else:
            shutil.copyfile(source, target)

    shutil.copytree(folder.resolve(), copy, dirs_exist_ok=True, copy_function=copy_file)


def _batches(count: int) -> Iterator[slice]:
    return (slice(start, start + _BATCH) for start in range(0, count, _BATCH))


def _client(folder: Path, resources: ExitStack) -> ClientAPI:
    """A client of a folder, closed with the resources."""
    import chromadb
    from chromadb.errors import ChromaError

    try:
        with _opening:
            client = chromadb.PersistentClient(folder.resolve(), settings=_settings())
    except (ChromaError, AttributeError, ValueError) as error:
        # The last two are how Chroma fails to open again what it has once failed to open in the same process.
        raise VectorsError(f"{folder} cannot be opened ({error})") from error
    resources.callback(_release, client)
    return client


@lru_cache(maxsize=1)
def _memory() -> ClientAPI:
    """The client of this process's memory; to open one takes longer than to search a few texts."""
    import chromadb

    with _opening:
        return chromadb.EphemeralClient(settings=_settings())


def _settings() -> chromadb.config.Settings:
    from chromadb.config import Settings

    # The user's own .env is not Chroma's to read.
    return Settings(_env_file=None, anonymized_telemetry=False)  # type: ignore[call-arg]


def _release(client: Any) -> None:
    with _opening:
        client.close()


def _create(client: ClientAPI, name: str) -> chromadb.Collection:
    graph: Any = {
        "space": "cosine",
        "ef_search": SEARCH_BREADTH,
        "batch_size": _WRITTEN_FROM,
        "sync_threshold": _WRITTEN_FROM,
    }
    return client.create_collection(name, configuration={"hnsw": graph}, embedding_function=None)
