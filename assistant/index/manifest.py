"""The manifest of a finished generation, without its vectors: what the next build and the status start from."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import Self

from assistant.index.files import check_seal
from assistant.index.generation import hold
from assistant.index.generations import MANIFEST, VECTORS
from assistant.index.store import Store
from assistant.types import IndexInfo


class Manifest:
    """An open manifest; its generation is not removed meanwhile.

    Attributes:
        name: The generation's name.
        vectors: Chroma's folder.
        store: The documents, passages and words.
    """

    def __init__(self, folder: Path, store: Store, resources: ExitStack) -> None:
        """Takes over an open store.

        Args:
            folder: The generation's.
            store: Its documents, passages and words.
            resources: Closed with it; the store among them.
        """
        self.name = folder.name
        self.path = folder / MANIFEST
        self.vectors = folder / VECTORS
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
            hold(folder, resources)
            check_seal(folder)
            store = Store.open(folder / MANIFEST)
            resources.callback(store.close)
            return cls(folder, store, resources.pop_all())

    def info(self) -> IndexInfo:
        """Which index it is."""
        store = self.store
        return IndexInfo(self.name, store.built(), store.document_count(), store.passage_count())
