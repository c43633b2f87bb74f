"""A disk that is full, or that cannot be written to, costs a build and nothing else."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from assistant.errors import IndexingError
from assistant.index import rollback
from assistant.index.vectors import Vectors

from ..conftest import no_file_longer_than
from .conftest import CATS, Library, contents

PROJECT = Path(__file__).parents[2]
CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH, PR_CAPBSET_DROP = 1, 2, 24


@dataclass(frozen=True)
class Disk:
    """A disk of its own, mounted where that is allowed."""

    folder: Path
    mounted: bool

    @contextmanager
    def with_room_for(self, size: int) -> Iterator[None]:
        """Leaves so many bytes; on a disk that others use, no file may become longer than that."""
        if not self.mounted:
            with no_file_longer_than(size):
                yield
            return
        filler = self.folder / "filler"
        free = shutil.disk_usage(self.folder).free
        filler.write_bytes(bytes(max(0, free - size)))
        try:
            yield
        finally:
            filler.unlink()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Disk]:
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=16m", "none", str(folder)]
    mounted = bool(shutil.which("mount")) and subprocess.run(mount, check=False, capture_output=True).returncode == 0
    yield Disk(folder, mounted)
    if mounted:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


@pytest.fixture
def no_disk(tmp_path: Path) -> Disk:
    (tmp_path / "disk").mkdir()
    return Disk(tmp_path / "disk", mounted=False)


@pytest.fixture(params=["small_disk", "no_disk"])
def disk(request: pytest.FixtureRequest) -> Disk:
    """A small disk of its own, and one on which files cannot grow: errors from the operating system itself."""
    return request.getfixturevalue(request.param)  # type: ignore[no-any-return]


@pytest.fixture
def on_disk(library: Library, disk: Disk) -> Library:
    """A library whose index is on that disk, built once and about to change."""
    library = replace(library, settings=library.settings.model_copy(update={"index": disk.folder / "index"}))
    library.build()
    library.write("cats.txt", "Cats swim.\n")
    library.write("new.txt", "Eels wander. " * 300)
    return library


def failure(library: Library) -> str | None:
    """What is said where the index cannot be built."""
    try:
        library.build()
    except IndexingError as error:
        return str(error)
    return None


def test_a_full_disk_leaves_the_last_good_index_and_nothing_half_built(on_disk: Library, disk: Disk) -> None:
    before, failures = contents(on_disk.open()), 0
    for kilobytes in (0, 1, 4, 16, 64, 120, 160, 200, 240, 300, 400, 600, 800):
        with disk.with_room_for(1024 * kilobytes):
            said = failure(on_disk)
            if said is None:
                break
            assert re.search(rf"{on_disk.index}.*(No space left|full|too large|I/O error)", said)
            assert contents(on_disk.open()) == before
        failures += 1
        assert on_disk.generations() == ["0001"]
        assert {path.name for path in on_disk.index.iterdir()} == {"CURRENT", "generations", "lock"}
    assert failures >= 4
    on_disk.build()
    assert on_disk.find("What do cats do in water?") == "Cats swim."
    contents(on_disk.open())
    assert not on_disk.build().published


def test_the_first_build_on_a_full_disk_leaves_nothing(library: Library, disk: Disk) -> None:
    library = replace(library, settings=library.settings.model_copy(update={"index": disk.folder / "index"}))
    for kilobytes in (0, 8, 60, 130):
        with disk.with_room_for(1024 * kilobytes), pytest.raises(IndexingError):
            library.build()
        assert not (library.index / "generations").exists() or library.generations() == []
    assert library.build().published
    contents(library.open())


def test_a_full_disk_leaves_no_half_of_what_names_the_server(disk: Disk) -> None:
    with disk.with_room_for(0), pytest.raises(OSError, match=r"No space left|too large"):
        Vectors.create(disk.folder, "http://127.0.0.1:9")
    assert list(disk.folder.iterdir()) == []


def test_every_file_and_folder_of_a_generation_is_brought_to_the_disk(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced, fsync = set(), os.fsync

    def note(descriptor: int) -> None:
        synced.add(os.fstat(descriptor).st_ino)
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", note)
    library.build()
    generations = library.index / "generations"
    assert [path for path in (generations, *generations.rglob("*")) if path.stat().st_ino not in synced] == []


def test_a_file_that_goes_away_while_vectors_are_opened_or_copied_is_in_nobodys_way(
    library: Library, caplog: pytest.LogCaptureFixture
) -> None:
    library.build()
    vectors = next((library.index / "generations" / "0001" / "vectors").iterdir())
    (vectors / "chroma.sqlite3-journal").symlink_to("gone")
    library.write("cats.txt", "Cats swim.\n")
    assert library.build().updated == ("cats.txt",)
    assert library.find("What do cats do in water?") == "Cats swim."
    (vectors / "chroma.sqlite3-journal").unlink()
    (vectors / "other").symlink_to("gone")
    assert rollback(library.settings).generation == "0001"
    assert library.find("When do cats sleep?") == CATS.strip()
    assert caplog.text == ""


READ_ONLY = """
import sys
from pathlib import Path
from assistant.errors import IndexingError
from assistant.embedding import Embedder
from assistant.index import CurrentIndex, build, rollback
from assistant.settings import Settings

settings = Settings.load(documents=Path(sys.argv[1]), index=Path(sys.argv[2]))
for change in (lambda: build(settings, Embedder), lambda: rollback(settings)):
    try:
        change()
    except IndexingError as error:
        print(error)
generation = CurrentIndex(settings.index, settings.documents).get()
passages = generation.passages(generation.nearest(Embedder().embed_query("What do cats do?"), 1, None))
print(passages[0].text)
"""


def without_privileges() -> None:
    """Permissions hold for everyone but the superuser: what lets it pass over them is taken from the process."""
    import ctypes

    for capability in (CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH):
        ctypes.CDLL(None).prctl(PR_CAPBSET_DROP, capability, 0, 0, 0)


def test_a_folder_without_write_permission_answers_and_says_why_it_is_not_built(library: Library) -> None:
    library.build()
    library.write("cats.txt", "Cats swim.\n")
    library.build()
    library.write("cats.txt", "Cats fly.\n")
    tree = [library.index, *library.index.rglob("*")]
    before = {path: path.stat() for path in tree}
    for path in tree:
        path.chmod(path.stat().st_mode & ~0o222)
    try:
        result = subprocess.run(
            [sys.executable, "-c", READ_ONLY, library.documents, library.index],
            check=False,
            capture_output=True,
            text=True,
            env={**os.environ, "PYTHONPATH": str(PROJECT)},
            preexec_fn=without_privileges,
        )
    finally:
        for path in tree:
            path.chmod(before[path].st_mode)
    assert result.returncode == 0, result.stderr
    built, rolled_back, answer = result.stdout.splitlines()
    assert built == rolled_back == f"The index folder {library.index} cannot be written to (Permission denied)."
    assert answer == "Cats swim."
    assert {path: (path.stat().st_mtime_ns, path.stat().st_size) for path in tree} == {
        path: (state.st_mtime_ns, state.st_size) for path, state in before.items()
    }
    assert library.build().updated == ("cats.txt",)


def test_an_index_folder_that_cannot_be_made_is_said(library: Library, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    library = replace(library, settings=library.settings.model_copy(update={"index": tmp_path / "file" / "index"}))
    with pytest.raises(IndexingError, match="cannot be written to"):
        library.build()
    with pytest.raises(IndexingError, match="cannot be written to"):
        rollback(library.settings)
