"""What a question is after, beside a fact: whole documents, how they end, whatever they say on a topic, an acronym.

Told by its words alone. A question is after whole documents where it has no word but those that ask for one and those
that call it something: "What are the main points of the report?". One more word, and it asks for something in them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

from assistant.words import content_words, words

LONGEST: Final = 300
"""Characters from which on a question says too much to be after a whole document, or any word on a topic."""

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
    """

    part: Part
    kinds: frozenset[str]
    named: frozenset[str]
    told_of: bool
    pointed_to: bool
    only_pointed_to: bool


@dataclass(frozen=True, slots=True)
class Topic:
    """Whatever is said on a topic is asked for: "Does it mention honey?".

    Attributes:
        text: The topic, as the question has it.
    """

    text: str

    @property
    def words(self) -> frozenset[str]:
        """Its normalised words of meaning."""
        return frozenset(content_words(words(self.text)))

    @property
    def spelled(self) -> tuple[str, ...]:
        """Its words as the question spells them, but for names: those that begin with a small letter."""
        return tuple(word for word in _WORD.findall(self.text) if word[0].islower())


@dataclass(frozen=True, slots=True)
class Acronym:
    """What an acronym stands for is asked for: "What does UN stand for?".

    Attributes:
        letters: The acronym, as the question has it.
    """

    letters: str


def _set(spelled: str) -> frozenset[str]:
    return frozenset(spelled.split())


_TEXTS: Final = _set("document text article file pdf page author writer")
"""What any document is called, and who speaks in it."""

_KINDS: Final = _set(
    "agreement analysis announcement assessment backgrounder book booklet brochure chapter column commentary contract "
    "diary dispatch draft email e-mail entry essay explainer feature guide handbook interview leaflet lecture letter "
    "manifesto manual material memo memorandum message minutes newsletter notice paper pamphlet piece plan policy "
    "portrait post presentation profile programme program proposal protocol readme report reportage review rule script "
    "slides speech statement story study transcript treaty tutorial write-up"
)
_SUMMARY: Final = _set(
    "summary summaries summarise summarize summarised summarized sum overview synopsis outline gist abstract recap "
    "rundown digest nutshell tldr tl condense essentials"
)
_MAIN: Final = _set("main key central core chief primary principal important essential big")
_POINTS: Final = _set(
    "point idea topic theme message takeaway take-away argument finding fact highlight insight thesis subject content "
    "claim lesson thing matter"
)
_TELLS: Final = _set(
    "about address argue call contain cover deal describe discuss explain inform regulate report say talk tell treat"
)
_BRIEFLY: Final = _set("brief briefly short news")
_ENDS: Final = _set(
    "conclude conclusion end ending close closing finish finishes final finally last bottom upshot verdict wrap"
)
_BESIDE: Final = _set(
    "a actually all an and any are at basically be bring by can come complete could did do does dr draw each entire "
    "every everything few five for four from full general generally get give good great have hello here hey hi how i "
    "i'd in information into is it it's its kind like line long made mainly make me more most mostly my need note of "
    "ok okay on one or our out overall people plain please provide quick quickly reach read reader really remark "
    "roughly sentence set should show simple some sort terms thank thanks that the them there these they this thought "
    "three to try trying two up us very want was we were what what's which whole with word would write you your"
)
"""What else such a question is made of."""

_VOCABULARY: Final = _TEXTS | _KINDS | _SUMMARY | _MAIN | _POINTS | _TELLS | _BRIEFLY | _ENDS | _BESIDE

_WORD: Final = re.compile(r"[^\W_][\w'-]*")
_POSSESSIVE: Final = re.compile(r"(?<=\w)'s?$")
_LENGTH: Final = re.compile(
    r"\bin (about |at most |only |just )?\w+( or \w+)? ((short|simple|plain) )?(sentences?|words|lines|bullets?)\b"
)
_OF_A_FACT: Final = re.compile(
    r"\b(who|whom|whose|when|where|why|he|she|him|her|his|hers)\b"
    r"|\bhow (?!does|do|did|is|are|can|could|would|should)"
    r"|^(is|are|was|were|do|does|did|has|have|had|will|must)\b(?! you\b)"
)
_POINTING: Final = re.compile(r"\b(it|this|these)\b")
_THIS: Final = re.compile(r"\b(this|these)\b")
_ASKS: Final = re.compile(r"(who|whom|whose|what|which|when|where|why|how|whether|if)\b", re.IGNORECASE)

