"""Which documents a question means, by what it calls them and what was said before."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from assistant.index import Generation
from assistant.intent import Called, Whole, intent, is_of_documents
from assistant.intent.vocabulary import GENERAL
from assistant.types import DocumentRecord, Message
from assistant.words import content_words, words

SEARCHED: Final = 50
"""Documents that are gone through for what a question may mean; among more, it may mean anything."""

LONGEST_FRAGMENT: Final = 2
"""Letters of a part of a word that calls nothing by itself: the "e" of "e-mail", the "up" of "write-up"."""


def documents_meant(
    called: Called,
    generation: Generation,
    sources: frozenset[str] | None,
    history: Sequence[Message] = (),
    *,
    summed_up: bool = False,
) -> list[DocumentRecord]:
    """The documents that a question means; none where it means something else, or may.

    Args:
        called: What it calls them.
        generation: The index that has them.
        sources: Those that are asked; None for all.
        history: The conversation before it, oldest first.
        summed_up: Whether whatever it names is to be summed up.
    """
    records = [one for one in generation.records() if one.passages and (sources is None or one.source in sources)]
    said = [message["content"] for message in history if message["role"] == "user"]
    in_conversation = not all(map(is_of_documents, said))
    if called.only_pointed_to:
        if in_conversation:
            return []
        called = _last_called(said) or called
    if called.named:
        records = [record for record in records if _is_named(record, called, summed_up)]
    kinds = frozenset(word for word in words(" ".join(called.kinds)) if len(word) > LONGEST_FRAGMENT)
    if of_that_kind := [record for record in records if kinds & _words_of(record)]:
        return of_that_kind
    if not called.kinds or (called.pointed_to and not in_conversation):
        return records
    return records if called.kinds <= GENERAL and not _speak_of(called.kinds, generation, records) else []


def _last_called(said: Sequence[str]) -> Called | None:
    """What the last question after whole documents called them, where it called them anything."""
    asked = (intent(question) for question in reversed(said))
    last = next((one.called for one in asked if isinstance(one, Whole)), None)
    return last if last and (last.named or last.kinds) else None


def _is_named(record: DocumentRecord, called: Called, summed_up: bool) -> bool:
    """Whether a document is named: by words of its title, or all of them where it is not said to be a document."""
    title = frozenset(content_words(words(record.title)))
    return called.named <= _words_of(record) and (called.as_text or summed_up or called.named >= title)


def _words_of(record: DocumentRecord) -> frozenset[str]:
    """The normalised words that a document is called by: those of its title and of its file's name."""
    return frozenset(words(f"{record.title} {record.source}"))


def _speak_of(kinds: Iterable[str], generation: Generation, records: Sequence[DocumentRecord]) -> bool:
    """Whether some documents speak of a thing of these kinds, as far as may be told in a moment."""
    one_or_more = "|".join(f"{kind}s?|{kind.removesuffix('y')}ies" for kind in kinds)
    determined = re.compile(
        r"(?:\b(?:an?|the|this|that|his|her|its|their|my|our|your|no|each|every|some|any|one|two|three|several|many)"
        rf"|\w['’]s?)(?: [\w-]+){{0,2}} (?:{one_or_more})\b",
        re.IGNORECASE,
    )
    texts = (generation.document(record.source).text for record in records)
    return len(records) > SEARCHED or any(map(determined.search, texts))
