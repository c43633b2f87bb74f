"""What a question asks for: its kind, the names and numbers in it, and which of its words matter."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal, get_args

from assistant.words import content_words, fold, words

Kind = Literal["when", "who", "how many", "where", "why", "how", "what", "which", "whether", "other"]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)

_SIGNS: Final[tuple[tuple[Kind, re.Pattern[str]], ...]] = (
    (
        "how many",
        re.compile(
            r"\bhow (many|much|long|old|often|far|large|big|tall|high|deep|fast)\b"
            r"|\bwhat (percent|percentage|number|amount|population)\b"
        ),
    ),
    ("when", re.compile(r"\bwhen\b|\b(what|which) (year|date|day|month|century|decade|time|era|period)\b")),
    ("who", re.compile(r"\bwho(m|se)?\b")),
    (
        "where",
        re.compile(r"\bwhere\b|\b(what|which) (country|city|state|place|town|location|continent|region|county|area)\b"),
    ),
    ("why", re.compile(r"\bwhy\b|\bfor what (reason|purpose)\b|\bwhat (caused|is the (reason|purpose))\b")),
    ("how", re.compile(r"\bhow\b")),
    ("what", re.compile(r"\bwhat\b")),
    ("which", re.compile(r"\bwhich\b")),
    ("whether", re.compile(r"^(is|are|was|were|do|does|did|can|could|has|have|had|will|would|should)\b")),
)
_TOKEN: Final = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W\d_][\w’'-]*|\d+(?:[.,]\d+)*")
_ANY_WORD: Final = re.compile(
    r"(^\W*|[?!;:(]\s*|(?<!\bMr)(?<!\bMrs)(?<!\bMs)(?<!\bDr)(?<!\bProf)(?<!\bSt)(?<=\w{2})\.\s+)$"
)
"""What stands before a word that is capitalised whatever it is: nothing, or the end of a sentence or clause."""

_TITLES: Final = frozenset(
    {
        *("mr", "mrs", "ms", "miss", "dr", "prof", "professor", "sir", "madam", "king", "queen", "prince", "princess"),
        *("president", "chairman", "chairwoman", "chancellor", "premier", "prime", "minister", "secretary", "leader"),
        *("ambassador", "senator", "governor", "mayor", "emperor", "pope", "bishop", "judge", "general", "colonel"),
        *("captain", "admiral", "director"),
    }
)
"""What people are called before their names: capitalised for that, and no name."""

_SMALL: Final = re.compile(r"\d{1,2}")
"""A number that a text may spell out, and that a question may count with: "the 3 main reasons"."""

_STRESSED: Final = frozenset(
    {
        *("all", "and", "any", "are", "both", "but", "can", "did", "do", "does", "each", "every", "is", "more", "most"),
        *("must", "never", "no", "not", "ok", "only", "or", "own", "same", "should", "this", "will"),
    }
)
"""Words that are set in capitals to be stressed, and are no acronyms."""

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

_TOPIC: Final = re.compile(r"(?<=\S) \(.+\)$", re.DOTALL)
"""What a follow-up follows, as it is searched for."""

_POSSESSIVE: Final = re.compile(r"['’]s?$")
_SELF: Final = re.compile(r"I\b(?!\.)")
NEGATION: Final = re.compile(
    r"\b(not|no|never|none|without|cannot|unable|neither|nor|except|least|fail(s|ed)?|lack(s|ed)?|\w+n['’]t)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, understood as far as its words allow.

    Attributes:
        text: The question.
        kind: What sort of thing it asks for.
        words: Its normalised words, in order.
        content: Those that carry meaning, each once; all where none does.
        names: Its normalised names and numbers: what is capitalised inside the question, or has digits.
        numbers: Its normalised numbers.
        pairs: Its neighbouring words of which at least one carries meaning.
        negated: Whether it asks for what is not.
    """

    text: str
    kind: Kind
    words: tuple[str, ...]
    content: tuple[str, ...]
    names: frozenset[str]
    numbers: frozenset[str]
    pairs: frozenset[tuple[str, str]]
    negated: bool


def understand(question: str) -> Asked:
    """Takes a question apart; what a topic behind it in brackets asks for is not asked."""
    own, found = _TOPIC.sub("", question), words(question)
    return Asked(
        text=question,
        kind=kind_of(own),
        words=tuple(found),
        content=tuple(dict.fromkeys(content_words(found) or found)),
        names=names_in(question),
        numbers=numbers_in(found),
        pairs=pairs_in(found),
        negated=bool(NEGATION.search(own)),
    )


