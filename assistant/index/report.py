"""What a build did, told from the state before and after."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from assistant.index.store import FileRecord, Store
from assistant.types import IndexReport


def report(
    generation: str,
    before: Mapping[str, FileRecord],
    store: Store,
    failed: dict[str, str],
    *,
    embedded: int,
    published: bool,
    seconds: float,
) -> IndexReport:
    """Compares a generation with the files of the one before it.

    Args:
        generation: Its name.
        before: The documents before the build.
        store: The documents after it.
        failed: Why files could not be indexed, by source.
        embedded: How many passages were embedded.
        published: Whether the generation is a new one.
        seconds: How long it took.
    """
    after = store.files()
    added = sorted(after.keys() - before.keys())
    removed = sorted(before.keys() - after.keys())
    renamed = _renamed(removed, before, added, after)
    both = sorted(after.keys() & before.keys() - failed.keys())
    return IndexReport(
        added=tuple(source for source in added if source not in renamed.values()),
        updated=tuple(source for source in both if after[source].sha256 != before[source].sha256),
        removed=tuple(source for source in removed if source not in renamed),
        renamed=renamed,
        unchanged=tuple(source for source in both if after[source].sha256 == before[source].sha256),
        failed=failed,
        documents=len(after),
        passages=store.passage_count(),
        embedded=embedded,
        generation=generation,
        published=published,
        seconds=seconds,
    )


def _renamed(
    removed: Iterable[str], before: Mapping[str, FileRecord], added: Iterable[str], after: Mapping[str, FileRecord]
) -> dict[str, str]:
    """New source by old source, for content that is gone from one place and new in another."""
    places: dict[str, list[str]] = {}
    for source in added:
        places.setdefault(after[source].sha256, []).append(source)
    return {source: places[digest].pop(0) for source in removed if places.get(digest := before[source].sha256)}
