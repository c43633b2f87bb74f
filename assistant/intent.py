"""What a question is after, beside a fact: whole documents, how they end, whatever they say on a topic, an acronym.

Told by its words alone. A question is after whole documents where it has no word but those that ask for one and those
that call it something: "What are the main points of the report?". One more word, and it asks for something in them,
unless a document is called by that.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
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
        certain: Whether it can hardly be after a fact.
    """

    part: Part
    kinds: frozenset[str]
    named: frozenset[str]
    told_of: bool
    pointed_to: bool
    only_pointed_to: bool
    certain: bool


@dataclass(frozen=True, slots=True)
class Topic:
    """Whatever is said on a topic is asked for: "Does it mention honey?".

    Attributes:
        text: The topic, as the question has it.
    """

    text: str

    @property
    def words(self) -> tuple[str, ...]:
        """Its normalised words of meaning, in order."""
        return tuple(content_words(words(self.text)))

    @property
    def spelled(self) -> tuple[str, ...]:
        """Its words of meaning as the question spells them, but for names: those that begin with a small letter."""
        return tuple(word for word in _WORD.findall(self.text) if word[0].islower() and _meaning([word]))


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
    "summary summarise summarize summarised summarized overview synopsis outline gist recap rundown digest nutshell "
    "tldr tl essentials"
)
_MAIN: Final = _set("main key central core chief primary principal important essential big")
_POINTS: Final = _set(
    "point idea topic theme message takeaway take-away argument finding fact highlight insight thesis subject content "
    "claim lesson thing"
)
_ENDS: Final = _set(
    "conclusion bottom line upshot ending closing final concluding last parting word thought remark statement sentence "
    "message paragraph"
)
_BESIDE: Final = _set(
    "a about actually all an and any are at attached basically be big brief briefly bring bullet by can come complete "
    "comprehensive concise could cover covered covers describe detailed did do does dr draw drawn each entire every "
    "everything executive explain few five for four from full general generally get give good great have hello here "
    "hey hi high-level i i'd in information is it it's item its itself kind like line long made mainly make may me "
    "more most mostly my need news note of ok okay on one or our out outline overall plain please provide quick "
    "quickly reach reached read real really roughly say says sentence sentences set short should show simple some "
    "sort sum tell tells terms thank thanks that the them there these they this those three through to two up "
    "uploaded us version very want was we were what what's which whole with word would write you your"
)
"""What else such a question is made of."""

_VOCABULARY: Final = _TEXTS | _KINDS | _SUMMARY | _MAIN | _POINTS | _ENDS | _BESIDE

_WORD: Final = re.compile(r"[^\W_][\w'-]*")
_POSSESSIVE: Final = re.compile(r"(?<=\w)'s?$")
_LENGTH: Final = re.compile(
    r"\b(in|using|with) [\w ]{0,25}?\b(sentences?|words|lines|bullets?|bullet points|paragraphs?)( or (less|fewer))?$"
)
_MAIN_POINTS: Final = re.compile(rf"\b(?:{'|'.join(_MAIN)}) (?:{'|'.join(_POINTS)})s?\b")
_OF_A_FACT: Final = re.compile(
    r"\b(who|whom|whose|when|where|why|he|she|him|her|his|hers|they|them|their)\b"
    r"|\bhow (?!does|do|did|is|are)|\bhow (does|do|did|is|are) (i|we|you|one|people)\b|\bwhat (should|must) (?!i know)"
    r"|^(is|are|was|were|do|does|did|has|have|had|will|must)\b(?! you\b)"
)
_POINTING: Final = _set("it this these")

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
_CLOSE: Final = r"(?:end|close|finish|conclude|wrap up|come to an end)(?: with| on)?"
_WHAT: Final = r"(?:on |with )?(?:what|which)(?: note| words?| thought)?"
_CONCLUSIONS: Final = tuple(
    re.compile(rf"(?P<before>.*?\b)??{asks} (?:does|do|did|will) (?P<called>.+?) {_CLOSE}") for asks in ("how", _WHAT)
)
_CONCLUSION: Final = re.compile(r"\b(?:conclusions?|bottom line|upshot)\b")
_LAST_WORDS: Final = re.compile(
    r"\b(?:(?:closing|final|concluding|last|parting) "
    r"(?:words?|thoughts?|remarks?|statements?|sentences?|messages?|paragraphs?)|ending)\b"
)

