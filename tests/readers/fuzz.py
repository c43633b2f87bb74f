"""Feeds the readers files that are changed so as to reach ever more of their code, until one breaks them.

    make fuzz                           # half a minute for each format
    python tests/readers/fuzz.py 600 .docx .pdf

Whatever the bytes, there must be a document whose offsets hold, or a `DocumentError`. What breaks that, or takes longer
than 20 seconds, is written to a file whose name is printed. Of archives, the members that the text is in are changed,
for a changed archive is hardly ever one. Atheris, and libFuzzer in it, choose the changes by the code that each one
ran: https://github.com/google/atheris.
"""

import subprocess
import sys
import tempfile
from collections.abc import Callable
from importlib import import_module
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

PROJECT = Path(__file__).parents[2]
DATA = PROJECT / "tests" / "data"
sys.path.insert(0, str(PROJECT))

from tests.readers.damaged_files import PDF_OBJECTS, pdf  # noqa: E402 - the path to it is set above

SECONDS = 30
"""For each format."""

MEMBERS = {
    "study-pandoc.docx": ("word/document.xml", "word/footnotes.xml", "word/numbering.xml", "docProps/core.xml"),
    "talk-pandoc.pptx": ("ppt/slides/slide3.xml", "ppt/presentation.xml"),
    "budget.xlsx": ("xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml", "xl/workbook.xml"),
    "study-pandoc.epub": ("EPUB/content.opf", "EPUB/text/ch001.xhtml"),
}
"""What is changed of each archive, one at a time."""

MAIL = b"""From: Ada <a@b.example>\nDate: Mon, 18 Mar 2024 09:30:00 +0100\nSubject: =?utf-8?q?F=C3=A4hre?=
Content-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: text/plain; charset=utf-8\n\nHello,\n> quoted
--x\nContent-Type: text/html\nContent-Transfer-Encoding: base64\n\nPGI+Qm88L2I+\n--x--\n"""
MARKDOWN = (
    b"---\ntitle: a\ndate: 2024-03-18\n---\n# A\n\n- b\n  1. c\n\n| d | e |\n|---|---|\n| f | g |\n\n```\nh\n```\n> i\n"
)
PLAIN = b"Title\n=====\n\n1. One\n\nSome words that go on, and on.\n- an item\n\nAges:  Ada   41\n"


def main() -> None:
    """Fuzzes each format in a process of its own."""
    seconds = next((int(argument) for argument in sys.argv[1:] if argument.isdigit()), SECONDS)
    suffixes = [argument for argument in sys.argv[1:] if argument.startswith(".")] or sorted(_seeds())
    broken = [suffix for suffix in suffixes if not _holds(suffix, seconds)]
    sys.exit(f"Broken: {', '.join(broken)}" if broken else 0)


def _holds(suffix: str, seconds: int) -> bool:
    """Whether nothing was found that breaks a format; else what was is reported."""
    seeds = len(_seeds()[suffix])
    for number in range(seeds):
        with tempfile.TemporaryDirectory() as corpus:
            limits = [f"-max_total_time={seconds // seeds}", "-timeout=20", "-rss_limit_mb=3000", "-max_len=50000"]
            command = [sys.executable, __file__, "one", suffix, str(number), corpus, *limits]
            done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
        lines = [line for line in done.stderr.splitlines() if line.startswith("Done ")]
        sys.stdout.write(f"{suffix} {number + 1} of {seeds}: {''.join(lines) or done.stderr[-5000:]}\n")
        sys.stdout.flush()
        if done.returncode:
            return False
    return True


def _seeds() -> dict[str, list[tuple[bytes, Callable[[bytes], bytes]]]]:
    """By suffix, good contents to begin with, and how each is made a whole file."""
    seeds: dict[str, list[tuple[bytes, Callable[[bytes], bytes]]]] = {
        ".eml": [(MAIL, bytes)],
        ".md": [(MARKDOWN, bytes)],
        ".txt": [(PLAIN, bytes)],
        ".pdf": [(pdf(PDF_OBJECTS["outline"]), bytes)],
    }
    for name in ("budget.csv", "columns.pdf", "study-pandoc.html", "study-pandoc.rst"):
        seeds.setdefault(Path(name).suffix, []).append(((DATA / name).read_bytes(), bytes))
    for name, members in MEMBERS.items():
        archive = (DATA / name).read_bytes()
        seeds[Path(name).suffix] = [(_member(archive, member), _packer(archive, member)) for member in members]
    return seeds


def _member(archive: bytes, member: str) -> bytes:
    with ZipFile(BytesIO(archive)) as opened:
        return opened.read(member)


def _packer(archive: bytes, changed: str) -> Callable[[bytes], bytes]:
    with ZipFile(BytesIO(archive)) as opened:
        members = {name: opened.read(name) for name in opened.namelist()}

    def pack(content: bytes) -> bytes:
        buffer = BytesIO()
        with ZipFile(buffer, "w") as made:
            for name, good in members.items():
                made.writestr(name, content if name == changed else good)
        return buffer.getvalue()

    return pack


def fuzz(suffix: str, number: int, corpus: Path, options: list[str]) -> None:
    """Fuzzes one seed until its time is over; ends the process.

    Args:
        suffix: The format.
        number: Which of its seeds.
        corpus: Where what was found worth changing is kept.
        options: libFuzzer's.
    """
    atheris = import_module("atheris")
    with atheris.instrument_imports(include=["assistant", "mammoth", "docutils", "openpyxl", "pptx", "markdown_it"]):
        from assistant.errors import DocumentError
        from assistant.readers.formats import TEXTS, kind_of
        from assistant.readers.limits import Limits
        from assistant.readers.parsing import parse
        from tests.readers.conftest import Reading

        import_module(f"assistant.readers.{kind_of(suffix).module}")
    content, pack = _seeds()[suffix][number]
    (corpus / "seed").write_bytes(content)

    def check(data: bytes) -> None:
        try:
            reading = Reading(parse(pack(data), f"a{suffix}", suffix, Limits()))
        except DocumentError as error:
            if suffix in TEXTS and "damaged" in str(error):
                raise  # any text can be read
            return
        reading.check()

    atheris.Setup([sys.argv[0], *options, str(corpus)], check)
    atheris.Fuzz()


if __name__ == "__main__":
    if sys.argv[1:2] == ["one"]:
        fuzz(sys.argv[2], int(sys.argv[3]), Path(sys.argv[4]), sys.argv[5:])
    else:
        main()
