"""What is in the documents folder, before anything is read."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NamedTuple, Self

from assistant.errors import IndexingError
from assistant.readers import SUFFIXES

_NOT_DOCUMENTS: Final = re.compile(
    r"\..*"  # hidden: .git, .DS_Store, .name.swp
    r"|.*~|~\$.*|#.*#"  # what editors and office programs keep beside an open file
    r"|.*\.(?:swp|swx|tmp|temp|part|partial|crdownload|lock)"
    r"|thumbs\.db|desktop\.ini|__macosx",
    re.IGNORECASE,
)


class FileState(NamedTuple):
    """A file that may be a document.

    Attributes:
        path: Where it is.
        size: Its length in bytes.
        changed_ns: When it was last changed, in nanoseconds since 1970.
    """

    path: Path
    size: int
    changed_ns: int

    @classmethod
    def of(cls, path: Path, state: os.stat_result) -> Self:
        """What the operating system tells of a file.

        Whoever unpacks or copies a file may set the time of its last writing back; not that of its last change, which
        moves with its permissions and its name too.
        """
        return cls(path, state.st_size, max(state.st_mtime_ns, state.st_ctime_ns))


@dataclass(slots=True)
class Listing:
    """The files of a folder, and the reasons why some are no documents; by name relative to the documents folder.

    Attributes:
        files: What can be read.
        refused: Why a file or link is no document.
        unreadable: Why a file or folder could not be looked at.
    """

    files: dict[str, FileState] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)
    unreadable: dict[str, str] = field(default_factory=dict)

    def may_hold(self, source: str) -> bool:
        """Whether a document may be there, though it, or a folder that it lies in, could not be looked at."""
        return any(source == name or source.startswith(name + "/") for name in self.unreadable)


def list_folder(documents: Path, index: Path) -> Listing:
    """Finds the files of the documents folder and its subfolders.

    Hidden files, and the temporary ones of editors, are passed over. All else that cannot be a document is named with
    a reason. Links to folders are not followed, nor links to files outside.

    Args:
        documents: The documents folder.
        index: The index folder, which is passed over should it lie inside.

    Raises:
        IndexingError: The documents folder is not there or cannot be looked into.
    """
    listing = Listing()
    root, excluded = documents.resolve(), index.resolve()
    with _explained(documents):
        top = _entries(root)
    for entry in _walk(top, root, excluded, listing):
        name = _name(entry, root)
        try:
            reason = _refusal(entry, root)
            if reason:
                listing.refused[name] = reason
            else:
                listing.files[name] = FileState.of(Path(entry.path), entry.stat())
        except FileNotFoundError:
            continue  # removed since the folder was listed
        except OSError as error:
            listing.unreadable[name] = f"It cannot be read ({error.strerror})."
    return listing


def check_folder(documents: Path) -> None:
    """Sees to it that there is a documents folder.

    Raises:
        IndexingError: It is not there or cannot be looked into.
    """
    with _explained(documents), os.scandir(documents.resolve()):
        pass


@contextmanager
def _explained(documents: Path) -> Iterator[None]:
    """Says what to do about a documents folder that cannot be looked into.

    Raises:
        IndexingError: It cannot.
    """
    try:
        yield
    except OSError as error:
        raise IndexingError(
            f"The documents folder {documents} cannot be read ({error.strerror}); "
            "make it, or name another one with --documents or ASSISTANT_DOCUMENTS."
        ) from error


def place_of(documents: Path, index: Path) -> str:
    """Where the documents folder lies, as seen from the index folder: the same when both are moved together.

    Args:
        documents: The documents folder; it need not be there.
        index: The index folder; neither need it.
    """
    return _in_unicode(Path(os.path.relpath(documents.resolve(), index.resolve())))


def is_ignored(path: Path, documents: Path, index: Path) -> bool:
    """Whether a path is passed over: hidden, temporary, or in an index that lies among the documents.

    Args:
        path: Resolved, as are the others.
        documents: The documents folder; it may lie in the index folder.
        index: The index folder.
    """
    within = path.relative_to(documents).parts if path.is_relative_to(documents) else ()
    in_index = index.is_relative_to(documents) and path.is_relative_to(index)
    return in_index or any(_NOT_DOCUMENTS.fullmatch(part) for part in within)


def _walk(
    entries: Iterable[os.DirEntry[str]], root: Path, excluded: Path, listing: Listing
) -> Iterator[os.DirEntry[str]]:
    for entry in entries:
        if _NOT_DOCUMENTS.fullmatch(entry.name) or Path(entry.path) == excluded:
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(_within(entry, root, listing), root, excluded, listing)
        else:
            yield entry


def _within(folder: os.DirEntry[str], root: Path, listing: Listing) -> list[os.DirEntry[str]]:
    try:
        return _entries(Path(folder.path))
    except FileNotFoundError:
        return []  # removed since the folder around it was listed
    except OSError as error:
        listing.unreadable[_name(folder, root)] = f"The folder cannot be looked into ({error.strerror})."
        return []


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        return sorted(entries, key=lambda entry: entry.name)


def _refusal(entry: os.DirEntry[str], root: Path) -> str | None:
    if entry.is_symlink():
        try:
            target = Path(entry.path).resolve(strict=True)
        except (FileNotFoundError, RuntimeError):
            return "It is a link that leads nowhere."
        if not target.is_relative_to(root):
            return "It is a link out of the documents folder; put the file itself there."
        if target.is_dir():
            return "It is a link to a folder, and those are not followed."
    if not stat.S_ISREG(entry.stat().st_mode):
        return "It is not a file that can be read."
    try:
        entry.name.encode()
    except UnicodeEncodeError:
        return "Its name is not valid Unicode; rename it."
    suffix = Path(entry.name).suffix.lower()
    if suffix not in SUFFIXES:
        kind = suffix or "A file without an ending"
        return f"{kind} is not a kind of document that can be read; if it has text in it, save that as .pdf or .txt."
    return None


def _name(entry: os.DirEntry[str], root: Path) -> str:
    return _in_unicode(Path(entry.path).relative_to(root))


def _in_unicode(path: Path) -> str:
    return path.as_posix().encode(errors="backslashreplace").decode()
