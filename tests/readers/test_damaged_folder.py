"""A folder of damaged files beside good ones: each is indexed or named with a reason, and the good ones answer."""

import re
import shutil
from pathlib import Path
from typing import NamedTuple

import pytest

from assistant import Assistant
from assistant.readers import read_document
from assistant.types import IndexReport

from .damaged_files import LAUGHS, damaged_files

GOOD = {
    "japan-north-korea-summit.txt": ("How many of the abductees returned to Japan?", "Five abductees"),
    "talk-pandoc.pptx": ("How long did the longest queue last?", "ninety-three minutes"),
    "study-pandoc.docx": ("How large is the crew of a second ferry?", "a crew of eleven"),
    "study-pandoc.epub": ("What would the fixed bridge cost?", "86 million crowns"),
    "study-pandoc.html": ("How many households would rather wait for the bridge?", "61 per cent"),
    "study-pandoc.rst": ("How many people did the ferry carry in 2023?", "412,000 people"),
    "study-libreoffice.pdf": ("When was the longest queue measured?", "14 October 2023"),
    "budget.xlsx": ("How many passengers were there in June?", "47950"),
    "budget.csv": ("What was spent on the quay?", "88000"),
}
"""For each of the good files, a question, and words of what answers it."""

REASONS = {
    "empty": r"is empty; put text into it, or remove it",
    "blank": r"is empty; put text into it, or remove it",
    "random": r"; save it as UTF-8 text, or remove it|is damaged, or is not an? .*\. Open it in its own program",
    "truncated-0.5-budget.xlsx": r"is damaged, or is not an Excel workbook\. Open it in its own program",
    "misnamed-columns.pdf": r"is not .*\. It looks like a PDF file: name it \.pdf\.",
    "bomb": r"unpacks to 60 megabytes, .* or raise ASSISTANT_FILE_UNPACKED_MEGABYTES",
    "liar": r"is damaged, or is not an? .*\. Open it in its own program",
    "locked": r"is protected by a password; save it without one",
    "password.pdf": r"is protected by a password; save it without one",
    "password.docx": r"is not a Word document\. .* save it without a password",
    "nested.html": r"nested too deeply to be read; save it in a simpler form",
    "sound.mp3": r"\.mp3 is not a kind of document that can be read; if it has text in it, save that",
    "laughs.svg": r"\.svg is not a kind of document that can be read; if it has text in it, save that",
    "no-ending": r"without an ending is not a kind of document that can be read; if it has text in it, save that",
}
"""What is said of files whose names begin so; of all of them, the whole of it."""

ADVICE = re.compile(r"; \w|\. (?:Open|It looks like) ")


class Folder(NamedTuple):
    """What became of the folder."""

    path: Path
    assistant: Assistant
    report: IndexReport


@pytest.fixture(scope="module")
def folder(data: Path, analysis: Path, tmp_path_factory: pytest.TempPathFactory) -> Folder:
    """The good files and the damaged ones, indexed together."""
    path = tmp_path_factory.mktemp("folder")
    shutil.copy(analysis, path)
    for name in GOOD.keys() - {analysis.name}:
        shutil.copy(data / name, path)
    for name, content in damaged_files(data):
        (path / name).write_bytes(content)
    assistant = Assistant(path, tmp_path_factory.mktemp("index"), file_unpacked_megabytes=50)
    return Folder(path, assistant, assistant.reindex())


def test_every_file_is_indexed_or_named_with_a_reason(folder: Folder) -> None:
    added, failed = set(folder.report.added), set(folder.report.failed)
    assert added | failed == {path.name for path in folder.path.iterdir()}
    assert not added & failed


def test_each_reason_says_what_to_do(folder: Folder) -> None:
    assert {name: reason for name, reason in folder.report.failed.items() if not ADVICE.search(reason)} == {}


def test_no_file_brought_its_reader_down(folder: Folder) -> None:
    assert not re.search("crash|took longer", "\n".join(folder.report.failed.values()))


@pytest.mark.parametrize("beginning", REASONS)
def test_reason_fits_the_damage(folder: Folder, beginning: str) -> None:
    names = [path.name for path in folder.path.iterdir() if path.name.startswith(beginning)]
    assert names
    for name in names:
        assert re.search(REASONS[beginning], folder.report.failed.get(name, "it was read")), name


@pytest.mark.parametrize("name", GOOD)
def test_good_file_beside_them_is_found(folder: Folder, name: str) -> None:
    question, words = GOOD[name]
    passages = folder.assistant.retrieve(question, k=3, sources=[name])
    assert any(words in passage.text for passage in passages)


def test_good_file_beside_them_answers(folder: Folder) -> None:
    answer = folder.assistant.ask("How many of the abductees returned to Japan?")
    assert "Five abductees later returned to Japan" in " ".join(citation.quote for citation in answer.citations)


def test_good_files_are_read_as_they_are_alone(folder: Folder) -> None:
    for name in GOOD:
        alone = read_document(folder.path / name, name, folder.assistant.settings)
        assert folder.assistant.document(name) == alone


def test_text_in_a_legacy_encoding_is_found(folder: Folder) -> None:
    texts = {document.source for document in folder.assistant.documents() if document.source.startswith("encoding-")}
    assert len(texts) > 100
    assert "Die Fähre zwischen den beiden Häfen" in folder.assistant.document("encoding-german-cp437.txt").text


def test_nothing_that_an_entity_stands_for_is_read(folder: Folder) -> None:
    hostile = [name for name in folder.report.added if name.startswith(("laughs", "entity"))]
    assert hostile
    for name in hostile:
        text = folder.assistant.document(name).text
        assert "root:" not in text
        assert len(text) < 10 * len(LAUGHS)
