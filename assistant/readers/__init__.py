"""A file's bytes → a `Document`: one module a format, one registry."""

from __future__ import annotations

import hashlib
from pathlib import Path, PurePosixPath
from typing import Final, Protocol

from assistant.errors import DocumentError
from assistant.readers import markdown, plain_text
from assistant.readers.decoding import decode
from assistant.settings import Settings
from assistant.types import Document


class TextReader(Protocol):
    """Reads a format that is text with marks in it."""

    def __call__(self, source: str, text: str, sha256: str) -> Document:
        """A document whose text is the one given."""


VERSION: Final = 1
"""Changes whenever the same file would give another document, so that an index built before is rebuilt."""

_READERS: Final[dict[str, TextReader]] = {
    ".txt": plain_text.read,
    ".text": plain_text.read,
    ".md": markdown.read,
    ".markdown": markdown.read,
}

SUFFIXES: Final = frozenset(_READERS)
"""The endings of the files that can be read, in lower case, with their dot."""


def read_document(path: Path, source: str, settings: Settings) -> Document:
    """Reads a file.

    Args:
        path: The file.
        source: What the document is called: its path in the documents folder.
        settings: The limits.

    Raises:
        DocumentError: The file cannot be read, or holds no text.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise DocumentError(f"{source} cannot be read ({error.strerror or error}).") from error
    text = decode(data, source)
    if not text.strip():
        raise DocumentError(f"{source} is empty; put text into it, or take it away.")
    return _READERS[path.suffix.lower()](source, text, hashlib.sha256(data).hexdigest())


def document_from_text(source: str, text: str) -> Document:
    """Reads text that is in memory, by the format that its name tells.

    Args:
        source: Its name; Markdown by its ending, plain text otherwise.
        text: Used as it is: offsets are into exactly this string.

    Raises:
        DocumentError: There is no text in it.
    """
    if not text.strip():
        raise DocumentError(f"{source} is empty; give it some text, or leave it out.")
    reader = _READERS.get(PurePosixPath(source).suffix.lower(), plain_text.read)
    return reader(source, text, hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest())
