"""The vectors of one generation, in Chroma.

They are in the generation's own folder, or on a server where the folder names one: nothing that uses `Vectors` knows.
"""

from __future__ import annotations

import json
import logging
import os
import shutil
import sqlite3
import uuid
from collections.abc import Collection, Iterator, Sequence
from contextlib import ExitStack, closing
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Self

import numpy as np

from assistant.errors import IndexingError
from assistant.index.chroma import (
    DATABASE,
    WRITTEN_FROM,
    VectorsError,
    calling_chroma,
    create_collection,
    in_folder,
    in_memory,
    on_server,
    open_collection,
)
from assistant.index.files import replace_file

if TYPE_CHECKING:
    import chromadb

logger = logging.getLogger(__name__)

SERVER: Final = "server.json"
"""Names the server where the vectors are not in the folder."""

_COLLECTION: Final = "passages"
_BATCH: Final = 5_000
"""Passages in one call; Chroma takes 5,461."""


class Vectors:
    """Nearest passages by cosine. Safe to use from several threads, but for what changes it.

    Whatever it is asked for, it raises a `VectorsError` where Chroma cannot do it, unless another error is named.
    """

    def __init__(self, collection: chromadb.Collection, resources: ExitStack) -> None:
        """Takes over a collection.

        Args:
            collection: With passage ids as its ids, and each passage's source as metadata.
            resources: What is let go of when it is closed.
        """
        self._collection = collection
        self._resources = resources

    @classmethod
    def create(cls, folder: Path, server: str | None = None) -> Self:
        """Makes an empty one.

        Args:
            folder: An empty folder, of a name that no other has.
            server: The URL of the Chroma server to put it on; None for the folder itself.

        Raises:
            VectorsError: Chroma cannot be opened.
            OSError: The folder cannot be written to.
        """
        with ExitStack() as resources:
            if server:
                replace_file(folder / SERVER, json.dumps({"url": server}))
                collection = create_collection(on_server(server, resources), _name(folder))
            else:
                collection = create_collection(in_folder(folder, resources), _COLLECTION)
            return cls(collection, resources.pop_all())

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Opens one.

        Raises:
            VectorsError: It is damaged, or cannot be written to: Chroma writes as it opens.
        """
        with ExitStack() as resources:
            if server := server_of(folder):
                collection = open_collection(on_server(server, resources), _name(folder))
            elif all(os.access(path, os.W_OK) for path in (folder, folder / DATABASE)):
                collection = open_collection(in_folder(folder, resources), _COLLECTION)
            else:
                raise VectorsError(f"{folder} cannot be written to")
            return cls(collection, resources.pop_all())

    @classmethod
    def in_memory(cls) -> Self:
        """Makes an empty one that leaves nothing behind once it is closed."""
        resources = ExitStack()
        return cls(in_memory(f"{_COLLECTION}-{uuid.uuid4().hex}", resources), resources)

    def close(self) -> None:
        """Lets go of the files, the memory or the connection."""
        self._resources.close()

    @calling_chroma()
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

    @calling_chroma()
    def remove(self, ids: Sequence[int]) -> None:
        """Takes passages out."""
        for batch in _batches(len(ids)):
            self._collection.delete(ids=[str(number) for number in ids[batch]])

    @calling_chroma()
    def flush(self) -> None:
        """Has Chroma write all of it to its files, so that opening them for reading changes none but its database.

        Chroma writes its graph when enough changes are pending, even in a process that only reads. Two passages put in
        place of themselves are enough, whatever is pending.
        """
        some: Any = self._collection.get(limit=WRITTEN_FROM, include=["embeddings", "metadatas"])
        if some["ids"]:
            self._collection.upsert(ids=some["ids"], embeddings=some["embeddings"], metadatas=some["metadatas"])

    @calling_chroma()
    def ids(self) -> set[int]:
        """The ids of all passages in it."""
        return {int(number) for number in self._collection.get(include=[])["ids"]}

    def nearest(self, vector: np.ndarray, count: int, sources: Collection[str] | None) -> dict[int, float]:
        """How far the nearest passages are: 1 - cosine, by passage id, nearest first.

        Args:
            vector: Of unit length, (dimensions,).
            count: How many at most.
            sources: The documents to search; None for all.

        Raises:
            IndexingError: Chroma cannot search.
        """
        if sources is not None and not sources:
            return {}
        where: Any = None if sources is None else {"source": {"$in": sorted(sources)}}
        try:
            with calling_chroma():
                count = min(count, self._collection.count())
                if count < 1:
                    return {}
                found = self._collection.query(
                    query_embeddings=vector[np.newaxis], n_results=count, where=where, include=["distances"]
                )
        except VectorsError as error:
            raise IndexingError(f"The vectors of the index cannot be searched ({error}).") from error
        distances = found["distances"] or [[]]
        return {int(number): distance for number, distance in zip(found["ids"][0], distances[0], strict=True)}

    @calling_chroma()
    def distances(self, vectors: np.ndarray) -> np.ndarray:
        """How far each of many vectors is from the passage nearest to it: 1 - cosine, (vectors,)."""
        found: list[float] = []
        for batch in _batches(len(vectors)):
            results = self._collection.query(query_embeddings=vectors[batch], n_results=1, include=["distances"])
            found += [row[0] for row in results["distances"] or []]
        return np.array(found)


def server_of(folder: Path) -> str | None:
    """The URL of the server where a folder's vectors are; None where they are in the folder.

    Raises:
        VectorsError: The file that names the server cannot be read.
    """
    try:
        return str(json.loads((folder / SERVER).read_text(encoding="utf-8"))["url"])
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise VectorsError(f"{folder / SERVER} cannot be read ({error})") from error


def copy_vectors(folder: Path, copy: Path) -> None:
    """Copies a folder of vectors that others may have open: they write to its database, and to nothing else."""

    def copy_file(source: str, target: str) -> None:
        if Path(source).name == DATABASE:
            uri = f"{Path(source).as_uri()}?mode=ro"
            with closing(sqlite3.connect(uri, uri=True)) as database, closing(sqlite3.connect(target)) as duplicate:
                database.backup(duplicate)
        else:
            shutil.copyfile(source, target)

    # A journal is beside the database while one of them writes, and is none of the copy's.
    beside = shutil.ignore_patterns(f"{DATABASE}-*")
    shutil.copytree(folder.resolve(), copy, dirs_exist_ok=True, ignore=beside, copy_function=copy_file)


def forget_vectors(folder: Path) -> None:
    """Takes what a folder has on a server away from there, before the folder itself is removed."""
    with ExitStack() as resources:
        try:
            if server := server_of(folder):
                client = on_server(server, resources)
                with calling_chroma():
                    client.delete_collection(_name(folder))
        except VectorsError as error:
            logger.warning("The collection %s stays on its Chroma server, if it is there: %s", _name(folder), error)


def _name(folder: Path) -> str:
    return f"{_COLLECTION}-{folder.name}"


def _batches(count: int) -> Iterator[slice]:
    return (slice(start, start + _BATCH) for start in range(0, count, _BATCH))
