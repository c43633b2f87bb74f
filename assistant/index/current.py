"""The generation that answers now, in a process that runs for long."""

from __future__ import annotations

import logging
import math
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final, Generic, NamedTuple, TypeVar

from assistant.errors import IndexingError
from assistant.index.files import DamageError
from assistant.index.fitting import of_another_folder
from assistant.index.generation import Generation, SweptError
from assistant.index.generations import CURRENT, candidates, folder_of, no_index

logger = logging.getLogger(__name__)

Opened = TypeVar("Opened")


class Newest(NamedTuple, Generic[Opened]):
    """The newest generation that is whole.

    Attributes:
        opened: What was opened of it.
        damaged: Whether the one that should answer was passed over for it.
    """

    opened: Opened
    damaged: bool


class Held(NamedTuple):
    """The generation that is open.

    Attributes:
        generation: What answers.
        mark: What `CURRENT` was like when it was opened.
        due: When the one that should answer is to be tried again; infinity where this is the one.
    """

    generation: Generation
    mark: tuple[int, ...] | None
    due: float

    def is_right(self, mark: tuple[int, ...] | None) -> bool:
        """Whether it answers the next question, where `CURRENT` is like this now."""
        return mark == self.mark and time.monotonic() < self.due


RETRY: Final = 10.0
"""Seconds after which the generation that should answer is tried again, where another one had to."""

_ATTEMPTS: Final = 20
"""Builds that would have to be published while one generation is opened, before opening is given up."""


class CurrentIndex:
    """Hands out the generation that answers now. Safe to use from several threads."""

    def __init__(self, index: Path, documents: Path) -> None:
        """Looks at a folder; it is opened at the first question.

        Args:
            index: The index folder.
            documents: The documents folder that it must be the index of.
        """
        self._index = index
        self._documents = documents
        self._lock = threading.Lock()
        self._held: Held | None = None

    def get(self) -> Generation:
        """The generation to answer the next question from; a stat where it is still the same one.

        Where the one that should answer cannot be opened, an older one does, and it is tried again after a while: what
        stands in the way may pass.

        Raises:
            IndexingError: There is no index, it is damaged, or it is of another documents folder.
        """
        mark, held = self._look(), self._held  # the latter is read once and replaced whole: other threads do so too
        if held and held.is_right(mark):
            return held.generation
        with self._lock:
            mark, held = self._look(), self._held
            if not (held and held.is_right(mark)):
                generation, damaged = self._reopen()
                self._held = held = Held(generation, mark, time.monotonic() + RETRY if damaged else math.inf)
            return held.generation

    def _look(self) -> tuple[int, ...] | None:
        try:
            state = (self._index / CURRENT).stat()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise IndexingError(f"The index in {self._index} cannot be read ({error.strerror}).") from error
        return state.st_ino, state.st_mtime_ns, state.st_size

    def _reopen(self) -> Newest[Generation]:
        try:
            newest = open_newest(self._index, Generation.open)
            self._check(newest.opened)
            return newest
        except IndexingError as error:
            if not candidates(self._index):
                self._held = None
            if self._held is None:
                raise
            logger.warning("The one that is open goes on answering: %s", error)
            return Newest(self._held.generation, damaged=True)

    def _check(self, generation: Generation) -> None:
        if reason := of_another_folder(generation.folder(), self._index, self._documents):
            raise IndexingError(
                f"The index in {self._index} {reason}; bring it to those with `assistant index --documents "
                f"{self._documents}`, or name another index folder with --index or ASSISTANT_INDEX."
            )


def open_newest(index: Path, open_folder: Callable[[Path], Opened]) -> Newest[Opened]:
    """The same as `newest_whole`, where there must be one.

    Raises:
        IndexingError: There is no index, or no generation of it can be read.
    """
    there = candidates(index)
    newest = newest_whole(index, open_folder)
    if newest is not None:
        return newest
    if not there:
        raise no_index(index)
    raise IndexingError(
        f"The index in {index} is damaged, or was written by another version; rebuild it with `assistant index`."
    )


def newest_whole(index: Path, open_folder: Callable[[Path], Opened]) -> Newest[Opened] | None:
    """Opens the newest generation that is whole, beginning with the current one.

    Args:
        index: The index folder.
        open_folder: Opens a generation's folder; raises `SweptError`, `DamageError` or OSError.

    Returns:
        None where there is no whole generation.

    Raises:
        IndexingError: The index is replaced faster than it can be opened.
    """
    for _ in range(_ATTEMPTS):
        names = candidates(index)
        try:
            for name in names:
                if opened := _opened(index, name, names[0], open_folder):
                    return Newest(opened, damaged=name != names[0])
        except SweptError:
            continue
        return None
    raise IndexingError(f"The index in {index} is replaced faster than it can be opened; build it less often.")


def _opened(index: Path, name: str, first: str, open_folder: Callable[[Path], Opened]) -> Opened | None:
    try:
        return open_folder(folder_of(index, name))
    except SweptError as error:
        if candidates(index)[:1] != [first]:
            raise
        problem: Exception = error
    except (DamageError, OSError) as error:
        problem = error
    logger.warning("Generation %s in %s is passed over: %s", name, index, problem)
    return None
