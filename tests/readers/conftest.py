"""What the readers' tests share: the files of `tests/data`, and what holds for every document."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from assistant.readers import read_document
from assistant.readers.limits import Limits
from assistant.readers.parsing import parse
from assistant.settings import Settings
from assistant.types import Document

DATA = Path(__file__).parent.parent / "data"


@pytest.fixture(scope="session")
def data() -> Path:
    """Real files, made by `tests/data/make.py`."""
    return DATA


@dataclass
class Reading:
    """A document that was read, and what stands where in it."""

    document: Document

    @property
    def text(self) -> str:
        return self.document.text

    def kind(self, words: str) -> str:
        """The kind of the block in which some words stand."""
        start = self.text.index(words)
        return next(block.kind for block in self.document.blocks if block.start <= start < block.end)

    def page(self, words: str) -> str:
        """What the page is called on which some words stand."""
        start = self.text.index(words)
        return next(page.label for page in self.document.pages if page.start <= start < page.end)

    def heading(self, words: str) -> str:
        """The heading of the innermost section in which some words stand."""
        start = self.text.index(words)
        return [section.heading for section in self.document.sections if section.start <= start < section.end][-1]

    def lines(self, kind: str | None = None) -> list[str]:
        """The text of each block, or of each block of a kind."""
        return [self.text[block.start : block.end] for block in self.document.blocks if kind in (None, block.kind)]

    @property
    def headings(self) -> list[tuple[int, str]]:
        """Level and words of each section's heading."""
        return [(section.level, section.heading) for section in self.document.sections]

    def check(self) -> None:
        """Makes sure that the document holds together, as its type says."""
        text, blocks = self.text, self.document.blocks
        assert self.document.title.strip()
        assert all(block.start < block.end <= len(text) for block in blocks)
        assert all(a.end <= b.start for a, b in pairwise(blocks))
        assert all(words == words.strip() for words in self.lines())
        assert all(0 <= section.start <= section.end <= len(text) for section in self.document.sections)
        assert all(a.start < b.start for a, b in pairwise(self.document.sections))
        assert all(a.end == b.start and a.number < b.number for a, b in pairwise(self.document.pages))
        assert not any("\ud800" <= character <= "\udfff" for character in text)


Read = Callable[[str], Reading]
Parse = Callable[..., Reading]


@pytest.fixture(scope="session")
def read() -> Read:
    """Reads a file of `tests/data`, as a build does."""
    return lambda name: Reading(read_document(DATA / name, name, Settings.load()))


@pytest.fixture(scope="session")
def parsed() -> Parse:
    """Reads a file's bytes or text, given its name, in this process; limits may be given."""

    def parse_content(name: str, content: str | bytes, **limits: Any) -> Reading:
        data = content.encode() if isinstance(content, str) else content
        return Reading(parse(data, name, Path(name).suffix, replace(Limits(), **limits)))

    return parse_content
