"""What is told of the index and of what is out of date."""

import time

import pytest

from assistant.embedding import Embedder
from assistant.errors import IndexingError
from assistant.index import status

from .conftest import CATS, Library


def test_a_fresh_index_is_up_to_date(library: Library) -> None:
    begun = time.time()
    library.build()
    state = status(library.settings)
    assert (state.index.generation, state.index.documents, state.index.passages) == ("0001", 3, 3)
    assert (state.model, state.precision) == (library.settings.model, library.embedder.precision)
    assert state.size == sum(f.stat().st_size for f in (library.index / "generations").rglob("*") if f.is_file())
    assert 0 <= state.age <= time.time() - begun
    assert not state.stale


def test_what_changed_is_named(library: Library) -> None:
    library.build()
    library.write("new.txt", CATS)
    library.write("cats.txt", "Cats swim.\n")
    (library.documents / "bees.md").unlink()
    state = status(library.settings)
    assert (state.added, state.updated, state.removed) == (("new.txt",), ("cats.txt",), ("bees.md",))
    assert state.stale


def test_a_failing_file_is_named_and_does_not_make_the_index_stale(library: Library) -> None:
    library.write("empty.txt", "")
    library.write("picture.heic", b"\0")
    library.build()
    state = status(library.settings)
    assert sorted(state.failed) == ["empty.txt", "picture.heic"]
    assert not state.stale


def test_another_setting_that_leads_to_a_rebuild_is_named(library: Library) -> None:
    library.build()
    state = status(library.settings.model_copy(update={"passage_characters": 300}))
    assert state.rebuild == "the length of passages is another one"
    assert state.stale


def test_an_index_from_a_machine_of_another_kind_goes_on(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    library.build()
    assert library.embedder.precision in ("bfloat16", "float32")
    monkeypatch.setattr(Embedder, "precision", "float64")
    library.write("new.txt", "Eels wander.\n")
    assert library.build().embedded == 1
    state = status(library.settings)
    assert state.precision.split(", ")[1] == "float64"
    assert not state.stale


def test_a_documents_folder_that_is_gone_is_said(library: Library) -> None:
    library.build()
    library.documents.rename(library.documents.with_name("elsewhere"))
    with pytest.raises(IndexingError, match="cannot be read"):
        status(library.settings)
