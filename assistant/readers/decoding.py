"""Bytes → text, whatever the encoding."""

from __future__ import annotations

import codecs

import charset_normalizer

from assistant.errors import DocumentError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decode(data: bytes, source: str) -> str:
    """Decodes a text file.

    A byte-order mark decides; else UTF-8 where the bytes are that; else what charset-normalizer finds likeliest. Line
    ends become ``\\n``.

    Args:
        data: The file's bytes.
        source: The document's name, for the message.

    Raises:
        DocumentError: The bytes are no text.
    """
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), "utf-8")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        text = _guess(data, source)
    if "\0" in text:
        raise _no_text(source)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _guess(data: bytes, source: str) -> str:
    best = charset_normalizer.from_bytes(data).best()
    if best is None:
        raise _no_text(source)
    return str(best)


def _no_text(source: str) -> DocumentError:
    return DocumentError(f"{source} is not text in any known encoding; save it as UTF-8 text, or take it away.")
