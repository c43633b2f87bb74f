"""Numbers behind names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from assistant.answering.names.named import BLANK, POSSESSIVE, named, together
from assistant.answering.names.years import DATED, YEAR

_NUMBER: Final = re.compile(r"\d+(?:[.,]\d+)*")
_NUMBERS: Final = rf"{_NUMBER.pattern}(?:(?:\s*(?:,|/|–|-|and|or|to))+\s*{_NUMBER.pattern})*"
"""Numbers as they stand behind a name: one, several, a range."""

_AND_MORE: Final = r"\s*\+|\s+(?:and|or)\s+(?:above|higher|later|newer|up)\b"


def has_another_number(question: str, texts: Sequence[str]) -> bool:
    """Whether a question names something by a name and a number, and texts have that name with other numbers alone.

    What is said of the "Apollo 13" is no answer to a question about the "Apollo 11". "Python 3" is any "Python 3.x",
    "Windows 10 or later" may be any; years and days are no part of a name.

    Args:
        question: The question.
        texts: What may answer it.
    """
    names = together(named(question), BLANK)
    return any(_is_renumbered(*pair, texts) for name in names for pair in pairwise(name))


def _is_renumbered(part: re.Match[str], behind: re.Match[str], texts: Sequence[str]) -> bool:
    word, number = POSSESSIVE.sub("", part.group()), behind.group()
    if not (word[0].isalpha() and number[0].isdigit()) or word.casefold() in DATED or YEAR.fullmatch(number):
        return False
    numbered = re.compile(rf"\b{re.escape(word)}s?[\s-]+({_NUMBERS})({_AND_MORE})?", re.IGNORECASE)
    found = [some for text in texts for some in numbered.findall(text)]
    others = [other for numbers, _ in found for other in _NUMBER.findall(numbers)]
    may_be_it = any(more for _, more in found) or any(f"{other}.".startswith(f"{number}.") for other in others)
    return bool(found) and not may_be_it
