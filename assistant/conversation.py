"""A follow-up and the conversation before it → a question that stands alone, without a model."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from assistant.answering.names.years import DATED
from assistant.checks import LONGEST_QUESTION
from assistant.intent import is_courtesy
from assistant.leaning import (
    asks_for_more,
    begins_a_topic,
    is_of_something,
    is_part,
    is_sentence,
    leans_back,
    names_nothing,
    names_somebody,
    without_leading,
)
from assistant.types import Message
from assistant.words import content_words, words

_MARK: Final = re.compile(r"\s*\[\d+\]")

_PLACE: Final = re.compile(
    r"(?P<before>.+ (?P<preposition>about|against|of|with|without)) "
    r"(?!.*\b(about|against|of|with|without|for|in|at|on|to|from|by|and|or|that)\b)(?P<named>.+)"
)
"""A question that ends with what it asks about: "What does the policy say about theft"."""

_HE_OR_SHE: Final = re.compile(r"\b(he|she)\b", re.IGNORECASE)

_IS_HE_OR_SHE: Final = re.compile(
    r"(?P<article>\b(?:[Tt]he|[Aa]n?) )?\b(?P<name>[A-ZÀ-Þ][\w-]+(?: [A-ZÀ-Þ][\w-]+)*)(?!['’\w-])"
    r"[^.!?A-ZÀ-Þ]*?\b(?P<pronoun>he|she)\b"
)
"""A name, with the pronoun behind it in the same sentence."""

LATEST: Final = 2
"""Follow-ups that the topic has, beside the question that they follow."""


def in_full(question: str, history: Sequence[Message]) -> str:
    """A question with what the last turn, by itself, surely gives it.

    A part of a question is put in its place in the one before: "and about data?" after "What is said about theft?".
    "He" or "she" gives way to the one name that the last answer calls so, where no question named anybody.

    Args:
        question: As it was asked.
        history: The conversation before it, oldest first.
    """
    asked = _asked(history)
    if not asked:
        return question
    whole = _in_place(question, asked[-1])
    return _by_name(whole, history) if whole == question else whole


def stand_alone(question: str, history: Sequence[Message]) -> str:
    """Makes a follow-up stand alone: the topic of the question before is put behind it.

    Args:
        question: The follow-up.
        history: The conversation before it, oldest first.

    Returns:
        The question itself where it stands alone, where there is no question before it, and where both together are too
        long to be asked.
    """
    if not leans_back(question):
        return question
    about = _about(question, history)
    topic = "; ".join(text.rstrip(" ?.!") for text in (*about[:1], *about[1:][-LATEST:]))
    alone = with_topic(question, without_leading(topic))
    return alone if topic and len(alone) <= LONGEST_QUESTION else question


def with_topic(question: str, topic: str) -> str:
    """A follow-up as it is searched for and read: what it is about stands in brackets behind it."""
    return f"{without_leading(question)} ({topic.rstrip(' ?.!')})"


def _about(question: str, history: Sequence[Message]) -> list[str]:
    """What the conversation is about: the last question that begins a topic, and those after it.

    Where more is asked for, the last that says what it is about is enough.
    """
    begins = is_of_something if asks_for_more(question) else begins_a_topic
    about: list[str] = []
    for text in reversed(_asked(history)):
        if text != question:
            about.insert(0, text)
            if begins(text):
                break
    return about


def _asked(history: Sequence[Message]) -> list[str]:
    """What was asked about, oldest first, each in its place in the one before where it is a part of that."""
    asked: list[str] = []
    for message in history:
        text = _plain(message["content"])
        if message["role"] == "user" and text and not names_nothing(text) and not is_courtesy(text):
            asked.append(_in_place(text, asked[-1]) if asked else text)
    return asked


def _in_place(question: str, before: str) -> str:
    """A part of a question in the place that the same preposition has in the one before, or as it is."""
    own, place = without_leading(question), _PLACE.fullmatch(before.rstrip(" ?.!"))
    if not (place and is_part(question) and own.startswith(f"{place['preposition']} ")):
        return question
    once = len(re.findall(rf"\b{place['preposition']}\b", place["before"])) == 1
    sure = once and not is_sentence(place["named"])
    return place["before"] + own.removeprefix(place["preposition"]) if sure else question


def _by_name(question: str, history: Sequence[Message]) -> str:
    """A question with a name for its "he" or "she"; itself where it is not sure whose."""
    pronouns = _HE_OR_SHE.findall(question)
    if len(pronouns) != 1 or any(map(names_somebody, (question, *_about(question, history)))):
        return question
    answer = next((message["content"] for message in reversed(history) if message["role"] == "assistant"), "")
    names = frozenset(_called(pronouns[0].casefold(), _plain(answer)))
    return _HE_OR_SHE.sub(min(names), question) if len(names) == 1 else question


def _called(pronoun: str, answer: str) -> Iterator[str]:
    """The names in an answer that it calls "he", or "she"."""
    for match in _IS_HE_OR_SHE.finditer(answer):
        parts = match["name"].split()
        is_name = all(content_words(words(part)) for part in parts) and not DATED.issuperset(map(str.casefold, parts))
        if is_name and not match["article"] and match["pronoun"] == pronoun:
            yield match["name"]


def _plain(text: str) -> str:
    return " ".join(_MARK.sub("", text).split())
