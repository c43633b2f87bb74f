"""The drawer of documents: what there is, and adding, removing and indexing it from the page."""

from __future__ import annotations

import shutil
import time
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from queue import Empty, Queue
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from assistant.errors import AssistantError, DocumentError
from assistant.labels import count
from assistant.languages import unknown_language
from assistant.types import DocumentRecord, IndexReport, IndexStatus

if TYPE_CHECKING:
    from assistant.assistant import Assistant
    from assistant.index import Stage
    from assistant.settings import Settings

WHAT: Final[dict[Stage, str]] = {
    "read": "Reading documents",
    "embed": "Embedding passages",
    "store": "Storing passages",
    "check": "Checking the index",
    "publish": "Publishing the index",
}
MEGABYTE: Final = 1_000_000
NAME_BYTES: Final = 255
"""How long file systems let a name be."""


@dataclass(frozen=True, slots=True)
class Row:
    """A document as the drawer shows it.

    Attributes:
        source: The path relative to the documents folder, with ``/``.
        title: Its title, else its path.
        passages: How many can be asked; 0 where it is not in the index.
        state: When it was indexed and whether it has changed since.
        failed: Why it could not be read, or "".
        note: What else the reader should know of it, or "".
    """

    source: str
    title: str
    passages: int
    state: str
    failed: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that has arrived.

    Attributes:
        path: Where it lies now; on the way there, Gradio takes characters out of its name.
        name: What it is called where it comes from.
    """

    path: Path
    name: str


@dataclass(frozen=True, slots=True)
class Step:
    """How far a build has come.

    Attributes:
        what: What is done now.
        done: Of how many it is done.
        total: How many there are.
        seconds: How long that took.
    """

    what: str
    done: int
    total: int
    seconds: float

    @property
    def left(self) -> str:
        """How long the rest will take at this pace, as h:mm:ss; "" where that is unknown, or under a second."""
        seconds = round(self.seconds * (self.total - self.done) / self.done) if self.done else 0
        return str(timedelta(seconds=seconds)) if seconds else ""


@dataclass(frozen=True, slots=True)
class Table:
    """The documents of the index and of the folder.

    Attributes:
        rows: One for each, by their names.
        problem: Why the folder cannot be looked at, or "".
    """

    rows: tuple[Row, ...]
    problem: str = ""


def table(assistant: Assistant) -> Table:
    """The documents of the index beside those of the folder.

    Raises:
        IndexingError: There is no index and none can be built.
    """
    records = assistant.documents()
    try:
        # Texts in memory have no folder to compare with.
        status = None if assistant.in_memory else assistant.status()
    except AssistantError as error:
        return Table(_rows(assistant, records, None), str(error))
    return Table(_rows(assistant, records, status))


def _rows(assistant: Assistant, records: Iterable[DocumentRecord], status: IndexStatus | None) -> tuple[Row, ...]:
    known = [
        Row(
            source=record.source,
            title=record.title or record.source,
            passages=record.passages,
            state=_state(
                record.source,
                record.passages,
                f"{record.indexed.astimezone():%Y-%m-%d %H:%M}" if record.indexed else "",
                status,
            ),
            failed=record.failed or "",
            note=unknown_language(assistant.settings.model, record.language),
        )
        for record in records
    ]
    listed = {row.source for row in known}
    new = [
        Row(source, source, 0, "not indexed yet") for source in (status.added if status else ()) if source not in listed
    ]
    refused = [
        Row(source, source, 0, "no document", failed=reason)
        for source, reason in (status.failed if status else {}).items()
        if source not in listed
    ]
    return tuple(sorted(known + new + refused, key=lambda row: row.source))


def _state(source: str, passages: int, indexed: str, status: IndexStatus | None) -> str:
    if not indexed:
        return "not indexed"
    since = f"indexed {indexed}, {count(passages, 'passage')}"
    if status and source in status.updated:
        return f"{since}; changed since"
    if status and source in status.removed:
        return f"{since}; gone from the folder since"
    return since


def unread(assistant: Assistant) -> frozenset[str]:
    """The files that could not be read when the index was built; none where it cannot be opened."""
    with suppress(AssistantError):
        return frozenset(record.source for record in assistant.documents() if record.failed)
    return frozenset()


def reindex(assistant: Assistant, *, allow_empty: bool = False) -> Iterator[Step | IndexReport]:
    """Brings the index up to date, telling how far it has come; the last thing told is what was done.

    Raises:
        IndexingError: The index cannot be built.
    """
    steps: Queue[Step | None] = Queue()
    begun: dict[Stage, float] = {}

    def note(stage: Stage, done: int, total: int) -> None:
        now = time.monotonic()
        steps.put(Step(WHAT[stage], done, total, now - begun.setdefault(stage, now)))

    pool = ThreadPoolExecutor(1)
    build = pool.submit(assistant.reindex, progress=note, allow_empty=allow_empty)
    build.add_done_callback(lambda _: steps.put(None))
    # Who leaves the page ends this here, in the thread that serves all others: the build is not waited for.
    pool.shutdown(wait=False)
    while (step := _newest(steps)) is not None:
        yield step
    yield build.result()


def _newest(steps: Queue[Step | None]) -> Step | None:
    """Waits for a step, and skips to the last of those that came meanwhile."""
    step = steps.get()
    while step is not None:
        try:
            step = steps.get_nowait()
        except Empty:
            break
    return step


def add(settings: Settings, files: Sequence[Upload], *, replace: bool) -> list[str]:
    """Puts files into the documents folder: none where one of them is not taken or cannot be copied.

    Args:
        settings: The folder and the limits.
        files: What has arrived.
        replace: Whether a document of the same name is replaced.

    Returns:
        What they are called now.

    Raises:
        DocumentError: One has a name, type or size that is not taken, there are too many, one is there already, two
            have the same name, or the folder cannot be written to.
    """
    if len(files) > settings.upload_files:
        raise DocumentError(f"{len(files)} files are too many at once; add {settings.upload_files} at most.")
    with _changing(settings.documents):
        targets = [_target(settings, file) for file in files]
        for target in targets:
            if target.exists() and not replace:
                raise DocumentError(f"{target.name} is there already; tick “Replace” to replace it, or rename yours.")
        settings.documents.mkdir(parents=True, exist_ok=True)
        # Inside, so that what has arrived whole has only to be renamed, and hidden, so that no build finds the others.
        with TemporaryDirectory(prefix=".arriving-", dir=settings.documents, ignore_cleanup_errors=True) as folder:
            arrived = [Path(folder, target.name) for target in targets]
            for file, copy in zip(files, arrived, strict=True):
                if copy.exists():
                    raise DocumentError(f"Two of these files are called {copy.name}; rename one of them.")
                shutil.copyfile(file.path, copy)
            for copy, target in zip(arrived, targets, strict=True):
                copy.replace(target)
    return [target.name for target in targets]


@contextmanager
def _changing(folder: Path) -> Iterator[None]:
    """Says in words that a folder cannot be changed.

    Raises:
        DocumentError: It cannot.
    """
    try:
        yield
    except OSError as error:
        reason = error.strerror or error
        raise DocumentError(
            f"The documents folder {folder} cannot be changed ({reason}); give permission, or make room."
        ) from error


def _target(settings: Settings, file: Upload) -> Path:
    from assistant.index.folder import is_ignored
    from assistant.readers import SUFFIXES

    name = file.name.replace("\\", "/").rsplit("/", 1)[-1]
    target = settings.documents / name
    folder = settings.documents.resolve()
    ignored = is_ignored(folder / name, folder, settings.index.resolve())
    if not name or ignored or any(unicodedata.category(character)[0] == "C" for character in name):
        raise DocumentError(f"{name!r} is no name for a document; rename the file.")
    if len(name.encode()) > NAME_BYTES:
        raise DocumentError(f"{name} is too long a name for a document; rename the file.")
    if target.suffix.lower() not in SUFFIXES:
        raise DocumentError(f"{name} is of a type that cannot be read; these can: {' '.join(sorted(SUFFIXES))}.")
    if file.path.stat().st_size > settings.upload_megabytes * MEGABYTE:
        raise DocumentError(f"{name} is larger than {settings.upload_megabytes:g} million bytes.")
    if target.is_symlink() or target.is_dir():
        raise DocumentError(f"{name} is a link or a folder in the documents folder; rename the file.")
    return target


def remove(settings: Settings, source: str) -> None:
    """Deletes a document from the folder.

    Raises:
        DocumentError: There is none of that name in the folder, or it cannot be deleted.
    """
    from assistant.index.folder import is_ignored

    folder = settings.documents.resolve()
    with _changing(settings.documents):
        parent = (folder / source).parent.resolve()
        path = parent / Path(source).name
        ignored = is_ignored(path, folder, settings.index.resolve())
        if not parent.is_relative_to(folder) or ignored or not path.is_file():
            raise DocumentError(f"{source} is not in the documents folder; re-index to bring the list up to date.")
        path.unlink()
