"""What a question calls the documents that it is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.intent.vocabulary import AUTHORS, KINDS, POINTING, TEXTS, meaning, singular, unusual


@dataclass(frozen=True, slots=True)
class Called:
    """What a question calls the documents that it is about.

    Attributes:
        kinds: What it calls them that a document may speak of too: "report".
        named: Its other words, normalised, by which one of them is named; empty where any may be meant.
        as_text: Whether it has any word for a text.
        as_document: Whether it has one that hardly any text speaks of: "document", "article".
        pointed_to: Whether it says "this" or "it".
    """

    kinds: frozenset[str] = frozenset()
    named: frozenset[str] = frozenset()
    as_text: bool = False
    as_document: bool = False
    pointed_to: bool = False

    @property
    def only_pointed_to(self) -> bool:
        """Whether it calls them nothing, so that a conversation may have given it something to mean."""
        return self.pointed_to and not self.as_text and not self.named


def called(found: Sequence[str]) -> Called | None:
    """What documents are called by some words; None where one is no word for a document, and can be in no title.

    Args:
        found: Folded words.
    """
    others = unusual(found)
    if not all(meaning([word]) for word in others):
        return None
    asked = frozenset(map(singular, found))
    return Called(
        kinds=asked & KINDS,
        named=meaning(others),
        as_text=bool(asked & (TEXTS | AUTHORS | KINDS)),
        as_document=bool(asked & TEXTS),
        pointed_to=not POINTING.isdisjoint(found),
    )
