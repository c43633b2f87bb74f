"""One build at a time."""

from __future__ import annotations

import json
import logging
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO, Any, Final

import portalocker

from assistant.errors import IndexingError

logger = logging.getLogger(__name__)

LOCK: Final = "lock"

_ALONE: Final = portalocker.LOCK_EX | portalocker.LOCK_NB


@contextmanager
def building_lock(index: Path, timeout: float) -> Iterator[None]:
    """Holds the index for one build or rollback.

    The operating system drops the lock with the process that holds it, so one that was killed is no obstacle.

    Args:
        index: The index folder; made where it is not there.
        timeout: How long to wait for another process, in seconds.

    Raises:
        IndexingError: Another process still holds it, or the folder cannot be written to or locked.
    """
    lock = portalocker.Lock(index / LOCK, "a+", check_interval=0.05, flags=_ALONE)
    try:
        index.mkdir(parents=True, exist_ok=True)
        _name_holder(_acquire(lock, index, timeout))
    except portalocker.AlreadyLocked as error:
        raise IndexingError(
            f"The index in {index} is being built by {_holder(index / LOCK)}; try again when it is done, "
            "or wait longer with ASSISTANT_LOCK_TIMEOUT."
        ) from error
    except portalocker.LockException as error:
        raise no_locks(index, error) from error
    except OSError as error:
        lock.release()
        raise IndexingError(f"The index folder {index} cannot be written to ({error.strerror}).") from error
    try:
        yield
    finally:
        lock.release()


def no_locks(index: Path, error: portalocker.LockException) -> IndexingError:
    """What is said where the disk has no locks by which processes could keep out of each other's way."""
    return IndexingError(
        f"The index in {index} cannot be locked ({error.strerror or error}); put it on a disk that has file locks, and "
        "name that folder with --index or ASSISTANT_INDEX."
    )


def _acquire(lock: portalocker.Lock, index: Path, timeout: float) -> IO[Any]:
    try:
        return lock.acquire(timeout=0)
    except portalocker.AlreadyLocked:
        logger.warning("The index in %s is being built by %s; waiting until it is done", index, _holder(index / LOCK))
        return lock.acquire(timeout=timeout)


def _name_holder(file: IO[Any]) -> None:
    since = datetime.now().astimezone().isoformat(timespec="seconds")
    file.truncate(0)
    file.write(json.dumps({"process": os.getpid(), "host": socket.gethostname(), "since": since}))
    file.flush()


def _holder(path: Path) -> str:
    try:
        holder = json.loads(path.read_text())
        return f"process {holder['process']} on {holder['host']} since {holder['since']}"
    except (OSError, ValueError, TypeError, KeyError):
        return "another process"
