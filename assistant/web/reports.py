"""What a build of the index did, in a sentence or two."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.labels import count
from assistant.types import IndexReport


def said(report: IndexReport, unread: Iterable[str] = ()) -> str:
    """What a build did.

    Args:
        report: Of the build.
        unread: The files that could not be read before it either.
    """
    before = set(unread)
    still = len(before & report.failed.keys())
    gone = before.difference(report.failed, report.added, report.updated, report.renamed.values())
    counts = {
        "added": len(report.added),
        "updated": len(report.updated),
        "renamed": len(report.renamed),
        "removed": len(gone.union(report.removed)),
        "failed": len(report.failed) - still,
    }
    done = ", ".join(f"{number} {what}" for what, number in counts.items() if number)
    if done:
        news = f"Done: {done}."
    elif report.published:
        news = f"Index rebuilt: {count(report.documents, 'document')}."
    else:
        news = "Nothing has changed."
    return f"{news} {count(still, 'file')} still cannot be read." if still else news
