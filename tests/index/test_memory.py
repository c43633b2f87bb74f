"""An index in memory holds what one on disk holds, and leaves nothing behind."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from chromadb.api.rust import RustBindingsAPI
from hypothesis import example, given, settings
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


@pytest.fixture
def graphs(monkeypatch: pytest.MonkeyPatch) -> Callable[[], int]:
    """How many graphs Chroma holds of the collections made since: of all that were ever in what is not closed yet."""
    places: list[RustBindingsAPI] = []
    create = RustBindingsAPI.create_collection

    def counted(self: RustBindingsAPI, *arguments: Any, **options: Any) -> Any:
        places.append(self)
        return create(self, *arguments, **options)

    monkeypatch.setattr(RustBindingsAPI, "create_collection", counted)
    return lambda: sum(hasattr(place, "bindings") for place in places)


def test_it_leaves_nothing_on_disk(embedder: Embedder, working_folder: Path) -> None:
    contents(build_in_memory([document_from_text("cats.txt", CATS)], embedder, Settings.load()))
    assert list(working_folder.iterdir()) == []


def test_many_that_come_and_go_leave_few_in_memory(embedder: Embedder, graphs: Callable[[], int]) -> None:
    documents = [document_from_text("cats.txt", CATS)]
    kept = build_in_memory(documents, embedder, Settings.load())
    for _ in range(60):
        build_in_memory(documents, embedder, Settings.load())
    assert 1 <= graphs() < 20
    contents(kept)
    del kept
    assert graphs() < 10


def test_documents_come_back_as_they_were(embedder: Embedder) -> None:
    document = document_from_text("notes.md", "# Notes\n\nFirst.\n\n## More\n\nSecond, naïve – “quoted”.\n")
    generation = build_in_memory([document], embedder, Settings.load())
    assert generation.document("notes.md") == document
    with pytest.raises(DocumentError, match="unknown"):
        generation.document("unknown.md")


@settings(max_examples=25)
@given(text=st.text(st.characters(exclude_categories=["Cs"]), max_size=400).filter(str.strip))
@example(text="One\0two. \0\0 Three\0.\n\n\0 Four.\0")
def test_every_passage_of_any_text_is_verbatim(embedder: Embedder, text: str) -> None:
    generation = build_in_memory([document_from_text("any.txt", text)], embedder, Settings.load())
    assert generation.document("any.txt").text == text
    contents(generation)
