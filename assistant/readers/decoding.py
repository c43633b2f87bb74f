"""Bytes → text, whatever the encoding."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator
from contextlib import suppress

import chardet

from assistant.errors import DocumentError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SUPERSETS = {"iso8859-1": "cp1252", "ascii": "cp1252", "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932"}
"""What files are really in that say the other: https://encoding.spec.whatwg.org/#names-and-labels."""


MOST_DAMAGED = 0.1
"""The share of the characters other than ASCII that may be damaged in an encoding that is still held to be right."""


def decode(data: bytes, source: str, declared: str | None = None) -> str:
    r"""Decodes a text file.

    A byte-order mark decides; else what the file itself declares, else UTF-8, each where the bytes are that, but for a
    few damaged ones, which become U+FFFD; else what chardet finds likeliest. Line ends become ``\n``: offsets are into
    the text after that.

    Args:
        data: The file's bytes.
        source: The document's name, for the message.
        declared: The name of the encoding, where the file says.

    Raises:
        DocumentError: The bytes are no text.
    """
    text = next(filter(_is_text, _decoded(data, declared)), None)
    if text is None:
        raise DocumentError(f"{source} is not text in any known encoding; save it as UTF-8 text, or remove it.")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decoded(data: bytes, declared: str | None) -> Iterator[str]:
    """The text in each encoding that may be right, the surest first."""
    marked = next((name for mark, name in _MARKS if data.startswith(mark)), None)
    # Chinese in ASCII, set off by marks that other text may have too.
    escaped = "hz" if b"~{" in data and chardet.detect(data)["encoding"] == "HZ-GB-2312" else None
    yield from _in_each(filter(None, (marked, declared, escaped, "utf-8")), data)
    guesses = chardet.detect_all(data, max_bytes=len(data))
    yield from _in_each((guess["encoding"] for guess in guesses if guess["encoding"]), data)


def _in_each(encodings: Iterable[str], data: bytes) -> Iterator[str]:
    """The text in each encoding that all the bytes are in, then in each that nearly all are in."""
    names = list(encodings)
    for name in names:
        with suppress(LookupError, ValueError):  # there is none of that name, or the bytes are not in it
            yield data.decode(_codec(name))
    for name in names:
        with suppress(LookupError, ValueError):
            text = data.decode(_codec(name), "replace")
            others = len(text) - len(text.encode("ascii", "ignore"))
            if text.count("\ufffd") <= MOST_DAMAGED * others:
                yield text


def _codec(encoding: str) -> str:
    name = codecs.lookup(encoding).name
    return _SUPERSETS.get(name, name)


def _is_text(text: str) -> bool:
    """Whether this can be what was written: UTF-16 and ISO 2022 pass for UTF-8, but for the marks that they leave."""
    return "\0" not in text and "\x1b$" not in text
