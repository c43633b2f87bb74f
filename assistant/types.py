"""What passes between the stages: frozen dataclasses, each made by one stage and read by the next.

Every offset is in characters of ``Document.text``, 0-based and end-exclusive.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, NamedTuple, TypedDict

BlockKind = Literal["paragraph", "heading", "list", "table", "caption", "footnote", "code"]


class Message(TypedDict):
    """One turn of a conversation."""

    role: Literal["user", "assistant"]
    content: str


class Span(NamedTuple):
    """A stretch of a document's text: ``text[start:end]``."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, list item or table row: what a reader of the format sees as one piece.

    Attributes:
        start: Where it begins in the document's text.
        end: Where it ends, exclusive.
        kind: What it is. Headings and captions are never taken for an answer.
    """

    start: int
    end: int
    kind: BlockKind = "paragraph"


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it.

    Attributes:
        heading: The heading's words, without the format's marks.
        level: 1 for the outermost.
        start: Where the heading begins in the document's text.
        end: Where the next heading of the same or an outer level begins, or the text ends.
    """

    heading: str
    level: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Page:
    """A page, slide or table row that a citation can point to.

    Attributes:
        number: Counted from 1.
        label: What a person would call it: "page 4", "slide 2", "Budget, row 7".
        start: Where it begins in the document's text.
        end: Where it ends, exclusive.
    """

    number: int
    label: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Document:
    """A file, read: its text and the structure that citations name.

    Attributes:
        source: The path relative to the documents folder, with ``/``.
        title: The document's own title, else its file name made readable.
        text: The decoded text that all offsets point into.
        sha256: Hexadecimal digest of the file's bytes.
        blocks: In reading order, not overlapping; all text that is not white space lies in one of them.
        sections: In the order of their headings; an inner one lies within its outer one.
        pages: In order, not overlapping; empty where the format has none.
        language: ISO 639-1 code of the language of most of the text.
        author: Who wrote it, where the file says.
        date: When it was written, as ISO 8601, where the file says.
    """

    source: str
    title: str
    text: str
    sha256: str
    blocks: tuple[Block, ...]
    sections: tuple[Section, ...] = ()
    pages: tuple[Page, ...] = ()
    language: str = "en"
    author: str | None = None
    date: str | None = None


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


@dataclass(frozen=True, slots=True)
class Citation:
    """Words of a document that support an answer; ``document.text[start:end] == quote`` was checked.

    Attributes:
        number: The mark in the answer's text, from 1.
        quote: The words, verbatim.
        source: The document they are from.
        start: Where they begin in the document's text.
        end: Where they end, exclusive.
        title: The document's title.
        heading: The section's, behind those around it but for the title ("Costs › Travel"); "" above the first one.
        paragraph: The number, from 1 in its section, of the paragraph in which they begin.
        kind: What that paragraph is: prose, a list, a table, a footnote.
        page: The number of the page on which they begin, where there are pages.
        page_label: What that page is called, where there are pages.
        author: Who wrote the document, where the file says.
        date: When it was written, as ISO 8601, where the file says.
    """

    number: int
    quote: str
    source: str
    start: int
    end: int
    title: str
    heading: str
    paragraph: int
    kind: BlockKind = "paragraph"
    page: int | None = None
    page_label: str | None = None
    author: str | None = None
    date: str | None = None


