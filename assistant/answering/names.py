"""Which names and numbers a question has, and whether they are mentioned, in whatever form."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Self

from assistant.words import content_words, fold, words

_TOKEN: Final = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W\d_][\w’'-]*|\d+(?:[.,]\d+)*")
_ANY_WORD: Final = re.compile(
    r"(^\W*|[?!;:(\n]\s*|(?<!\bMr)(?<!\bMrs)(?<!\bMs)(?<!\bDr)(?<!\bProf)(?<!\bSt)(?<=\w{2})\.\s+)$"
)
"""What stands before a word that is capitalised whatever it is: nothing, or the end of a sentence or clause."""

_TITLES: Final = frozenset(
    {
        *("mr", "mrs", "ms", "miss", "dr", "prof", "professor", "sir", "madam", "king", "queen", "prince", "princess"),
        *("president", "chairman", "chairwoman", "chancellor", "premier", "prime", "minister", "secretary", "leader"),
        *("ambassador", "senator", "governor", "mayor", "emperor", "pope", "bishop", "judge", "general", "colonel"),
        *("captain", "admiral", "director", "councillor", "councilor", "chair", "chairperson"),
    }
)
"""What people are called before their names: capitalised for that, and no name."""

_SMALL: Final = re.compile(r"\d{1,2}")
"""A number that a text may spell out, and that a question may count with: "the 3 main reasons"."""

_BOUND: Final = re.compile(
    r"\b(under|over|above|below|beyond|than|at (least|most)|up to|exceed(s|ed|ing)?|before|after|since|until|till)"
    r"\s+([$€£¥]\s?)?$",
    re.IGNORECASE,
)
"""What stands before a number that something is compared with, which no text needs to have."""

_STRESSED: Final = frozenset(
    {
        *("all", "and", "any", "are", "both", "but", "can", "did", "do", "does", "each", "every", "how", "is", "more"),
        *("most", "must", "never", "no", "not", "ok", "only", "or", "own", "same", "should", "the", "this", "very"),
        *("what", "when", "where", "which", "why", "will", "you"),
    }
)
"""Words that are set in capitals to be stressed, and are no acronyms."""

_KINDS_OF_TEXT: Final = frozenset(
    {"pdf", "doc", "docx", "pptx", "xlsx", "csv", "html", "epub", "markdown", "cv", "faq", "faqs", "readme"}
    | {"contract", "agreement", "lease", "policy", "manual", "handbook", "minutes"}
)
"""What a document may be called: capitalised for that, and hardly named so in it."""

_PART: Final = re.compile(
    r"(annex|appendix|article|chapter|clause|figure|page|paragraph|part|rule|section|slide|step|table)s?", re.IGNORECASE
)
"""What a part of a document is called before its number: capitalised for that, and no name."""

_PART_NUMBER: Final = re.compile(r" (\d|[A-Z]\b|[IVXLC]+\b)")

_BLANK: Final = re.compile(" ")
_WITHIN_A_NAME: Final = re.compile(r" (of (the )?)?")
"""What may stand between the words of one name."""

_SHORT: Final = re.compile(r"\b(?:[^\W\d_]\.){2,}|\b[A-ZÀ-Þ]{2,}(?=s?\b)")
"""An acronym as it is written: in capitals, or with full stops; several of them with an "s"."""

_SHORTEST: Final = re.compile(r"[A-ZÀ-Þ]{2,3}(['’]s)?|(?:[^\W\d_]\.){2,3}")
"""One so short that other words may be spelled like it."""

_SPELLED_OUT: Final = re.compile(r"[A-ZÀ-Þ][\w’']*(?:[\s-](?:(?:of|the|and|for)\s)*[A-ZÀ-Þ][\w’']*)+")
"""Words that begin with capitals, of which an acronym may be made."""

_INITIAL: Final = re.compile(r"\b[A-ZÀ-Þ]")

_ACRONYM: Final = range(2, 7)
"""How many letters an acronym may have."""

_TELLING: Final = 3
"""From so many letters on, words that happen to begin with them are rare."""

_SAME: Final = {"usa": "US"}
"""Normalised acronyms of one name, of which neither is made of what the other stands for."""

_OF_A_PLACE: Final = ("y", "n", "an", "ian", "ean", "ese", "i", "ish", "ans", "ians", "ns", "is")
"""What is put behind the name of a place, or of a people, its last vowels aside, to name the other: "German(y)"."""

_SHORTEST_PLACE: Final = 4

_DATED: Final = frozenset(
    {
        *("january", "february", "march", "april", "may", "june", "july", "august", "september", "october"),
        *("november", "december", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sept", "oct", "nov", "dec"),
        *("sep", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
        *("mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri", "sat", "sun"),
    }
)
"""What stands before the numbers of many days and years."""

_YEAR: Final = re.compile(r"(1[5-9]|20)\d\d")

_NUMBER: Final = re.compile(r"\d+(?:[.,]\d+)*")
_NUMBERS: Final = rf"{_NUMBER.pattern}(?:(?:\s*(?:,|/|–|-|and|or|to))+\s*{_NUMBER.pattern})*"
"""Numbers as they stand behind a name: one, several, a range."""

_AND_MORE: Final = r"\s*\+|\s+(?:and|or)\s+(?:above|higher|later|newer|up)\b"

_POSSESSIVE: Final = re.compile(r"['’]s?$")
_SELF: Final = re.compile(r"I\b(?!\.)")


def names_in(question: str) -> frozenset[str]:
    """The normalised words of a question's names and numbers: what is capitalised inside a sentence, or has digits.

    The first word of a sentence is no sign of a name, nor is any word where all are in capitals or all begin with one;
    a number that something is compared with is none that an answer must have.
    """
    return frozenset(content_words(word for match in _named(question) for word in words(match.group())))


def unknown_names(question: str, known: Callable[[str], bool], texts: Iterable[str]) -> tuple[str, ...]:
    """A question's names and numbers of which some word is not known, as it spells them, each once.

    Those that follow each other are one name: "Anna Malm". An acronym is known where a text has what it stands for, and
    the other way about: "UN", "United Nations"; "Japanese" is known where a text has "Japan". A small number tells
    nothing, for texts spell it out, nor does one that something is compared with: "over 500".

    Args:
        question: The question.
        known: Whether a normalised word is known.
        texts: What may have a name in another form.
    """
    names = _together(_named(question), _WITHIN_A_NAME)
    unknown = {_whole(name): [part for part in name if not _is_known(part.group(), known)] for name in names}
    if not any(unknown.values()):
        return ()
    forms = _Forms.of(texts)
    missing = (
        _POSSESSIVE.sub("", _whole(some))
        for name, parts in unknown.items()
        if parts and not forms.have(name, [part.group() for part in parts])
        for some in _together(parts, _BLANK)
    )
    return tuple(dict.fromkeys(missing))


def has_another_number(question: str, texts: Sequence[str]) -> bool:
    """Whether a question names something by a name and a number, and texts have that name with other numbers alone.

    What is said of the "Apollo 13" is no answer to a question about the "Apollo 11". "Python 3" is any "Python 3.x",
    "Windows 10 or later" may be any; years and days are no part of a name.

    Args:
        question: The question.
        texts: What may answer it.
    """
    names = _together(_named(question), _BLANK)
    return any(_is_renumbered(*pair, texts) for name in names for pair in pairwise(name))


def _is_renumbered(part: re.Match[str], behind: re.Match[str], texts: Sequence[str]) -> bool:
    word, number = _POSSESSIVE.sub("", part.group()), behind.group()
    if not (word[0].isalpha() and number[0].isdigit()) or word.casefold() in _DATED or _YEAR.fullmatch(number):
        return False
    numbered = re.compile(rf"\b{re.escape(word)}s?[\s-]+({_NUMBERS})({_AND_MORE})?", re.IGNORECASE)
    found = [some for text in texts for some in numbered.findall(text)]
    others = [other for numbers, _ in found for other in _NUMBER.findall(numbers)]
    may_be_it = any(more for _, more in found) or any(f"{other}.".startswith(f"{number}.") for other in others)
    return bool(found) and not may_be_it


@dataclass(frozen=True, slots=True)
class _Forms:
    """The forms in which texts have names.

    Attributes:
        written: The normalised acronyms that they have.
        spelled_out: Those that may stand for what they spell out.
        spelled: Their capitalised words, as they are compared.
        initials: The first letters of all words of each.
    """

    written: frozenset[str]
    spelled_out: frozenset[str]
    spelled: frozenset[str]
    initials: tuple[str, ...]

    @classmethod
    def of(cls, texts: Iterable[str]) -> Self:
        """Those in some texts."""
        texts = tuple(texts)
        tokens = [match.group() for text in texts for match in _TOKEN.finditer(text)]
        return cls(
            written=frozenset(word for text in texts for short in _SHORT.findall(text) for word in _letters(short)),
            spelled_out=frozenset().union(*map(acronyms, texts)),
            spelled=frozenset(_spelling(token) for token in tokens if token[0].isupper()),
            initials=tuple("".join(word[0] for word in words(text)) for text in texts),
        )

    def have(self, name: str, unknown: Sequence[str]) -> bool:
        """Whether the acronym of a name is among them, or each unknown part of it otherwise than the question has it.

        An acronym may be spelled out there, a word may have a hyphen more or less, and "Japanese" be said of "Japan".
        """
        return not self.written.isdisjoint(acronyms(name)) or all(map(self._has_part, unknown))

    def _has_part(self, part: str) -> bool:
        plain = _POSSESSIVE.sub("", part)
        if not _SHORT.fullmatch(plain):
            return any(_is_of_the_same(_spelling(plain), other) for other in self.spelled)
        letters = plain.replace(".", "").casefold()
        in_small_letters = len(letters) >= _TELLING and any(letters in initials for initials in self.initials)
        return in_small_letters or (self.written | self.spelled_out).issuperset(_letters(plain))


def _is_known(part: str, known: Callable[[str], bool]) -> bool:
    if _SHORTEST.fullmatch(part):
        return False  # "UN" is not in "Jong-un"
    return bool(_SMALL.fullmatch(part)) or all(map(known, content_words(words(part))))


def _spelling(word: str) -> str:
    return fold(_POSSESSIVE.sub("", word)).replace("-", "")


def _is_of_the_same(one: str, other: str) -> bool:
    """Whether two names are spelled alike but for hyphens, or one is of the place or people that the other names."""
    shorter, longer = sorted((one, other), key=len)
    stems = (shorter, shorter.rstrip("aeoy")) if len(shorter) >= _SHORTEST_PLACE else ()
    return one == other or any(longer == stem + ending for stem in stems for ending in _OF_A_PLACE)


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


def _together(parts: Sequence[re.Match[str]], between: re.Pattern[str]) -> list[list[re.Match[str]]]:
    """Those parts of a text together that have just that between them."""
    result: list[list[re.Match[str]]] = []
    for part in parts:
        if result and between.fullmatch(part.string, result[-1][-1].end(), part.start()):
            result[-1].append(part)
        else:
            result.append([part])
    return result


def _whole(name: Sequence[re.Match[str]]) -> str:
    return name[0].string[name[0].start() : name[-1].end()]


def _named(question: str) -> list[re.Match[str]]:
    capitals_tell = not question.isupper() and not _has_all_capitalised(question)
    return [
        match
        for match in _TOKEN.finditer(question)
        if (_is_number(match) if match.group()[0].isdigit() else capitals_tell and _is_capitalised_name(match))
    ]


def _is_number(match: re.Match[str]) -> bool:
    """Whether a number is one that an answer must be about, and not a bound: "more than 500"."""
    return not _BOUND.search(match.string, 0, match.start())


def _has_all_capitalised(question: str) -> bool:
    """Whether a question is set like a headline: "How Many Returned To Japan?"."""
    inner = [match.group() for match in _TOKEN.finditer(question) if not _ANY_WORD.search(question, 0, match.start())]
    small = [word for word in inner if not content_words(words(word)) and not _SELF.match(word)]
    return any(word[0].isupper() for word in small) and not any(word[0].islower() for word in set(inner) - set(small))


def _is_capitalised_name(match: re.Match[str]) -> bool:
    plain = _POSSESSIVE.sub("", match.group()).casefold()
    return (
        match.group()[0].isupper()
        and plain not in _TITLES
        and plain not in _KINDS_OF_TEXT
        and not (match.group().isupper() and plain in _STRESSED)
        and not (_PART.fullmatch(match.group()) and _PART_NUMBER.match(match.string, match.end()))
        and not _SELF.match(match.group())
        and not _ANY_WORD.search(match.string, 0, match.start())
    )
