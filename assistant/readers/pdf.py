"""PDF: PDFium's characters, put together to paragraphs, with page numbers and the outline's sections."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from pypdfium2 import PdfDocument, PdfiumError
from pypdfium2.raw import FPDF_ERR_PASSWORD

from assistant.errors import DocumentError
from assistant.readers.draft import Draft
from assistant.readers.pdf_lines import Line, page_lines
from assistant.readers.pdf_paragraphs import Paragraph, continues, paragraphs
from assistant.types import BlockKind

EDGE = 0.12
"""The part of a page's height, above and below, in which running heads and page numbers stand."""

LARGER = 1.12
"""How much larger than the text a heading is."""

SMALLER = 0.92
"""How much smaller than the text a footnote is."""

LONGEST_HEADING = 200
"""Characters."""

_CAPTION = re.compile(r"(?:figure|fig\.|table|abbildung|tabelle|tableau)\s+[\dIVX]+(?:\.\d+)*\s*[.:–—]", re.IGNORECASE)
_NOTE = re.compile(r"(?:\d{1,3}|[*†‡§])\s*\S")
_LEADER = re.compile(r"(?:\s?[.·…]){4,}")
_DIGITS = "0123456789"
_RUN_IN = re.compile(r"^(\d{1,3})(?=[^\W\d_])")
_COUNTERS = re.compile(r"\d+|\b[ivxlc]+\b", re.IGNORECASE)
_NO_TITLE = re.compile(r"untitled.*|microsoft word - .*|.*\.(?:docx?|odt|tex|dvi|indd|pdf)", re.IGNORECASE)


def read(data: bytes, draft: Draft) -> None:
    """Reads a PDF file.

    Args:
        data: The file.
        draft: What is added to.

    Raises:
        DocumentError: It has a password, or nothing but pictures.
    """
    with _open(data, draft.source) as pdf:
        draft.check_pages(len(pdf))
        pages = [_page(pdf, index) for index in range(len(pdf))]
        if not any(page.lines for page in pages):
            raise DocumentError(
                f"{draft.source} has no text in it, only pictures, as a scan has; "
                "put it through a program for text recognition (OCR) first."
            )
        _drop_running_heads(pages)
        outline = _outline(pdf)
        properties = pdf.get_metadata_dict()
    draft.title = _title(properties.get("Title", ""), pages)
    draft.author = properties.get("Author")
    draft.date = properties.get("CreationDate", "").removeprefix("D:")[:8]
    _add_pages(pages, _Headings(pages, outline), draft)


@dataclass(slots=True)
class _Page:
    label: str
    height: float
    lines: list[Line] = field(default_factory=list)


class _Headings:
    """Tells headings: paragraphs that the outline names, and those that are set larger or bolder than the text."""

    def __init__(self, pages: Sequence[_Page], outline: dict[tuple[int, str], int]) -> None:
        self._outline = outline
        lines = [line for page in pages for line in page.lines]
        self.body = _body_height(lines)
        bold = sum(len(line.text) for line in lines if line.bold)
        self._bold_body = 2 * bold > sum(len(line.text) for line in lines)
        larger = {round(line.height) for line in lines if line.height >= LARGER * self.body}
        self._ranks = {size: rank for rank, size in enumerate(sorted(larger, reverse=True), 1)}
        self._titles = {key for _, key in outline}
        self._deepest = max(outline.values(), default=0)

    def level(self, paragraph: Paragraph, page: int) -> int | None:
        """The level of a heading, from 1; None of what is none."""
        text = paragraph.text
        if len(text) > LONGEST_HEADING or paragraph.is_table or not any(c.isalpha() for c in text):
            return None
        key = _key(text)
        for start in (0, *(match.end() for match in re.finditer(r"^\W*[\w.]+\W+", text))):
            if level := self._outline.get((page, _key(text[start:]) or key)):
                return level
        if {key.rstrip(_DIGITS), key.strip(_DIGITS)} & self._titles or _LEADER.search(text):
            return None  # an entry of the table of contents
        if text.endswith((".", ",", ";", ":")):
            return None
        if paragraph.height >= LARGER * self.body:
            rank = self._ranks.get(round(paragraph.height), len(self._ranks) + 1)
        elif (
            paragraph.bold
            and not self._bold_body
            and len(paragraph.lines) <= 2
            and paragraph.height > SMALLER * self.body
        ):
            rank = len(self._ranks) + 1
        else:
            return None
        return self._deepest + 1 if self._deepest else rank


