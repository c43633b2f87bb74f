"""The lines of a PDF page → its paragraphs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from assistant.readers.pdf_lines import Line

_BULLET = re.compile(r"(?:[-*•–—▪◦‣●○■□]|\(?\d{1,3}[.)]|\(?[a-z][.)])\s+\S")
_SENTENCE_END = re.compile(r"[.!?:…。！？][\"'”’)\]]*$")
_UNSPACED = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef])\n(?=[\u3000-\u9fff\uff00-\uffef])")
"""The end of a line of Chinese or Japanese, which has no spaces between words."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that belong together.

    Attributes:
        lines: At least one.
    """

    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        """In one line; but where a hyphen ends a line, the line's end is kept, for it may not belong to the word."""
        text = _UNSPACED.sub("", "\n".join(line.text for line in self.lines))
        return re.sub(r"(?<![^\W\d_][-‐])\n", " ", text)

    @property
    def height(self) -> float:
        """The height of its lines, in points."""
        return median(line.height for line in self.lines)

    @property
    def bold(self) -> bool:
        """Whether it is all bold."""
        return all(line.bold for line in self.lines)

    @property
    def is_table(self) -> bool:
        """Whether most of its lines are rows with several cells; the sign before an item of a list is none."""
        return (len(self.lines) > 1 or not self.is_item) and sum(len(line.pieces) > 1 for line in self.lines) * 2 > len(
            self.lines
        )

    @property
    def is_item(self) -> bool:
        """Whether it is an item of a list."""
        return bool(_BULLET.match(self.lines[0].text))


def paragraphs(lines: Sequence[Line]) -> list[Paragraph]:
    """Lines put together.

    Args:
        lines: In reading order.
    """
    groups: list[list[Line]] = []
    spacing = _spacing(lines)
    for line in lines:
        if not groups or _begins_paragraph(groups[-1], line, spacing):
            groups.append([])
        groups[-1].append(line)
    return [Paragraph(tuple(group)) for group in groups]


def continues(before: Paragraph, after: Paragraph) -> bool:
    """Whether one paragraph only goes on in the other, which stands in the next column or on the next page."""
    text, following = before.lines[-1].text, after.lines[0].text
    alike = abs(before.height - after.height) < 0.1 * before.height and before.bold == after.bold
    return alike and not _SENTENCE_END.search(text) and following[:1].islower() and not after.is_item


def _begins_paragraph(group: Sequence[Line], line: Line, spacing: float) -> bool:
    last = group[-1]
    if _BULLET.match(line.text) or abs(line.height - last.height) > 0.12 * last.height or line.bold != last.bold:
        return True
    drop = last.top - line.top
    if drop < 0:  # the next column
        return not continues(Paragraph(tuple(group)), Paragraph((line,)))
    if drop > 1.3 * spacing or (len(line.pieces) > 1) != (len(last.pieces) > 1):
        return True
    indented = line.left > last.left + 0.7 * line.height and line.left > group[0].left - 1
    short = last.right < max(other.right for other in group) - 0.2 * (last.right - last.left)
    first_of_item = bool(_BULLET.match(group[0].text)) and len(group) == 1
    return bool(_SENTENCE_END.search(last.text)) and not first_of_item and (indented or (short and len(group) > 1))


def _spacing(lines: Sequence[Line]) -> float:
    """From one line to the next, in points."""
    drops = [a.top - b.top for a, b in pairwise(lines) if 0 < a.top - b.top < 3 * a.height]
    # Between paragraphs it is more, and on some pages most lines are paragraphs of their own.
    return sorted(drops)[len(drops) // 4] if drops else 0.0
