"""A follow-up and the conversation before it → a question that stands alone, without a model."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from assistant.limits import LONGEST_QUESTION
from assistant.types import Message
from assistant.words import content_words, words

_THE_TEXT: Final = (
    r"(document|text|article|analysis|report|paper|piece|author|file|study|contract|policy|book|letter|manual|guide|handbook"
    r"|speech|interview|memo|essay|e-?mail|transcript|presentation|pdf|page)\b"
)
"""What "this" points to without having been spoken of. Not all that `intent` knows: texts speak of "this plan" too."""

_SAYS: Final = r"(say|tell|mention|state|describe|explain|cover|conclude|discuss)\b"
"""What "it" does that is the text: "What does it say about honey?"."""

_POINTS_BACK: Final = re.compile(
    r"\b(he|him|his|she|her|hers|its|they|them|their|theirs|these|those|then|one|ones|else|same"
    r"|former|latter|such|so|another|others?)\b"
    rf"|\b(this|that)\b(?! {_THE_TEXT})"
    rf"|\bit\b(?! {_SAYS})"
    r"|(?<!\bis )(?<!\bare )(?<!\bwas )(?<!\bwere )\bthere\b(?!['’]s| (is|are|was|were)\b)"
    r"|^((by|since|until|till|from|to|for|with) )?(why( not)?|when|where|whom?|how)"
    r"( exactly| come| many| much| long| often| far)?\W*$"
    r"|^(what|how) about\b",
    re.IGNORECASE,
)
_MARK: Final = re.compile(r"\s*\[\d+\]")
_NAME: Final = re.compile(r"\s(?!I\b)[A-ZÀ-Þ]")
_LEADING: Final = re.compile(r"^(and|but|or|so|also|then)\b[,\s]*", re.IGNORECASE)

FEW_WORDS: Final = 2
"""A question with no more words of meaning than this may lean on what was said before."""

LATEST: Final = 2
"""Follow-ups that the topic has, beside the question that they follow."""


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
    topic = _topic(question, history)
    alone = with_topic(question, topic)
    return alone if topic and len(alone) <= LONGEST_QUESTION else question


def with_topic(question: str, topic: str) -> str:
    """A follow-up as it is searched for and read: what it is about stands in brackets behind it."""
    return f"{_LEADING.sub('', question.strip())} ({topic.rstrip(' ?.!')})"


def leans_back(question: str) -> bool:
    """Whether a question may have to be understood from what was said before."""
    own = _LEADING.sub("", question.strip())
    return bool(_POINTS_BACK.search(own)) or _says_little(own)


def says_nothing_alone(question: str) -> bool:
    """Whether a question can be understood only from what was said before.

    It points back, says little itself, and names nobody.
    """
    own = _LEADING.sub("", question.strip())
    return bool(_POINTS_BACK.search(own)) and _says_little(own) and not _NAME.search(own)


def _says_little(question: str) -> bool:
    return len(content_words(words(question))) <= FEW_WORDS


def _topic(question: str, history: Sequence[Message]) -> str:
    """What the conversation is about: the last question that stands alone, and the last ones after it."""
    asked = [_plain(message["content"]) for message in history if message["role"] == "user"]
    asked = [text for text in asked if text and text != question]
    about: list[str] = []
    for text in reversed(asked):
        about.insert(0, text)
        if not leans_back(text):
            break
    return "; ".join(text.rstrip(" ?.!") for text in (*about[:1], *about[1:][-LATEST:]))


def _plain(text: str) -> str:
    return " ".join(_MARK.sub("", text).split())
