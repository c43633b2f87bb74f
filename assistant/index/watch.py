"""Follows the documents folder and keeps the index up to date."""

from __future__ import annotations

import logging
import math
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import watchfiles

from assistant.errors import AssistantError, IndexingError
from assistant.index.folder import is_ignored
from assistant.settings import Settings
from assistant.types import IndexReport

logger = logging.getLogger(__name__)

QUIET: Final = 400
"""How long nothing must happen before a burst of changes is taken to be over, in milliseconds."""

LONGEST_BURST: Final = 30_000
"""How long a burst may last before a build is made in the middle of it, in milliseconds."""

RETRY: Final = 60
"""How long after a build that failed it is tried again though nothing changed, in seconds: there may be room now."""

_LOOK: Final = 1_000
"""How often to look whether the folder is still the one that is followed, in milliseconds."""


def watch(
    settings: Settings, rebuild: Callable[[], IndexReport], stop: threading.Event | None = None
) -> Iterator[IndexReport]:
    """Builds the index now and after every burst of changes, until it is stopped.

    The folder may go away and come back. A build that fails is logged and tried again, at the next change or later.

    Args:
        settings: The folders.
        rebuild: Builds the index.
        stop: Ends it, within about a second.

    Yields:
        What was done, by each build that published a new generation or, but for the first, found another file that it
        could not read.

    Raises:
        IndexingError: The operating system cannot follow the folder.
    """
    stop = stop or threading.Event()
    failed: dict[str, str] | None = None
    while not stop.is_set():
        if not settings.documents.is_dir():
            stop.wait(_LOOK / 1000)
            continue
        due = time.monotonic()
        for changed in _looks(settings, stop):
            if not changed and time.monotonic() < due:
                continue
            try:
                report = rebuild()
            except AssistantError as error:
                logger.error("The index was not brought up to date: %s", error)
                due = time.monotonic() + RETRY
                continue
            due = math.inf
            news = failed is not None and report.failed.items() - failed.items()
            failed = report.failed
            if report.published or news:
                yield report
        if not stop.is_set():
            logger.warning("The documents folder %s is gone, or another one; it is looked for", settings.documents)


def _looks(settings: Settings, stop: threading.Event) -> Iterator[bool]:
    """Tells again and again whether a burst of changes is over, for as long as the folder is the same one."""
    identity = _identity(settings.documents)
    folder, index = settings.documents.resolve(), settings.index.resolve()
    changes = watchfiles.watch(
        folder,
        watch_filter=lambda _, path: not is_ignored(Path(path), folder, index),
        step=QUIET,
        debounce=LONGEST_BURST,
        stop_event=stop,
        rust_timeout=_LOOK,
        yield_on_timeout=True,
        ignore_permission_denied=True,
    )
    try:
        for burst in changes:
            gone = any(kind == watchfiles.Change.deleted and Path(path) == folder for kind, path in burst)
            if gone or _identity(settings.documents) != identity:
                return
            yield bool(burst)
    except FileNotFoundError:
        return
    except OSError as error:
        raise IndexingError(
            f"The documents folder {settings.documents} cannot be followed ({error}); with "
            "WATCHFILES_FORCE_POLLING=true in the environment it is looked through again and again instead."
        ) from error


def _identity(folder: Path) -> tuple[int, int] | None:
    """Tells a folder from another of its name; of a link, the one that it leads to."""
    try:
        state = folder.stat()
    except OSError:
        return None
    return state.st_dev, state.st_ino
