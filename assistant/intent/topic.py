"""Whether a question is after whatever is said on a topic, or what an acronym stands for."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from assistant.intent.called import Called, called
from assistant.intent.vocabulary import KINDS, TEXTS, WORD, meaning, spelled
from assistant.words import content_words, words


@dataclass(frozen=True, slots=True)
class Topic:
    """Whatever is said on a topic is asked for: "Does it mention honey?".

    Attributes:
        text: The topic, as the question has it.
        called: What the question calls the documents that may say something on it.
        broad: Whether it asks to be told of it, so that what does not name it may belong to that.
    """

    text: str
    called: Called = field(default_factory=Called)
    broad: bool = False

    @property
    def words(self) -> tuple[str, ...]:
        """Its normalised words of meaning, in order."""
        return tuple(content_words(words(self.text)))

    @property
    def spelled(self) -> tuple[str, ...]:
        """Its words of meaning as the question spells them, but for names: those that begin with a small letter."""
        return tuple(word for word in WORD.findall(self.text) if word[0].islower() and meaning([word]))


@dataclass(frozen=True, slots=True)
class Acronym:
    """What an acronym stands for is asked for: "What does UN stand for?".

    Attributes:
        letters: The acronym, as the question has it.
    """

    letters: str


_TEXT: Final = (
    r"(?:it|this|that|(?:the|this|that|your|these|those|any of the) "
    rf"(?:\w+ )?(?:{'|'.join(sorted(TEXTS | KINDS))})s?(?: here| itself)?)"
)
_ON: Final = r"(?:about|on|regarding|concerning)"
_SOME: Final = r"(?:anything|something|any (?:mention|word|reference|information|info|details?))"
_ANYWHERE: Final = rf"(?: anywhere| at all| (?:in|inside) (?:there|here|{_TEXT}))?"
_OF: Final = rf"(?P<of>{_TEXT})"
_WHAT_IT_SAYS: Final = rf"(?:does|do|did) {_OF} (?:actually |really )?(?:say|state|tell us|have to say)"
_MENTION: Final = (
    rf"(?:(?:mention|say|tell (?:me|us|you)|have|contain) {_SOME} (?:{_ON}|of)"
    r"|mention|discuss|talk about|speak (?:of|about)|refer to|touch (?:up)?on)"
)
_MENTIONED: Final = r"(?:mentioned|talked about|spoken of|referred to|brought up|touched (?:up)?on)"
_LEARN: Final = (
    r"(?:tell (?:me|us)|what (?:do|can) (?:we|you|i) (?:learn|read|tell me|tell us)) (?:something |more )?about"
)
_NO_TOPIC: Final = re.compile(
    r"(who|whom|whose|what|which|when|where|why|how|whether|if|anything|something|nothing|everything|else|more|others?)\b",
    re.IGNORECASE,
)
_TOPICS: Final = tuple(
    re.compile(pattern + _ANYWHERE, re.IGNORECASE)
    for pattern in (
        rf"(?:.* )?what {_WHAT_IT_SAYS} {_ON} (?P<topic>[^()]+?)",
        rf"(?:.* )?what {_OF} (?:says|say|tells us|has to say) {_ON} (?P<topic>[^()]+?)",
        rf"(?:does|do|did) {_OF} (?:ever |even |also )?{_MENTION} (?P<topic>[^()]+?)",
        rf"(?:is|are|was|were) (?P<topic>[^()]+?) (?:ever )?{_MENTIONED}",
        rf"(?:is|was) {_SOME} (?:said|written|mentioned) {_ON} (?P<topic>[^()]+?)",
        r"(?:what is|what's) (?:said|written) about (?P<topic>[^()]+?)",
        rf"(?:(?:is|are) there )?{_SOME}(?: in (?:there|{_TEXT}))? (?:{_ON}|of) (?P<topic>[^()]+?)",
        r"(?:does|do|did) (?P<topic>[^()]+?) (?:come up|appear|get a mention)",
        rf"(?P<broad>{_LEARN}) (?P<topic>[^()]+?)",
    )
)
_ACRONYMS: Final = re.compile(
    r"(?i:what (?:does|do|did|is|are) )?(?:the (?:acronym|abbreviation|letters) |the )?(?P<letters>(?:[A-Z]\.?){2,7}) "
    r"(?:stands? for|short for|mean(?:s|ing)?|an? (?:acronym|abbreviation) (?:of|for))"
)


def topic(question: str) -> Topic | None:
    """The topic that a question is after; None where it is after none.

    Args:
        question: On one line, with plain apostrophes.
    """
    for pattern in _TOPICS:
        if match := pattern.fullmatch(question):
            groups = match.groupdict()
            of = called(spelled((groups.get("of") or "").casefold()))
            found = Topic(match["topic"], of or Called(), broad="broad" in groups)
            return found if found.words and not _NO_TOPIC.match(found.text) else None
    return None


def acronym(question: str) -> Acronym | None:
    """The acronym that a question is after; None where it is after none.

    Args:
        question: On one line.
    """
    match = _ACRONYMS.fullmatch(question)
    return Acronym(match["letters"]) if match else None