_TEXT: Final = (
    r"(?:it|this|that|(?:the|this|that|your|these|those|any of the) "
    rf"(?:\w+ )?(?:{'|'.join(sorted(_TEXTS | _KINDS))})s?(?: here| itself)?)"
)
_ON: Final = r"(?:about|on|regarding|concerning)"
_SOME: Final = r"(?:anything|something|any (?:mention|word|reference|information|info|details?))"
_ANYWHERE: Final = rf"(?: anywhere| at all| (?:in|inside) (?:there|here|{_TEXT}))?"
_WHAT_IT_SAYS: Final = rf"(?:does|do|did) {_TEXT} (?:actually |really )?(?:say|state|tell us|have to say)"
_MENTION: Final = (
    r"(?:mention|discuss|talk about|speak (?:of|about)|refer to|touch (?:up)?on"
    rf"|(?:say|tell (?:me|us|you)|have|contain) {_SOME} (?:{_ON}|of))"
)
_MENTIONED: Final = r"(?:mentioned|talked about|spoken of|referred to|brought up|touched (?:up)?on)"
_LEARN: Final = (
    r"(?:tell (?:me|us)|what (?:do|can) (?:we|you|i) (?:learn|read|tell me|tell us)) (?:something |more )?about"
)
_ASKS: Final = re.compile(r"(who|whom|whose|what|which|when|where|why|how|whether|if)\b", re.IGNORECASE)
_TOPICS: Final = tuple(
    re.compile(pattern + _ANYWHERE, re.IGNORECASE)
    for pattern in (
        rf"(?:.* )?what {_WHAT_IT_SAYS} {_ON} (?P<topic>[^()]+?)",
        rf"(?:.* )?what {_TEXT} (?:says|say|tells us|has to say) {_ON} (?P<topic>[^()]+?)",
        rf"(?:does|do|did) {_TEXT} (?:ever |even |also )?{_MENTION} (?P<topic>[^()]+?)",
        rf"(?:is|are|was|were) (?P<topic>[^()]+?) (?:ever )?{_MENTIONED}",
        rf"(?:is|was) {_SOME} (?:said|written|mentioned) {_ON} (?P<topic>[^()]+?)",
        r"(?:what is|what's) (?:said|written) about (?P<topic>[^()]+?)",
        rf"(?:(?:is|are) there )?{_SOME}(?: in (?:there|{_TEXT}))? (?:{_ON}|of) (?P<topic>[^()]+?)",
        r"(?:does|do|did) (?P<topic>[^()]+?) (?:come up|appear|get a mention)",
        rf"{_LEARN} (?P<topic>[^()]+?)",
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
    return _topic(plain) or _whole(_LENGTH.sub("", plain.casefold()).strip(" ,"))


def _topic(plain: str) -> Topic | None:
    for pattern in _TOPICS:
        if match := pattern.fullmatch(plain):
            topic = Topic(match["topic"])
            asks_for_all = not _unusual(_WORD.findall(topic.text.casefold()))
            return topic if topic.words and not asks_for_all and not _ASKS.match(topic.text) else None
    return None


def _whole(plain: str) -> Whole | None:
    if _OF_A_FACT.search(plain):
        return None
    found = _spelled(plain)
    asked = frozenset(map(_singular, found))
    concluded = bool(_CONCLUSION.search(plain))
    if concluded or (asked & (_TEXTS | _KINDS) and _LAST_WORDS.search(plain)):
        return _of_what(found, "conclusion", certain=concluded)
    summed_up = bool(asked & _SUMMARY or _SUM_UP.search(plain))
    if summed_up or _MAIN_POINTS.search(plain):
        return _of_what(found, "overview", certain=True, summed_up=summed_up)
    return _by_form(plain, "conclusion", _CONCLUSIONS) or _by_form(plain, "overview", _OVERVIEWS)


def _by_form(plain: str, part: Part, forms: Iterable[re.Pattern[str]]) -> Whole | None:
    """What a question of one of these forms is after, by what it is asked of."""
    for form in forms:
        if match := form.fullmatch(plain):
            found = _spelled(f"{match.groupdict().get('before') or ''} {match['called']}")
            asked = frozenset(map(_singular, found))
            if asked & (_TEXTS | _KINDS) or not _POINTING.isdisjoint(found) or _unusual(found):
                # An event ends too, and so does whatever "it" may be.
                return _of_what(found, part, certain=part == "overview" or bool(asked & _TEXTS))
    return None


def _of_what(found: Sequence[str], part: Part, *, certain: bool, summed_up: bool = False) -> Whole | None:
    """Which documents are asked for; None where there is a word more that names none."""
    unusual = _unusual(found)
    if not all(map(_meaning, ([word] for word in unusual))):
        return None
    asked = frozenset(map(_singular, found))
    texts, kinds, named = asked & (_TEXTS | _KINDS), asked & _KINDS, _meaning(unusual)
    pointed_to = not _POINTING.isdisjoint(found)
    return Whole(
        part=part,
        kinds=kinds,
        named=named,
        told_of=summed_up or bool(texts),
        pointed_to=pointed_to,
        only_pointed_to=pointed_to and not texts,
        certain=summed_up or (certain and not named and (not kinds or pointed_to)),
    )


def _spelled(plain: str) -> list[str]:
    return [_POSSESSIVE.sub("", word) for word in _WORD.findall(plain)]


def _singular(word: str) -> str:
    """A word as the lists above have it."""
    forms = (word, word.removesuffix("s"), re.sub("ies$", "y", word), word.removesuffix("es"))
    return next((form for form in forms if form in _VOCABULARY), word)


def _unusual(found: Iterable[str]) -> list[str]:
    """Those of some words that a question after whole documents has only where it names one."""
    return [word for word in found if _singular(word) not in _VOCABULARY]


def _meaning(found: Iterable[str]) -> frozenset[str]:
    return frozenset(content_words(words(" ".join(found))))
