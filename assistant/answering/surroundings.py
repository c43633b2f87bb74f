"""What it takes to understand a sentence: whom it points back to, what leads in to it, what its columns are called."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import pairwise
from typing import Final

from assistant.answering.evidence import ScoredSentence, quote
from assistant.answering.features import POINTS_BACK
from assistant.answering.question import understand
from assistant.types import Span
from assistant.words import words

_THERE_IS: Final = re.compile(r"there(['’]s| (is|are|was|were|will|has|have))\b", re.IGNORECASE)
"""How a sentence begins with "there" that points to no place."""

_GOES_ON: Final = re.compile(
    r"(and|or|nor|but|so|yet|then|thus|however|still|also|instead|moreover|therefore)\b(?!-| far\b)", re.IGNORECASE
)
"""How a sentence begins that takes up what the one before it says."""

LONGEST_CHAIN: Final = 3
"""Sentences that may come before one that takes them up: "A or B. Or C. Or D." """

MOST_ITEMS: Final = 12
"""Items of a list that are given where several things are asked for."""

_ITEM: Final = re.compile(r"(?:[-*+•–]|[(\[]?(?:\d{1,3}|[ivx]{1,5}|[a-z])[.)\]])\s", re.IGNORECASE)
"""How an item of a list begins."""

_RULE: Final = re.compile(r"\n[ \t|]*:?-[ \t|:-]*\n")
"""The line between the row that names the columns of a table and the others."""

_BLANK_LINE: Final = re.compile(r"\n[^\S\n]*\n")


def understandable(
    question: str, sentences: Sequence[ScoredSentence]
) -> dict[ScoredSentence, tuple[ScoredSentence, ...]]:
    """Each sentence with what it takes to understand it.

    That is the one before, in the same paragraph, if it begins with a pronoun or takes that up ("Or …") and does not
    itself name what is asked about; where it takes it up, that one may need others before it too. It is the one after,
    of the same passage, if it asks something or leads in to something: a question is no answer, nor is a colon. With an
    item that is marked as one it is what leads in to the list, and with a row of a table of Markdown, the row that
    names its columns, where that is among them.

    Args:
        question: The question.
        sentences: All that were judged, passage by passage.
    """
    names = understand(question).names
    understood: dict[ScoredSentence, tuple[ScoredSentence, ...]] = {}
    head: ScoredSentence | None = None
    for at, one in enumerate(sentences):
        before = sentences[at - 1] if at and sentences[at - 1].passage is one.passage else None
        head = _head(one, before, head) if before else None
        needed = (
            *((head,) if head else ()),
            *_taken_up(at, sentences, names),
            one,
            *(after for after in sentences[at + 1 : at + 2] if _leads_on(one, after)),
        )
        understood[one] = tuple(dict.fromkeys(needed))
    return understood


def whole_lists(given: Collection[ScoredSentence], sentences: Sequence[ScoredSentence]) -> list[ScoredSentence]:
    """Lists with what leads in to them, of which that is given, or more than one item.

    Of an item, its first sentence; of a list, what stands in the same passage.

    Args:
        given: The sentences that were chosen.
        sentences: All that were judged, passage by passage.
    """
    found: list[ScoredSentence] = []
    for at, one in enumerate(sentences):
        items = _items(at, sentences)
        if items and (one in given or sum(item in given for item in items) > 1):
            found += [one, *items]
    return found


def leans(text: str) -> bool:
    """Whether a sentence begins as if the one before it were needed to understand it."""
    points_back = POINTS_BACK.match(text) and not _THERE_IS.match(text)
    return bool(points_back or _GOES_ON.match(text))


def _items(at: int, sentences: Sequence[ScoredSentence]) -> list[ScoredSentence]:
    """The items, or rows, of the list that a sentence leads in to; none where it leads in to none."""
    items: list[ScoredSentence] = []
    if not _ends(sentences[at], ":"):
        return items
    depth = _depth(sentences[at])
    for before, one in pairwise(sentences[at:]):
        breaks = before.passage is one.passage and line_breaks(one, before)
        if breaks and _is_listed(one) and _indent(one) > depth and len(items) < MOST_ITEMS:
            items.append(one)
        elif breaks or not items or before.passage is not one.passage:
            break
    return items


def _is_listed(one: ScoredSentence) -> bool:
    return bool(_ITEM.match(quote(one))) or _is_row(one) or " | " in quote(one)


def _depth(lead_in: ScoredSentence) -> int:
    """How far what leads in to a list is indented, if it is an item itself; the items of its list are further."""
    return _indent(lead_in) if _ITEM.match(quote(lead_in)) else -1


def _indent(one: ScoredSentence) -> int:
    """Characters before it on its line, as far as its passage has that."""
    before = one.passage.text[: one.span.start - one.passage.start]
    return len(before) - (before.rfind("\n") + 1)


def _head(one: ScoredSentence, before: ScoredSentence, head: ScoredSentence | None) -> ScoredSentence | None:
    """What leads in to the list, or names the columns of the table, that a sentence is a part of.

    Args:
        one: The sentence.
        before: The one before it, of the same passage.
        head: The same for that one.
    """
    if not line_breaks(one, before):
        return head
    if _is_row(one) and _is_row(before):
        between = _between(one, before)
        return before if _RULE.search(between) else None if _BLANK_LINE.search(between) else head
    if not _ITEM.match(quote(one)):
        return None
    lead_in = before if _ends(before, ":") else head
    return lead_in if lead_in and _indent(one) > _depth(lead_in) else None


def _is_row(one: ScoredSentence) -> bool:
    """Whether it is a row of a table of Markdown; in most other formats each has the names of its columns."""
    return quote(one).startswith("|")


def _taken_up(at: int, sentences: Sequence[ScoredSentence], names: frozenset[str]) -> Sequence[ScoredSentence]:
    """Those before a sentence, in its paragraph, that it leans on."""
    longest = LONGEST_CHAIN if _GOES_ON.match(quote(sentences[at])) else 1
    first = at
    while first and at - first < longest and _leans_on(sentences[first], sentences[first - 1], names):
        first -= 1
    return sentences[first:at]


def _leans_on(one: ScoredSentence, before: ScoredSentence, names: frozenset[str]) -> bool:
    if before.passage is not one.passage or line_breaks(one, before):
        return False
    return leans(quote(one)) and names.isdisjoint(words(quote(one)))


def _leads_on(one: ScoredSentence, after: ScoredSentence) -> bool:
    return one.passage is after.passage and _ends(one, "?", ":")


def _ends(one: ScoredSentence, *signs: str) -> bool:
    """Whether a sentence ends with one of these, but for marks of emphasis."""
    return quote(one).rstrip("*_`").endswith(signs)


def line_breaks(one: ScoredSentence, before: ScoredSentence) -> bool:
    """Whether a sentence begins on another line than the one before it, of the same passage, ends on."""
    return "\n" in _between(one, before)


def _between(one: ScoredSentence, before: ScoredSentence) -> str:
    return one.passage.quote(Span(before.span.end, one.span.start))
