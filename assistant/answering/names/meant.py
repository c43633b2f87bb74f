"""Which name a mistyped one may be meant for."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from assistant.answering.names.named import POSSESSIVE, TOKEN, named
from assistant.types import Passage
from assistant.typos import differ_little
from assistant.words import fold, words

Similar = Callable[[str, int], Sequence[Passage]]
"""Gives passages that have words from which a normalised one differs by so many edits at most."""

_SHORTEST: Final = 5
"""Shorter names have too many others near them."""

_LONG: Final = 8
"""From so many letters on, a name may be mistyped twice."""


def meant(name: str, similar: Similar) -> str:
    """The one name in the documents that is nearest to a mistyped one; "" where there is none, or several.

    Args:
        name: A word that the documents do not have.
        similar: Finds what may be meant.
    """
    typed = fold(name)
    normalised = words(typed)
    if len(typed) < _SHORTEST or not typed.isalpha() or len(normalised) != 1:
        return ""
    most = 1 if len(typed) < _LONG else 2
    passages = similar(normalised[0], most)
    names = _names(typed, most, [passage.quote(span) for passage in passages for span in passage.sentences])
    nearest = ([one for one in names if differ_little(typed, fold(one), edits)] for edits in range(1, most + 1))
    found = next(filter(None, nearest), [])
    return found[0] if len(found) == 1 else ""


def _names(typed: str, edits: int, sentences: Iterable[str]) -> list[str]:
    """Words near a typed one, each once, that are capitalised for themselves more often than in small letters."""
    small: Counter[str] = Counter()
    capitalised: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for sentence in sentences:
        near = [token for token in map(_plain, TOKEN.finditer(sentence)) if _is_near(typed, token, edits)]
        small.update(_normalised(token) for token in near if token[0].islower())
        for token in set(near).intersection(map(_plain, named(sentence)) if near else ()):
            capitalised[_normalised(token)][token] += 1
    often = [count for word, count in capitalised.items() if count.total() > small[word]]
    return [count.most_common(1)[0][0] for count in often]


def _plain(token: re.Match[str]) -> str:
    return POSSESSIVE.sub("", token.group())


def _is_near(typed: str, token: str, edits: int) -> bool:
    # Few words begin with the same letter; the rest is not looked at.
    alike = len(token) >= _SHORTEST and fold(token[0]) == typed[0] and token.isalpha()
    return alike and differ_little(typed, fold(token), edits)


def _normalised(token: str) -> str:
    return words(token.casefold())[0]
