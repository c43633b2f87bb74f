"""Tables as text: each row a line that can be read, and cited, by itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby, takewhile
from typing import NamedTuple

WIDEST_CELL = 100
"""Columns that a cell spans at most; one that says more is damaged."""

_NUMBER = re.compile(r"[^\w]*\d[\d.,:/\s%\-–]*[^\w]*")

Row = Sequence[str]


class Cell(NamedTuple):
    """A cell that may span several columns and rows.

    Attributes:
        text: What it says.
        columns: How many columns it spans.
        rows: How many rows it spans.
        is_name: Whether it is marked as naming what stands below or beside it.
    """

    text: str
    columns: int = 1
    rows: int = 1
    is_name: bool = False


def is_number(cell: str) -> bool:
    """Whether a cell holds a number, a day or a time, with or without a unit's sign.

    Args:
        cell: What it says.
    """
    return bool(_NUMBER.fullmatch(cell))


def header_of(rows: Sequence[Row]) -> Row | None:
    """The first row, if it looks like the names of the columns.

    Args:
        rows: The table's cells, row by row.

    Returns:
        The first row where it has a name for each column that any row fills, no two alike and none a number.
    """
    if len(rows) < 2:
        return None
    names = [cell.strip() for cell in rows[0]]
    filled = {column for row in rows[1:] for column, cell in enumerate(row) if cell.strip()}
    used = [name for column, name in enumerate(names) if column in filled]
    whole = len(filled) > 1 and max(filled) < len(names) and all(used) and len(set(used)) == len(used)
    return names if whole and not any(map(is_number, used)) else None


def row_text(row: Row, header: Row | None = None) -> str:
    """A row in one line.

    Args:
        row: Its cells.
        header: The names of the columns, if they have any.

    Returns:
        "Year: 2024; Visits: 12" with names, "2024 | 12" without; empty cells are left out of the first.
    """
    cells = [" ".join(cell.split()) for cell in row]
    if header is None:
        return " | ".join(cells).strip(" |")
    named = ((header[column] if column < len(header) else "", cell) for column, cell in enumerate(cells) if cell)
    return "; ".join(f"{' '.join(name.split())}: {cell}" if name.strip() else cell for name, cell in named)


def table_lines(rows: Sequence[Sequence[Cell]]) -> list[str]:
    """All rows in a line each; the names of the columns stand in every one, as does what spans several rows.

    Args:
        rows: The table's cells, row by row, each where it begins.
    """
    titles = [row[0].text for row in takewhile(lambda row: len(row) == 1, rows)]
    rows = rows[len(titles) :]
    grid = _spread(rows)
    depth = _depth_of_names(rows)
    texts = [_once(row) for row in grid]
    header: Row | None = None
    if depth:
        columns = zip(*grid[:depth], strict=True)
        header = [", ".join(dict.fromkeys(cell.text for cell in column if cell.text)) for column in columns]
    elif header := header_of(texts):
        depth = 1
    lines = [
        row_text(text, header) if header and len(row) > 1 else _unnamed(cells)
        for row, cells, text in zip(rows[depth:], grid[depth:], texts[depth:], strict=True)
    ]
    return [line for line in (*titles, *lines) if line]


def _spread(rows: Sequence[Sequence[Cell]]) -> list[list[Cell]]:
    """The table with a cell in every column of every row: what spans several stands in each of them."""
    grid: list[dict[int, Cell]] = [{} for _ in rows]
    for number, row in enumerate(rows):
        column = 0
        for cell in row:
            while column in grid[number]:
                column += 1
            spanned = range(column, column + min(max(cell.columns, 1), WIDEST_CELL))
            for below in grid[number : number + max(cell.rows, 1)]:
                below.update(dict.fromkeys(spanned, cell))
    width = max((max(row, default=-1) + 1 for row in grid), default=0)
    return [[row.get(column, Cell("")) for column in range(width)] for row in grid]


def _once(row: Sequence[Cell]) -> list[str]:
    """What the cells of a row say, and those that span several columns only once."""
    return ["" if column and cell is row[column - 1] else cell.text for column, cell in enumerate(row)]


def _depth_of_names(rows: Sequence[Sequence[Cell]]) -> int:
    """How many rows at the top name the columns, as far as the cells' marks and spans tell."""
    marked = len(list(takewhile(lambda row: all(cell.is_name for cell in row), rows)))
    first = rows[0] if rows else ()
    deepest = max((cell.rows for cell in first), default=1)
    if deepest > 1 and any(cell.columns > 1 for cell in first):
        marked = max(marked, deepest)
    return marked if marked < len(rows) else 0


def _unnamed(row: Sequence[Cell]) -> str:
    """A row of a table whose columns have no names; it may be a name and what it names."""
    cells = [next(group) for _, group in groupby(row, id)]
    texts = [cell.text for cell in cells]
    of_its_own = len(cells) == 2 and cells[0].is_name and not cells[1].is_name
    return ": ".join(texts) if of_its_own else row_text(texts)
