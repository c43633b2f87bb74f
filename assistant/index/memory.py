"""A generation in memory, for texts that are in no folder."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from assistant import splitting
from assistant.index.editing import StoreEditor
from assistant.index.fill import add_vectors, embed_missing
from assistant.index.generation import Generation
from assistant.index.recipe import Recipe
from assistant.index.vectors import Vectors
from assistant.settings import Settings
from assistant.types import Document

if TYPE_CHECKING:
    from assistant.embedding import Embedder

NAME: Final = "memory"


def build_in_memory(documents: Sequence[Document], embedder: Embedder, settings: Settings) -> Generation:
    """Builds a generation that leaves nothing behind once nothing refers to it any more.

    Args:
        documents: With a source each of its own.
        embedder: The embedding model.
        settings: The length of passages.
    """
    now = datetime.now(UTC)
    with ExitStack() as resources:
        store = StoreEditor.create()
        resources.callback(store.close)
        vectors = Vectors.in_memory()
        resources.callback(vectors.close)
        for document in documents:
            passages = splitting.split(document, settings.passage_characters)
            store.put(document, passages, len(document.text.encode()), None, now)
        embed_missing(store, lambda: embedder)
        store.finish(Recipe.of(settings), now)
        add_vectors(vectors, store, store.passage_sources())
        return Generation(NAME, store, vectors, resources.pop_all())
