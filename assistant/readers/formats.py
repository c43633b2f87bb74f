"""The kinds of files that can be read: the one registry."""

from __future__ import annotations

from importlib import import_module
from typing import Final, NamedTuple, Protocol, cast

from assistant.readers.draft import Draft
from assistant.types import Document


class TextReader(Protocol):
    """Reads a format that is text with marks in it: the document's text is the file's."""

    def __call__(self, source: str, text: str, sha256: str) -> Document:
        """A document whose text is the one given."""


class Extractor(Protocol):
    """Reads a format that text has to be taken out of."""

    def __call__(self, data: bytes, draft: Draft) -> None:
        """Adds what the file's bytes say to the draft."""


class Format(NamedTuple):
    """A kind of file.

    Attributes:
        name: What a person calls one.
        module: The module of this package whose `read` reads it.
    """

    name: str
    module: str


PLAIN_TEXT: Final = Format("plain text", "plain_text")

TEXTS: Final = {
    ".txt": PLAIN_TEXT,
    ".text": PLAIN_TEXT,
    ".md": Format("Markdown", "markdown"),
    ".markdown": Format("Markdown", "markdown"),
}
"""By suffix, what is kept as it is."""

EXTRACTED: Final = {
    ".pdf": Format("a PDF file", "pdf"),
    ".docx": Format("a Word document", "word"),
    ".pptx": Format("a PowerPoint presentation", "slides"),
    ".xlsx": Format("an Excel workbook", "workbook"),
    ".xlsm": Format("an Excel workbook", "workbook"),
    ".csv": Format("a table of comma-separated values", "delimited"),
    ".tsv": Format("a table of tab-separated values", "delimited"),
    ".html": Format("a web page", "web_page"),
    ".htm": Format("a web page", "web_page"),
    ".xhtml": Format("a web page", "web_page"),
    ".epub": Format("an e-book", "epub"),
    ".rst": Format("reStructuredText", "restructured_text"),
    ".eml": Format("an e-mail", "mail"),
}
"""By suffix, what text is taken out of."""


def kind_of(suffix: str) -> Format:
    """The kind of file.

    Args:
        suffix: In lower case, with its dot; any that is not known is plain text.
    """
    return EXTRACTED.get(suffix) or TEXTS.get(suffix, PLAIN_TEXT)


def text_reader(suffix: str) -> TextReader:
    """What reads text; only then are the libraries loaded that it needs.

    Args:
        suffix: In lower case, with its dot; any that is not known is plain text.
    """
    return cast(TextReader, _read(TEXTS.get(suffix, PLAIN_TEXT)))


def extractor(suffix: str) -> Extractor:
    """What takes text out of a file; only then are the libraries loaded that it needs.

    Args:
        suffix: One of `EXTRACTED`.
    """
    return cast(Extractor, _read(EXTRACTED[suffix]))


def _read(kind: Format) -> object:
    return import_module(f"assistant.readers.{kind.module}").read
