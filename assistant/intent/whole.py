"""Whether a question is after whole documents: what they are about, or how they end."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from assistant.intent.vocabulary import (
    KINDS,
    MAIN,
    POINTING,
    POINTS,
    SUMMARY,
    TEXTS,
    meaning,
    singular,
    spelled,
    unusual,
)

Part = Literal["overview", "conclusion"]


@dataclass(frozen=True, slots=True)
class Whole:
    """Whole documents are asked for: "What is the report about?".

    Attributes:
        part: What is wanted of them.
        kinds: What it calls them that a document may speak of too: "report".
        named: Its other words, normalised, by which one of them is named; empty where any may be meant.
        told_of: Whether what it names is called a document, or is to be summed up.
        pointed_to: Whether it says "this" or "it": then nothing else of that kind is spoken of.
        only_pointed_to: Whether it calls them nothing else, so that a conversation may have given it something to mean.
        certain: Whether it can hardly be after a fact.
    """

    part: Part
    kinds: frozenset[str]
    named: frozenset[str]
    told_of: bool
    pointed_to: bool
    only_pointed_to: bool
    certain: bool


_LENGTH: Final = re.compile(
    r"\b(in|using|with) [\w ]{0,25}?\b(sentences?|words|lines|bullets?|bullet points|paragraphs?)( or (less|fewer))?$"
)
_MAIN_POINTS: Final = re.compile(rf"\b(?:{'|'.join(MAIN)}) (?:{'|'.join(POINTS)})s?\b")
_OF_A_FACT: Final = re.compile(
    r"\b(who|whom|whose|when|where|why|he|she|him|her|his|hers|they|them|their)\b"
    r"|\bhow (?!does|do|did|is|are)|\bhow (does|do|did|is|are) (i|we|you|one|people)\b|\bwhat (should|must) (?!i know)"
    r"|^(is|are|was|were|do|does|did|has|have|had|will|must)\b(?! you\b)"
)
_MAINLY: Final = r"(?: (?:all|really|actually|mainly|mostly|basically|generally|overall))?"
_SUM_UP: Final = re.compile(r"\bsum (?:.+ )?up\b|\bbriefly\b|\bin (?:brief|short)\b|\bshort version\b")
_SAY: Final = (
    r"(?:say|cover|discuss|deal with|talk about|describe|contain|argue|explain|tell me|tell us|report|treat|regulate"
    r"|call for)"
)
_WHICH: Final = r"(?:what|which) (?:main |kind of )?(?:topics|subjects|issues|points|themes|information)"
_KNOW: Final = r"(?:(?:what can you )?tell (?:me|us)|what should i know|what do i need to know)(?: more| something)?"
_OVERVIEWS: Final = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?P<before>.*?\b)??what(?: is| are| was| were|'s) (?P<called>.+?){_MAINLY} about",
        rf"(?P<before>.*?\b)??what (?:does|do|did) (?P<called>.+?){_MAINLY} {_SAY}{_MAINLY}",
        r"(?P<before>.*?\b)??what (?P<called>.+?) (?:says|covers|reports|is about)",
        rf"{_WHICH} (?:does|do|did) (?P<called>.+?) (?:cover|discuss|deal with|raise|make|treat|give|contain)",
        rf"{_KNOW} about (?P<called>.+)",
        r"(?:please )?(?:describe|explain|introduce|condense) (?P<called>.+)",
    )
)
_CLOSE: Final = r"(?:end|close|finish|conclude|wrap up|come to an end)"
_WHAT: Final = (
    r"(?:on |with )?(?:what|which)(?: note| words?| thought| message| image| picture| outlook| point| remark)?"
)
_CONCLUSIONS: Final = tuple(
    re.compile(rf"(?P<before>.*?\b)??{form}(?: (?:in|at) the end)?")
    for form in (
        rf"(?:how|{_WHAT}) (?:does|do|did|will) (?P<called>.+?) {_CLOSE}(?: with| on)?",
        r"how (?P<called>.+?) (?:ends|closes|finishes|concludes|wraps up)",
    )
)
_CONCLUSION: Final = re.compile(r"\b(?:conclusions?|bottom line|upshot)\b")
_LAST_WORDS: Final = re.compile(
    r"\b(?:closing|final|concluding|last|parting) "
    r"(?:words?|thoughts?|remarks?|points?|verdict|sentences?|messages?|paragraphs?)\b"
    r"|\b(?:at|towards?|in) (?:the|its) (?:very )?end\b|\b(?:the|its) ending\b|\blast of all\b"
)


def whole(question: str) -> Whole | None:
    """What a question asks of whole documents; None where it asks nothing of them.

    Args:
        question: On one line, with plain apostrophes.
    """
    plain = _LENGTH.sub("", question.casefold()).strip(" ,")
    if _OF_A_FACT.search(plain):
        return None
    return (
        _by_form(plain, "conclusion", _CONCLUSIONS)
        or _by_words(plain, spelled(plain))
        or _by_form(plain, "overview", _OVERVIEWS)
    )


def _by_words(plain: str, found: Sequence[str]) -> Whole | None:
    """What a question is after that has a word for a summary, main points or a conclusion."""
    asked = frozenset(map(singular, found))
    concluded = bool(_CONCLUSION.search(plain))
    if concluded or (asked & (TEXTS | KINDS) and _LAST_WORDS.search(plain)):
        return _of_what(found, "conclusion", certain=concluded)
    summed_up = bool(asked & SUMMARY or _SUM_UP.search(plain))
    if summed_up or _MAIN_POINTS.search(plain):
        return _of_what(found, "overview", certain=True, summed_up=summed_up)
    return None


def _by_form(plain: str, part: Part, forms: Iterable[re.Pattern[str]]) -> Whole | None:
    """What a question of one of these forms is after, by what it is asked of."""
    for form in forms:
        if match := form.fullmatch(plain):
            found = spelled(f"{match.groupdict().get('before') or ''} {match['called']}")
            asked = frozenset(map(singular, found))
            if asked & (TEXTS | KINDS) or not POINTING.isdisjoint(found) or unusual(found):
                # An event ends too, and so does whatever "it" may be.
                return _of_what(found, part, certain=part == "overview" or bool(asked & TEXTS))
    return None


def _of_what(found: Sequence[str], part: Part, *, certain: bool, summed_up: bool = False) -> Whole | None:
    """Which documents are asked for; None where there is a word more that names none."""
    others = unusual(found)
    if not all(map(meaning, ([word] for word in others))):
        return None
    asked = frozenset(map(singular, found))
    texts, kinds, named = asked & (TEXTS | KINDS), asked & KINDS, meaning(others)
    pointed_to = not POINTING.isdisjoint(found)
    return Whole(
        part=part,
        kinds=kinds,
        named=named,
        told_of=summed_up or bool(texts),
        pointed_to=pointed_to,
        only_pointed_to=pointed_to and not texts,
        certain=summed_up or (certain and not named and (not kinds or pointed_to)),
    )
