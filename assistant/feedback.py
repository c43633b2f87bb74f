"""Thumbs up and down, kept in a file beside the index, for whoever looks after the documents."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from datetime import UTC, datetime
from os import SEEK_END
from pathlib import Path
from typing import IO, Any, Final

import portalocker

from assistant.errors import IndexingError
from assistant.settings import Settings
from assistant.types import Answer

logger = logging.getLogger(__name__)

FILE: Final = "feedback.jsonl"

_NEEDED: Final = frozenset(("time", "liked", "question", "answer"))
"""What every note has that is shown."""


def save(settings: Settings, answer: Answer, *, liked: bool | None) -> None:
    """Notes what a reader thought of an answer; None where they withdraw what they said of it.

    Raises:
        IndexingError: It cannot be written down.
    """
    entry = {
        "time": datetime.now(UTC).isoformat(timespec="seconds"),
        "liked": liked,
        "question": answer.question,
        "answer": answer.text,
        "answered": answer.answered,
        "citations": [
            {"source": citation.source, "start": citation.start, "end": citation.end, "quote": citation.quote}
            for citation in answer.citations
        ],
        "generation": answer.index.generation,
    }
    try:
        with portalocker.Lock(_file(settings), "ab+") as file:
            file.write(_line_break_before(file) + json.dumps(entry, ensure_ascii=False).encode() + b"\n")
    except (OSError, portalocker.LockException) as error:
        raise IndexingError(f"{_file(settings)} cannot be written ({error}); make room or give permission.") from error


def saved(settings: Settings) -> Iterator[dict[str, Any]]:
    """All that was noted, oldest first.

    Raises:
        IndexingError: It cannot be read.
    """
    try:
        if _file(settings).is_file():
            with _file(settings).open("rb") as lines:
                yield from filter(None, map(_entry, lines))
    except OSError as error:
        raise IndexingError(f"{_file(settings)} cannot be read ({error.strerror}); give permission.") from error


def _line_break_before(file: IO[bytes]) -> bytes:
    """What is missing at the end of a file whose last line was cut off when the disk was full."""
    if not file.seek(0, SEEK_END):
        return b""
    file.seek(-1, SEEK_END)
    return b"" if file.read() == b"\n" else b"\n"


def _entry(line: bytes) -> dict[str, Any] | None:
    """What a line notes; None where it was cut off when the disk was full, or is no note."""
    try:
        entry = json.loads(line)
        if not isinstance(entry, dict) or not entry.keys() >= _NEEDED:
            raise ValueError("it notes no opinion of an answer")
        return entry
    except ValueError:
        logger.warning("A line of %s cannot be read and is passed over: %.40r", FILE, line)
        return None


def _file(settings: Settings) -> Path:
    return settings.index / FILE
