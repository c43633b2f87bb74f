"""What the readers share: headings → sections, and a document's name made readable."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import PurePosixPath
from typing import Final

from assistant.types import Section

_SMALL: Final = frozenset(
    {"a", "an", "and", "as", "at", "but", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"}
)
"""Words that stand in small letters within a title."""


def sections(headings: Iterable[tuple[int, str, int]], length: int) -> tuple[Section, ...]:
    """Sections from headings.

    Args:
        headings: Offset, words and level of each, in the order of the text.
        length: Of the text, in characters.

    Returns:
        For each heading the section that it begins: it ends at the next heading of the same or an outer level.
    """
    found = list(headings)
    ends = [length] * len(found)
    open_ones: list[int] = []
    for number, (start, _, level) in enumerate(found):
        while open_ones and found[open_ones[-1]][2] >= level:
            ends[open_ones.pop()] = start
        open_ones.append(number)
    return tuple(Section(words, level, start, end) for (start, words, level), end in zip(found, ends, strict=True))


def readable_name(source: str) -> str:
    """A title from a file's name: ``a/the-law-of_the-sea.txt`` → "The Law of the Sea"; capitals in it are kept."""
    name = re.sub(r"[\s_\-]+", " ", PurePosixPath(source).stem).strip()
    words = [word if word in _SMALL else word[:1].upper() + word[1:] for word in name.split(" ")]
    title = " ".join(words) if name.islower() else name
    return title[:1].upper() + title[1:] or source
