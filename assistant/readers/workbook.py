"""Excel workbooks: a sheet is a section, and each row a page of its own that names its columns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from io import BytesIO
from itertools import chain, groupby, islice, takewhile, zip_longest

from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.reader.excel import ExcelReader

from assistant.readers.draft import Draft
from assistant.readers.office import add_properties, figure, open_archive
from assistant.readers.tables import Row, header_of, is_number, row_text

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
            rows = ([_words(cell) for cell in row] for row in sheet.iter_rows())
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

    Empty rows part tables. Above a table there may be a title and remarks: rows of one cell, which are added as they
    are. What goes on below an empty row without a title keeps the names of its columns.

    Args:
        rows: Their cells.
        name: What the sheet is called.
        draft: What is added to.
    """
    header: Row | None = None
    alone: list[tuple[int, Row]] = []
    for filled, group in groupby(enumerate(rows, 1), lambda numbered: any(cell.strip() for cell in numbered[1])):
        if not filled:
            continue
        start = [*alone, *islice(group, _LOOK_AHEAD)]
        # One row alone may name the columns of those below the gap.
        alone = start if len(start) == 1 else []
        if alone:
            continue
        above = len(list(takewhile(_is_single, start)))
        names = header_of([row for _, row in start[above:]])
        if 0 < above < len(start):
            header = None
        if names and (header is None or _width(names) > _width(header) or _names_numbers(start[above:])):
            header = names
        else:
            names = None
        for number, row in start[:above]:
            _add_row(number, row, None, name, draft)
        for number, row in chain(start[above + (names is not None) :], group):
            _add_row(number, row, header, name, draft)
    for number, row in alone:
        _add_row(number, row, None if _is_single((number, row)) else header, name, draft)


def _is_single(numbered: tuple[int, Row]) -> bool:
    return sum(bool(cell.strip()) for cell in numbered[1]) == 1


def _width(row: Row) -> int:
    """How many columns a row reaches over, in cells."""
    return max((column for column, cell in enumerate(row, 1) if cell.strip()), default=0)


def _names_numbers(rows: Sequence[tuple[int, Row]]) -> bool:
    """Whether some column has numbers below its name: then the first row surely holds names."""
    columns = zip_longest(*(row for _, row in rows[1:]), fillvalue="")
    return any(all(map(is_number, filled)) for column in columns if (filled := list(filter(str.strip, column))))


def _add_row(number: int, row: Row, header: Row | None, name: str, draft: Draft) -> None:
    draft.page(f"{name}, row {number}")
    draft.add(row_text(row, header), "table")


def _words(cell: Cell | MergedCell) -> str:
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, int | float) and "%" in cell.number_format:
        return f"{100 * value:.10g}%"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, float):
        return figure(value)
    return str(value)
