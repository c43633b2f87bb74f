"""Whether a question leans on what was said before it: told by its words alone."""

from __future__ import annotations

import re
from typing import Final

from assistant.answering.names.years import DATED
from assistant.words import content_words, words

_THE_TEXT: Final = (
    r"(document|text|article|analysis|report|paper|piece|author|file|study|contract|policy|book|letter|manual|guide|handbook"
    r"|speech|interview|memo|essay|e-?mail|transcript|presentation|pdf|page)\b"
)
"""What "this" points to without having been spoken of. Not all that `intent` knows: texts speak of "this plan" too."""

_SAYS: Final = r"(say|tell|mention|state|describe|explain|cover|conclude|discuss)\b"
"""What "it" does that is the text: "What does it say about honey?"."""

_BARE: Final = (
    r"((by|since|until|till|from|to|for|with) )?(why( not)?|when|where|whom?|how)"
    r"( exactly| come| many| much| long| often| far)?\W*"
)
"""A question that is nothing but its question word."""

_MORE: Final = (
    r"(please )?((can|could) you )?((tell (me|us)|say) (some)?(more|thing else)|go on|continue"
    r"|(what|anything) (else|more))( about (it|this|that|them))?( please)?\W*"
)
"""Whatever else there is to say is asked for."""

_POINTS_BACK: Final = re.compile(
    r"\b(he|him|his|she|her|hers|its|they|them|their|theirs|these|those|then|one|ones|else|same"
    r"|former|latter|such|so|another|others?)\b"
    rf"|\b(this|that)\b(?! {_THE_TEXT})"
    rf"|\bit\b(?! {_SAYS})"
    r"|(?<!\bis )(?<!\bare )(?<!\bwas )(?<!\bwere )\bthere\b(?!['’]s| (is|are|was|were)\b)"
    rf"|^({_BARE}|{_MORE})$"
    r"|^(what|how) about\b",
    re.IGNORECASE,
)
_ASKS_FOR_MORE: Final = re.compile(_MORE, re.IGNORECASE)
_NAMES_NOTHING: Final = re.compile(rf"{_BARE}|{_MORE}", re.IGNORECASE)
_IT: Final = re.compile(r"\bit\b", re.IGNORECASE)
_NAME: Final = re.compile(r"\s(?!I\b)[A-ZÀ-Þ]")
_LEADING: Final = re.compile(r"^(and|but|or|so|also|then)\b[,\s]*", re.IGNORECASE)
_HOW_MUCH: Final = re.compile(r"\bhow (many|much|long|often)\b", re.IGNORECASE)

_CALLED: Final = r"\s[A-ZÀ-Þ][\w'’-]*[a-zß-ÿ]\b"
"""A name that is no acronym: there is a "CEO" everywhere."""

_SOMEBODY: Final = re.compile(
    rf"(?:\b[Ww]ho\b|(?<! in)(?<! at)(?<! on)(?<! of)(?<! from){_CALLED})"
    r".*?\b(?:and|but|or|that|because|if|whether|when|before|after|while)\b"
)
"""Somebody, and what begins a clause in which "he" or "she" may be the same."""

_PERSONAL: Final = re.compile(r"\b(he|him|his|she|hers?)\b( (do|does|did|done) so\b)?", re.IGNORECASE)

_THAT: Final = re.compile(
    r"\b(?P<said>(?:say|says|said|tells?|told|reports?|reported|thinks?|thought|believe[sd]?|claim(?:s|ed)?)"
    r"(?: (?!about|of|on)[\w'’-]+){0,3}) that\b(?! \w+\W*$|\W*$)",
    re.IGNORECASE,
)
"""The "that" behind which stands what somebody said."""

_OF_A_SENTENCE: Final = re.compile(
    r"\b(is|are|was|were|be|been|do|does|did|has|have|had|can|could|will|would|shall|should|may|might|must|if"
    r"|who|whom|whose|what|which|when|where|why|how|tell|say|give|show|list|name|explain|describe|compare|summari[sz]e)\b|n['’]t\b"
)
"""What hardly any whole question is without."""

FEW_WORDS: Final = 2
"""A question with no more words of meaning than this may lean on what was said before."""

LONGEST_PART: Final = 6
"""Words that a part of a question may have."""


def leans_back(question: str) -> bool:
    """Whether a question may have to be understood from what was said before."""
    return points_back(question) or _says_little(question) or is_part(question)


def says_nothing_alone(question: str) -> bool:
    """Whether a question can be understood only from what was said before.

    It is a part of one; or it points back, says little itself, and names nobody.
    """
    names = _NAME.search(without_leading(question))
    return is_part(question) or (points_back(question) and _says_little(question) and not names)


def begins_a_topic(question: str) -> bool:
    """Whether what is asked next may be about this question, and not about what was asked before it.

    It is understood alone, and says enough or names somebody. What names somebody and speaks of "it" may not be: that
    can be a document that was spoken of.
    """
    names = names_somebody(question) and not _IT.search(question)
    return is_of_something(question) and (names or not _says_little(question))


def is_of_something(question: str) -> bool:
    """Whether a question says itself what it is about."""
    return not points_back(question) and not is_part(question)


def is_part(question: str) -> bool:
    """Whether a question is no sentence, but goes on with the one before: "And last year?"."""
    own = without_leading(question)
    few = len(own.split()) <= LONGEST_PART
    return own != question.strip() and few and not is_sentence(own)


def is_sentence(text: str) -> bool:
    """Whether words have a verb, or a question word, without which there is hardly a whole question."""
    return bool(_OF_A_SENTENCE.search(text))


def asks_for_more(question: str) -> bool:
    """Whether a question is after whatever else there is to say: "Go on."."""
    return bool(_ASKS_FOR_MORE.fullmatch(without_leading(question)))


def names_nothing(question: str) -> bool:
    """Whether a question adds nothing to what it is about: "Why?", "Tell me more"."""
    return bool(_NAMES_NOTHING.fullmatch(without_leading(question)))


def names_somebody(question: str) -> bool:
    """Whether a question has a name, which is no month or day."""
    names = re.findall(_CALLED, without_leading(question))
    return any(name.strip().casefold() not in DATED for name in names)


def points_back(question: str) -> bool:
    """Whether a question has a word that means what was said before, and nobody whom the question names itself."""
    own = without_leading(question)
    somebody = _SOMEBODY.search(own)
    start = somebody.end() if somebody else len(own)
    others = own[:start] + _PERSONAL.sub("", own[start:])
    return bool(_POINTS_BACK.search(_THAT.sub(r"\g<said>", others)))


def without_leading(question: str) -> str:
    """A question without the "and" that it begins with."""
    return _LEADING.sub("", question.strip())


def _says_little(question: str) -> bool:
    own = _HOW_MUCH.sub("", without_leading(question))
    return len(content_words(words(own))) <= FEW_WORDS
