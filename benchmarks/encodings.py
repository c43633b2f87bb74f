"""How well the encoding of a text file is told: by the readers, and by the libraries that they could stand on.

pip install chardet faust-cchardet chardetng-py; python benchmarks/encodings.py

Each text of `tests/data/encodings.toml` is written in each encoding that files in its language are found in: whole,
its first line alone, and whole between tags of HTML that declare nothing. Where an encoding lacks a character, people
wrote one like it, and so is done here. Right is what comes out as it went in.
"""

from __future__ import annotations

import sys
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

import chardet
from rich.console import Console
from rich.table import Table

from assistant.errors import DocumentError
from assistant.readers.decoding import decode

PROSE = Path(__file__).parents[1] / "tests" / "data" / "encodings.toml"
PLAINER = str.maketrans("“”’–șțȘȚیک", '""\'-şţŞŢيك')
TONES = "\u0300\u0301\u0303\u0309\u0323"


class File(NamedTuple):
    """A text file."""

    language: str
    encoding: str
    kind: str
    text: str
    content: bytes


def main() -> None:
    """Measures, and prints a table; with an argument, what each way gets wrong too."""
    files = list(corpus())
    table = Table("", *KINDS, "all", "files/s")
    for name, way in WAYS.items():
        start = perf_counter()
        right = [is_right(file, way) for file in files]
        seconds = perf_counter() - start
        by_kind = Counter(file.kind for file, good in zip(files, right, strict=True) if good)
        shares = [f"{by_kind[kind]} of {sum(file.kind == kind for file in files)}" for kind in KINDS]
        table.add_row(name, *shares, f"{sum(right) / len(files):.3f}", f"{len(files) / seconds:.0f}")
        if sys.argv[1:]:
            wrong = [file for file, good in zip(files, right, strict=True) if not good]
            Console().print(name, "wrong:", ", ".join(f"{f.language}/{f.encoding}/{f.kind}" for f in wrong))
    Console().print(table)


KINDS: dict[str, Callable[[str], str]] = {
    "whole": str,
    "one line": lambda text: text.split("\n")[0],
    "HTML": lambda text: f"<html><head><title>1</title></head><body>\n<p>{text}</p>\n</body></html>",
}


def corpus() -> Iterator[File]:
    """Each text in each encoding, in three forms."""
    for language, entry in tomllib.loads(PROSE.read_text(encoding="utf-8")).items():
        for encoding in entry["encodings"]:
            for kind, form in KINDS.items():
                text = form(entry["text"]).replace("\n", " ") if kind == "one line" else form(entry["text"])
                content = written(text, encoding)
                yield File(language, encoding, kind, content.decode(encoding), content)


def written(text: str, encoding: str) -> bytes:
    """A text in an encoding, with characters that it has."""
    try:
        return text.encode(encoding)
    except UnicodeEncodeError:
        plainer = text.translate(PLAINER)
    return (_tones_apart(plainer) if encoding == "cp1258" else plainer).encode(encoding)


def _tones_apart(text: str) -> str:
    """Vietnamese with the marks of the tones after their letters, as windows-1258 has it."""
    pieces = []
    for letter in unicodedata.normalize("NFC", text):
        parts = unicodedata.normalize("NFD", letter)
        tone = "".join(part for part in parts if part in TONES)
        rest = unicodedata.normalize("NFC", "".join(part for part in parts if part not in TONES))
        pieces.append(rest + tone if tone and rest else letter)
    return "".join(pieces)


def is_right(file: File, way: Callable[[bytes], str]) -> bool:
    """Whether a way to decode gives the text."""
    try:
        return way(file.content) == file.text
    except (DocumentError, UnicodeError, LookupError, TypeError):
        return False


def _charset_normalizer(content: bytes) -> str:
    return str(import_module("charset_normalizer").from_bytes(content).best())


def _named(name: str | None, content: bytes) -> str:
    return content.decode(name or "ascii")


WAYS: dict[str, Callable[[bytes], str]] = {
    "readers": lambda content: decode(content, "a.txt"),
    "charset-normalizer": _charset_normalizer,
    "chardet": lambda content: _named(chardet.detect(content)["encoding"], content),
    "faust-cchardet": lambda content: _named(import_module("cchardet").detect(content)["encoding"], content),
    "chardetng": lambda content: _named(import_module("chardetng_py").detect(content), content),
}


if __name__ == "__main__":
    main()