def _open(data: bytes, source: str) -> PdfDocument:
    try:
        return PdfDocument(data)
    except PdfiumError as error:
        if error.err_code == FPDF_ERR_PASSWORD:
            raise DocumentError(f"{source} is protected by a password; save it without one.") from error
        raise


def _page(pdf: PdfDocument, index: int) -> _Page:
    page = pdf[index]
    text = page.get_textpage()
    try:
        label = pdf.get_page_label(index).strip() or str(index + 1)
        return _Page(f"page {label}", page.get_height(), page_lines(text))
    finally:
        text.close()
        page.close()


def _body_height(lines: Iterable[Line]) -> float:
    """The height of the lines in which most of the text is set."""
    heights: Counter[float] = Counter()
    for line in lines:
        heights[round(line.height, 1)] += len(line.text)
    return heights.most_common(1)[0][0] if heights else 0.0


def _drop_running_heads(pages: Sequence[_Page]) -> None:
    """Takes away lines at the edges that stand on several pages at the same height, but for the numbers in them.

    What is set larger than the text is kept: slides have their titles there. So are the rows of tables, which often
    differ in nothing but their numbers.
    """
    largest = LARGER * _body_height(line for page in pages for line in page.lines)
    edges = [
        [
            (_running(line), line)
            for line in page.lines
            if _is_at_edge(line, page) and line.height < largest and len(line.pieces) == 1
        ]
        for page in pages
    ]
    counts = Counter(key for edge in edges for key in {key for key, _ in edge})
    for page, edge in zip(pages, edges, strict=True):
        repeated = {id(line) for key, line in edge if counts[key] > 1}
        page.lines = [line for line in page.lines if id(line) not in repeated]


def _running(line: Line) -> tuple[str, int]:
    return _COUNTERS.sub("#", line.text), round(line.top / 3)


def _is_at_edge(line: Line, page: _Page) -> bool:
    return line.bottom > (1 - EDGE) * page.height or line.top < EDGE * page.height


def _outline(pdf: PdfDocument) -> dict[tuple[int, str], int]:
    """Level of each entry, by its page, from 0, and its words."""
    levels: dict[tuple[int, str], int] = {}
    for entry in pdf.get_toc():
        destination = entry.get_dest()
        page = destination.get_index() if destination else None
        if page is not None and (key := _key(entry.get_title())):
            levels.setdefault((page, key), entry.level + 1)
    return levels


def _key(words: str) -> str:
    return "".join(character for character in words.casefold() if character.isalnum())


def _add_pages(pages: Sequence[_Page], headings: _Headings, draft: Draft) -> None:
    last: Paragraph | None = None
    for index, page in enumerate(pages):
        draft.page(page.label)
        for paragraph in paragraphs(page.lines):
            level = headings.level(paragraph, index)
            kind = _kind(paragraph, page, headings.body)
            if level:
                draft.heading(paragraph.text, level)
            elif kind == "table":
                for line in paragraph.lines:
                    draft.add(" | ".join(line.pieces), "table")
            elif kind == "footnote":
                draft.add(_RUN_IN.sub(r"\1 ", paragraph.text), kind)
            elif last and kind == "paragraph" and continues(last, paragraph):
                draft.extend(paragraph.text, "\n" if last.text.endswith(("-", "‐")) else " ")
            else:
                draft.add(paragraph.text, kind)
            last = None if level or kind in ("table", "caption", "footnote") else paragraph


def _kind(paragraph: Paragraph, page: _Page, body: float) -> BlockKind:
    text = paragraph.text
    if paragraph.is_table:
        return "table"
    if _CAPTION.match(text):
        return "caption"
    if paragraph.height <= SMALLER * body and paragraph.lines[0].top < page.height / 2 and _NOTE.match(text):
        return "footnote"
    return "list" if paragraph.is_item else "paragraph"


def _title(property_: str, pages: Sequence[_Page]) -> str | None:
    """The title among the properties, if it is one; else what is set largest on the first page."""
    if property_.strip() and not _NO_TITLE.fullmatch(property_.strip()):
        return property_
    first = paragraphs(pages[0].lines)
    largest = max(first, key=lambda paragraph: paragraph.height, default=None)
    others = [line.height for page in pages for line in page.lines]
    if (
        largest is None
        or len(largest.text) > LONGEST_HEADING
        or largest.height < LARGER * sorted(others)[len(others) // 2]
    ):
        return None
    return largest.text
