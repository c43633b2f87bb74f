"""Which sentences stand under a heading that a question repeats, or that says what it asks for: "List the risks"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from assistant.answering.evidence import ScoredSentence
from assistant.retrieval.whole import unnumbered
from assistant.words import content_words, words

_ASKED_FOR: Final = re.compile(
    r"(?:please )?(?:(?:what|which) (?:is|are|was|were)|what's|list|name|show(?: me)?|give(?: me)?|tell me)"
    r"(?: (?:all|of|the|our|their|its|your|any|an?))* (?P<asked>[^()]+)",
    re.IGNORECASE,
)
"""A question that says nothing but what it asks for."""


def under_its_heading(question: str, sentences: Sequence[ScoredSentence]) -> frozenset[ScoredSentence]:
    """The sentences under headings that are the question, or what it asks for, in all words of meaning; mostly none.

    Args:
        question: As it is searched for.
        sentences: All that were judged.
    """
    plain = " ".join(question.replace("’", "'").split()).strip(" ?!.")
    match, repeated = _ASKED_FOR.fullmatch(plain), words(plain)
    asked = frozenset(content_words(words(match["asked"]))) if match else frozenset()

    def says_it(heading: str) -> bool:
        own = words(unnumbered(heading))
        of_meaning = frozenset(content_words(own))
        return (bool(own) and own == repeated) or (bool(of_meaning) and of_meaning == asked)

    paths = {one.passage.heading for one in sentences}
    headed = {path for path in paths if any(map(says_it, path.split(" › ")))}
    return frozenset(one for one in sentences if one.passage.heading in headed)
