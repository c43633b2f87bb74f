"""An index in memory holds what one on disk holds, and leaves nothing behind."""

import gc
from pathlib import Path

import chromadb
import pytest
from chromadb.config import Settings as ChromaSettings
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.embedding import Embedder
from assistant.errors import DocumentError
from assistant.index import build_in_memory
from assistant.readers import document_from_text
from assistant.settings import Settings

from .conftest import BEES, CATS, DOGS, Library, contents


def test_it_holds_the_same_as_on_disk(library: Library) -> None:
    library.build()
    texts = {"cats.txt": CATS, "pets/dogs.txt": DOGS, "bees.md": BEES}
    documents = [document_from_text(source, text) for source, text in texts.items()]
    generation = build_in_memory(documents, library.embedder, library.settings)
    on_disk = library.open()
    assert contents(generation) == contents(on_disk)
    assert generation.layout.ids.tolist() == on_disk.layout.ids.tolist()


def test_it_leaves_nothing_on_disk_or_in_chroma(embedder: Embedder, working_folder: Path) -> None:
    options = ChromaSettings(_env_file=None, anonymized_telemetry=False)
    client = chromadb.EphemeralClient(settings=options)
    gc.collect()  # what other tests left for later
    before = client.count_collections()
    generation = build_in_memory([document_from_text("cats.txt", CATS)], embedder, Settings.load())
    contents(generation)
    assert client.count_collections() == before + 1
    del generation
    gc.collect()
    assert client.count_collections() == before
    assert list(working_folder.iterdir()) == []


def test_documents_come_back_as_they_were(embedder: Embedder) -> None:
    document = document_from_text("notes.md", "# Notes\n\nFirst.\n\n## More\n\nSecond, naïve – “quoted”.\n")
    generation = build_in_memory([document], embedder, Settings.load())
    assert generation.document("notes.md") == document
    with pytest.raises(DocumentError, match="unknown"):
        generation.document("unknown.md")


@settings(max_examples=25, deadline=None)
@given(text=st.text(st.characters(exclude_categories=["Cs"]), max_size=400).filter(str.strip))
def test_every_passage_of_any_text_is_verbatim(embedder: Embedder, text: str) -> None:
    generation = build_in_memory([document_from_text("any.txt", text)], embedder, Settings.load())
    assert generation.document("any.txt").text == text
    contents(generation)
