"""The index beside the documents as they are now."""

from __future__ import annotations

import os
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path

from assistant.index.changes import Known, find_changes
from assistant.index.current import Newest, open_newest
from assistant.index.folder import list_folder, place_of
from assistant.index.generations import GENERATIONS
from assistant.index.manifest import Manifest
from assistant.index.recipe import Recipe
from assistant.readers.limits import Limits
from assistant.settings import Settings
from assistant.types import IndexStatus


def status(settings: Settings) -> IndexStatus:
    """Tells what the index holds and what is out of date; changes nothing and loads no model.

    Args:
        settings: The folders, the embedding model and the length of passages.

    Raises:
        IndexingError: There is no index, no generation of it can be read, or the documents folder cannot be.
    """
    index = settings.index
    newest = open_newest(index, Manifest.open)
    with closing(newest.opened) as manifest:
        store = manifest.store
        known = Known(store.files(), store.failures())
        changes = find_changes(list_folder(settings.documents, index), known, Limits.of(settings))
        return IndexStatus(
            index=manifest.info(),
            model=store.recipe().model,
            precision=store.precision(),
            size=_bytes(index / GENERATIONS),
            age=(datetime.now(UTC) - store.built()).total_seconds(),
            added=tuple(source for source in changes.read if source not in known.files),
            updated=tuple(source for source in changes.read if source in known.files),
            removed=tuple(changes.removed),
            failed=changes.failed,
            rebuild=_why_rebuild(newest, settings),
        )


def _why_rebuild(newest: Newest[Manifest], settings: Settings) -> str | None:
    manifest = newest.opened
    if manifest.vectors is None or newest.damaged:
        return "the index is damaged"
    if manifest.server != settings.chroma_url:
        return "the vectors are kept in another place"
    if manifest.store.folder() != place_of(settings.documents, settings.index):
        return "the documents folder is another one"
    return manifest.store.recipe().difference(Recipe.of(settings))


def _bytes(folder: Path) -> int:
    """What lies in a folder; what a build sweeps away meanwhile counts no more."""
    size = 0
    for place, _, names in os.walk(folder):
        for name in names:
            with suppress(FileNotFoundError):
                size += (Path(place) / name).stat().st_size
    return size
