"""Which names of a question are unknown to some texts, in whatever form they have them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import Final

from assistant.answering.names.forms import Forms
from assistant.answering.names.named import BLANK, POSSESSIVE, TOKEN, WITHIN_A_NAME, named, together, whole
from assistant.words import content_words, fold, words

_SMALL: Final = re.compile(r"\d{1,2}")
"""A number that a text may spell out, and that a question may count with: "the 3 main reasons"."""

_SHORTEST: Final = re.compile(r"[A-ZÀ-Þ]{2,3}(['’]s)?|(?:[^\W\d_]\.){2,3}")
"""One so short that other words may be spelled like it."""

_INCOMPLETE: Final = frozenset(
    {
        *("north", "south", "east", "west", "northern", "southern", "eastern", "western", "central", "middle"),
        *("northeast", "northwest", "southeast", "southwest", "upper", "lower", "inner", "outer", "new", "old"),
        *("great", "greater", "grand", "royal", "united", "federal", "national", "international", "supreme", "san"),
        *("saint", "first", "second", "third", "world"),
    }
)
"""Words that begin the names of many things, and name none alone: "South Korea"."""


def unknown_names(question: str, known: Callable[[str], bool], texts: Iterable[str]) -> tuple[str, ...]:
    """A question's names and numbers of which some word is not known, as it spells them, each once.

    Those that follow each other are one name: "Bob Smith". A word that names nothing alone brings what is beside it
    along, known or not: "South Korea". An acronym is known where a text has what it stands for, and the other way
    about: "UN", "United Nations"; "Japanese" is known where a text has "Japan", a year where it has a range around it.
    A small number tells nothing, for texts spell it out, nor does one that something is compared with: "over 500".

    Args:
        question: The question.
        known: Whether a normalised word is known.
        texts: What may have a name in another form.
    """
    names = together(named(question), WITHIN_A_NAME)
    strange = [(name, [part for part in name if not _is_known(part.group(), known)]) for name in names]
    if not any(parts for _, parts in strange):
        return ()
    forms = Forms.of(texts)
    missing = (
        POSSESSIVE.sub("", whole(some))
        for name, parts in strange
        if parts and not forms.has_acronym(whole(name))
        for some in _completed(name, [part for part in parts if not forms.has(part.group())], forms)
    )
    return tuple(dict.fromkeys(missing))


def has_name_in_pieces(question: str, texts: Sequence[str]) -> bool:
    """Whether a question has a name that texts have in pieces alone: "united" and "state", but no "United States".

    All its words are common ones there, in small letters; not all have the form that they have in the name, and no text
    has them together.

    Args:
        question: The question.
        texts: What may have the name, sentence by sentence.
    """
    names = [name for name in together(named(question), BLANK) if len(name) > 1]
    return any(_is_in_pieces(name, texts) for name in names if not any(_is_written(part, texts) for part in name))


def _is_in_pieces(name: Sequence[re.Match[str]], texts: Sequence[str]) -> bool:
    own = frozenset(content_words(words(whole(name))))
    normalised = [frozenset(words(text)) for text in texts]
    if not own or not frozenset().union(*normalised) >= own or any(text >= own for text in normalised):
        return False
    tokens = [match.group() for text in texts for match in TOKEN.finditer(text)]
    if {fold(token) for token in tokens}.issuperset(fold(POSSESSIVE.sub("", part.group())) for part in name):
        return False  # whoever asks has set common words in capitals
    capitalised = " ".join(token for token in tokens if token[0].isupper())
    return own.isdisjoint(words(capitalised)) and not Forms.of(texts).has_acronym(whole(name))


def _is_written(part: re.Match[str], texts: Sequence[str]) -> bool:
    return any(POSSESSIVE.sub("", part.group()) in text for text in texts)


def _is_known(part: str, known: Callable[[str], bool]) -> bool:
    if _SHORTEST.fullmatch(part):
        return False  # "UN" is not in "Jong-un"
    return bool(_SMALL.fullmatch(part)) or all(map(known, content_words(words(part))))


def _completed(
    name: Sequence[re.Match[str]], unknown: Sequence[re.Match[str]], forms: Forms
) -> list[list[re.Match[str]]]:
    """The unknown parts of a name, with those beside them that they need, or that say nothing without them.

    A word that texts have in small letters alone says nothing alone: "New" in "New World".
    """
    told = set(unknown)
    pairs = [pair for pair in pairwise(name) if _are_one(*pair)]
    for before, part in pairs:
        if before in told and (_is_incomplete(before) or _is_common(part, forms)):
            told.add(part)
    for before, part in reversed(pairs):
        if part in told and (_is_incomplete(before) or _is_common(before, forms)):
            told.add(before)
    return together([part for part in name if part in told], BLANK)


def _are_one(before: re.Match[str], part: re.Match[str]) -> bool:
    """Whether a word belongs to the one before it, and neither is a number."""
    words_alone = before.group()[0].isalpha() and part.group()[0].isalpha()
    next_to_it = len(together([before, part], BLANK)) == 1
    return words_alone and next_to_it and not POSSESSIVE.search(before.group())


def _is_incomplete(part: re.Match[str]) -> bool:
    return part.group().casefold() in _INCOMPLETE


def _is_common(part: re.Match[str], forms: Forms) -> bool:
    return not forms.has_capitalised(part.group())
