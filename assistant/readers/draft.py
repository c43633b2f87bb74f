"""A document as it is put together from what a format gives, block by block."""

from __future__ import annotations

import re

from assistant.errors import DocumentError
from assistant.readers.dates import iso_date
from assistant.readers.limits import Limits
from assistant.readers.structure import readable_name, sections
from assistant.types import Block, BlockKind, Document, Page

_UNWANTED = re.compile("[\\0-\\x08\\x0b-\\x1f\\x7f\ufeff\ufffe\uffff\ud800-\udfff]")
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_SPACES = re.compile(r"[^\S\n]*\n[^\S\n]*")
_CLOSE_KINDS = ("list", "table")


class Draft:
    """The text grows at its end only, so that every offset holds from the moment it is given.

    Attributes:
        source: The document's name.
        limits: What it may cost.
        title: The document's own title, where the file says.
        author: Who wrote it, where the file says.
        date: When it was written, as the file says it.
    """

    def __init__(self, source: str, limits: Limits) -> None:
        """An empty document.

        Args:
            source: The document's name.
            limits: What it may cost.
        """
        self.source = source
        self.limits = limits
        self.title: str | None = None
        self.author: str | None = None
        self.date: str | None = None
        self._pieces: list[str] = []
        self._length = 0
        self._blocks: list[Block] = []
        self._headings: list[tuple[int, str, int]] = []
        self._pages: list[tuple[int, str, int]] = []
        self._page = (0, "")

    def page(self, label: str) -> None:
        """Begins a page: what is added from here on stands on it.

        Args:
            label: What a person calls it.
        """
        self._page = (self._page[0] + 1, _line(label) or "")

    def heading(self, words: str, level: int) -> None:
        """Adds a heading, and begins its section.

        Args:
            words: What it says.
            level: 1 for the outermost.
        """
        words = _line(words) or ""
        if self.add(words, "heading"):
            self._headings.append((self._blocks[-1].start, words, level))

    def add(self, text: str, kind: BlockKind = "paragraph") -> bool:
        """Adds a block.

        Args:
            text: Its text; characters that cannot be shown are left out.
            kind: What it is.

        Returns:
            Whether there was any text.

        Raises:
            DocumentError: The document has grown too long.
        """
        text = _clean(text)
        if not text:
            return False
        close = self._blocks and kind in _CLOSE_KINDS and self._blocks[-1].kind == kind
        start = self._append("" if not self._blocks else "\n" if close else "\n\n", text)
        self._blocks.append(Block(start, self._length, kind))
        return True

    def extend(self, text: str, gap: str = " ") -> None:
        """Goes on with the last block, which a new page or column had cut.

        Args:
            text: How it goes on.
            gap: What stands between: a line end where a word was cut too.

        Raises:
            DocumentError: The document has grown too long.
        """
        if text := _clean(text):
            last = self._blocks[-1]
            self._append(gap, text)
            self._blocks[-1] = Block(last.start, self._length, last.kind)

    def _append(self, gap: str, text: str) -> int:
        """Where the text begins, after the gap."""
        start = self._length + len(gap)
        self._length = start + len(text)
        if self._length > self.limits.characters:
            raise DocumentError(
                f"{self.source} holds more than {self.limits.characters:,} characters of text; "
                "split it, or raise ASSISTANT_FILE_CHARACTERS."
            )
        self._pieces += (gap, text)
        if self._page[0] and (not self._pages or self._pages[-1][0] != self._page[0]):
            self._pages.append((*self._page, start))
        return start

    def check_pages(self, count: int) -> None:
        """Makes sure that a file has no more pages than are wanted.

        Args:
            count: How many it has.

        Raises:
            DocumentError: It has more.
        """
        if count > self.limits.pages:
            raise DocumentError(
                f"{self.source} has {count:,} pages, and {self.limits.pages:,} are read at most; "
                "split it, or raise ASSISTANT_FILE_PAGES."
            )

    def document(self, sha256: str) -> Document:
        """The document.

        Args:
            sha256: Digest of the file's bytes.

        Raises:
            DocumentError: There is no text in it.
        """
        if not self._blocks:
            raise DocumentError(f"{self.source} has no text in it; put text into it, or remove it.")
        ends = [start for _, _, start in self._pages[1:]] + [self._length]
        return Document(
            source=self.source,
            title=_line(self.title) or self._first_heading() or readable_name(self.source),
            text="".join(self._pieces),
            sha256=sha256,
            blocks=tuple(self._blocks),
            sections=sections(self._headings, self._length),
            pages=tuple(Page(*page, end) for page, end in zip(self._pages, ends, strict=False)),
            author=_line(self.author),
            date=iso_date(self.date),
        )

    def _first_heading(self) -> str | None:
        """The heading at the very top, if no other is as far out."""
        if not self._headings or self._headings[0][0] != self._blocks[0].start:
            return None
        _, words, level = self._headings[0]
        return words if all(other > level for _, _, other in self._headings[1:]) else None


def _clean(text: str) -> str:
    # A line end of any other kind is unwanted as a character, but the words around it must not run together.
    return _SPACES.sub("\n", _UNWANTED.sub("", _LINE_ENDS.sub("\n", text))).strip()


def _line(text: str | None) -> str | None:
    return _UNWANTED.sub("", " ".join((text or "").split())).strip() or None
