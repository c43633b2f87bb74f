"""Whether a question is after whole documents: what they are about, or how they end."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from assistant.intent.called import Called, called
from assistant.intent.vocabulary import (
    AUTHORS,
    KINDS,
    MAIN,
    POINTING,
    POINTS,
    SUMMARY,
    TEXTS,
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
        called: What it calls them.
        summed_up: Whether it asks for a summary in so many words.
        certain: Whether it can hardly be after a fact.
        of_called: Whether it can hardly be where documents are called what it calls them.
        sentences: How many sentences it asks for; None where it does not say.
    """

    part: Part
    called: Called
    summed_up: bool
    certain: bool
    of_called: bool
    sentences: int | None = None


_LENGTH: Final = re.compile(
    r"\b(in|using|with) [\w ]{0,25}?\b(sentences?|words|lines|bullets?|bullet points|paragraphs?)( or (less|fewer))?$"
)
_MAIN_POINTS: Final = re.compile(
    rf"\b(?:{'|'.join(MAIN)}) (?:{'|'.join(POINTS)})s?\b(?! (?:to|for|against|i|we|you|one)\b)"
)
_NUMBERS: Final = ("one", "two", "three", "four", "five", "six")
_COUNTED: Final = re.compile(
    rf"\b(?P<count>{'|'.join(_NUMBERS)}|[1-6]) (?:[\w-]+ ){{0,2}}?(?:sentences?|points?|bullets?|takeaways|lines?)\b"
)
_OF_A_FACT: Final = re.compile(
    r"\b(who|whom|whose|when|where|why|he|she|him|her|his|hers|they|them|their)\b"
    r"|\bhow (?!does|do|did|is|are)|\bhow (does|do|did|is|are) (i|we|you|one|people)\b|\bwhat (should|must) (?!i know)"
    r"|^(is|are|was|were|do|does|did|has|have|had|will|must)\b(?! you\b)"
)
_DEFINED: Final = re.compile(r"^what(?: is|'s| are| makes| does| do)? an? ")
"""What a word means is asked for, or what such a thing is like."""

_PART: Final = re.compile(
    r"\b(?:annex|appendix|article|chapter|clause|figure|page|paragraph|part|rule|section|slide|step|table)s? "
    r"(?:\d|[ivxlc]+\b|[a-z]\b)"
)
_MAINLY: Final = r"(?: (?:all|really|actually|mainly|mostly|basically|generally|overall))?"
_SUM_UP: Final = re.compile(r"\bsum (?:.+ )?up\b|\bbriefly\b|\bin (?:brief|short)\b|\bshort version\b")
_SAY: Final = (
    r"(?:say|cover|discuss|deal with|talk about|describe|contain|argue|explain|tell me|tell us|report|treat|regulate"
    r"|call for)"
)
_WHICH: Final = r"(?:what|which) (?:main |kind of )?(?:topics|subjects|issues|points|themes|information)"
_KNOW: Final = r"(?:(?:what can you )?tell (?:me|us)|what should i know|what do i need to know)(?: more| something)?"
_SUBJECTS: Final = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?P<before>.*?\b)??what(?: is| are| was| were|'s) (?P<called>.+?){_MAINLY} about",
        r"(?P<before>.*?\b)??what (?P<called>.+?) is about",
        rf"{_WHICH} (?:does|do|did) (?P<called>.+?) (?:cover|discuss|deal with|raise|make|treat|give|contain)",
        r"what(?: is|'s) the (?:topic|subject|theme|purpose|point|message|focus)(?: matter)? of (?P<called>.+)",
    )
)
_CONTENTS: Final = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?P<before>.*?\b)??what (?:does|do|did) (?P<called>.+?){_MAINLY} {_SAY}{_MAINLY}",
        r"(?P<before>.*?\b)??what (?P<called>.+?) (?:says|covers|reports)",
        r"what(?: is|'s)(?: discussed| covered)? in (?P<called>.+)",
    )
)
_DESCRIPTIONS: Final = (
    re.compile(rf"{_KNOW} about (?P<called>.+)"),
    re.compile(r"(?:please )?(?:describe|explain|introduce|condense) (?P<called>.+)"),
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
    plain = _LENGTH.sub("", question.casefold().replace("tl;dr", "tldr")).strip(" ,")
    if _OF_A_FACT.search(plain) or _PART.search(plain):
        return None
    found = spelled(plain)
    if _DEFINED.match(plain) and not _calls(found):
        return None
    asked = (
        _by_form(plain, "conclusion", _CONCLUSIONS)
        or _by_words(plain, found)
        or _by_form(plain, "overview", _SUBJECTS, of_called=True)
        or _by_form(plain, "overview", _CONTENTS)
        or (None if AUTHORS.intersection(map(singular, found)) else _by_form(plain, "overview", _DESCRIPTIONS))
    )
    return replace(asked, sentences=_count(question.casefold())) if asked else None


def _count(plain: str) -> int | None:
    """How many sentences or points are asked for."""
    found = _COUNTED.search(plain)
    if not found:
        return None
    return _NUMBERS.index(found["count"]) + 1 if found["count"] in _NUMBERS else int(found["count"])


def _by_words(plain: str, found: Sequence[str]) -> Whole | None:
    """What a question is after that has a word for a summary, main points or a conclusion."""
    concluded = bool(_CONCLUSION.search(plain))
    if concluded or (_LAST_WORDS.search(plain) and _calls(found, pointing=False)):
        return _of_what(found, "conclusion", certain=concluded, of_called=concluded)
    summed_up = bool(SUMMARY.intersection(found) or _SUM_UP.search(plain))
    if summed_up or _MAIN_POINTS.search(plain):
        return _of_what(found, "overview", certain=True, of_called=True, summed_up=summed_up)
    return None


def _by_form(plain: str, part: Part, forms: Iterable[re.Pattern[str]], *, of_called: bool = False) -> Whole | None:
    """What a question of one of these forms is after, by what it is asked of."""
    for form in forms:
        if match := form.fullmatch(plain):
            found = spelled(f"{match.groupdict().get('before') or ''} {match['called']}")
            if _calls(found) or unusual(found):
                # An event ends too, and so does whatever "it" may be.
                text = not (TEXTS | AUTHORS).isdisjoint(map(singular, found))
                return _of_what(found, part, certain=part == "overview" or text, of_called=of_called)
    return None


def _calls(found: Sequence[str], *, pointing: bool = True) -> bool:
    """Whether some words call a document something, or point to one."""
    calls = not (TEXTS | AUTHORS | KINDS).isdisjoint(map(singular, found))
    return calls or (pointing and not POINTING.isdisjoint(found))


def _of_what(
    found: Sequence[str], part: Part, *, certain: bool, of_called: bool, summed_up: bool = False
) -> Whole | None:
    """Which documents are asked for; None where there is a word more that names none."""
    of = called(found)
    if of is None:
        return None
    any_text = not of.named and (not of.kinds or of.pointed_to)
    return Whole(part, of, summed_up, certain and (summed_up or any_text), of_called)
