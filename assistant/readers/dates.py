"""When a document was written: whatever a file says, as ISO 8601."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Final

from dateutil import parser

LONGEST: Final = 60
"""Characters; what is longer is no date."""

_NUMBERS = re.compile(r"(\d{4})(?:-?(\d\d)(?:-?(\d\d))?)?", re.ASCII)
_TIME = re.compile(r"\d{4}-\d\d-\d\d[T ]\d", re.ASCII)
_CLOCK = re.compile(r"\d:\d\d", re.ASCII)
_YEAR = re.compile(r"(?<!\d)(?:1[4-9]|2[01])\d\d(?!\d)", re.ASCII)
_WORD = re.compile(r"[^\W\d_]{3}")
_EMPTY = frozenset(map(date.fromisoformat, ("1601-01-01", "1899-12-30", "1904-01-01", "1970-01-01", "1980-01-01")))
"""What programs write that know no date: the first day of their count."""


def iso_date(written: str | None) -> str | None:
    """A date as ISO 8601, as exactly as it is known: a year, a month, a day, or a time too.

    Args:
        written: As the file has it: ISO 8601, or as people write dates in numbers or in English.

    Returns:
        The date; None where there is none, or where it makes no sense. Where the day and the month cannot be told
        apart, as in 3/4/2024, or the words are not understood, only the year.
    """
    words = " ".join((written or "").split())
    if len(words) > LONGEST:
        return None
    try:
        return _date(words)
    except (ValueError, OverflowError):
        years = _YEAR.findall(words)
        return years[0] if len(years) == 1 and _WORD.search(words) else None


def _date(words: str) -> str | None:
    if match := _NUMBERS.fullmatch(words):
        year, month, day = match.groups()
        known = date(int(year), int(month or 1), int(day or 1))
        return _checked(known, f"{known}"[: 10 if day else 7 if month else 4])
    if _TIME.match(words):
        time = datetime.fromisoformat(words)
        return _checked(time, time.isoformat(timespec="seconds"))
    return _from_words(words) if _YEAR.search(words) else None


def _from_words(words: str) -> str | None:
    # What the words do not say is taken from the default: where two defaults give two things, it is not known.
    one, other = (parser.parse(words, default=default) for default in (datetime(2001, 1, 1), datetime(2002, 2, 2)))  # noqa: DTZ001
    if one.year != other.year:
        return None
    if one.month != other.month or one.date() != parser.parse(words, default=one, dayfirst=True).date():
        return _checked(one, f"{one:%Y}")
    if one.day != other.day:
        return _checked(one, f"{one:%Y-%m}")
    return _checked(one, one.isoformat(timespec="seconds") if _CLOCK.search(words) else f"{one:%Y-%m-%d}")


def _checked(day: date, text: str) -> str | None:
    """The text, unless the day is none that a document can be from."""
    whole = day.date() if isinstance(day, datetime) else day
    return text if _YEAR.match(f"{whole}") and whole not in _EMPTY else None
