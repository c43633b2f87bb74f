"""An index whose files were lost or changed by something else."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.errors import IndexingError
from assistant.index import CurrentIndex, status

from .conftest import CATS, Library, contents


def garble(path: Path) -> None:
    content = bytearray(path.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 64] = bytes(255 - byte for byte in content[middle : middle + 64])
    path.write_bytes(content)


def truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


DAMAGE: list[Callable[[Path], None]] = [garble, truncate, Path.unlink]


@pytest.fixture
def indexed(library: Library) -> Library:
    """A library of two generations: in the second one, cats swim."""
    library.build()
    library.write("cats.txt", "Cats swim.\n")
    library.build()
    return library


def current(library: Library, pattern: str) -> Path:
    return next((library.index / "generations" / "0002").glob(pattern))


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_manifest_leaves_the_generation_before_it_answering(
    indexed: Library, damage: Callable[[Path], None]
) -> None:
    damage(current(indexed, "manifest.sqlite"))
    assert indexed.open().info.generation == "0001"
    assert indexed.find("What do cats do?") == CATS.strip()
    assert status(indexed.settings).stale


@pytest.mark.parametrize("damage", DAMAGE)
@pytest.mark.parametrize("file", ["manifest.sqlite", "seal.json", "**/chroma.sqlite3", "**/data_level0.bin"])
def test_the_next_build_mends_what_is_damaged(indexed: Library, file: str, damage: Callable[[Path], None]) -> None:
    damage(current(indexed, file))
    assert indexed.build().published
    assert indexed.find("What do cats do in water?") == "Cats swim."
    contents(indexed.open())
    assert not indexed.build().published
    assert not status(indexed.settings).stale


@pytest.mark.parametrize("damage", DAMAGE)
@pytest.mark.parametrize("file", ["chroma.sqlite3", "data_level0.bin", "index_metadata.pickle"])
def test_damaged_vectors_change_no_answer_and_need_no_model(
    indexed: Library, file: str, damage: Callable[[Path], None]
) -> None:
    expected = contents(indexed.open())
    damage(current(indexed, f"**/{file}"))
    assert contents(indexed.open()) == expected
    assert status(indexed.settings).rebuild
    assert indexed.build().embedded == 0


def test_an_index_without_any_whole_generation_says_so_and_is_rebuilt(indexed: Library) -> None:
    for manifest in indexed.index.glob("generations/*/manifest.sqlite"):
        garble(manifest)
    with pytest.raises(IndexingError, match=r"is damaged.*assistant index"):
        CurrentIndex(indexed.index, indexed.documents).get()
    with pytest.raises(IndexingError, match="is damaged"):
        status(indexed.settings)
    assert indexed.build().embedded == 3
    assert indexed.find("What do cats do in water?") == "Cats swim."


@pytest.mark.parametrize("pointer", [None, "", "0099\n", "../..\n", "\0\xff"])
def test_a_damaged_pointer_finds_the_newest_generation(indexed: Library, pointer: str | None) -> None:
    if pointer is None:
        (indexed.index / "CURRENT").unlink()
    else:
        (indexed.index / "CURRENT").write_text(pointer)
    assert indexed.find("What do cats do in water?") == "Cats swim."
    assert not indexed.build().published
    assert (indexed.index / "CURRENT").read_text() == "0002\n"


@pytest.mark.parametrize("number", [1, 99])
def test_a_generation_of_another_format_is_rebuilt(indexed: Library, number: int) -> None:
    for seal in indexed.index.glob("generations/*/seal.json"):
        seal.write_text(re.sub(r'"format": \d+', f'"format": {number}', seal.read_text()))
    with pytest.raises(IndexingError, match=r"written by another version.*assistant index"):
        CurrentIndex(indexed.index, indexed.documents).get()
    assert indexed.build().embedded == 3
    contents(indexed.open())


def test_an_index_that_was_never_built_says_what_to_do(library: Library) -> None:
    for ask in (lambda: status(library.settings), CurrentIndex(library.index, library.documents).get):
        with pytest.raises(IndexingError, match=r"no index in .* yet.*assistant index"):
            ask()


def test_an_index_that_is_deleted_is_built_again(indexed: Library) -> None:
    shutil.rmtree(indexed.index)
    assert indexed.build().generation == "0001"
    assert indexed.find("What do cats do in water?") == "Cats swim."


@pytest.mark.parametrize("content", ["", "{", "[]", "{}", "\0"])
def test_half_built_vectors_whose_server_is_not_known_are_swept(
    indexed: Library, content: str, caplog: pytest.LogCaptureFixture
) -> None:
    vectors = indexed.index / "generations" / "0003.building" / "vectors" / "half"
    vectors.mkdir(parents=True)
    (vectors / "server.json").write_text(content)
    assert not indexed.build().published
    assert indexed.generations() == ["0001", "0002"]
    assert "server.json cannot be read" in caplog.text
