"""A file → a document, in this process."""

from __future__ import annotations

import hashlib
import logging
from pathlib import Path

from assistant.errors import DocumentError
from assistant.readers.decoding import decode
from assistant.readers.draft import Draft
from assistant.readers.formats import EXTRACTED, extractor, kind_of, text_reader
from assistant.readers.limits import MEGABYTE, Limits
from assistant.types import Document

_LOGGER = logging.getLogger(__name__)

_ARCHIVES = (".docx", ".pptx", ".xlsx", ".xlsm", ".epub")
_OLD_OFFICE = (
    "It looks like an Office file with a password, or of the old kind: "
    "open it, and save it without a password as .docx, .xlsx or .pptx."
)
_BEGINNINGS: tuple[tuple[bytes, tuple[str, ...], str], ...] = (
    (b"%PDF-", (".pdf",), "It looks like a PDF file: name it .pdf."),
    (b"PK\x03\x04", _ARCHIVES, "It looks like an archive, such as an Office file: give it the ending that it had."),
    (b"\xd0\xcf\x11\xe0", (), _OLD_OFFICE),
)
"""How a file begins, the endings that go with it, and what to do about another one."""


def parse_file(path: Path, source: str, limits: Limits) -> Document:
    """Reads a file.

    Args:
        path: The file.
        source: The document's name.
        limits: What it may cost; its seconds and memory are the sandbox's to watch.

    Raises:
        DocumentError: The file cannot be read, is too large, is damaged or holds no text.
    """
    try:
        size = path.stat().st_size
        if size > limits.megabytes * MEGABYTE:
            raise DocumentError(
                f"{source} has {size / MEGABYTE:,.1f} megabytes, and {limits.megabytes:,g} are read at most; "
                "split it, or raise ASSISTANT_FILE_MEGABYTES."
            )
        data = path.read_bytes()
    except OSError as error:
        raise DocumentError(f"{source} cannot be read ({error.strerror or error}).") from error
    return parse(data, source, path.suffix.lower(), limits)


def parse(data: bytes, source: str, suffix: str, limits: Limits) -> Document:
    """Reads a file's bytes.

    Args:
        data: All of the file.
        source: The document's name.
        suffix: Tells the format, in lower case and with its dot.
        limits: What it may cost.

    Raises:
        DocumentError: The bytes are damaged, too many, or hold no text.
    """
    if not data.strip():
        raise DocumentError(f"{source} is empty; put text into it, or remove it.")
    _check_beginning(data, source, suffix)
    try:
        return (_extracted if suffix in EXTRACTED else _as_it_is)(data, source, suffix, limits)
    except (DocumentError, MemoryError):
        raise
    except Exception as error:
        # Each library has errors of its own for damaged files, and damage finds more: all of them mean the same.
        _LOGGER.info("%s could not be parsed", source, exc_info=True)
        raise DocumentError(
            f"{source} is damaged, or is not {kind_of(suffix).name}. "
            "Open it in its own program and save it again, or remove it."
        ) from error


def read_text(source: str, text: str, suffix: str, sha256: str) -> Document:
    """Reads text that is used as it is.

    Args:
        source: The document's name.
        text: All of it.
        suffix: Tells the format, in lower case and with its dot; any that is not known is plain text.
        sha256: Digest of the file's bytes.

    Raises:
        DocumentError: There is no text in it.
    """
    document = text_reader(suffix)(source, text, sha256)
    if not document.blocks:
        raise DocumentError(f"{source} is empty; put text into it, or remove it.")
    return document


def _extracted(data: bytes, source: str, suffix: str, limits: Limits) -> Document:
    draft = Draft(source, limits)
    extractor(suffix)(data, draft)
    return draft.document(_sha256(data))


def _as_it_is(data: bytes, source: str, suffix: str, limits: Limits) -> Document:
    text = decode(data, source)
    if len(text) > limits.characters:
        raise DocumentError(
            f"{source} holds {len(text):,} characters of text, and {limits.characters:,} are read at most; "
            "split it, or raise ASSISTANT_FILE_CHARACTERS."
        )
    return read_text(source, text, suffix, _sha256(data))


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _check_beginning(data: bytes, source: str, suffix: str) -> None:
    """Makes sure that a file is not plainly of another kind than its name says."""
    for beginning, suffixes, advice in _BEGINNINGS:
        if data.startswith(beginning) and suffix not in suffixes:
            raise DocumentError(f"{source} is not {kind_of(suffix).name}. {advice}")
