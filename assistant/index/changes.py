"""What changed in the documents folder since the last good generation."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from assistant.index.folder import FileState, Listing
from assistant.index.store import Failure, FileRecord
from assistant.readers.limits import Limits

_SETTLED: Final = 2_000_000_000
"""How old a file's time must be, in nanoseconds, before it is relied on: on some disks, two changes that are closer to
each other bear the same time."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the last good generation knows of the files; nothing, where all are to be read again."""

    files: Mapping[str, FileRecord] = field(default_factory=dict)
    failures: Mapping[str, Failure] = field(default_factory=dict)

    def elsewhere(self) -> Known:
        """What it tells of another folder: a file of the same name may be the same one, if its content is."""
        return Known({source: record._replace(changed_ns=None) for source, record in self.files.items()})


@dataclass(slots=True)
class Changes:
    """What a build has to do.

    Attributes:
        read: Files whose content is new, by source.
        same: Documents whose content is as it was, with the present state of their files.
        removed: Documents that are gone.
        refused: Why files are no documents, by source. The index knows nothing of them.
        failures: Why documents cannot be indexed, by source, as far as is known before any is read.
    """

    read: dict[str, FileState] = field(default_factory=dict)
    same: dict[str, FileRecord] = field(default_factory=dict)
    removed: list[str] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)
    failures: dict[str, Failure] = field(default_factory=dict)

    @property
    def failed(self) -> dict[str, str]:
        """Why files, of whatever kind, are not in the index as they are now, by source."""
        reasons = self.refused | {source: failure.reason for source, failure in self.failures.items()}
        return dict(sorted(reasons.items()))


def find_changes(listing: Listing, known: Known, limits: Limits) -> Changes:
    """Compares the documents folder with a generation: by size and time, and by content where those differ.

    Args:
        listing: What is in the folder.
        known: What the generation knows.
        limits: What reading a file may cost: one that failed is new when they change.
    """
    changes = Changes(refused=listing.refused)
    for source, reason in listing.unreadable.items():
        changes.failures[source] = Failure(reason)
    for source, state in listing.files.items():
        _classify(source, state, known, limits, changes)
    there = changes.read.keys() | changes.same.keys() | changes.failures.keys()
    changes.removed = [source for source in known.files if source not in there and not listing.may_hold(source)]
    return changes


def _classify(source: str, state: FileState, known: Known, limits: Limits, changes: Changes) -> None:
    failure, record = known.failures.get(source), known.files.get(source)
    if failure and failure.attempt == attempt(state, limits):
        changes.failures[source] = failure
        return
    if record and (record.size, record.changed_ns) == (state.size, state.changed_ns):
        changes.same[source] = record
        return
    changed_ns = settled(state)
    try:
        digest = _digest(state.path)
    except FileNotFoundError:
        return
    except OSError as error:
        changes.failures[source] = Failure(f"It cannot be read ({error.strerror or error}).")
        return
    if record and record.sha256 == digest:
        changes.same[source] = FileRecord(digest, state.size, changed_ns)
    else:
        changes.read[source] = state


def settled(state: FileState) -> int | None:
    """A file's time, where a later change is sure to move it."""
    return state.changed_ns if state.changed_ns < time.time_ns() - _SETTLED else None


def attempt(state: FileState, limits: Limits) -> str:
    """What is tried when a file is read. Only a full build tries the same again: most often it fails the same way."""
    return f"{state.size} {state.changed_ns} {limits}"


def _digest(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
