"""One generation back."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from assistant.errors import IndexingError
from assistant.index.build import explained
from assistant.index.files import DamageError
from assistant.index.fitting import of_another_folder, of_another_model
from assistant.index.generation import SweptError
from assistant.index.generations import folder_of, no_index, point_to, previous
from assistant.index.lock import building_lock
from assistant.index.manifest import Manifest
from assistant.index.recipe import Recipe
from assistant.settings import Settings
from assistant.types import IndexInfo


def rollback(settings: Settings) -> IndexInfo:
    """Makes the generation before the current one answer again, until the next build.

    Args:
        settings: The index folder, and how long to wait for a build that goes on.

    Returns:
        The generation that answers now.

    Raises:
        IndexingError: There is none to go back to, it is damaged, or of another folder or embedding model, so that it
            would answer nothing here, or the index cannot be written.
    """
    index = settings.index
    if _is_missing(index):
        raise no_index(index)  # before the lock, for which the folder would be made
    with building_lock(index, settings.lock_timeout), explained(index):
        name = previous(index)
        try:
            with closing(Manifest.open(folder_of(index, name))) as manifest:
                if reason := _of_another(manifest, settings):
                    raise IndexingError(
                        f"Generation {name} in {index} {reason}; go back to it with that one, or stay with this one."
                    )
                point_to(index, name)
                return manifest.info()
        except (DamageError, SweptError) as error:
            raise IndexingError(
                f"Generation {name} in {index} cannot be gone back to: {error}. Rebuild with `assistant index --full`."
            ) from error


def _is_missing(folder: Path) -> bool:
    try:
        folder.stat()
    except FileNotFoundError:
        return True
    except OSError:
        return False
    return False


def _of_another(manifest: Manifest, settings: Settings) -> str:
    """Why a generation would answer nothing here, in words, or ""."""
    store, wanted = manifest.store, Recipe.of(settings)
    return of_another_folder(store.folder(), settings.index, settings.documents) or of_another_model(
        store.recipe(), wanted.model, wanted.fingerprint
    )
