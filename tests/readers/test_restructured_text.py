from pathlib import Path

import pytest

from .conftest import Parse, Read


def test_document_made_by_pandoc_is_read(read: Read) -> None:
    study = read("study-pandoc.rst")
    assert study.headings == [
        (1, "The Harbour Crossing Study"),
        (2, "Why a bridge"),
        (2, "What it costs"),
        (3, "Building"),
        (3, "Running"),
        (2, "What people think"),
    ]
    assert study.lines("table")[1] == "Crossing: Tunnel; Cost in millions: 210; Years: 9"
    assert study.lines("footnote") == ["The longest queue was measured on 14 October 2023: ninety-three minutes."]
    assert study.heading("The longest queue was measured") == "Why a bridge"
    document = study.document
    assert (document.title, document.author, document.date) == ("The Harbour Crossing Study", "Ada Quist", "2024-03-18")


def test_marks_inside_a_line_are_left_out(parsed: Parse) -> None:
    assert parsed("a.rst", "The *ferry* sails at ``noon``, see `the plan <http://x.example>`_.").text == (
        "The ferry sails at noon, see the plan."
    )


@pytest.mark.parametrize(
    "directive",
    [".. include:: secret.txt", ".. raw:: html\n   :file: secret.txt", ".. csv-table::\n   :file: secret.txt"],
)
def test_other_files_are_never_read(parsed: Parse, working_folder: Path, directive: str) -> None:
    (working_folder / "secret.txt").write_text("secret")
    assert parsed("a.rst", f"The ferry sails.\n\n{directive}\n").text == "The ferry sails."


def test_mistakes_are_read_over(parsed: Parse) -> None:
    assert "It sails on." in parsed("a.rst", "Title\n==\n\n*open\n\n.. nonsense::\n\nIt sails on.\n").text


def test_words_in_roles_and_directives_of_other_programs_are_read(parsed: Parse) -> None:
    text = (
        "See :ref:`the quay <quay>` and :class:`~harbour.Ferry`.\n\n.. toctree::\n   :maxdepth: 2\n\n   quay\n\n"
        ".. versionadded:: 3.2\n   It *sails*.\n\n.. seealso::\n   :class: x\n\n   The bridge.\n\n   - a tunnel\n\n"
        ".. function:: sail(to)\n\n   Sails :doc:`there`.\n"
    )
    reading = parsed("a.rst", text)
    assert reading.lines() == [
        "See the quay and Ferry.",
        "Added in version 3.2",
        "It sails.",
        "The bridge.",
        "a tunnel",
        "sail(to)",
        "Sails there.",
    ]
    assert reading.kind("a tunnel") == "list"


def test_nothing_is_included_from_other_files(parsed: Parse) -> None:
    text = "".join(
        f".. {name}\n   :file: /etc/passwd\n\n" for name in ("raw:: html", "csv-table::", "include:: /etc/passwd")
    )
    assert parsed("a.rst", f"The ferry.\n\n{text}").lines() == ["The ferry."]
