"""What a question is after, beside a fact: whole documents, how they end, whatever they say on a topic, an acronym.

Told by its words alone. A question is after whole documents where it has no word but those that ask for one and those
that call it something: "What are the main points of the report?". One more word, and it asks for something in them,
unless a document is called by that.
"""

from __future__ import annotations

from typing import Final

from assistant.intent.topic import Acronym, Topic, acronym, topic
from assistant.intent.whole import Part, Whole, whole

__all__ = ["LONGEST", "Acronym", "Part", "Topic", "Whole", "intent"]

LONGEST: Final = 300
"""Characters from which on a question says too much to be after anything but a fact."""


def intent(question: str) -> Whole | Topic | Acronym | None:
    """What a question is after; None for one that asks for a fact.

    Args:
        question: As it was asked. Whether there is a document or a topic such as it speaks of is not looked at.
    """
    if len(question) > LONGEST:
        return None
    plain = " ".join(question.replace("’", "'").split()).strip(" ?!.")
    return acronym(plain) or topic(plain) or whole(plain)
