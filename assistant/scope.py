"""Which documents a question means, by what it calls them and what was said before."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from assistant.index import Generation
from assistant.intent import Called, Whole, intent, is_of_documents
from assistant.intent.vocabulary import GENERAL
from assistant.leaning import says_nothing_alone
from assistant.types import DocumentRecord, Message
from assistant.words import content_words, words

SEARCHED: Final = 50
"""Documents that are gone through for what a question may mean; among more, it may mean anything."""

_HYPHEN: Final = re.compile(r"(?<=\be)-(?=mail)|(?<=\bwrite)-(?=up)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Scope:
    """The documents that a question means.

    Attributes:
        documents: What the index knows of them; none where it means something else, or may.
        called: Whether they are called so, by their titles or the names of their files, or by the question before.
    """

    documents: tuple[DocumentRecord, ...] = ()
    called: bool = False


def documents_meant(
    called: Called,
    generation: Generation,
    sources: frozenset[str] | None,
    history: Sequence[Message] = (),
    *,
    summed_up: bool = False,
) -> Scope:
    """Which documents a question means.

    Args:
        called: What it calls them.
        generation: The index that has them.
        sources: Those that are asked; None for all.
        history: The conversation before it, oldest first.
        summed_up: Whether whatever it names is to be summed up.
    """
    records = tuple(one for one in generation.records() if one.passages and (sources is None or one.source in sources))
    said = [message["content"] for message in history if message["role"] == "user"]
    in_conversation = not all(is_of_documents(question) or says_nothing_alone(question) for question in said)
    if called.only_pointed_to:
        if in_conversation:
            return Scope()
        called = _last_called(said) or called
    if called.named:
        records = tuple(record for record in records if _is_named(record, called, summed_up))
    kinds = frozenset(words(_unhyphened(" ".join(called.kinds))))
    if of_that_kind := tuple(record for record in records if kinds & _words_of(record)):
        return Scope(of_that_kind, called=True)
    if not called.kinds or (called.pointed_to and not in_conversation):
        return Scope(records, called=bool(called.named))
    surely = summed_up or called.as_document
    if called.kinds <= GENERAL and (surely or not _speak_of(called.kinds, generation, records)):
        return Scope(records)
    return Scope()


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
    return frozenset(words(_unhyphened(f"{record.title} {record.source}")))


def _unhyphened(text: str) -> str:
    """A text in which an "e-mail" is an "email", and a "write-up" one word: its parts call nothing by themselves."""
    return _HYPHEN.sub("", text)


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
