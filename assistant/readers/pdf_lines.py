"""A PDF page's characters → its lines, in reading order.

PDFium gives characters in the order in which they were drawn, which programs that write PDF nearly always choose as
the reading order. Where they draw straight across two columns, the columns are put one after the other.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from statistics import median
from typing import NamedTuple
from unicodedata import bidirectional

import pypdfium2.raw as pdfium
from pypdfium2 import PdfTextPage

WIDE_GAP = 1.4
"""Between two pieces of a line that stand in columns of a table or page, in heights of the line."""

ALIGNED = 2.0
"""Points by which the cells of a column may differ."""

FEWEST_ROWS = 5
"""Lines that must have a gap at the same place for it to part two columns of prose."""

SHORTEST_COLUMN_LINE = 18
"""Characters of the lines of a column of prose, by their median."""

RAISED = 0.25
"""How far above its line's lower end a raised digit begins, in heights of the line."""

SMALL = 0.9
"""The height that a raised digit stays below, likewise."""

_LINE_END_HYPHEN = 0xFFFE  # PDFium's mark for a hyphen that breaks a word at the end of a line
_BOLD = 600
_BEFORE_NOTE = ".,;:!?\"'”’)]»。"
_DIGITS = "0123456789"
_RAISED_APART = re.compile(r"(?<=\w) (?=[⁰¹²³⁴-⁹])|(?<=[⁰¹²³⁴-⁹]) (?=[,.;:)])")
"""The spaces that PDFium sees around what is raised."""
_RAISED = str.maketrans(_DIGITS, "⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text, or a piece of one that stands apart.

    Attributes:
        pieces: Its text; more than one where it is a row of a table.
        edges: Where each piece begins and ends, in points from the left edge of the page.
        bottom: In points from the lower edge of the page, as is `top`.
        top: Its upper end.
        bold: Whether it is all bold.
    """

    pieces: tuple[str, ...]
    edges: tuple[tuple[float, float], ...]
    bottom: float
    top: float
    bold: bool

    @property
    def left(self) -> float:
        """Where it begins, in points from the left edge of the page."""
        return self.edges[0][0]

    @property
    def right(self) -> float:
        """Where it ends, in points from the left edge of the page."""
        return self.edges[-1][1]

    @property
    def text(self) -> str:
        """Its pieces as one text."""
        return " ".join(self.pieces)

    @property
    def height(self) -> float:
        """The height of its letters with what is above and below them, in points."""
        return self.top - self.bottom

    def is_row_with(self, other: Line) -> bool:
        """Whether two lines are rows of one table: some cell of both, but the first, begins or ends at the same place.

        The right edge of a paragraph is such a place too; that counts only below a number.
        """
        starts = [(a, b) for a, _ in self.edges[1:] for b, _ in other.edges[1:]]
        ends = [(a, b) for _, a in self.edges[1:-1] for _, b in other.edges[1:-1]]
        if (
            len(self.edges) > 1 < len(other.edges)
            and self.pieces[-1][-1:].isdigit()
            and other.pieces[-1][-1:].isdigit()
        ):
            ends.append((self.right, other.right))
        return any(abs(a - b) < ALIGNED for a, b in (*starts, *ends))

    def is_level_with(self, other: Line) -> bool:
        """Whether two pieces stand on one line."""
        return abs(self.top + self.bottom - other.top - other.bottom) < min(self.height, other.height)


def page_lines(page: PdfTextPage) -> list[Line]:
    """The lines of a page, in reading order.

    Args:
        page: The text of a page.
    """
    lines: list[Line] = []
    for piece in _in_columns(list(_pieces(page))):
        if lines and lines[-1].is_level_with(piece) and piece.left >= lines[-1].right:
            lines.append(_beside(lines.pop(), piece))
        else:
            lines.append(piece)
    neighbours = zip([None, *lines], lines, [*lines[1:], None], strict=False)
    return [
        line if any(other and line.is_row_with(other) for other in (before, after)) else _closed_up(line)
        for before, line, after in neighbours
    ]


def _beside(left: Line, right: Line) -> Line:
    """Two pieces as one line."""
    bottom, top = min(left.bottom, right.bottom), max(left.top, right.top)
    return Line(left.pieces + right.pieces, left.edges + right.edges, bottom, top, left.bold and right.bold)


def _closed_up(line: Line) -> Line:
    """A line that is no row of a table: its gaps are only wide spaces."""
    return replace(line, pieces=(line.text,), edges=((line.left, line.right),))


def _in_columns(pieces: list[Line]) -> list[Line]:
    """The pieces, those left of a gutter before those right of it, wherever nothing runs across."""
    gutter = _gutter(pieces)
    if gutter is None:
        return pieces
    ordered: list[Line] = []
    left: list[Line] = []
    right: list[Line] = []
    for piece in pieces:
        if piece.left < gutter < piece.right:
            ordered += [*left, *right, piece]
            left, right = [], []
        else:
            (left if piece.right <= gutter else right).append(piece)
    return [*ordered, *left, *right]


def _gutter(pieces: Sequence[Line]) -> float | None:
    """Where the gap between two columns of prose is, if the page was drawn straight across them."""
    pairs = [(a, b) for a, b in pairwise(pieces) if a.is_level_with(b) and b.left > a.right]
    if len(pairs) < FEWEST_ROWS:
        return None
    x = median((a.right + b.left) / 2 for a, b in pairs)
    parted = [(a, b) for a, b in pairs if a.right <= x <= b.left]
    prose = all(median(len(pair[side].text) for pair in parted or pairs) >= SHORTEST_COLUMN_LINE for side in (0, 1))
    return x if prose and len(parted) >= max(FEWEST_ROWS, 0.7 * len(pairs)) else None


class _Character(NamedTuple):
    text: str
    left: float
    right: float
    bottom: float
    top: float
    bold: bool


_SPACE = _Character(" ", 0, 0, 0, 0, bold=True)


def _pieces(page: PdfTextPage) -> Iterator[Line]:
    """The runs of characters that stand beside each other."""
    run: list[_Character] = []
    space = False
    for character in _characters(page):
        if character is None:
            space = True
            continue
        if run and _is_apart(run[-1], character):
            yield _line(run)
            run = []
        elif run and space:
            run.append(_SPACE)
        run.append(character)
        space = False
    if run:
        yield _line(run)


def _is_apart(before: _Character, after: _Character) -> bool:
    height = max(before.top - before.bottom, after.top - after.bottom, 0.1)
    if min(before.top, after.top) - max(before.bottom, after.bottom) < 0.3 * height:
        return True
    if _runs_leftward(before) or _runs_leftward(after):
        return False  # where either stands depends on how far the words in between run to the right
    return not -height < after.left - before.right < WIDE_GAP * height


def _runs_leftward(character: _Character) -> bool:
    """Whether this is written from right to left, as Arabic and Hebrew are."""
    return bidirectional(character.text[0]) in ("R", "AL")


def _line(run: Sequence[_Character]) -> Line:
    inked = [character for character in run if character is not _SPACE]
    # The median, for a raised or sunken character says nothing of the line.
    bottom = median(character.bottom for character in inked)
    top = median(character.top for character in inked)
    words = _RAISED_APART.sub("", " ".join("".join(_with_raised(_in_order(run), bottom, top)).split()))
    edges = (min(character.left for character in inked), max(character.right for character in inked))
    return Line((words,), (edges,), bottom, top, all(character.bold for character in inked))


def _in_order(run: Sequence[_Character]) -> list[_Character]:
    """A line as it is read: of words from right to left, PDFium gives some the other way round."""
    ordered: list[_Character] = []
    for leftward, group in groupby(run, lambda character: character is not _SPACE and _runs_leftward(character)):
        word = list(group)
        ordered += reversed(word) if leftward and word[0].left < word[-1].left else word
    return ordered


def _with_raised(run: Sequence[_Character], bottom: float, top: float) -> Iterator[str]:
    """The characters of a line; of the raised digits, those that lead to a footnote are left out.

    They would run into the end of a sentence, and others, as in a power of ten, into a number: those stay raised.
    """
    raised_from, small = bottom + RAISED * (top - bottom), SMALL * (top - bottom)
    before = "-"
    for character in run:
        raised = (
            character.text in _DIGITS
            and character is not run[0]
            and character.bottom > raised_from
            and character.top - character.bottom < small
        )
        if raised and before in _BEFORE_NOTE:
            continue
        yield character.text.translate(_RAISED) if raised else character.text
        before = before if character is _SPACE else character.text


def _characters(page: PdfTextPage) -> Iterator[_Character | None]:
    """Each character with its box; None for white space."""
    box = pdfium.FS_RECTF()
    high = ""
    for index in range(page.count_chars()):
        code = pdfium.FPDFText_GetUnicode(page, index)
        if 0xD800 <= code < 0xDC00:
            high = chr(code)
            continue
        text = (high + chr(code)).encode("utf-16", "surrogatepass").decode("utf-16", "replace") if high else chr(code)
        high = ""
        if code in (_LINE_END_HYPHEN, 2):
            text = "-"
        if (code < 0x20 and code != 2) or text.isspace():
            yield None
        elif pdfium.FPDFText_GetLooseCharBox(page, index, ctypes.byref(box)):
            bold = pdfium.FPDFText_GetFontWeight(page, index) >= _BOLD
            yield _Character(text, box.left, box.right, box.bottom, box.top, bold)
