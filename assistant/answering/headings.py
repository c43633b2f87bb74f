"""Which sentences stand under a heading that says what a question asks for: "What are the risks?"."""

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
    """The sentences under headings that have just the words of meaning of what a question asks for; mostly none.

    Args:
        question: As it is searched for.
        sentences: All that were judged.
    """
    match = _ASKED_FOR.fullmatch(" ".join(question.replace("’", "'").split()).strip(" ?!."))
    asked = frozenset(content_words(words(match["asked"]))) if match else frozenset()
    if not asked:
        return frozenset()
    return frozenset(one for one in sentences if asked in map(_words, one.passage.heading.split(" › ")))


def _words(heading: str) -> frozenset[str]:
    return frozenset(content_words(words(_NUMBER.sub("", heading))))
