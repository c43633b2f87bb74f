"""What a question is after, beside a fact: whole documents, how they end, a topic, an acronym, a numbered part.

Told by its words alone. A question is after whole documents where it has no word but those that ask for one and those
that call it something: "What are the main points of the report?". One more word, and it asks for something in them,
unless a document is called by that.
"""

from __future__ import annotations

from typing import Final

from assistant.intent.called import Called
from assistant.intent.courtesy import Courtesy, courtesy
from assistant.intent.numbered import Numbered, numbered
from assistant.intent.topic import Acronym, Topic, acronym, topic
from assistant.intent.vocabulary import TEXTS, singular, spelled, unusual
from assistant.intent.whole import Part, Whole, whole

__all__ = [
    "LONGEST",
    "Acronym",
    "Called",
    "Courtesy",
    "Numbered",
    "Part",
    "Topic",
    "Whole",
    "courtesy",
    "intent",
    "is_courtesy",
    "is_of_documents",
]

LONGEST: Final = 300
"""Characters from which on a question says too much to be after anything but a fact."""


def intent(question: str) -> Whole | Topic | Acronym | Numbered | None:
    """What a question is after; None for one that asks for a fact.

    Args:
        question: As it was asked. Whether there is a document or a topic such as it speaks of is not looked at.
    """
    if len(question) > LONGEST:
        return None
    plain = _plain(question)
    if part := numbered(plain):
        return part
    on = topic(plain)
    if on and unusual(spelled(on.text.casefold())):
        return on
    return acronym(plain) or whole(plain) or on


def is_courtesy(question: str) -> bool:
    """Whether a question asks nothing of what the documents say, so that nothing that follows is about it."""
    return courtesy(question) is not None


def is_of_documents(question: str) -> bool:
    """Whether a question speaks of documents as such, or of nothing, so that "it" may mean a document after it.

    Args:
        question: As it was asked.
    """
    asked = intent(question)
    of_a_text = isinstance(asked, Topic) and (asked.called.as_text or asked.called.pointed_to)
    found = spelled(_plain(question).casefold())
    return isinstance(asked, Whole) or of_a_text or not unusual(found) or not TEXTS.isdisjoint(map(singular, found))


def _plain(question: str) -> str:
    return " ".join(question.replace("’", "'").split()).strip(" ?!.")
