"""The forms in which texts have names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Self

from assistant.answering.names.named import POSSESSIVE, TOKEN
from assistant.answering.names.years import years_within
from assistant.words import fold, words

_SHORT: Final = re.compile(r"\b(?:[^\W\d_]\.){2,}|\b[A-ZÀ-Þ]{2,}(?=s?\b)")
"""An acronym as it is written: in capitals, or with full stops; several of them with an "s"."""

_SPELLED_OUT: Final = re.compile(r"[A-ZÀ-Þ][\w’']*(?:[\s-](?:(?:of|the|and|for)\s)*[A-ZÀ-Þ][\w’']*)+")
"""Words that begin with capitals, of which an acronym may be made."""

_INITIAL: Final = re.compile(r"\b[A-ZÀ-Þ]")

_ACRONYM: Final = range(2, 7)
"""How many letters an acronym may have."""

_TELLING: Final = 3
"""From so many letters on, words that happen to begin with them are rare."""

_EVERYDAY: Final = {
    "ac": ("air conditioning",),
    "ai": ("artificial intelligence",),
    "ev": ("electric vehicle",),
    "gp": ("general practitioner",),
    "hr": ("human resources",),
    "id": ("identification", "identity card"),
    "ip": ("intellectual property",),
    "it": ("information technology",),
    "ml": ("machine learning",),
    "pc": ("personal computer",),
    "pr": ("public relations",),
    "qa": ("quality assurance",),
    "tv": ("television",),
    "vp": ("vice president",),
    "vr": ("virtual reality",),
}
"""What short acronyms stand for that is written in small letters, and so is told by no initials: "UN" would be found in
"usual number"."""

_SEVERAL: Final = re.compile(r"(?<=[A-ZÀ-Þ]{2})s$")
"""What is put behind an acronym to name several."""

_SAME: Final = {"usa": "US"}
"""Normalised acronyms of one name, of which neither is made of what the other stands for."""

_OF_A_PLACE: Final = ("y", "n", "an", "ian", "ean", "ese", "i", "ish", "ans", "ians", "ns", "is")
"""What is put behind the name of a place, or of a people, its last vowels aside, to name the other: "German(y)"."""

_SHORTEST_PLACE: Final = 4


@dataclass(frozen=True, slots=True)
class Forms:
    """The forms in which texts have names.

    Attributes:
        written: The normalised acronyms that they have.
        spelled_out: Those that may stand for what they spell out.
        spelled: Their capitalised words, as they are compared.
        initials: The first letters of all words of each.
        everyday: The acronyms of common words, where they have these.
        years: Those within the ranges of years that they have.
    """

    written: frozenset[str]
    spelled_out: frozenset[str]
    spelled: frozenset[str]
    initials: tuple[str, ...]
    everyday: frozenset[str]
    years: frozenset[str]

    @classmethod
    def of(cls, texts: Iterable[str]) -> Self:
        """Those in some texts."""
        texts = tuple(texts)
        normalised = [words(text) for text in texts]
        tokens = [match.group() for text in texts for match in TOKEN.finditer(text)]
        return cls(
            written=frozenset(word for text in texts for short in _SHORT.findall(text) for word in _letters(short)),
            spelled_out=frozenset().union(*map(acronyms, texts)),
            spelled=frozenset(_spelling(token) for token in tokens if token[0].isupper()),
            initials=tuple("".join(word[0] for word in text) for text in normalised),
            everyday=frozenset().union(*map(_abbreviated, normalised)),
            years=frozenset().union(*map(years_within, texts)),
        )

    def has_acronym(self, name: str) -> bool:
        """Whether an acronym that may stand for a name is written in them."""
        return not self.written.isdisjoint(acronyms(name))

    def has(self, part: str) -> bool:
        """Whether they have a word or a number of a name otherwise than the question has it.

        An acronym may be spelled out there, a word may have a hyphen more or less, and "Japanese" be said of "Japan"; a
        year may lie within a range.
        """
        plain = _SEVERAL.sub("", POSSESSIVE.sub("", part))
        if not _SHORT.fullmatch(plain):
            return part in self.years or any(_is_of_the_same(_spelling(plain), other) for other in self.spelled)
        letters = plain.replace(".", "").casefold()
        in_small_letters = len(letters) >= _TELLING and any(letters in initials for initials in self.initials)
        return in_small_letters or letters in self.everyday or self._has_letters(plain)

    def has_capitalised(self, part: str) -> bool:
        """Whether they have a word capitalised, be it at the beginning of a sentence."""
        return _spelling(part) in self.spelled

    def _has_letters(self, acronym: str) -> bool:
        return (self.written | self.spelled_out).issuperset(_letters(acronym))


def _spelling(word: str) -> str:
    return fold(POSSESSIVE.sub("", word)).replace("-", "")


def _is_of_the_same(one: str, other: str) -> bool:
    """Whether two names are spelled alike but for hyphens, or one is of the place or people that the other names."""
    shorter, longer = sorted((one, other), key=len)
    stems = (shorter, shorter.rstrip("aeoy")) if len(shorter) >= _SHORTEST_PLACE else ()
    return one == other or any(longer == stem + ending for stem in stems for ending in _OF_A_PLACE)


def _abbreviated(text: Sequence[str]) -> frozenset[str]:
    """The acronyms of common words that may stand for some in a text, which is given as its normalised words."""
    spaced = f" {' '.join(text)} "
    return frozenset(short for phrase, short in _everyday() if phrase in spaced)


@lru_cache(maxsize=1)
def _everyday() -> tuple[tuple[str, str], ...]:
    return tuple((f" {' '.join(words(phrase))} ", short) for short, phrases in _EVERYDAY.items() for phrase in phrases)


def _letters(acronym: str) -> list[str]:
    """The normalised words of an acronym; "USA" is the same as "US"."""
    return [_SAME.get(word, word) for word in words(acronym)]


def acronyms(text: str) -> frozenset[str]:
    """The normalised acronyms that may stand for the names in a text: "un" where it has "United Nations"."""
    initials = ("".join(_INITIAL.findall(name.group())) for name in _SPELLED_OUT.finditer(text))
    return frozenset(
        word
        for letters in initials
        for length in _ACRONYM
        for start in range(len(letters) - length + 1)
        for word in _letters(letters[start : start + length])
    )
