"""Which sentences stand under a heading that a question repeats, or that says what it asks for: "List the risks"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from assistant.answering.evidence import ScoredSentence
from assistant.words import content_words, words

_ASKED_FOR: Final = re.compile(
    r"(?:please )?(?:(?:what|which) (?:is|are|was|were)|what's|list|name|show(?: me)?|give(?: me)?|tell me)"
    r"(?: (?:all|of|the|our|their|its|your|any|an?))* (?P<asked>[^()]+)",
    re.IGNORECASE,
)
"""A question that says nothing but what it asks for."""

_NUMBER: Final = re.compile(r"^\W*(?:[\dIVX]+(?:\.\d+)*[.):]?\s+)?")
"""What a heading may be numbered with."""


def under_its_heading(question: str, sentences: Sequence[ScoredSentence]) -> frozenset[ScoredSentence]:
    """The sentences under headings that are the question, or what it asks for, in all words of meaning; mostly none.

    Args:
        question: As it is searched for.
        sentences: All that were judged.
    """
    plain = " ".join(question.replace("’", "'").split()).strip(" ?!.")
    match = _ASKED_FOR.fullmatch(plain)
    asked = frozenset(content_words(words(match["asked"]))) if match else frozenset()

    def says_it(heading: str) -> bool:
        own = words(_NUMBER.sub("", heading))
        of_meaning = frozenset(content_words(own))
        return (bool(own) and own == words(plain)) or (bool(of_meaning) and of_meaning == asked)

    headed = {heading for one in sentences for heading in one.passage.heading.split(" › ") if says_it(heading)}
    return frozenset(one for one in sentences if not headed.isdisjoint(one.passage.heading.split(" › ")))
