"""A file's bytes → a `Document`: one module a format, one registry (`formats`)."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Final

from assistant.readers.formats import EXTRACTED, PLAIN_TEXT, TEXTS
from assistant.readers.language import language_of
from assistant.readers.limits import Limits
from assistant.readers.parsing import parse_file, read_text
from assistant.readers.sandbox import SANDBOX
from assistant.settings import Settings
from assistant.types import Document

VERSION: Final = 10
"""Changes whenever the same file would give another document, so that an index built before is rebuilt."""

SUFFIXES: Final = frozenset(TEXTS) | frozenset(EXTRACTED)
"""The endings of the files that can be read, in lower case, with their dot."""


def read_document(path: Path, source: str, settings: Settings) -> Document:
    """Reads a file.

    Plain text is read here; whatever a library parses is parsed in the sandbox.

    Args:
        path: The file.
        source: What the document is called: its path in the documents folder.
        settings: The limits.

    Raises:
        DocumentError: The file cannot be read, costs more than the limits allow, is damaged or holds no text.
    """
    plain = TEXTS.get(path.suffix.lower()) is PLAIN_TEXT
    document = (parse_file if plain else SANDBOX.parse_file)(path, source, Limits.of(settings))
    return replace(document, language=language_of(document.text))


def document_from_text(source: str, text: str) -> Document:
    """Reads text that is in memory, by the format that its name tells.

    Args:
        source: Its name; Markdown by its ending, plain text otherwise.
        text: Used as it is: offsets are into exactly this string.

    Raises:
        DocumentError: There is no text in it.
    """
    sha256 = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    document = read_text(source, text, PurePosixPath(source).suffix.lower(), sha256)
    return replace(document, language=language_of(text))
