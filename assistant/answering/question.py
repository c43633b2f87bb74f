"""What a question asks for: its kind, the names and numbers in it, and which of its words matter."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal, get_args

from assistant.answering.names import names_in
from assistant.words import distinct_content_words, fold, word_pairs, words

Kind = Literal["when", "who", "how many", "where", "why", "how", "what", "which", "whether", "other"]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)

_SIGNS: Final[tuple[tuple[Kind, re.Pattern[str]], ...]] = (
    (
        "how many",
        re.compile(
            r"\bhow (many|much|long|old|often|far|large|big|tall|high|deep|fast)\b"
            r"|\bwhat (percent|percentage|number|amount|population)\b"
        ),
    ),
    ("when", re.compile(r"\bwhen\b|\b(what|which) (year|date|day|month|century|decade|time|era|period)\b")),
    ("who", re.compile(r"\bwho(m|se)?\b")),
    (
        "where",
        re.compile(r"\bwhere\b|\b(what|which) (country|city|state|place|town|location|continent|region|county|area)\b"),
    ),
    ("why", re.compile(r"\bwhy\b|\bfor what (reason|purpose)\b|\bwhat (caused|is the (reason|purpose))\b")),
    ("how", re.compile(r"\bhow\b")),
    ("what", re.compile(r"\bwhat\b")),
    ("which", re.compile(r"\bwhich\b")),
    ("whether", re.compile(r"^(is|are|was|were|do|does|did|can|could|has|have|had|will|would|should)\b")),
)
_TOPIC: Final = re.compile(r"(?<=\S) \(.+\)$", re.DOTALL)
"""What a follow-up follows, as it is searched for."""

_SEVERAL: Final = re.compile(
    r"^(please |can you |could you )*(list|name|enumerate)\b|\bwhich\b|\b(what|who)( \w+){0,2} (are|were)\b"
    r"|\bwhat (\w+ )?(?!(does|was|has|this|its|his)\b)\w+[^\Wsui]s\b"
    r"|\b(all|the|these|those) (two|three|four|five|six|seven|eight|nine|ten|\d{1,2})\b"
)

NEGATION: Final = re.compile(
    r"\b(not|no|never|none|without|cannot|unable|neither|nor|except|least|fail(s|ed)?|lack(s|ed)?|\w+n['’]t)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, understood as far as its words allow.

    Attributes:
        kind: What sort of thing it asks for.
        words: Its normalised words, in order.
        content: Those that carry meaning, each once; all where none does.
        names: Its normalised names and numbers: what is capitalised inside the question, or has digits.
        numbers: Its normalised numbers.
        pairs: Its neighbouring words of which at least one carries meaning.
        negated: Whether it asks for what is not.
    """

    kind: Kind
    words: tuple[str, ...]
    content: tuple[str, ...]
    names: frozenset[str]
    numbers: frozenset[str]
    pairs: frozenset[tuple[str, str]]
    negated: bool


def understand(question: str) -> Asked:
    """Takes a question apart; what a topic behind it in brackets asks for is not asked."""
    own, found = _TOPIC.sub("", question), words(question)
    return Asked(
        kind=kind_of(own),
        words=tuple(found),
        content=distinct_content_words(found),
        names=names_in(question),
        numbers=numbers_in(found),
        pairs=word_pairs(found),
        negated=bool(NEGATION.search(own)),
    )


def kind_of(question: str) -> Kind:
    """What sort of thing a question asks for."""
    folded = fold(question).strip()
    return next((kind for kind, sign in _SIGNS if sign.search(folded)), "other")


def asks_for_several(question: str) -> bool:
    """Whether a question may ask for more than one thing, as those of a list are: "What are the three conditions?"."""
    return bool(_SEVERAL.search(fold(_TOPIC.sub("", question)).strip()))


def numbers_in(found: list[str]) -> frozenset[str]:
    """Those of some normalised words that are numbers."""
    return frozenset(word for word in found if word[0].isdigit())
