"""What a build did, as the page says it."""

import pytest

from assistant.types import IndexReport
from assistant.web.reports import said

BROKEN = {"broken.pdf": "It is damaged."}


@pytest.mark.parametrize(
    ("report", "unread", "words"),
    [
        (IndexReport(), (), "Nothing has changed."),
        (IndexReport(added=("a.md", "b.md"), updated=("c.md",), published=True), (), "Done: 2 added, 1 updated."),
        (IndexReport(documents=3, published=True), (), "Index rebuilt: 3 documents."),
        (IndexReport(failed=BROKEN, published=True), (), "Done: 1 failed."),
        (IndexReport(failed=BROKEN), ("broken.pdf",), "Nothing has changed. 1 file still cannot be read."),
        (
            IndexReport(added=("a.md",), failed={**BROKEN, "new.pdf": "It is damaged.", "odd.pdf": "It is, too."}),
            ("broken.pdf", "odd.pdf"),
            "Done: 1 added, 1 failed. 2 files still cannot be read.",
        ),
        (IndexReport(documents=2, published=True), ("broken.pdf",), "Done: 1 removed."),
        (IndexReport(added=("broken.pdf",), published=True), ("broken.pdf",), "Done: 1 added."),
    ],
)
def test_a_build_is_told_of_in_a_sentence_or_two(report: IndexReport, unread: tuple[str, ...], words: str) -> None:
    assert said(report, unread) == words
