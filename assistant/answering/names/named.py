"""What a question names: the words that are capitalised for themselves, and numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from assistant.words import content_words, words

TOKEN: Final = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W\d_][\w’'-]*|\d+(?:[.,]\d+)*")
"""A word, an acronym with full stops, or a number."""

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
    r"(annex|appendix|article|chapter|clause|figure|page|paragraph|part|point|rule|section|slide|step|table)s?",
    re.IGNORECASE,
)
"""What a part of a document is called before its number: capitalised for that, and no name."""

_PART_NUMBER: Final = re.compile(r" (\d|[A-Z]\b|[IVXLC]+\b)")

BLANK: Final = re.compile(" ")
"""What stands between the words of most names."""

WITHIN_A_NAME: Final = re.compile(r" (of (the )?)?")
"""What may stand between the words of one name."""

POSSESSIVE: Final = re.compile(r"['’]s?$")
"""What is put behind a name to say whose something is."""

_SELF: Final = re.compile(r"I\b(?!\.)")


def names_in(question: str) -> frozenset[str]:
    """The normalised words of a question's names and numbers: what is capitalised inside a sentence, or has digits.

    The first word of a sentence is no sign of a name, nor is any word where all are in capitals or all begin with one;
    a number that something is compared with is none that an answer must have.
    """
    return frozenset(content_words(word for match in named(question) for word in words(match.group())))


def together(parts: Sequence[re.Match[str]], between: re.Pattern[str]) -> list[list[re.Match[str]]]:
    """Those parts of a text together that have just that between them."""
    result: list[list[re.Match[str]]] = []
    for part in parts:
        if result and between.fullmatch(part.string, result[-1][-1].end(), part.start()):
            result[-1].append(part)
        else:
            result.append([part])
    return result


def whole(name: Sequence[re.Match[str]]) -> str:
    """A name as the text spells it, from the first of its parts to the last."""
    return name[0].string[name[0].start() : name[-1].end()]


def named(question: str) -> list[re.Match[str]]:
    """The names and numbers of a question, word by word; see `names_in`."""
    capitals_tell = not question.isupper() and not _has_all_capitalised(question)
    return [
        match
        for match in TOKEN.finditer(question)
        if (_is_number(match) if match.group()[0].isdigit() else capitals_tell and _is_capitalised_name(match))
    ]


def _is_number(match: re.Match[str]) -> bool:
    """Whether a number is one that an answer must be about, and not a bound: "more than 500"."""
    return not _BOUND.search(match.string, 0, match.start())


def _has_all_capitalised(question: str) -> bool:
    """Whether a question is set like a headline: "How Many Returned To Japan?"."""
    inner = [match.group() for match in TOKEN.finditer(question) if not _ANY_WORD.search(question, 0, match.start())]
    small = [word for word in inner if not content_words(words(word)) and not _SELF.match(word)]
    return any(word[0].isupper() for word in small) and not any(word[0].islower() for word in set(inner) - set(small))


def _is_capitalised_name(match: re.Match[str]) -> bool:
    plain = POSSESSIVE.sub("", match.group()).casefold()
    return (
        match.group()[0].isupper()
        and plain not in _TITLES
        and plain not in _KINDS_OF_TEXT
        and not (match.group().isupper() and plain in _STRESSED)
        and not (_PART.fullmatch(match.group()) and _PART_NUMBER.match(match.string, match.end()))
        and not _SELF.match(match.group())
        and not _ANY_WORD.search(match.string, 0, match.start())
    )