_TEXT: Final = (
    r"(?:it|this|that|(?:the|this|that|your|these|those|any of the) "
    rf"(?:\w+ )?(?:{'|'.join(sorted(_TEXTS | _KINDS))})s?(?: here| itself)?)"
)
_ON: Final = r"(?:about|on|regarding|concerning)"
_SOME: Final = r"(?:anything|something|any (?:mention|word|reference|information|info|details?))"
_SOMEWHERE: Final = re.compile(rf"(?: anywhere| at all| (?:in|inside) (?:there|here|{_TEXT}))$", re.IGNORECASE)
_WHAT_IT_SAYS: Final = rf"(?:does|do|did) {_TEXT} (?:actually |really )?(?:say|state|tell us|have to say)"
_MENTION: Final = (
    r"(?:mention|discuss|talk about|speak (?:of|about)|refer to|touch (?:up)?on"
    rf"|(?:say|tell (?:me|us|you)|have|contain) {_SOME} (?:{_ON}|of))"
)
_MENTIONED: Final = r"(?:mentioned|talked about|spoken of|referred to|brought up|touched (?:up)?on)"
_LEARN: Final = (
    r"(?:tell (?:me|us)|what (?:do|can) (?:we|you|i) (?:learn|read|tell me|tell us)) (?:something |more )?about"
)
_ANYWHERE: Final = r"(?: anywhere| at all| in .+)?"
_TOPICS: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?:.* )?what {_WHAT_IT_SAYS} {_ON} (?P<topic>[^()]+)",
        rf"(?:.* )?what {_TEXT} (?:says|say|tells us|has to say) {_ON} (?P<topic>[^()]+)",
        rf"(?:does|do|did) {_TEXT} (?:ever |even |also )?{_MENTION} (?P<topic>[^()]+)",
        rf"(?:is|are|was|were) (?P<topic>[^()]+?) (?:ever )?{_MENTIONED}{_ANYWHERE}",
        rf"(?:is|was) {_SOME} (?:said|written|mentioned) {_ON} (?P<topic>[^()]+)",
        r"(?:what is|what's) (?:said|written) about (?P<topic>[^()]+)",
        rf"(?:(?:is|are) there )?{_SOME}(?: in (?:there|{_TEXT}))? (?:{_ON}|of) (?P<topic>[^()]+)",
        rf"(?:does|do|did) (?P<topic>[^()]+?) (?:come up|appear|get a mention){_ANYWHERE}",
        rf"{_LEARN} (?P<topic>[^()]+)",
    )
)


_ACRONYMS: Final = re.compile(
    r"(?i:what (?:does|do|did|is|are) )?(?:the (?:acronym|abbreviation|letters) |the )?(?P<letters>(?:[A-Z]\.?){2,7}) "
    r"(?:stands? for|short for|mean(?:s|ing)?|an? (?:acronym|abbreviation) (?:of|for))"
)


def intent(question: str) -> Whole | Topic | Acronym | None:
    """What a question is after; None for one that asks for a fact.

    Args:
        question: As it was asked. Whether there is a document or a topic such as it speaks of is not looked at.
    """
    if len(question) > LONGEST:
        return None
    plain = " ".join(question.replace("’", "'").split()).strip(" ?!.")
    if match := _ACRONYMS.fullmatch(plain):
        return Acronym(match["letters"])
    return _topic(plain) or _whole(plain.casefold())


def _whole(plain: str) -> Whole | None:
    found = {_POSSESSIVE.sub("", word) for word in _WORD.findall(_LENGTH.sub("", plain))}
    asked = {word if word in _VOCABULARY else word.removesuffix("s") for word in found}
    ends = bool(asked & _ENDS)
    if _OF_A_FACT.search(plain) or not (ends or _asks_for_all(plain, asked)):
        return None
    texts, pointed_to = asked & (_TEXTS | _KINDS), bool(_POINTING.search(plain))
    named = {word for word in found if _VOCABULARY.isdisjoint((word, word.removesuffix("s")))}
    return Whole(
        part="conclusion" if ends else "overview",
        kinds=frozenset(asked & _KINDS),
        named=frozenset(content_words(words(" ".join(named)))),
        told_of=bool(texts or asked & _SUMMARY or _THIS.search(plain)),
        pointed_to=pointed_to,
        only_pointed_to=pointed_to and not texts,
    )


def _asks_for_all(plain: str, asked: set[str]) -> bool:
    called = asked & (_TEXTS | _KINDS) or _POINTING.search(plain)
    return bool(asked & _SUMMARY or (asked & _MAIN and asked & _POINTS) or (called and asked & (_TELLS | _BRIEFLY)))


def _topic(plain: str) -> Topic | None:
    for pattern in _TOPICS:
        if match := pattern.fullmatch(plain):
            topic = Topic(_SOMEWHERE.sub("", match["topic"]))
            return topic if topic.words and not _ASKS.match(topic.text) else None
    return None