def kind_of(question: str) -> Kind:
    """What sort of thing a question asks for."""
    folded = fold(question).strip()
    return next((kind for kind, sign in _SIGNS if sign.search(folded)), "other")


def names_in(question: str) -> frozenset[str]:
    """The normalised words of a question's names and numbers: what is capitalised inside a sentence, or has digits.

    The first word of a sentence is no sign of a name, nor is any word where all are in capitals or all begin with one.
    """
    return frozenset(content_words(word for match in _named(question) for word in words(match.group())))


def unknown_names(question: str, known: Callable[[str], bool], texts: Iterable[str]) -> tuple[str, ...]:
    """A question's names and numbers of which some word is not known, as it spells them, each once.

    Those that follow each other are one name: "Anna Malm". An acronym is known where a text has what it stands for, and
    the other way about: "UN", "United Nations". A small number tells nothing: texts spell it out.

    Args:
        question: The question.
        known: Whether a normalised word is known.
        texts: What may have an acronym, or spell one out.
    """
    names: list[str] = []
    for name in _together(_named(question), _WITHIN_A_NAME):
        unknown = [part for part in name if not _is_known(part.group(), known)]
        if unknown and not _has_other_form(_whole(name), [part.group() for part in unknown], texts):
            names.extend(_POSSESSIVE.sub("", _whole(some)) for some in _together(unknown, _BLANK))
    return tuple(dict.fromkeys(names))


def _is_known(part: str, known: Callable[[str], bool]) -> bool:
    if _SHORTEST.fullmatch(part):
        return False  # "UN" is not in "Jong-un"
    return bool(_SMALL.fullmatch(part)) or all(map(known, content_words(words(part))))


def _has_other_form(name: str, unknown: Sequence[str], texts: Iterable[str]) -> bool:
    """Whether texts have the acronym of a name, or what the unknown acronyms in it stand for, or those themselves."""
    written, spelled_out, initials = set[str](), set[str](), list[str]()
    for text in texts:
        written.update(word for short in _SHORT.findall(text) for word in words(short))
        spelled_out |= acronyms(text)
        initials.append("".join(word[0] for word in words(text)))
    if not written.isdisjoint(acronyms(name)):
        return True

    def stands_there(acronym: str) -> bool:
        letters = acronym.replace(".", "").casefold()
        in_small_letters = len(letters) >= _TELLING and any(letters in text for text in initials)
        return in_small_letters or (written | spelled_out).issuperset(words(acronym))

    own = [_POSSESSIVE.sub("", part) for part in unknown]
    return all(_SHORT.fullmatch(part) and stands_there(part) for part in own)


def acronyms(text: str) -> frozenset[str]:
    """The normalised acronyms that may stand for the names in a text: "un" where it has "United Nations"."""
    initials = ("".join(_INITIAL.findall(name.group())) for name in _SPELLED_OUT.finditer(text))
    return frozenset(
        word
        for letters in initials
        for length in _ACRONYM
        for start in range(len(letters) - length + 1)
        for word in words(letters[start : start + length])
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
        if match.group()[0].isdigit() or (capitals_tell and _is_capitalised_name(match))
    ]


def _has_all_capitalised(question: str) -> bool:
    """Whether a question is set like a headline: "How Many Returned To Japan?"."""
    inner = [match.group() for match in _TOKEN.finditer(question) if not _ANY_WORD.search(question, 0, match.start())]
    small = [word for word in inner if not content_words(words(word)) and not _SELF.match(word)]
    return any(word[0].isupper() for word in small) and not any(word[0].islower() for word in set(inner) - set(small))


def _is_capitalised_name(match: re.Match[str]) -> bool:
    return (
        match.group()[0].isupper()
        and _POSSESSIVE.sub("", match.group()).casefold() not in _TITLES
        and not (match.group().isupper() and match.group().casefold() in _STRESSED)
        and not (_PART.fullmatch(match.group()) and _PART_NUMBER.match(match.string, match.end()))
        and not _SELF.match(match.group())
        and not _ANY_WORD.search(match.string, 0, match.start())
    )


def numbers_in(found: list[str]) -> frozenset[str]:
    """Those of some normalised words that are numbers."""
    return frozenset(word for word in found if word[0].isdigit())


def pairs_in(found: list[str]) -> frozenset[tuple[str, str]]:
    """Neighbouring words of which at least one carries meaning."""
    return frozenset(pair for pair in itertools.pairwise(found) if content_words(pair))
