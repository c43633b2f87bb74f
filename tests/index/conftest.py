"""A folder of documents and its index, built with the real model and the real Chroma."""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from assistant.embedding import Embedder
from assistant.index import CurrentIndex, Generation, build
from assistant.settings import Settings
from assistant.types import IndexReport

CATS = "Cats sleep through most of the day. They hunt at dusk.\n"
DOGS = "Dogs bark at strangers. A dog follows its owner everywhere.\n"
BEES = "Bees dance to tell where the flowers are. Their queen lays two thousand eggs a day.\n"


@dataclass(frozen=True)
class Library:
    """Documents, and what can be done with them."""

    settings: Settings
    embedder: Embedder

    @property
    def documents(self) -> Path:
        return self.settings.documents

    @property
    def index(self) -> Path:
        return self.settings.index

    def write(self, source: str, text: str | bytes, age: float = 60) -> Path:
        """Writes a document that was last changed some seconds ago."""
        path = self.documents / source
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        os.utime(path, (time.time() - age,) * 2)
        return path

    def build(self, **options: Any) -> IndexReport:
        return build(self.settings, lambda: self.embedder, **options)

    def open(self) -> Generation:
        return CurrentIndex(self.index, self.documents).get()

    def find(self, question: str) -> str:
        """The text of the passage nearest to a question."""
        generation = self.open()
        nearest = generation.nearest(self.embedder.embed_query(question), 1, None)
        return generation.passages(nearest)[0].text

    def generations(self) -> list[str]:
        """The names of what is in the index."""
        return sorted(folder.name for folder in (self.index / "generations").iterdir())


def contents(generation: Generation) -> set[tuple[str, int, int, str]]:
    """All passages of a generation, each found by its vector and at its place in its document, and nothing else."""
    ids = generation.layout.ids.tolist()
    passages = generation.passages(ids)
    for number, passage, vectors in zip(ids, passages, generation.vectors(ids), strict=True):
        assert generation.document(passage.source).text[passage.start : passage.end] == passage.text
        nearest = generation.nearest(vectors[0], len(ids) + 5, None)
        assert number in nearest
        assert len(nearest) == len(ids)
        assert generation.passages(nearest[:1])[0].text == passage.text
    return {(passage.source, passage.start, passage.end, passage.text) for passage in passages}


@pytest.fixture
def check() -> Callable[[Generation], set[tuple[str, int, int, str]]]:
    """All passages of a generation, checked."""
    return contents


@pytest.fixture
def library(tmp_path: Path, embedder: Embedder) -> Library:
    """Three short documents, not indexed yet."""
    settings = Settings.load(documents=tmp_path / "documents", index=tmp_path / "index", lock_timeout=0)
    library = Library(settings, embedder)
    for source, text in {"cats.txt": CATS, "pets/dogs.txt": DOGS, "bees.md": BEES}.items():
        library.write(source, text)
    return library
