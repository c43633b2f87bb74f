"""What it takes to understand a sentence: whom it points back to, what leads in to it, what its columns are called."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from assistant.answering.evidence import Judged, quote
from assistant.answering.features import POINTS_BACK
from assistant.answering.question import understand
from assistant.types import Span
from assistant.words import words

_THERE_IS: Final = re.compile(r"there(['’]s| (is|are|was|were|will|has|have))\b", re.IGNORECASE)
"""How a sentence begins with "there" that points to no place."""

_ITEM: Final = re.compile(r"(?:[-*+•–]|[(\[]?(?:\d{1,3}|[ivx]{1,5}|[a-z])[.)\]])\s", re.IGNORECASE)
"""How an item of a list begins."""

_RULE: Final = re.compile(r"\n[ \t|]*:?-[ \t|:-]*\n")
"""The line between the row that names the columns of a table and the others."""

_BLANK_LINE: Final = re.compile(r"\n[^\S\n]*\n")


def understandable(question: str, sentences: Sequence[Judged]) -> dict[Judged, tuple[Judged, ...]]:
    """Each sentence with what it takes to understand it.

    That is the one before, in the same paragraph, if it begins with a pronoun and does not itself name what is asked
    about; and the one after, of the same passage, if it asks something or leads in to something: a question is no
    answer, nor is a colon. With an item that is marked as one it is what leads in to the list, and with a row of a
    table of Markdown, the row that names its columns, where that is among them.

    Args:
        question: The question.
        sentences: All that were judged, passage by passage.
    """
    names = understand(question).names
    understood: dict[Judged, tuple[Judged, ...]] = {}
    before: Judged | None = None
    head: Judged | None = None
    for one, after in zip(sentences, (*sentences[1:], None), strict=True):
        if before and before.passage is not one.passage:
            before = None
        head = _head(one, before, head) if before else None
        understood[one] = (
            *((head,) if head else ()),
            *((before,) if before and before is not head and _points_back(one, before, names) else ()),
            one,
            *((after,) if after and _leads_on(one, after) else ()),
        )
        before = one
    return understood


def _head(one: Judged, before: Judged, head: Judged | None) -> Judged | None:
    """What leads in to the list, or names the columns of the table, that a sentence is a part of.

    Args:
        one: The sentence.
        before: The one before it, of the same passage.
        head: The same for that one.
    """
    if not _line_breaks(one, before):
        return head
    if _is_row(one) and _is_row(before):
        between = _between(one, before)
        return before if _RULE.search(between) else None if _BLANK_LINE.search(between) else head
    if not _ITEM.match(quote(one)):
        return None
    return before if quote(before).endswith(":") else head


def _is_row(one: Judged) -> bool:
    """Whether it is a row of a table of Markdown; in most other formats each has the names of its columns."""
    return quote(one).startswith("|")


def _points_back(one: Judged, before: Judged, names: frozenset[str]) -> bool:
    text = quote(one)
    if not POINTS_BACK.match(text) or _THERE_IS.match(text) or names & frozenset(words(text)):
        return False
    return not _line_breaks(one, before)


def _leads_on(one: Judged, after: Judged) -> bool:
    return one.passage is after.passage and quote(one).endswith(("?", ":"))


def _line_breaks(one: Judged, before: Judged) -> bool:
    return "\n" in _between(one, before)


def _between(one: Judged, before: Judged) -> str:
    return one.passage.quote(Span(before.span.end, one.span.start))
