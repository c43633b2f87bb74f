"""What changed in the documents → the next generation of the index."""

from __future__ import annotations

import logging
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from assistant.errors import IndexingError
from assistant.index import generations
from assistant.index.apply import apply_changes, carry_over
from assistant.index.changes import Changes, Known, find_changes
from assistant.index.check import check_quotes
from assistant.index.chroma import VectorsError
from assistant.index.current import newest_whole
from assistant.index.editing import StoreEditor
from assistant.index.files import seal
from assistant.index.fill import embed_missing, update_vectors
from assistant.index.folder import Listing, check_folder, list_folder, place_of
from assistant.index.generations import MANIFEST
from assistant.index.lock import building_lock
from assistant.index.manifest import Manifest
from assistant.index.progress import Progress, silent
from assistant.index.recipe import Recipe
from assistant.index.report import report
from assistant.index.store import Store
from assistant.readers.limits import Limits
from assistant.settings import Settings
from assistant.types import IndexReport

if TYPE_CHECKING:
    from assistant.embedding import Embedder

logger = logging.getLogger(__name__)


class Plan(NamedTuple):
    """What the next generation is made of.

    Attributes:
        recipe: How.
        listing: From which files.
        changes: What is new in them.
        base: The last good generation, if there is one.
        reusable: The same, if its passages and vectors were made by the same recipe.
        moved: Whether that is of another documents folder.
    """

    recipe: Recipe
    listing: Listing
    changes: Changes
    base: Manifest | None
    reusable: Manifest | None
    moved: bool


def build(
    settings: Settings,
    embedder_factory: Callable[[], Embedder],
    *,
    full: bool = False,
    allow_empty: bool = False,
    progress: Progress | None = None,
) -> IndexReport:
    """Brings the index up to date with the documents.

    Until its last step, and whatever happens, the generation before goes on answering.

    Args:
        settings: The folders, the embedding model and the length of passages.
        embedder_factory: Gives the embedding model; called only if there is something to embed.
        full: Reads and embeds everything again.
        allow_empty: Lets a folder without documents empty the index.
        progress: Told how far it has come.

    Returns:
        What was done. Nothing is published where nothing changed.

    Raises:
        IndexingError: There are no documents any more, another build goes on, or the index cannot be written.
    """
    started, index = time.monotonic(), settings.index
    check_folder(settings.documents)
    with building_lock(index, settings.lock_timeout), explained(index), _last_good(index) as base:
        generations.sweep(index, keep=generations.needed(index))
        plan = _plan(settings, base, full=full)
        before = base.store.files() if base else {}
        if base and _nothing_to_do(plan, settings):
            name, embedded = base.name, 0
            if generations.current_name(index) != name:
                generations.point_to(index, name)
        else:
            name, embedded = _next_generation(plan, settings, embedder_factory, allow_empty, progress or silent)
        with closing(Store.open(generations.folder_of(index, name) / MANIFEST)) as store:
            published, seconds = not (base and base.name == name), time.monotonic() - started
            failed = plan.changes.failed
            return report(name, before, store, failed, embedded=embedded, published=published, seconds=seconds)


def _plan(settings: Settings, base: Manifest | None, *, full: bool) -> Plan:
    recipe = Recipe.of(settings)
    reusable = base if base and not full and not base.store.recipe().difference(recipe) else None
    known = Known(reusable.store.files(), reusable.store.failures()) if reusable else Known()
    moved = base is not None and base.store.folder() != place_of(settings.documents, settings.index)
    listing = list_folder(settings.documents, settings.index)
    changes = find_changes(listing, known.elsewhere() if moved else known, Limits.of(settings))
    if moved:
        # What cannot be read here is not answered from what had its name there.
        changes.removed = [source for source in known.files if source not in changes.same]
    return Plan(recipe, listing, changes, base, reusable, moved)


def _nothing_to_do(plan: Plan, settings: Settings) -> bool:
    base, changes = plan.reusable, plan.changes
    if base is None or base.vectors is None or base.server != settings.chroma_url or plan.moved:
        return False
    return not (changes.read or changes.removed) and changes.failures == base.store.failures()


