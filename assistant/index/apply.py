"""Puts what changed in the documents folder into the manifest of the next generation."""

from __future__ import annotations

from datetime import UTC, datetime

from assistant import readers, splitting
from assistant.errors import DocumentError
from assistant.index.changes import Changes, attempt, settled
from assistant.index.editing import StoreEditor
from assistant.index.folder import Listing
from assistant.index.progress import Progress
from assistant.index.store import Failure, Store
from assistant.readers.limits import Limits
from assistant.settings import Settings


def apply_changes(store: StoreEditor, changes: Changes, settings: Settings, progress: Progress) -> list[str]:
    """Reads what is new and takes out what is gone.

    A file that cannot be read is added to the failures; what the store had from it before stays.

    Args:
        store: The next generation's manifest.
        changes: What to do; its failures are added to.
        settings: The length of passages, and what the readers need.
        progress: Told how many files were read.

    Returns:
        The sources of the documents that were read.
    """
    for source in changes.removed:
        store.remove(source)
    for source, state in changes.same.items():
        store.remember(source, state)
    read = []
    for position, (source, file) in enumerate(changes.read.items()):
        progress("read", position, len(changes.read))
        changed_ns = settled(file)
        try:
            document = readers.read_document(file.path, source, settings)
            passages = splitting.split(document, settings.passage_characters)
            store.put(document, passages, file.size, changed_ns, datetime.now(UTC))
        except DocumentError as error:
            if file.path.exists():
                changes.failures[source] = Failure(str(error), attempt(file, Limits.of(settings)))
            else:
                store.remove(source)
        else:
            read.append(source)
    if changes.read:
        progress("read", len(changes.read), len(changes.read))
    store.replace_failures(changes.failures)
    return read


def carry_over(store: StoreEditor, base: Store, listing: Listing, settings: Settings) -> None:
    """Keeps the last good text of files that cannot be read now, where the manifest was begun anew.

    Args:
        store: The next generation's manifest.
        base: The last good generation's.
        listing: What is in the folder.
        settings: The length of passages.
    """
    there, failed = store.files(), store.failures()
    for source, file in base.files().items():
        if source not in there and (source in failed or listing.may_hold(source)):
            document = base.document(source)
            passages = splitting.split(document, settings.passage_characters)
            store.put(document, passages, file.size, None, datetime.now(UTC))
