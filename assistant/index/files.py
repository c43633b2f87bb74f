"""Writing to disk so that it is there after a crash, and telling later whether it still is what was written."""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Final

from assistant.index.chroma import DATABASE
from assistant.index.store import FORMAT

SEAL: Final = "seal.json"
"""Names each file of a finished generation with its digest; written last, so a folder without it is half-built."""


class DamageError(Exception):
    """A generation's files are not what was written."""


def seal(folder: Path) -> None:
    """Brings every file of a finished generation to the disk and notes its digest."""
    digests = {}
    for file in _files(folder):
        sync(file)
        # Chroma writes to its database whenever it is opened: it has no lasting digest, and SQLite checks it.
        digests[file.relative_to(folder).as_posix()] = None if file.name == DATABASE else _digest(file)
    replace_file(folder / SEAL, json.dumps({"format": FORMAT, "sha256": digests}))
    for place, _, _ in os.walk(folder):
        sync(Path(place))


def check_seal(folder: Path, part: str) -> None:
    """Compares a file of a generation, or the files of a folder in it, with what was written.

    Args:
        folder: The generation's.
        part: The file's or folder's name.

    Raises:
        DamageError: One is missing or differs, or another version of this program wrote them.
        OSError: One cannot be read.
    """
    try:
        content = json.loads((folder / SEAL).read_text())
        version, digests = content["format"], dict(content["sha256"])
    except (FileNotFoundError, ValueError, TypeError, KeyError) as error:
        raise DamageError(f"its {SEAL} is missing or damaged") from error
    if version != FORMAT:
        raise DamageError(f"it was written in format {version}, and this version reads format {FORMAT}")
    for name, digest in digests.items():
        if name.split("/")[0] == part and not _is_whole(folder / name, digest):
            raise DamageError(f"its file {name} is missing or damaged")


def replace_file(path: Path, content: str) -> None:
    """Puts a file in place so that, whatever happens, either the old or the new one is there."""
    new = path.with_name(path.name + ".new")
    try:
        new.write_text(content, encoding="utf-8")
        sync(new)
        new.replace(path)
    except OSError:
        new.unlink(missing_ok=True)
        raise
    sync(path.parent)


def sync(path: Path) -> None:
    """Brings a file, or the names in a folder, to the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file() and path.name != SEAL)


def _digest(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _is_whole(file: Path, digest: str | None) -> bool:
    if not file.is_file():
        return False
    return _is_whole_database(file) if digest is None else _digest(file) == digest


def _is_whole_database(file: Path) -> bool:
    try:
        with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            return bool(connection.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok")
    except sqlite3.DatabaseError:
        return False
