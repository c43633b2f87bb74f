"""What is said to a question, and in what conversation. Made by answering, shown to people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypedDict

from assistant.types.documents import BlockKind
from assistant.types.indexes import IndexInfo
from assistant.types.passages import Passage


class Message(TypedDict):
    """One turn of a conversation."""

    role: Literal["user", "assistant"]
    content: str


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
