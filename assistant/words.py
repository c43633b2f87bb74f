"""Text → the words that BM25 and the answering stage compare.

The same treatment of questions and documents: case, accents and typographic apostrophes are folded, possessives and
thousands separators dropped, hyphenated names split into their parts, English endings stemmed (Snowball). An acronym
that is spelled like a word without meaning ("US", "WHO") stays in capitals, and so apart from it. Chinese, Japanese,
Korean, Thai, Lao, Burmese and Khmer are written without spaces between words: their runs become overlapping pairs of
characters.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from threading import local

import Stemmer

from assistant.hyphens import join_hyphens

VERSION = 5
"""Changes whenever the same text would give other words, so that an index built before is rebuilt."""

_FOLDED = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "＇": "'", "ß": "ss", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L"})
_UNSPACED = (
    "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uac00-\ud7af"
    "\u0e01-\u0e3a\u0e40-\u0e4e\u0e81-\u0ece\u1000-\u103f\u1780-\u17d3"
)
_FIRST_MARK = "\u0300"
"""The first character that is a combining mark: most text has none from there on."""

# Vowel signs and the like, which are letters to those who read them, but not to `re`.
_SIGNS = "".join(sign for sign in map(chr, range(0x0900, 0x1D00)) if unicodedata.category(sign) in ("Mn", "Mc"))
_WORD = re.compile(
    rf"[{_UNSPACED}]+"
    r"|\d+(?:[.,]\d+)*"
    rf"|(?:[^\W\d_{_UNSPACED}]\.){{2,}}"
    rf"|[^\W_{_UNSPACED}]+(?:[{_SIGNS}]+[^\W_{_UNSPACED}]*)*(?:'[^\W\d_]+)*"
)
_THOUSANDS = re.compile(r",(?=\d{3}(?!\d))")
"""What parts the thousands of a number; any other comma in it is a decimal one, or parts two numbers."""

_FUNCTION_WORDS = """
a about above after again all also am an and any are as at be because been before being below between both but by can
could did do does doing down during each few for from further had has have having he her here hers him his how i if in
into is it its itself just me more most my no nor not now of off on once only or other our out over own same shall she
should so some such than that the their them then there these they this those through to too under until up upon us
very was we were what when where which while who whom whose why will with would you your
"""
_SPELLINGS = frozenset(_FUNCTION_WORDS.split())
_state = local()


def words(text: str) -> list[str]:
    """The normalised, stemmed words of a text, in order.

    Args:
        text: Any text, in any script.

    Returns:
        One string a word, repeated as often as the word stands in the text.
    """
    plain = _plain(join_hyphens(text))
    # Where all is in capitals, they are no sign of an acronym.
    cased = plain.casefold() if plain.isupper() and " " in plain else plain
    return [word for match in _WORD.finditer(cased) for word in _normalise(match.group())]


def content_words(found: Iterable[str]) -> list[str]:
    """Those of some words that carry meaning, in order; the others ("the", "which", "did") stand in any text.

    Args:
        found: Words as `words` gives them.
    """
    return [word for word in found if word not in _function_words()]


def distinct_content_words(found: Sequence[str]) -> tuple[str, ...]:
    """The same, each once; all words where none carries meaning."""
    return tuple(dict.fromkeys(content_words(found) or found))


def word_pairs(found: Iterable[str]) -> frozenset[tuple[str, str]]:
    """The neighbours among some words of which at least one carries meaning."""
    return frozenset(pair for pair in itertools.pairwise(found) if content_words(pair))


@lru_cache(maxsize=1)
def _function_words() -> frozenset[str]:
    return frozenset(words(_FUNCTION_WORDS))


def fold(text: str) -> str:
    """The text in lower case, without accents and with plain apostrophes; its length may differ."""
    return _plain(text).casefold()


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.translate(_FOLDED))
    plain = "".join(c for c in decomposed if c < _FIRST_MARK or not _is_accent(c))
    return unicodedata.normalize("NFC", plain)


def _is_accent(character: str) -> bool:
    """Whether it is a mark that may be left out; the other combining classes are parts of a letter or syllable.

    Those from 10 to 36 are points of Hebrew and Arabic, those from 200 on stand above or below letters of any script.
    """
    kind = unicodedata.combining(character)
    return kind == 1 or 10 <= kind <= 36 or kind >= 200


@lru_cache(maxsize=100_000)
def _normalise(word: str) -> tuple[str, ...]:
    if word[0].isdigit():
        return (_THOUSANDS.sub("", word),)
    if re.match(f"[{_UNSPACED}]", word):
        return tuple(word[i : i + 2] for i in range(max(1, len(word) - 1)))
    acronym = word.replace(".", "").removesuffix("'s")
    if acronym.isupper() and len(acronym) > 1 and acronym.casefold() in _SPELLINGS:
        return (acronym,)
    folded = word.casefold()
    if "." in word:
        return (folded.replace(".", ""),)
    return (_stemmer().stemWord(folded.removesuffix("'s").replace("'", "")),)


def _stemmer() -> Stemmer.Stemmer:
    # A Stemmer must not be shared between threads.
    if not hasattr(_state, "stemmer"):
        _state.stemmer = Stemmer.Stemmer("english")
    return _state.stemmer
