"""Which generation of the index answers: the folders of the index, and the pointer to one of them.

    index/CURRENT             the name of the generation that answers
    index/generations/0007/   one generation: it never changes once it has its name
    index/lock                held by the one process that builds

Readers take no part in the building lock. Each holds a shared lock on the seal of the generation that it has open,
which the operating system drops with the process: a generation is removed only by one who gets that lock alone.
"""

from __future__ import annotations

import logging
import re
import shutil
import uuid
from collections.abc import Collection
from pathlib import Path
from typing import Final

import portalocker

from assistant.errors import IndexingError
from assistant.index.files import SEAL, replace_file, sync
from assistant.index.vectors import forget_vectors

logger = logging.getLogger(__name__)

CURRENT: Final = "CURRENT"
GENERATIONS: Final = "generations"
MANIFEST: Final = "manifest.sqlite"
VECTORS: Final = "vectors"

_BUILDING: Final = ".building"
_SWEPT: Final = ".swept"
_NAME: Final = re.compile(r"\d{4,}")
_OURS: Final = re.compile(rf"\d{{4,}}({re.escape(_BUILDING)}|{re.escape(_SWEPT)})?")


def current_name(index: Path) -> str | None:
    """The name of the generation that answers, or None where there is no index.

    Raises:
        IndexingError: The pointer cannot be read.
    """
    try:
        name = (index / CURRENT).read_text(encoding="utf-8", errors="replace").strip()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise IndexingError(f"The index in {index} cannot be read ({error.strerror}).") from error
    return name or None


def folder_of(index: Path, name: str) -> Path:
    """The folder of a generation."""
    return index / GENERATIONS / name


def has_index(index: Path) -> bool:
    """Whether there is anything to answer from."""
    return bool(candidates(index))


def candidates(index: Path) -> list[str]:
    """The generations to answer from, best first: the current one and, should it be damaged, those before it."""
    current, names = current_name(index), _names(index)
    if current is None or not _NAME.fullmatch(current):
        return names
    return [current, *(name for name in names if int(name) < int(current))]


def needed(index: Path) -> list[str]:
    """The generations that stay until a new one is published: the current one, the one before it, and later ones.

    The later ones were gone back from. As long as they are there, no other is given their name, which whoever has seen
    them knows them by.
    """
    best = candidates(index)
    return [*best[:2], *(name for name in _names(index) if name not in best)]


def vectors_of(generation: Path) -> Path:
    """Chroma's folder in the folder of a generation.

    Raises:
        OSError: It is not there.
    """
    for folder in (generation / VECTORS).iterdir():
        return folder
    raise FileNotFoundError(f"{generation / VECTORS} is empty")


def begin(index: Path) -> Path:
    """Makes the folder of the next generation, under a name that no reader looks at."""
    folder = folder_of(index, f"{_last(index) + 1:04d}{_BUILDING}")
    # Chroma knows a folder by its name for as long as the process lasts, whatever becomes of it: each has its own.
    (folder / VECTORS / uuid.uuid4().hex).mkdir(parents=True)
    return folder


def finish(building: Path) -> str:
    """Gives a sealed generation its name; it does not answer yet."""
    name = building.name.removesuffix(_BUILDING)
    building.rename(building.with_name(name))
    sync(building.parent)
    return name


def point_to(index: Path, name: str) -> None:
    """Makes a generation the one that answers, in every process, from the next question on."""
    replace_file(index / CURRENT, name + "\n")


def sweep(index: Path, keep: Collection[str]) -> None:
    """Removes generations, and all that is half built or half removed. Called with the building lock held.

    A generation that a reader has open, in whatever process, is left for a later sweep. What no build made
    is left alone.

    Args:
        index: The index folder.
        keep: The generations that stay.
    """
    generations = index / GENERATIONS
    for folder in sorted(generations.iterdir()) if generations.is_dir() else []:
        if not _is_ours(folder):
            logger.info("%s is no part of the index and is left alone", folder)
        elif folder.name.endswith((_BUILDING, _SWEPT)):
            _remove(folder)
        elif folder.name not in keep:
            _remove_unless_read(folder)


def _is_ours(folder: Path) -> bool:
    """Whether a build made a folder: it has the name of a generation, and nothing or what a generation has in it."""
    if not _OURS.fullmatch(folder.name) or not folder.is_dir():
        return False
    parts = {part.name for part in folder.iterdir()}
    return not parts or not parts.isdisjoint((SEAL, MANIFEST, VECTORS))


def previous(index: Path) -> str:
    """The generation before the current one.

    Raises:
        IndexingError: There is none.
    """
    names = candidates(index)
    if not names:
        raise no_index(index)
    if len(names) == 1:
        raise IndexingError(f"The index in {index} has no generation before {names[0]} to go back to.")
    return names[1]


def no_index(index: Path) -> IndexingError:
    """What is said where nothing was built yet."""
    return IndexingError(f"There is no index in {index} yet; build it with `assistant index`.")


def _names(index: Path) -> list[str]:
    generations = index / GENERATIONS
    if not generations.is_dir():
        return []
    names = [folder.name for folder in generations.iterdir() if _NAME.fullmatch(folder.name)]
    return sorted(names, key=int, reverse=True)


def _last(index: Path) -> int:
    return max((int(name) for name in _names(index)), default=0)


def _remove_unless_read(folder: Path) -> None:
    try:
        with (folder / SEAL).open() as seal:
            portalocker.lock(seal, portalocker.LOCK_EX | portalocker.LOCK_NB)
            folder = folder.rename(folder.with_name(folder.name + _SWEPT))
    except portalocker.LockException:
        logger.debug("Generation %s is still being read", folder.name)
        return
    except FileNotFoundError:
        logger.warning("Generation %s has lost its %s; it is removed", folder.name, SEAL)
    _remove(folder)


def _remove(folder: Path) -> None:
    vectors = folder / VECTORS
    for place in vectors.iterdir() if vectors.is_dir() else ():
        forget_vectors(place)
    shutil.rmtree(folder)
