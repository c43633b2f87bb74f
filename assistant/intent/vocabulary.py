"""The words that questions after whole documents are made of."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from assistant.words import content_words, words


def _set(spelled: str) -> frozenset[str]:
    return frozenset(spelled.split())


TEXTS: Final = _set("document text article file pdf page")
"""What any document is called."""

AUTHORS: Final = _set("author writer")
"""Who speaks in any."""

GENERAL: Final = _set(
    "analysis announcement assessment backgrounder book chapter column commentary dispatch entry essay explainer "
    "feature news paper piece portrait post profile report reportage review story study write-up"
)
"""What many a document may be called, and other documents speak of too."""

KINDS: Final = GENERAL | _set(
    "agreement booklet brochure changelog contract cv diary draft email e-mail faq guide handbook interview invoice "
    "leaflet lease lecture letter log manifesto manual material memo memorandum message minutes newsletter note notice "
    "pamphlet plan policy presentation programme program proposal protocol readme recipe resume rule script slides "
    "speech statement thread transcript treaty tutorial"
)
"""And what those are called that say so: nobody calls an analysis "the treaty"."""

SUMMARY: Final = _set(
    "summary summarise summarize summarised summarized overview synopsis outline gist recap rundown digest nutshell "
    "tldr"
)
"""What asks for a summary by itself."""

MAIN: Final = _set("main key central core chief primary principal important essential big")
POINTS: Final = _set(
    "point idea topic theme message takeaway take-away argument finding fact highlight insight thesis subject content "
    "claim lesson"
)
"""What asks for an overview together with `MAIN`: "key findings"."""

_ENDS: Final = _set(
    "conclusion bottom line upshot end ending closing final concluding last parting word thought remark sentence "
    "message paragraph verdict come happen happens"
)
_BESIDE: Final = _set(
    "a about actually all an and any are at attached basically be big brief briefly bring bullet by can come "
    "complete comprehensive concise could cover covered covers describe detailed did do does draw drawn each entire "
    "every everything executive explain few five for four from full general generally get give good great have hello "
    "here hey hi high-level i i'd in information is it it's item its itself kind like line list long made mainly "
    "make may me more most mostly my need note of ok okay on one or our out outline overall plain please "
    "provide quick quickly reach reached read real really roughly say says sentence sentences set short should show "
    "simple some sort sum tell tells terms thank thanks that the them there these they this those three through to "
    "two up uploaded us version very want was we were what what's which whole with word would write you your"
)
"""What else such a question is made of."""

_VOCABULARY: Final = TEXTS | AUTHORS | KINDS | SUMMARY | MAIN | POINTS | _ENDS | _BESIDE

SHORTEST_SINGULAR: Final = 3
"""Letters of a word that another may be the plural of: "bees" is not that of "be"."""

POINTING: Final = _set("it its itself that this these")
"""What points to a document without calling it anything."""

WORD: Final = re.compile(r"[^\W_][\w'-]*")
_POSSESSIVE: Final = re.compile(r"(?<=\w)'s?$")


def spelled(plain: str) -> list[str]:
    """The words of a folded question, without possessive endings."""
    return [_POSSESSIVE.sub("", word) for word in WORD.findall(plain)]


def singular(word: str) -> str:
    """A word as the lists have it, where they have it."""
    shorter = (word.removesuffix("s"), re.sub("ies$", "y", word), word.removesuffix("es"))
    forms = (word, *(form for form in shorter if len(form) >= SHORTEST_SINGULAR))
    return next((form for form in forms if form in _VOCABULARY), word)


def unusual(found: Iterable[str]) -> list[str]:
    """Those of some words that a question after whole documents has only where it names one."""
    return [word for word in found if singular(word) not in _VOCABULARY]


def meaning(found: Iterable[str]) -> frozenset[str]:
    """The normalised words of meaning among some words."""
    return frozenset(content_words(words(" ".join(found))))
