"""The index follows the documents folder."""

import queue
import shutil
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.index import watch
from assistant.index.lock import building_lock
from assistant.types import IndexReport

from .conftest import CATS, DOGS, Library

PATIENCE = 60
"""Seconds after which something that should have happened has not."""


class Watching:
    """A thread that follows a library, what it reported, and how often it built."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.builds = 0
        self.stop = threading.Event()
        self.reports: queue.Queue[IndexReport] = queue.Queue()
        self.thread = threading.Thread(target=self.run)
        self.thread.start()

    def run(self) -> None:
        for report in watch(self.library.settings, self.build, self.stop):
            self.reports.put(report)

    def build(self) -> IndexReport:
        try:
            return self.library.build()
        finally:
            self.builds += 1  # only now, or what is written next may be read while it is written

    def next(self) -> IndexReport:
        return self.reports.get(timeout=PATIENCE)

    def wait_until(self, so: Callable[[], bool]) -> None:
        while not so():
            assert self.thread.is_alive()
            self.stop.wait(0.05)

    def end(self) -> None:
        self.stop.set()
        self.thread.join(PATIENCE)
        assert not self.thread.is_alive()


@pytest.fixture
def slow_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """A burst may pause for long, as it does on a busy machine."""
    monkeypatch.setattr(sys.modules[watch.__module__], "QUIET", 2_000)


@pytest.fixture
def watching(library: Library) -> Iterator[Watching]:
    watching = Watching(library)
    try:
        assert watching.next().added == ("bees.md", "cats.txt", "pets/dogs.txt")
        yield watching
    finally:
        watching.end()


def test_a_saved_document_is_indexed(watching: Watching) -> None:
    watching.library.write("cats.txt", "Cats swim.\n")
    assert watching.next().updated == ("cats.txt",)
    assert watching.library.find("What do cats do in water?") == "Cats swim."


def test_a_file_that_cannot_be_read_is_told_once(watching: Watching) -> None:
    watching.library.write("photo.jpg", b"\xff\xd8")
    report = watching.next()
    assert (list(report.failed), report.published) == (["photo.jpg"], False)
    builds = watching.builds
    watching.library.write("cats.txt", CATS, age=5)
    watching.wait_until(lambda: watching.builds > builds)
    watching.library.write("cats.txt", "Cats swim.\n")
    assert watching.next().updated == ("cats.txt",)


def test_a_document_in_a_new_folder_is_indexed(watching: Watching) -> None:
    watching.library.write("new/deep/eels.txt", "Eels swim.\n")
    assert watching.next().added == ("new/deep/eels.txt",)


def test_an_editors_way_of_saving_is_one_change(watching: Watching) -> None:
    builds = watching.builds
    folder = watching.library.documents
    (folder / ".cats.txt.swp").write_text("x")
    (folder / "cats.txt~").write_text(CATS)
    (folder / "cats.txt.tmp").write_text("Cats swim.\n")
    (folder / "cats.txt.tmp").replace(folder / "cats.txt")
    (folder / "cats.txt~").unlink()
    assert watching.next().updated == ("cats.txt",)
    assert watching.builds == builds + 1


@pytest.mark.usefixtures("slow_disk")
def test_a_copied_tree_settles_into_one_build(watching: Watching, tmp_path: Path) -> None:
    builds = watching.builds
    for number in range(60):
        (tmp_path / "tree" / f"{number % 6}").mkdir(parents=True, exist_ok=True)
        (tmp_path / "tree" / f"{number % 6}" / f"{number}.txt").write_text(f"Cat number {number} sleeps.\n")
    shutil.copytree(tmp_path / "tree", watching.library.documents / "tree")
    assert len(watching.next().added) == 60
    assert watching.builds == builds + 1


def test_a_folder_that_goes_away_and_comes_back_is_followed_again(
    watching: Watching, caplog: pytest.LogCaptureFixture
) -> None:
    documents = watching.library.documents
    documents.rename(documents.with_name("unmounted"))
    documents.mkdir()
    watching.wait_until(lambda: "it is looked for" in caplog.text)
    assert watching.library.find("When do cats sleep?") == CATS.strip()
    documents.rmdir()
    documents.with_name("unmounted").rename(documents)
    watching.library.write("cats.txt", "Cats swim.\n")
    assert watching.next().updated == ("cats.txt",)
    watching.library.write("cats.txt", "Cats fly.\n")
    assert watching.next().updated == ("cats.txt",)


def test_a_link_that_leads_to_another_folder_is_followed_there(library: Library, tmp_path: Path) -> None:
    library.documents.rename(tmp_path / "spring")
    shutil.copytree(tmp_path / "spring", tmp_path / "autumn")
    (tmp_path / "autumn" / "cats.txt").write_text("Cats swim.\n")
    library.documents.symlink_to(tmp_path / "spring")
    watching = Watching(library)
    try:
        watching.next()
        (tmp_path / "link").symlink_to(tmp_path / "autumn")
        (tmp_path / "link").replace(library.documents)
        assert watching.next().updated == ("cats.txt",)
        library.write("cats.txt", "Cats fly.\n")
        assert watching.next().updated == ("cats.txt",)
    finally:
        watching.end()


def test_a_folder_that_is_deleted_and_made_anew_is_followed_again(watching: Watching) -> None:
    shutil.rmtree(watching.library.documents)
    watching.library.write("dogs.txt", DOGS)
    report = watching.next()
    while report.added != ("dogs.txt",) and report.renamed != {"pets/dogs.txt": "dogs.txt"}:
        report = watching.next()
    watching.library.write("dogs.txt", "Dogs swim.\n")
    assert watching.next().updated == ("dogs.txt",)


@pytest.mark.usefixtures("slow_disk")
def test_a_build_that_fails_is_not_the_end(watching: Watching, caplog: pytest.LogCaptureFixture) -> None:
    for source in ("cats.txt", "pets/dogs.txt", "bees.md"):
        (watching.library.documents / source).unlink()
    watching.wait_until(lambda: "--allow-empty" in caplog.text)
    watching.library.write("cats.txt", "Cats swim.\n")
    assert watching.next().updated == ("cats.txt",)


def test_a_build_that_failed_is_tried_again_though_nothing_changes(
    watching: Watching, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.modules[watch.__module__], "RETRY", 0)
    with building_lock(watching.library.index, 0):
        watching.library.write("cats.txt", "Cats swim.\n")
        watching.wait_until(lambda: "is being built by" in caplog.text)
    assert watching.next().updated == ("cats.txt",)


def test_a_folder_that_is_not_there_yet_is_waited_for(library: Library) -> None:
    library.documents.rename(library.documents.with_name("later"))
    watching = Watching(library)
    try:
        with pytest.raises(queue.Empty):
            watching.reports.get(timeout=0.3)
        library.documents.with_name("later").rename(library.documents)
        assert len(watching.next().added) == 3
    finally:
        watching.end()


def test_documents_that_lie_inside_the_index_folder_are_followed(library: Library) -> None:
    settings = library.settings.model_copy(update={"index": library.documents.parent})
    watching = Watching(replace(library, settings=settings))
    try:
        watching.next()
        library.write("cats.txt", "Cats swim.\n")
        assert watching.next().updated == ("cats.txt",)
    finally:
        watching.end()
