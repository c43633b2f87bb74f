"""The years that texts have without writing them: those within a range."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

DATED: Final = frozenset(
    {
        *("january", "february", "march", "april", "may", "june", "july", "august", "september", "october"),
        *("november", "december", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sept", "oct", "nov", "dec"),
        *("sep", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
        *("mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri", "sat", "sun"),
    }
)
"""What stands before the numbers of many days and years."""

YEAR: Final = re.compile(r"(?:1[5-9]|20)\d\d")
"""A number that is a year, in all likelihood."""

_DAY: Final = rf"(?:(?:\d{{1,2}}\s+)?(?:{'|'.join(sorted(DATED))})\.?\s+(?:\d{{1,2}},\s+)?)?"
"""What may stand before a year to make a date of it."""

_HYPHENS: Final = "‐‑-"
_DASHES: Final = f"‒–—−{_HYPHENS}"

_RANGE: Final = re.compile(
    rf"(?P<between>\bbetween\s+{_DAY})?(?<![\w{_DASHES}])(?<!\d[.,/])(?P<first>{YEAR.pattern})"
    rf"(?=(?:\s*(?P<dash>[{_DASHES}])\s*|\s+(?P<link>(?:up\s+)?to|until|till|through|and)\s+)"
    rf"{_DAY}(?P<last>{YEAR.pattern}|\d\d)(?![\w{_DASHES}])(?![.,/]\d))",
    re.IGNORECASE,
)
"""Two numbers that are parted as the ends of a range of years are; the second may be the first of the next range."""

_LAST_MONTH: Final = 12


def years_within(text: str) -> frozenset[str]:
    """The years that lie within the ranges of years in a text, the ends of each among them.

    "2006 to 2013", "2006–2013", "2006-13" and "between 2006 and 2013" are ranges; "2006 and 2013" is none, nor is
    "2006-07", which may be a month.
    """
    return frozenset(str(year) for first, last in _ranges(text) for year in range(first, last + 1))


def _ranges(text: str) -> Iterator[tuple[int, int]]:
    for found in _RANGE.finditer(text):
        first, last, dash = found["first"], found["last"], found["dash"]
        if not dash and (len(last) < len(first) or (found["link"].casefold() == "and" and not found["between"])):
            continue
        may_be_a_month = len(last) < len(first) and dash in _HYPHENS and int(last) <= _LAST_MONTH
        if not may_be_a_month:
            yield int(first), int(first[: -len(last)] + last)
