"""The pane with the original beside the chat."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import gradio as gr
from pydantic import BaseModel

from assistant.errors import DocumentError
from assistant.languages import unknown_language
from assistant.web.files import file_of, file_url, has_changed, is_pdf
from assistant.web.markup import render
from assistant.web.original import Highlight, Side, more_html, original_html, where_now
from assistant.web.page import PART
from assistant.web.problems import in_words

if TYPE_CHECKING:
    from assistant.assistant import Assistant
    from assistant.types import Document

CHANGED = "This document has changed since it was cited; the cited words still stand in it."
OTHER = "This document has changed since it was opened; open it again to read on."
FILE = "The file has changed since it was indexed."
REMOVED = "This document was removed after it was cited. The cited words were:"
GONE = "This document is not among those that are asked any more."
LOST = "This document has changed since it was cited, and the cited words are no longer in it."
UNREADABLE = "The file itself cannot be read ({reason}); these are its words as they were indexed."


class Cited(BaseModel):
    """Words that the page wants highlighted, as it kept them.

    Attributes:
        number: What they are called in the page.
        start: Where they began in the document's text.
        end: Where they ended, exclusive.
        quote: The words.
        sha256: The digest of the document at that time, or "" where it is not known.
    """

    number: int
    start: int
    end: int
    quote: str
    sha256: str


class Wanted(BaseModel):
    """What the page wants to show.

    Attributes:
        source: The document.
        highlights: What to highlight in it.
        at: The offset, in characters, that must be among what is shown.
        shown: The digest of the document that is shown with just this, or "".
    """

    source: str
    highlights: list[Cited] = []
    at: int = 0
    shown: str = ""


class Further(Wanted):
    """What the page wants to show more of.

    Attributes:
        at: The offset, in characters, at which what is shown begins or ends.
        side: Which way to go on from there.
        sha256: The digest of the document as it is shown.
    """

    side: Side
    sha256: str


def add_original(assistant: Assistant) -> None:
    """Adds the pane to the page that is being built."""

    def original(wanted: dict[str, Any]) -> dict[str, Any]:
        return open_original(assistant, Wanted.model_validate(wanted))

    def further(wanted: dict[str, Any]) -> dict[str, str]:
        return read_on(assistant, Further.model_validate(wanted))

    def first(_: Any = None) -> str:
        try:
            return next((record.source for record in assistant.documents() if record.passages), "")
        except Exception:  # noqa: BLE001 - the chat, which meets the same, says and logs it
            return ""

    gr.HTML(
        render("pane"),
        js_on_load="page.original(element, server)",
        server_functions=[original, further, first],
        **PART,
    )


def open_original(assistant: Assistant, wanted: Wanted) -> dict[str, Any]:
    """A document for the pane.

    Args:
        assistant: Who has the document.
        wanted: What to show of it.

    Returns:
        Its title and HTML, None where what is shown is still right; a notice where it has changed, cannot be shown, or
        is in a language of its own; the address of its file, or ""; and for a PDF the pages of the highlights, by their
        numbers.
    """
    try:
        document = assistant.document(wanted.source)
    except DocumentError:
        cited = wanted.highlights
        html, notice = (render("removed", highlights=cited), REMOVED) if cited else ("", GONE)
        return {"title": wanted.source, "html": html, "notice": notice, "file": "", "pages": {}}
    except Exception as error:  # noqa: BLE001 - it is said, and logged where it is unexpected
        return {"title": wanted.source, "html": "", "notice": in_words(error), "file": "", "pages": {}}
    places = [(cited, where_now(document, cited)) for cited in _asked(wanted)]
    found = [now for _, now in places if now]
    chosen = next((now for cited, now in places if cited.start == wanted.at), None) or next(iter(found), None)
    notice = _change(document, wanted, places) or unknown_language(assistant.settings.model, document.language)
    file, news = _file(assistant, document)
    return {
        "title": document.title,
        "html": None
        if document.sha256 == wanted.shown
        else original_html(document, found, chosen.start if chosen else wanted.at),
        "notice": f"{notice} {news}".strip(),
        "file": file,
        "pages": _pages(document, found) if is_pdf(document.source) else {},
    }


def read_on(assistant: Assistant, wanted: Further) -> dict[str, str]:
    """More of a document that the pane shows a part of.

    Args:
        assistant: Who has the document.
        wanted: What to show of it.

    Returns:
        The HTML, or a notice where the document has changed, or cannot be shown.
    """
    try:
        document = assistant.document(wanted.source)
    except DocumentError:
        return {"html": "", "notice": GONE}
    except Exception as error:  # noqa: BLE001 - it is said, and logged where it is unexpected
        return {"html": "", "notice": in_words(error)}
    if document.sha256 != wanted.sha256:
        return {"html": "", "notice": OTHER}
    return {"html": more_html(document, _found(document, wanted), wanted.at, wanted.side), "notice": ""}


def _asked(wanted: Wanted) -> list[Highlight]:
    """What to highlight, where it stood when it was cited."""
    return [Highlight(cited.number, cited.start, cited.end, cited.quote) for cited in wanted.highlights]


def _found(document: Document, wanted: Wanted) -> list[Highlight]:
    """What to highlight, where it stands now, but for words that are gone."""
    return [highlight for highlight in (where_now(document, item) for item in _asked(wanted)) if highlight]


def _change(document: Document, wanted: Wanted, places: list[tuple[Highlight, Highlight | None]]) -> str:
    """What to say of a document that has changed since it was cited, or ""; of the citation that was chosen, if any."""
    if any(now is None for cited, now in places if cited.start == wanted.at):
        return LOST
    other = any(cited.sha256 not in ("", document.sha256) for cited in wanted.highlights)
    return CHANGED if other or any(cited != now for cited, now in places) else ""


def _file(assistant: Assistant, document: Document) -> tuple[str, str]:
    """The address of a document's file, or "" where it cannot be had, and what is to be said of the file, or ""."""
    try:
        path = file_of(assistant, document.source)
        if path is None:
            return "", ""
        return file_url(document.source), FILE if has_changed(path, document.sha256) else ""
    except OSError as error:
        return "", UNREADABLE.format(reason=error.strerror or error)


def _pages(document: Document, highlights: list[Highlight]) -> dict[str, int]:
    """The page on which each highlight begins, by the highlight's number."""
    return {
        str(highlight.number): page.number
        for highlight in highlights
        for page in document.pages
        if page.start <= highlight.start < page.end
    }
