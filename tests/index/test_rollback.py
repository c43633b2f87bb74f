"""Going back a generation."""

from dataclasses import replace
from pathlib import Path

import pytest

from assistant.errors import IndexingError
from assistant.index import CurrentIndex, rollback, status

from .conftest import CATS, Library, contents


@pytest.fixture
def indexed(library: Library) -> Library:
    """A library of two generations: in the second one, cats swim."""
    library.build()
    library.write("cats.txt", "Cats swim.\n")
    library.build()
    return library


def test_the_generation_before_answers_again_in_a_running_process_too(indexed: Library) -> None:
    current = CurrentIndex(indexed.index, indexed.documents)
    current.get()
    info = rollback(indexed.settings)
    assert (info.generation, info.documents) == ("0001", 3)
    assert CATS.strip() in {text for *_, text in contents(current.get())}


def test_what_was_gone_back_from_is_out_of_date(indexed: Library) -> None:
    rollback(indexed.settings)
    assert status(indexed.settings).updated == ("cats.txt",)


def test_the_next_build_goes_forward_again(indexed: Library) -> None:
    rollback(indexed.settings)
    report = indexed.build()
    assert report.updated == ("cats.txt",)
    assert indexed.find("What do cats do in water?") == "Cats swim."
    assert len(indexed.generations()) == 2


def test_the_name_of_what_was_gone_back_from_is_not_given_to_another(indexed: Library) -> None:
    rollback(indexed.settings)
    assert indexed.build().generation == "0003"
    assert indexed.generations() == ["0001", "0003"]


def test_nor_is_it_after_a_build_that_failed(indexed: Library) -> None:
    rollback(indexed.settings)

    def interrupt(stage: str, _done: int, _total: int) -> None:
        if stage == "publish":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        indexed.build(progress=interrupt)
    assert indexed.build().generation == "0003"


def test_one_can_go_back_once(indexed: Library) -> None:
    rollback(indexed.settings)
    with pytest.raises(IndexingError, match="no generation before 0001"):
        rollback(indexed.settings)
    assert indexed.find("What do cats do?") == CATS.strip()


def test_there_is_nothing_to_go_back_to_without_an_index(library: Library) -> None:
    with pytest.raises(IndexingError, match="no index"):
        rollback(library.settings)
    assert not library.index.exists()


@pytest.mark.parametrize("lost", ["manifest.sqlite", "seal.json"])
def test_a_damaged_generation_is_not_gone_back_to(indexed: Library, lost: str) -> None:
    (indexed.index / "generations" / "0001" / lost).unlink()
    with pytest.raises(IndexingError, match=rf"0001.*{lost} is"):
        rollback(indexed.settings)
    assert indexed.find("What do cats do in water?") == "Cats swim."


def test_a_generation_of_another_folder_is_not_gone_back_to_but_with_that_folder(
    indexed: Library, tmp_path: Path
) -> None:
    (tmp_path / "contracts").mkdir()
    (tmp_path / "contracts" / "lease.txt").write_text("The lease ends in May.\n")
    settings = indexed.settings.model_copy(update={"documents": tmp_path / "contracts"})
    replace(indexed, settings=settings).build()
    with pytest.raises(IndexingError, match=rf"0002 .* was built from the documents in {indexed.documents}"):
        rollback(settings)
    assert CurrentIndex(indexed.index, settings.documents).get().info.documents == 1
    assert rollback(indexed.settings).generation == "0002"


def test_a_generation_of_another_model_is_not_gone_back_to(indexed: Library) -> None:
    settings = indexed.settings.model_copy(update={"model": "another/model"})
    with pytest.raises(IndexingError, match=f"another embedding model, {indexed.settings.model}"):
        rollback(settings)
    assert indexed.find("What do cats do in water?") == "Cats swim."