@dataclass(frozen=True, slots=True)
class IndexInfo:
    """Which index answered.

    Attributes:
        generation: Its name, such as "0007".
        built: When it was published.
        documents: How many documents it holds.
        passages: How many passages it holds.
    """

    generation: str
    built: datetime
    documents: int
    passages: int


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence of an answer, and what supports it.

    Attributes:
        text: The sentence as it was written, without marks.
        citations: The numbers of the citations that support it; empty where nothing does.
        unsupported: Why no evidence supports it, for the reader; or None where some does.
    """

    text: str
    citations: tuple[int, ...] = ()
    unsupported: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What the assistant says to a question.

    Attributes:
        question: The question as it was asked.
        text: The answer in Markdown, with marks like [1]; or a plain sentence that there is none.
        citations: Numbered 1..n in the order of their marks; empty under a refusal.
        answered: Whether the documents answer the question.
        passages: What was considered, best first, or for a summary in reading order; under a refusal, offered as
            reading.
        searched_for: The question as it was searched for: as it was asked, or as the conversation makes it stand alone.
        confidence: The estimated probability, 0 to 1, that the documents answer the question.
        index: Which index answered.
        statements: Its sentences, in order, each with what supports it.
        writer: Who wrote the text: "extractive", or the chat model's name.
        note: What the reader should know of how the answer came about, or why there is none, in one line, or "".
    """

    question: str
    text: str
    citations: tuple[Citation, ...]
    answered: bool
    passages: tuple[Passage, ...]
    searched_for: str
    confidence: float
    index: IndexInfo
    statements: tuple[Statement, ...] = ()
    writer: str = "extractive"
    note: str = ""

    @property
    def plain(self) -> str:
        """The answer as plain text: the sentences as they stand, with their marks, what nothing supports struck out."""
        return " ".join(map(_plain, self.statements)) or self.text

    @property
    def messages(self) -> list[Message]:
        """The question and the answer as a conversation hands them on: a history for the next question.

        Sentences that nothing supports are left out: the next answer must not build on them.
        """
        standing = [statement for statement in self.statements if statement.unsupported is None]
        text = " ".join(map(_plain, standing)) if self.statements else self.text
        return [{"role": "user", "content": self.question}, {"role": "assistant", "content": text}]


def _plain(statement: Statement) -> str:
    marks = "".join(f"[{number}]" for number in statement.citations)
    words = statement.text if statement.unsupported is None else f"~~{statement.text}~~"
    return f"{' '.join(words.split())} {marks}".rstrip()


@dataclass(frozen=True, slots=True)
class IndexReport:
    """What a build did.

    Attributes:
        added: Sources that are new.
        updated: Sources whose content changed.
        removed: Sources that are gone.
        renamed: New source by old source, for content that moved.
        unchanged: Sources that were left as they were.
        failed: The reason, by source that could not be read.
        documents: How many documents the index now holds.
        passages: How many passages the index now holds.
        embedded: How many passages were embedded in this build.
        generation: The name of the generation that answers now.
        published: Whether a new generation was made.
        seconds: How long the build took.
    """

    added: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    renamed: dict[str, str] = field(default_factory=dict)
    unchanged: tuple[str, ...] = ()
    failed: dict[str, str] = field(default_factory=dict)
    documents: int = 0
    passages: int = 0
    embedded: int = 0
    generation: str = ""
    published: bool = False
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class DocumentRecord:
    """What the index knows of one file.

    Attributes:
        source: The path relative to the documents folder, with ``/``.
        title: The document's title, or "" where it was never read.
        sha256: Hexadecimal digest of the bytes that its passages are from, or "" where it was never read.
        size: The length of the file, in bytes.
        passages: How many passages it has in the index.
        indexed: When its passages were made, or None where it was never read.
        failed: Why the file as it is now cannot be read, or None where it can.
        language: ISO 639-1 code of the language of most of its text, or "" where it was never read.
    """

    source: str
    title: str
    sha256: str
    size: int
    passages: int
    indexed: datetime | None = None
    failed: str | None = None
    language: str = ""


@dataclass(frozen=True, slots=True)
class IndexStatus:
    """The state of the index beside the documents as they are now.

    Attributes:
        index: Which index answers.
        model: The name of its embedding model.
        size: How much room it takes on disk, in bytes, with the generations kept for going back.
        age: How long ago it was published, in seconds.
        added: Sources that are not in the index yet.
        updated: Sources whose content has changed since.
        removed: Sources that are in the index and no longer in the folder.
        failed: The reason, by source that cannot be read, or could not when the index was built.
        rebuild: Why the next build makes the index anew (another model, another folder, damage), or None; what is still
            right in it is not embedded again.
        precision: What its vectors were computed in: bfloat16, float32, or both where it was built on two machines.
        stale: Whether there is anything for a build to do; a file that cannot be read, and what it said before, aside.
    """

    index: IndexInfo
    model: str
    size: int
    age: float
    added: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    failed: dict[str, str] = field(default_factory=dict)
    rebuild: str | None = None
    precision: str = ""
    stale: bool = field(init=False)

    def __post_init__(self) -> None:
        """Tells whether it is up to date: a field, so that it is told wherever the others are."""
        object.__setattr__(self, "stale", bool(self.added or self.updated or self.removed or self.rebuild))
