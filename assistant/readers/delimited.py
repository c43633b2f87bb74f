"""Tables of values set apart by commas, tabs or semicolons: each row a page of its own that names its columns."""

from __future__ import annotations

import csv
from io import StringIO

from assistant.readers.decoding import decode
from assistant.readers.draft import Draft
from assistant.readers.structure import readable_name
from assistant.readers.workbook import add_rows

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
    rows = csv.reader(StringIO(text, newline=""), _dialect(text[:_SAMPLE]))
    add_rows(rows, readable_name(draft.source), draft)


def _dialect(sample: str) -> type[csv.Dialect]:
    try:
        return csv.Sniffer().sniff(sample, delimiters=",;\t|")
    except csv.Error:
        return csv.excel_tab if "\t" in sample and "," not in sample else csv.excel