def _next_generation(
    plan: Plan,
    settings: Settings,
    embedder_factory: Callable[[], Embedder],
    allow_empty: bool,
    progress: Progress,
) -> tuple[str, int]:
    """Builds and publishes it; returns its name and how many passages were embedded."""
    with _nothing_left_behind(settings.index):
        folder = generations.begin(settings.index)
        with closing(_manifest(folder, plan.reusable)) as store:
            read = apply_changes(store, plan.changes, settings, progress)
            if plan.base and not plan.moved:
                carry_over(store, plan.base.store, plan.listing, settings)
            emptied = not store.files() and (plan.base is None or plan.base.store.files())
            if emptied and not allow_empty:
                raise _nothing_to_index(settings, plan.changes)
            embedded = embed_missing(store, embedder_factory, progress)
            _check_model(plan.recipe, settings)
            check_quotes(store, read)
            update_vectors(generations.vectors_of(folder), store, plan.reusable, settings.chroma_url, progress)
            store.finish(plan.recipe, datetime.now(UTC), place_of(settings.documents, settings.index))
        return _publish(settings.index, folder, plan.base, progress), embedded


def _manifest(folder: Path, reusable: Manifest | None) -> StoreEditor:
    if reusable is None:
        return StoreEditor.create(folder / MANIFEST)
    shutil.copyfile(reusable.path, folder / MANIFEST)
    return StoreEditor.edit(folder / MANIFEST)


def _check_model(recipe: Recipe, settings: Settings) -> None:
    """Sees to it that the vectors are of the model that the recipe tells of: its files may have been replaced since."""
    if Recipe.of(settings) != recipe:
        raise IndexingError(
            f"The embedding model {settings.model!r} was replaced while the index was being built; build it again."
        )


def _publish(index: Path, folder: Path, base: Manifest | None, progress: Progress) -> str:
    progress("publish", 0, 4)
    seal(folder)
    progress("publish", 1, 4)
    name = generations.finish(folder)
    progress("publish", 2, 4)
    generations.point_to(index, name)
    progress("publish", 3, 4)
    try:
        generations.sweep(index, keep=(name, base.name) if base else (name,))
    except OSError as error:
        logger.warning("Old generations in %s could not be removed, and will be by the next build: %s", index, error)
    progress("publish", 4, 4)
    return name


@contextmanager
def _last_good(index: Path) -> Iterator[Manifest | None]:
    """The newest generation that is whole; where none is, everything is built again."""
    newest = newest_whole(index, Manifest.open)
    if newest is None:
        yield None
        return
    with closing(newest.opened) as manifest:
        yield manifest


@contextmanager
def _nothing_left_behind(index: Path) -> Iterator[None]:
    """Removes what was half built, whatever went wrong."""
    before = generations.needed(index)
    try:
        yield
    finally:
        try:
            generations.sweep(index, keep=[*before, generations.current_name(index) or ""])
        except OSError as error:
            logger.warning("What was half built in %s will be removed by the next build: %s", index, error)


@contextmanager
def explained(index: Path) -> Iterator[None]:
    """Says in words why the index cannot be written."""
    try:
        yield
    except VectorsError as error:
        raise IndexingError(
            f"The vectors of the index in {index} could not be written ({error}). Where a Chroma server holds them, "
            "see that it runs at ASSISTANT_CHROMA_URL, else that there is room on the disk, and build again; what was "
            "there before goes on answering."
        ) from error
    except (OSError, sqlite3.Error) as error:
        reason = getattr(error, "strerror", None) or error
        raise IndexingError(
            f"The index in {index} could not be written ({reason}). See that there is room on the disk and that the "
            "folder may be written to, and build again; what was there before goes on answering."
        ) from error


def _nothing_to_index(settings: Settings, changes: Changes) -> IndexingError:
    reasons = "; ".join(f"{source}: {reason}" for source, reason in changes.failed.items())
    found = f"no document that can be read in {settings.documents}" + (f" ({reasons})" if reasons else "")
    return IndexingError(
        f"There is {found}. Nothing was changed; if the index is to be empty, say so with --allow-empty."
    )
