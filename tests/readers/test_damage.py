"""Damaged files: whatever the bytes, there is a document whose offsets hold, or an error that names the file."""

import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.errors import DocumentError
from assistant.readers import SUFFIXES, read_document
from assistant.readers.formats import EXTRACTED
from assistant.readers.limits import Limits
from assistant.readers.sandbox import Sandbox
from assistant.settings import Settings

from .conftest import Reading

DATA = Path(__file__).parent.parent / "data"
FILES = sorted(path for path in DATA.iterdir() if path.suffix in SUFFIXES)
LIMITS = Limits(seconds=30, memory_megabytes=2000)


ReadOrReport = Callable[[str, bytes], str | None]


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    sandbox = Sandbox()
    yield sandbox
    sandbox.close()


@pytest.fixture(scope="module")
def read_or_report(sandbox: Sandbox, tmp_path_factory: pytest.TempPathFactory) -> ReadOrReport:
    """Reads bytes as a file: a document that holds together, or a report that is not about a crash."""
    folder = tmp_path_factory.mktemp("damaged")

    def read(name: str, content: bytes) -> str | None:
        (folder / name).write_bytes(content)
        try:
            Reading(sandbox.parse_file(folder / name, name, LIMITS)).check()
        except DocumentError as error:
            reason = str(error)
        else:
            return None
        assert name in reason
        assert "crash" not in reason
        assert name.endswith(tuple(EXTRACTED)) or "damaged" not in reason  # any text can be read
        assert "took longer" not in reason
        return reason

    return read


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_truncated_file_is_read_or_reported(read_or_report: ReadOrReport, path: Path) -> None:
    whole = path.read_bytes()
    for part in (0.01, 0.1, 0.3, 0.5, 0.9, 0.99):
        read_or_report(path.name, whole[: int(len(whole) * part)] or b"?")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_file_with_wrong_bytes_is_read_or_reported(read_or_report: ReadOrReport, path: Path) -> None:
    chance = random.Random(path.name)
    for count in (1, 1, 3, 10, 30, 100):
        content = bytearray(path.read_bytes())
        for _ in range(count):
            content[chance.randrange(len(content))] = chance.randrange(256)
        read_or_report(path.name, bytes(content))


@pytest.mark.parametrize("suffix", sorted(SUFFIXES))
def test_file_under_a_wrong_name_is_read_or_reported(read_or_report: ReadOrReport, suffix: str) -> None:
    for path in FILES:
        read_or_report(f"wrong{suffix}", path.read_bytes())


def test_file_of_another_kind_is_told_its_name(read_or_report: ReadOrReport) -> None:
    content = (DATA / "columns.pdf").read_bytes()
    assert "name it .pdf" in (read_or_report("report.docx", content) or "")


@pytest.mark.parametrize("suffix", sorted(SUFFIXES))
@settings(max_examples=60)
@given(content=st.binary(max_size=2000))
def test_random_bytes_are_read_or_reported(read_or_report: ReadOrReport, suffix: str, content: bytes) -> None:
    read_or_report(f"random{suffix}", content)


TOKENS = {
    ".txt": [
        "Title\n",
        "===\n",
        "---\n",
        "\n",
        "1. One\n",
        "== A ==\n",
        "- item\n",
        f"{'Words and words. ' * 6}\n",
        "A  B\n",
    ],
    ".md": ["# ", "- ", "> ", "|", "\n", "```", "*", "[a](b)", "---", "word ", "    ", "<b>", "1. ", "===\n"],
    ".rst": [
        "==\n",
        "* ",
        "\n\n",
        ".. ",
        "note::",
        "`a`_",
        "::",
        "|",
        "+--+",
        "word ",
        "   ",
        ":a: ",
        ".. [1] ",
        "[1]_",
    ],
    ".html": [
        *(
            "<p>",
            "</p>",
            "<ul><li>",
            "</ul>",
            "<table><tr>",
            "<td>",
            "</table>",
            "word ",
            "<h2>",
            "</h2>",
            "<br>",
            "<!--",
        ),
        *("<pre>", "<sup><a href='#a'>1</a></sup>", "<main>", "<nav>", "&amp;", "<svg>", "<![CDATA[", "<?x?>", "é"),
    ],
    ".csv": ["a", ",", ";", "\t", '"', "\n", "12", " ", "'", "|", "\r"],
    ".eml": [
        *("From: a@b\n", "Subject: ", "=?utf-8?q?=C3?=", "\n", "Content-Type: multipart/mixed; boundary=x\n", "--x\n"),
        *(
            "word ",
            "Content-Type: text/html\n",
            "Content-Transfer-Encoding: base64\n",
            "charset=",
            "Date: Mon\n",
            ";",
            "é",
        ),
    ],
}


@pytest.mark.parametrize("suffix", TOKENS)
@settings(max_examples=150)
@given(data=st.data())
def test_any_marks_are_read_or_reported(read_or_report: ReadOrReport, suffix: str, data: st.DataObject) -> None:
    tokens = data.draw(st.lists(st.sampled_from(TOKENS[suffix]), max_size=60))
    read_or_report(f"marks{suffix}", "".join(tokens).encode())


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("deep.html", "<div>" * 100_000 + "word"),
        ("deep.md", "> " * 20_000 + "word"),
        ("list.md", "".join(f"{' ' * n}- a\n" for n in range(2000))),
        ("brackets.md", "[" * 50_000),
        ("deep.rst", "".join(f"{' ' * n}* a\n\n" for n in range(300))),
        ("quotes.csv", '"' * 100_001),
        ("deep.eml", "From: a@b\n" + "Content-Type: message/rfc822\n\n" * 3000),
        ("parts.eml", "From: a@b\nContent-Type: multipart/mixed; boundary=x\n\n" + "--x\n" * 20_000),
    ],
)
def test_deep_nesting_is_read_or_reported(read_or_report: ReadOrReport, name: str, content: str) -> None:
    read_or_report(name, content.encode())


def test_document_beside_a_damaged_one_is_read(tmp_path: Path) -> None:
    (tmp_path / "bad.pdf").write_bytes(b"%PDF-1.7\nnothing")
    (tmp_path / "good.html").write_text("<p>The ferry sails.</p>")
    with pytest.raises(DocumentError, match=r"bad\.pdf is damaged, or is not a PDF file"):
        read_document(tmp_path / "bad.pdf", "bad.pdf", Settings.load())
    assert read_document(tmp_path / "good.html", "good.html", Settings.load()).text == "The ferry sails."
