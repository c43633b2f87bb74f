"""Gives every passage of a generation its vector: embeds what is new, and brings Chroma in line with the manifest."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from assistant.index.check import check_ids, lost, refused
from assistant.index.editing import StoreEditor
from assistant.index.progress import Progress, Stage, silent
from assistant.index.store import Store
from assistant.index.vectors import Vectors, copy_vectors

if TYPE_CHECKING:
    from assistant.embedding import Embedder
    from assistant.index.manifest import Manifest

Item = TypeVar("Item")

EMBEDDED_AT_ONCE: Final = 128
STORED_AT_ONCE: Final = 5_000
"""Passages between two reports of progress."""

_UNREACHED: Final = 0.5
"""The share of passages that Chroma's graph may not lead to; more would mean that something else is wrong. Where a file
says the same thousands of times, the graph breaks up there and does not lead to a fifth of all: one such file must not
keep the others from being indexed."""

_ADDED: Final = 0.1
"""Passages added since all were last looked for, as a share of all, from which all are again: to put one into Chroma's
graph may cut off another, however far away that lies. To look for all takes a fortieth of a first build, which is more
than an edit may cost."""

_CROWDED: Final = 0.5
"""Removed passages, as a share of those that stay, from which Chroma's graph is made anew: it never forgets any."""


def embed_missing(store: StoreEditor, embedder_factory: Callable[[], Embedder], progress: Progress = silent) -> int:
    """Embeds the passages that have no vectors yet, each text once.

    Args:
        store: Where they are.
        embedder_factory: Called only if there are any.
        progress: Told how many are done.

    Returns:
        How many were embedded.
    """
    # Texts of like length share a batch, so that little is spent on padding.
    missing = sorted(store.unembedded().items(), key=lambda item: len(item[1].text), reverse=True)
    if not missing:
        return 0
    embedder = embedder_factory()
    for batch in _batches(missing, EMBEDDED_AT_ONCE, "embed", progress):
        keys, texts = zip(*batch, strict=True)
        vectors = dict(zip(keys, embedder.encode_passages(texts), strict=True))
        store.put_vectors(vectors, embedder.precision)
    return len(missing)


def update_vectors(
    folder: Path, store: StoreEditor, base: Manifest | None, server: str | None, progress: Progress
) -> None:
    """Puts vectors into Chroma, and checks that it holds the manifest's passages and finds them.

    Args:
        folder: Chroma's, empty.
        store: The new manifest, with all vectors.
        base: The generation whose vectors to start from, if any.
        server: The URL of the Chroma server to put them on; None for the folder.
        progress: Told how many passages are stored and checked.

    Raises:
        IndexingError: The check failed.
    """
    wanted = store.passage_sources()
    present = base.store.passage_sources() if base else {}
    gone = [number for number in present if number not in wanted]
    removed = len(gone) + (base.store.number("removed") if base else 0)
    if base and base.vectors and base.server == server is None and removed <= _CROWDED * len(wanted):
        copy_vectors(base.vectors, folder)
        new = {number: source for number, source in wanted.items() if number not in present}
        added = len(new) + base.store.number("added", default=len(present))
        vectors = Vectors.open(folder)
    else:
        removed, gone, new, added = 0, [], wanted, len(wanted)
        vectors = Vectors.create(folder, server)
    everything = added > _ADDED * len(wanted)
    sought = wanted if everything else new
    store.note("removed", removed)
    store.note("added", 0 if everything else added)
    with closing(vectors):
        vectors.remove(gone)
        add_vectors(vectors, store, new, progress)
        vectors.flush()
    with closing(Vectors.open(folder)) as written:
        check_ids(written, wanted)
        batches = _batches(list(sought), STORED_AT_ONCE, "check", progress)
        unreached = [number for batch in batches for number in lost(written, store, batch)]
    if len(unreached) > _UNREACHED * len(wanted):
        raise refused(f"{len(unreached)} of {len(wanted)} passages are not found by their own vectors")
    store.note_unreached(sought, unreached)


def add_vectors(vectors: Vectors, store: Store, sources: Mapping[int, str], progress: Progress = silent) -> None:
    """Adds passages to Chroma.

    Args:
        vectors: Where to.
        store: Holds what the embedder made of them.
        sources: The document of each passage, by passage id.
        progress: Told how many are done.
    """
    for batch in _batches(list(sources), STORED_AT_ONCE, "store", progress):
        vectors.add(batch, [sources[number] for number in batch], store.passage_vectors(batch))


def _batches(items: Sequence[Item], size: int, stage: Stage, progress: Progress) -> Iterator[Sequence[Item]]:
    """Deals out what is to be done, and tells how much of it is."""
    for start in range(0, len(items), size):
        progress(stage, start, len(items))
        yield items[start : start + size]
    if items:
        progress(stage, len(items), len(items))
