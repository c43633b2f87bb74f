"""Tables as text: each row a line that can be read, and cited, by itself."""

from __future__ import annotations

import re
from collections.abc import Sequence

_NUMBER = re.compile(r"[^\w]*\d[\d.,:/\s%\-–]*[^\w]*")

Row = Sequence[str]


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
    return names if whole and not any(_NUMBER.fullmatch(name) for name in used) else None


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


def table_lines(rows: Sequence[Row]) -> list[str]:
    """All rows in a line each; the names of the columns stand in every one.

    Args:
        rows: The table's cells, row by row.
    """
    header = header_of(rows)
    lines = [row_text(row, header) for row in (rows[1:] if header else rows)]
    return [line for line in lines if line]
