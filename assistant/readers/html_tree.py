"""HTML elements → the blocks of a draft; for web pages, e-books, e-mails and Word documents alike."""

from __future__ import annotations

from typing import Final

from lxml import etree
from lxml.html import HtmlElement

from assistant.readers.draft import Draft
from assistant.readers.html_notes import is_note, is_note_mark, place_notes
from assistant.readers.tables import Cell, table_lines
from assistant.types import BlockKind

_SKIPPED = frozenset(
    (
        *("script", "style", "template", "noscript", "svg", "math", "head", "title", "iframe", "object", "canvas"),
        *("audio", "video", "select", "button", "textarea", "nav"),
    )
)
_KINDS: dict[str, BlockKind] = {
    "li": "list",
    "dt": "list",
    "dd": "list",
    "pre": "code",
    "figcaption": "caption",
    "caption": "caption",
}
_BLOCKS = frozenset(
    (
        *("address", "article", "aside", "blockquote", "body", "center", "details", "dialog", "div", "dl", "fieldset"),
        *("figure", "footer", "form", "header", "hgroup", "hr", "html", "main", "ol", "p", "section", "summary"),
        *("table", "tbody", "tfoot", "thead", "tr", "td", "th", "ul"),
    )
) | frozenset(_KINDS)
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_LAYOUT = "h1 | h2 | h3 | h4 | h5 | h6 | table | form | article | section | main"
_FOOTNOTE: Final = "footnote"
_UNREAD = "assistant-unread"


def add_elements(root: HtmlElement, draft: Draft) -> None:
    """Adds all that an element says.

    Args:
        root: The element.
        draft: What is added to.
    """
    place_notes(root)
    _drop_unread(root)
    _Walk(draft).walk(root)


def _drop_unread(root: HtmlElement) -> None:
    """Takes away what no reader sees, and the marks of footnotes, which would run into the words before them."""
    for element in root.iterdescendants(etree.Element):
        if _is_hidden(element) or is_note_mark(element):
            element.tag = _UNREAD
    # All at once: `drop_tree` copies the text around each, which is slow where there are thousands in a row.
    etree.strip_elements(root, _UNREAD, with_tail=False)


class _Walk:
    """Goes through elements in their order; never by recursion, for pages may be nested without end."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._words: list[str] = []
        self._kinds: list[BlockKind] = ["paragraph"]
        self._open: list[HtmlElement] = []
        self._preformatted = 0

    def walk(self, root: HtmlElement) -> None:
        walk = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
        for event, element in walk:
            if event == "start" and not self._start(element, root):
                walk.skip_subtree()
            elif event == "end":
                self._finish(element)
            if event != "start" and element is not root:
                self._say(element.tail)
        self._flush()

    def _start(self, element: HtmlElement, root: HtmlElement) -> bool:
        """Whether to go on into the element."""
        tag = _tag(element)
        if tag in _HEADINGS:
            self._flush()
            self._draft.heading(_text(element), int(tag[1]))
            return False
        if tag == "table" and _is_data(element):
            self._flush()
            self._add_table(element)
            return False
        if tag in _SKIPPED and element is not root:
            return False
        if tag in _BLOCKS:
            self._flush()
            self._open.append(element)
            self._kinds.append(self._kind(element, tag))
            self._preformatted += tag == "pre"
        elif tag == "br":
            self._words.append("\n")
        self._say(element.text)
        return True

    def _finish(self, element: HtmlElement) -> None:
        if self._open and self._open[-1] is element:
            self._flush()
            self._open.pop()
            self._kinds.pop()
            self._preformatted -= _tag(element) == "pre"

    def _kind(self, element: HtmlElement, tag: str) -> BlockKind:
        if self._kinds[-1] == _FOOTNOTE:
            return _FOOTNOTE
        if is_note(element):
            return _FOOTNOTE
        return _KINDS.get(tag, self._kinds[-1])

    def _say(self, words: str | None) -> None:
        if words:
            self._words.append(words if self._preformatted else _collapsed(words))

    def _flush(self) -> None:
        words = "".join(self._words)
        self._words.clear()
        if not self._preformatted:
            words = "\n".join(" ".join(line.split()) for line in words.split("\n"))
        self._draft.add(words, self._kinds[-1])

    def _add_table(self, table: HtmlElement) -> None:
        for caption in table.iterchildren("caption"):
            self._draft.add(_text(caption), "caption")
        rows = [[_cell(cell) for cell in row.iterchildren("td", "th")] for row in table.iter("tr")]
        for line in table_lines([row for row in rows if row]):
            self._draft.add(line, "table")


def _cell(cell: HtmlElement) -> Cell:
    columns, rows = (_count(cell.get(name)) for name in ("colspan", "rowspan"))
    return Cell(_text(cell), columns, rows, is_name=_tag(cell) == "th")


def _count(written: str | None) -> int:
    return int(written) if written and written.isascii() and written.isdecimal() and len(written) < 6 else 1


def _is_data(table: HtmlElement) -> bool:
    """Whether a table holds data; on old web pages it may hold the page."""
    return table.get("role") != "presentation" and not table.xpath(
        f".//*[self::{_LAYOUT.replace(' | ', ' or self::')}]"
    )


def _is_hidden(element: HtmlElement) -> bool:
    style = (element.get("style") or "").replace(" ", "").lower()
    return element.get("hidden") is not None or "display:none" in style


def _tag(element: HtmlElement) -> str:
    return element.tag.lower() if isinstance(element.tag, str) else ""


def _text(element: HtmlElement) -> str:
    """All that an element says, in one line."""
    pieces = []
    for piece in element.xpath(".//text()"):
        tag = _tag(piece.getparent())
        if tag not in _SKIPPED or piece.is_tail:
            pieces.append(f" {piece}" if tag in _BLOCKS or tag == "br" else str(piece))
    return " ".join("".join(pieces).split())


def _collapsed(words: str) -> str:
    return words.replace("\n", " ").replace("\r", " ")
