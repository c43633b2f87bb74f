"""Bytes → text, whatever the encoding."""

from __future__ import annotations

import codecs
from collections.abc import Iterator

import charset_normalizer

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


def decode(data: bytes, source: str, declared: str | None = None) -> str:
    r"""Decodes a text file.

    A byte-order mark decides; else what the file itself declares, else UTF-8, each where the bytes are that; else what
    charset-normalizer finds likeliest. Line ends become ``\n``: offsets are into the text after that.

    Args:
        data: The file's bytes.
        source: The document's name, for the message.
        declared: The name of the encoding, where the file says.

    Raises:
        DocumentError: The bytes are no text.
    """
    text = next(filter(_is_text, _decoded(data, declared)), None)
    if text is None:
        raise DocumentError(f"{source} is not text in any known encoding; save it as UTF-8 text, or take it away.")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decoded(data: bytes, declared: str | None) -> Iterator[str]:
    """The text in each encoding that may be right, the surest first."""
    marked = next((name for mark, name in _MARKS if data.startswith(mark)), None)
    shifted = ("iso2022_jp", "iso2022_kr") if b"\x1b$" in data else ()
    for encoding in filter(None, (marked, declared, *shifted, "utf-8")):
        try:
            name = codecs.lookup(encoding).name
            yield data.decode(_SUPERSETS.get(name, name))
        except (LookupError, UnicodeError, ValueError):
            continue  # not in that encoding, or there is none of that name: the next one is tried
    if best := charset_normalizer.from_bytes(data).best():
        yield str(best)


def _is_text(text: str) -> bool:
    """Whether this can be what was written: UTF-16 and ISO 2022 pass for UTF-8, but for the marks that they leave."""
    return "\0" not in text and "\x1b$" not in text
