"""An index is of one documents folder, and answers for no other."""

import os
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.errors import IndexingError
from assistant.index import CurrentIndex, status

from .conftest import CATS, Library, contents


@pytest.fixture
def indexed(library: Library) -> Library:
    library.build()
    return library


def of(library: Library, documents: Path, index: Path | None = None) -> Library:
    """The same library with other folders."""
    folders = {"documents": documents, "index": index or library.index}
    return replace(library, settings=library.settings.model_copy(update=folders))


def asked(library: Library) -> set[str]:
    """The documents that are answered from."""
    return {source for source, *_ in contents(CurrentIndex(library.index, library.documents).get())}


def test_the_index_of_another_folder_is_refused_and_both_are_named(indexed: Library, tmp_path: Path) -> None:
    contracts = of(indexed, tmp_path / "contracts")
    contracts.write("lease.txt", "The lease ends in May.\n")
    with pytest.raises(IndexingError) as refused:
        asked(contracts)
    assert str(indexed.documents) in str(refused.value)
    assert f"`assistant index --documents {contracts.documents}`" in str(refused.value)
    assert "name another index folder" in str(refused.value)


def test_another_index_folder_is_the_other_folders_own(indexed: Library, tmp_path: Path) -> None:
    contracts = of(indexed, tmp_path / "contracts", tmp_path / "index of contracts")
    contracts.write("lease.txt", "The lease ends in May.\n")
    contracts.build()
    assert asked(contracts) == {"lease.txt"}
    assert asked(indexed) == {"bees.md", "cats.txt", "pets/dogs.txt"}


def test_a_build_brings_the_index_to_the_other_folder(indexed: Library, tmp_path: Path) -> None:
    contracts = of(indexed, tmp_path / "contracts")
    contracts.write("lease.txt", "The lease ends in May.\n")
    report = contracts.build()
    assert (report.added, report.removed) == (("lease.txt",), ("bees.md", "cats.txt", "pets/dogs.txt"))
    assert asked(contracts) == {"lease.txt"}
    with pytest.raises(IndexingError, match=str(contracts.documents)):
        asked(indexed)


@pytest.mark.parametrize("full", [False, True])
def test_a_document_that_cannot_be_read_is_not_answered_from_its_namesake(
    indexed: Library, tmp_path: Path, full: bool
) -> None:
    contracts = of(indexed, tmp_path / "contracts")
    contracts.write("lease.txt", "The lease ends in May.\n")
    contracts.write("cats.txt", "")
    report = contracts.build(full=full)
    assert list(report.failed) == ["cats.txt"]
    assert asked(contracts) == {"lease.txt"}


def test_a_namesake_of_the_same_length_and_time_is_read(
    indexed: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.index.changes._SETTLED", -(10**15))
    contracts = of(indexed, tmp_path / "contracts")
    other = CATS.replace("cats", "bats").replace("Cats", "Bats")
    state = indexed.write("cats.txt", CATS, age=-3600).stat()  # a time that no later change moves
    indexed.build(full=True)
    os.utime(contracts.write("cats.txt", other), ns=(state.st_atime_ns, state.st_mtime_ns))
    contracts.build()
    current = CurrentIndex(contracts.index, contracts.documents).get()
    assert {text for *_, text in contents(current)} == {other.strip()}


def test_a_folder_that_was_moved_is_another_until_the_next_build(indexed: Library, tmp_path: Path) -> None:
    moved = of(indexed, tmp_path / "elsewhere" / "papers")
    moved.documents.parent.mkdir()
    indexed.documents.rename(moved.documents)
    assert status(moved.settings).rebuild == "the documents folder is another one"
    with pytest.raises(IndexingError, match="was built from the documents in"):
        asked(moved)
    report = moved.build()
    assert (report.published, report.embedded, len(report.unchanged)) == (True, 0, 3)
    assert asked(moved) == {"bees.md", "cats.txt", "pets/dogs.txt"}
    assert not status(moved.settings).stale
    assert not moved.build().published


def test_a_project_that_is_moved_as_a_whole_goes_on(indexed: Library, tmp_path: Path) -> None:
    shutil.copytree(indexed.documents, tmp_path / "copy" / "documents")
    shutil.copytree(indexed.index, tmp_path / "copy" / "index")
    copy = of(indexed, tmp_path / "copy" / "documents", tmp_path / "copy" / "index")
    assert asked(copy) == {"bees.md", "cats.txt", "pets/dogs.txt"}
    assert not copy.build().published


def test_however_the_folder_is_named_it_is_the_same(
    indexed: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "link").symlink_to(indexed.documents)
    assert asked(of(indexed, tmp_path / "link"))
    monkeypatch.chdir(indexed.documents)
    assert asked(of(indexed, Path(), Path("../index")))


def test_a_folder_whose_name_is_not_unicode_can_be_indexed(library: Library, tmp_path: Path) -> None:
    strange = of(library, Path(f"{tmp_path}/caf\udce9"))
    strange.write("cats.txt", CATS)
    strange.build()
    assert asked(strange) == {"cats.txt"}


def test_what_is_open_goes_on_answering_when_the_index_is_taken_for_another_folder(
    indexed: Library, tmp_path: Path
) -> None:
    current = CurrentIndex(indexed.index, indexed.documents)
    current.get()
    contracts = of(indexed, tmp_path / "contracts")
    contracts.write("lease.txt", "The lease ends in May.\n")
    contracts.build()
    assert CATS.strip() in {text for *_, text in contents(current.get())}
    indexed.build()
    assert current.get().info.generation == "0003"
