"""Tables of values set apart by commas, tabs or semicolons: each row a page of its own that names its columns."""

from __future__ import annotations

import csv
import re
from collections import Counter
from io import StringIO

from assistant.readers.decoding import decode
from assistant.readers.draft import Draft
from assistant.readers.structure import readable_name
from assistant.readers.workbook import add_rows

_DELIMITERS = ",;\t|"
_DECLARED = re.compile(r"sep=(.)\n", re.IGNORECASE)
"""The first line of files that Excel is to open rightly in every country."""

_SAMPLE = 20_000
"""Characters by which the delimiter is told."""

_LONGEST_CELL = 1_000_000
"""Characters."""


def read(data: bytes, draft: Draft) -> None:
    """Reads a table.

    Args:
        data: The file.
        draft: What is added to.
    """
    text = decode(data, draft.source)
    csv.field_size_limit(_LONGEST_CELL)
    declared = _DECLARED.match(text)
    delimiter = declared.group(1) if declared else _delimiter(text[:_SAMPLE])
    # The line that declares it stays a row, for the others to have their numbers; it is an empty one.
    rows = csv.reader(
        StringIO(_DECLARED.sub("\n", text, count=1) if declared else text, newline=""), delimiter=delimiter
    )
    add_rows(rows, readable_name(draft.source), draft)


def _delimiter(sample: str) -> str:
    """The one by which most rows have the same number of cells, more than one; a tab where there is none.

    Not by `csv.Sniffer`: it needs more rows, and also guesses how quotes are written, from a sample without any.
    """
    found = max((_regularity(sample, delimiter), delimiter) for delimiter in _DELIMITERS)
    return found[1] if found[0][0] > 0.5 else "\t"


def _regularity(sample: str, delimiter: str) -> tuple[float, int]:
    """The share of the rows that have the most common number of cells above one, and that number."""
    rows = [len(row) for row in csv.reader(StringIO(sample, newline=""), delimiter=delimiter) if row]
    cells, count = max(
        Counter(length for length in rows if length > 1).items(), key=lambda item: item[::-1], default=(0, 0)
    )
    return count / max(len(rows), 1), cells
