"""A process that runs for long answers from the newest index."""

import shutil
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from assistant import Assistant
from assistant.errors import IndexingError, SettingsError
from assistant.index import CurrentIndex, rollback, status

from .conftest import CATS, Library, contents


def test_the_next_question_is_answered_from_the_new_generation(library: Library) -> None:
    library.build()
    current = CurrentIndex(library.index, library.documents)
    before = current.get()
    library.write("cats.txt", "Cats swim.\n")
    library.build()
    after = current.get()
    assert (before.info.generation, after.info.generation) == ("0001", "0002")
    assert "Cats swim." in {text for *_, text in contents(after)}


def test_a_question_that_has_begun_ends_with_the_generation_it_began_with(library: Library) -> None:
    library.build()
    current = CurrentIndex(library.index, library.documents)
    begun = current.get()
    for day in range(4):
        library.write("cats.txt", f"On day {day}, cats swam.\n")
        library.build()
        current.get()
    assert CATS.strip() in {text for *_, text in contents(begun)}
    assert library.generations() == ["0001", "0004", "0005"]
    del begun
    library.write("cats.txt", CATS)
    library.build()
    assert library.generations() == ["0005", "0006"]


def test_a_generation_that_could_not_be_opened_is_tried_again(
    library: Library, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(sys.modules[CurrentIndex.__module__], "RETRY", 0)
    library.build()
    current = CurrentIndex(library.index, library.documents)
    current.get()
    library.write("cats.txt", "Cats swim.\n")
    library.build()
    newest = library.index / "generations" / "0002"
    newest.rename(newest.with_name("away"))
    assert current.get().info.generation == "0001"
    assert "Generation 0002" in caplog.text
    newest.with_name("away").rename(newest)
    assert current.get().info.generation == "0002"


def test_the_same_generation_is_opened_once(library: Library) -> None:
    library.build()
    current = CurrentIndex(library.index, library.documents)
    assert current.get() is current.get()


def test_nothing_fails_while_the_index_is_built_and_gone_back_from_again_and_again(library: Library) -> None:
    library.build()
    current, done = CurrentIndex(library.index, library.documents), threading.Event()
    vector = library.embedder.embed_query("What do cats do?")

    def ask() -> None:
        generation = current.get()
        passages = generation.passages(generation.nearest(vector, 3, None))
        assert len(passages) == 3
        assert all(generation.document(p.source).text[p.start : p.end] == p.text for p in passages)

    def open_anew() -> None:
        assert [record.source for record in library.open().records()] == ["bees.md", "cats.txt", "pets/dogs.txt"]

    def look() -> None:
        state = status(library.settings)
        assert state.rebuild is None
        assert {*state.added, *state.updated, *state.removed} <= {"cats.txt"}

    def until_done(act: Callable[[], None]) -> int:
        acts = 0
        while not done.is_set():
            act()
            acts += 1
        return acts

    with ThreadPoolExecutor(4) as pool:
        acting = [pool.submit(until_done, act) for act in (ask, ask, open_anew, look)]
        try:
            for day in range(9):
                library.write("cats.txt", f"On day {day}, cats swam.\n")
                library.build()
                if day % 3 == 1:
                    rollback(library.settings)
        finally:
            done.set()
        assert all(future.result() > 0 for future in acting)
    assert "On day 8, cats swam." in {text for *_, text in contents(current.get())}


def test_a_new_generation_that_cannot_be_read_leaves_the_old_one_answering(library: Library) -> None:
    library.build()
    current = CurrentIndex(library.index, library.documents)
    current.get()
    library.write("cats.txt", "Cats swim.\n")
    library.build()
    for manifest in library.index.glob("generations/*/manifest.sqlite"):
        manifest.unlink()
    assert CATS.strip() in {text for *_, text in contents(current.get())}


def test_an_index_that_is_gone_is_not_answered_from(library: Library) -> None:
    library.build()
    current = CurrentIndex(library.index, library.documents)
    current.get()
    shutil.rmtree(library.index)
    with pytest.raises(IndexingError, match="no index"):
        current.get()
    library.build()
    contents(current.get())


def test_an_index_of_another_embedding_model_is_not_asked(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as elsewhere:
        elsewhere.setattr("assistant.index.recipe.fingerprint", lambda _: "another")
        library.build()
    assistant = Assistant(library.documents, library.index)
    with pytest.raises(IndexingError, match=r"other files of the embedding model all-MiniLM.*assistant index`\.$"):
        assistant.retrieve("What do cats do?")
    with pytest.raises(SettingsError, match="'no-such-model' cannot be loaded"):
        Assistant(library.documents, library.index, model="no-such-model").retrieve("What do cats do?")
    assistant.reindex()
    assert assistant.retrieve("What do cats do?")[0].source == "cats.txt"


def test_one_can_ask_only_some_documents(library: Library) -> None:
    library.build()
    generation = library.open()
    vector = library.embedder.embed_query("What do cats do?")

    def sources(*asked: str) -> set[str]:
        return {p.source for p in generation.passages(generation.nearest(vector, 5, frozenset(asked)))}

    assert sources("bees.md", "pets/dogs.txt") == {"bees.md", "pets/dogs.txt"}
    assert sources("bees.md") == {"bees.md"}
    assert sources("unknown.txt") == sources() == set()
