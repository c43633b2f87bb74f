"""A stretch of a document that is searched for. Made by splitting, found by retrieval."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.types.documents import BlockKind, Span


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of whole sentences that is searched for, and that retrieval returns.

    Attributes:
        source: The document it is from.
        start: Where it begins in the document's text.
        end: Where it ends, exclusive.
        text: ``document.text[start:end]``, verbatim.
        title: The document's title.
        heading: The section's, behind those around it but for the title ("Costs › Travel"); "" above the first one.
        paragraph: The number, from 1 in its section, of the paragraph in which it begins.
        page: The number of the page on which it begins, where there are pages.
        page_label: What that page is called ("page 4", "Budget, row 7"), where there are pages.
        sentences: Its sentences, as offsets into the document's text.
        score: How well it fits the question; higher is better, comparable within one question.
        kind: What the paragraph in which it begins is: prose, a list, a table, a footnote.
    """

    source: str
    start: int
    end: int
    text: str
    title: str
    heading: str
    paragraph: int
    page: int | None = None
    page_label: str | None = None
    sentences: tuple[Span, ...] = ()
    score: float = 0.0
    kind: BlockKind = "paragraph"

    def quote(self, span: Span) -> str:
        """The words of a sentence, or of another span of the document that lies within the passage, verbatim."""
        return self.text[span.start - self.start : span.end - self.start]


@dataclass(frozen=True, slots=True)
class EmbeddedText:
    """A passage as the embedding model reads it.

    Attributes:
        context: What stands in front of it, with the line end between them; or "".
        text: The context and the passage's own words.
        sentences: The passage's sentences, as offsets into this text.
    """

    context: str
    text: str
    sentences: tuple[Span, ...]
