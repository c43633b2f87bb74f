"""The manifest of a finished generation, without its vectors: what the next build and the status start from."""

from __future__ import annotations

import logging
from contextlib import ExitStack
from pathlib import Path
from typing import Self

from assistant.index.chroma import VectorsError
from assistant.index.files import DamageError, check_seal
from assistant.index.generation import open_store
from assistant.index.generations import MANIFEST, VECTORS, vectors_of
from assistant.index.store import Store
from assistant.index.vectors import Vectors, server_of
from assistant.types import IndexInfo

logger = logging.getLogger(__name__)


class Manifest:
    """An open manifest; its generation is not removed meanwhile.

    Attributes:
        name: The generation's name.
        path: The manifest's file.
        vectors: Chroma's folder, or None where that is damaged.
        server: The URL of the Chroma server where the vectors are, or None.
        store: The documents, passages and words.
    """

    def __init__(self, folder: Path, store: Store, vectors: Path | None, resources: ExitStack) -> None:
        """Takes over an open store.

        Args:
            folder: The generation's.
            store: Its documents, passages and words.
            vectors: Chroma's folder, unless that is damaged.
            resources: Closed with it; the store among them.
        """
        self.name = folder.name
        self.path = folder / MANIFEST
        self.vectors = vectors
        self.server = server_of(vectors) if vectors else None
        self.store = store
        self.close = resources.close

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Opens a generation's folder.

        Raises:
            SweptError: It is gone, or going.
            DamageError: Its files are not what was written.
            OSError: They cannot be read.
        """
        with ExitStack() as resources:
            return cls(folder, open_store(folder, resources), _whole_vectors(folder), resources.pop_all())

    def info(self) -> IndexInfo:
        """Which index it is."""
        store = self.store
        return IndexInfo(self.name, store.built(), store.document_count(), store.passage_count())


def _whole_vectors(folder: Path) -> Path | None:
    try:
        check_seal(folder, VECTORS)
        vectors = vectors_of(folder)
        if server_of(vectors):
            Vectors.open(vectors).close()
        return vectors
    except (DamageError, VectorsError, OSError) as error:
        logger.warning("The vectors of %s will be put together again by the next build: %s", folder, error)
        return None
