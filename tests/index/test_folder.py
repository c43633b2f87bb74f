"""Which files of the documents folder are documents, and what is said of the others."""

import os
import socket
from pathlib import Path

import pytest

from .conftest import CATS, Library


def test_unknown_kinds_of_file_are_named(library: Library) -> None:
    library.write("cat.heic", b"\0\1")
    library.write("Makefile", "all:\n")
    report = library.build()
    assert list(report.failed) == ["Makefile", "cat.heic"]
    assert ".heic" in report.failed["cat.heic"]
    assert report.documents == 3


@pytest.mark.parametrize(
    "source",
    [".hidden.txt", ".git/notes.txt", "cats.txt~", "~$cats.txt", "#cats.txt#", ".#cats.txt", "cats.txt.swp", "x.tmp"],
)
def test_hidden_and_temporary_files_are_passed_over(library: Library, source: str) -> None:
    library.write(source, CATS)
    report = library.build()
    assert report.documents == 3
    assert report.failed == {}


def test_a_link_out_of_the_folder_is_refused(library: Library, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("The secret is out.")
    (library.documents / "link.txt").symlink_to(tmp_path / "secret.txt")
    report = library.build()
    assert "out of the documents folder" in report.failed["link.txt"]
    assert "link.txt" not in report.added


def test_a_link_to_a_folder_outside_is_refused(library: Library, tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "secret.txt").write_text("The secret is out.")
    (library.documents / "folder").symlink_to(tmp_path / "outside")
    report = library.build()
    assert "out of the documents folder" in report.failed["folder"]
    assert report.documents == 3


def test_a_document_replaced_by_a_link_out_of_the_folder_answers_no_more(library: Library, tmp_path: Path) -> None:
    library.build()
    (library.documents / "cats.txt").rename(tmp_path / "cats.txt")
    (library.documents / "cats.txt").symlink_to(tmp_path / "cats.txt")
    report = library.build()
    assert report.removed == ("cats.txt",)
    assert list(report.failed) == ["cats.txt"]


def test_a_link_to_a_file_inside_is_read(library: Library) -> None:
    (library.documents / "felines.txt").symlink_to(library.documents / "cats.txt")
    assert "felines.txt" in library.build().added


def test_links_in_a_circle_end(library: Library) -> None:
    (library.documents / "pets" / "all").symlink_to(library.documents)
    (library.documents / "loop.txt").symlink_to(library.documents / "loop.txt")
    (library.documents / "nowhere.txt").symlink_to(library.documents / "nothing.txt")
    report = library.build()
    assert report.documents == 3
    assert sorted(report.failed) == ["loop.txt", "nowhere.txt", "pets/all"]


def test_what_is_no_file_is_named_and_not_waited_for(library: Library) -> None:
    os.mkfifo(library.documents / "pipe.txt")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(os.path.relpath(library.documents / "socket.txt"))
        report = library.build()
    assert sorted(report.failed) == ["pipe.txt", "socket.txt"]


def test_a_name_that_is_not_unicode_is_named(library: Library) -> None:
    Path(os.fsdecode(os.fsencode(library.documents) + b"/caf\xe9.txt")).write_text(CATS)
    report = library.build()
    assert list(report.failed) == ["caf\\udce9.txt"]
    assert report.documents == 3


def test_a_documents_folder_that_is_a_link_is_followed(library: Library, tmp_path: Path) -> None:
    library.documents.rename(tmp_path / "real")
    library.documents.symlink_to(tmp_path / "real")
    assert library.build().documents == 3
