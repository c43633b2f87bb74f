"""Excel workbooks: a sheet is a section, and each row a page of its own that names its columns."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from io import BytesIO
from itertools import islice

from openpyxl.reader.excel import ExcelReader

from assistant.readers.draft import Draft
from assistant.readers.office import add_properties, open_archive
from assistant.readers.tables import Row, header_of, row_text

_LOOK_AHEAD = 20
"""Rows by which the names of the columns are told."""


def read(data: bytes, draft: Draft) -> None:
    """Reads a workbook: of formulas the values that were last computed.

    Args:
        data: The file.
        draft: What is added to.
    """
    with open_archive(data, draft) as archive:
        add_properties(archive, draft)
    reader = _Reader(BytesIO(data), read_only=True, data_only=True)
    reader.read()
    for sheet in reader.wb.worksheets:
        if sheet.sheet_state == "visible":
            draft.page(sheet.title)
            draft.heading(sheet.title, 1)
            # What a sheet says of its own size is often wrong.
            sheet.reset_dimensions()
            rows = ([_words(value) for value in row] for row in sheet.iter_rows(values_only=True))
            add_rows(rows, sheet.title, draft)


class _Reader(ExcelReader):
    """Leaves out what is not text, and would make a workbook unreadable where it is damaged."""

    def read_properties(self) -> None:
        pass

    def read_custom(self) -> None:
        pass

    def read_chartsheet(self, sheet: object, rel: object) -> None:
        pass


def add_rows(rows: Iterable[Row], name: str, draft: Draft) -> None:
    """Adds a sheet's rows, each with the names of its columns.

    Above the table there may be a title and remarks: rows of one cell, which are added as they are.

    Args:
        rows: Their cells.
        name: What the sheet is called.
        draft: What is added to.
    """
    numbered = enumerate(rows, 1)
    start = [(number, row) for number, row in islice(numbered, _LOOK_AHEAD) if any(cell.strip() for cell in row)]
    above = 0
    while above < len(start) and sum(bool(cell.strip()) for cell in start[above][1]) == 1:
        above += 1
    header = header_of([row for _, row in start[above:]])
    for number, row in start[:above]:
        _add_row(number, row, None, name, draft)
    for number, row in start[above + (header is not None) :]:
        _add_row(number, row, header, name, draft)
    for number, row in numbered:
        _add_row(number, row, header, name, draft)


def _add_row(number: int, row: Row, header: Row | None, name: str, draft: Draft) -> None:
    draft.page(f"{name}, row {number}")
    draft.add(row_text(row, header), "table")


def _words(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, float):
        return f"{value:.10g}" if abs(value) < 1e10 else f"{value:.0f}"
    return str(value)
