"""A conversation: what was asked and answered. It lives in the browser, and comes back from there."""

from __future__ import annotations

from dataclasses import dataclass, replace
from textwrap import shorten
from typing import Any, Self
from uuid import uuid4

from pydantic import TypeAdapter, ValidationError

from assistant.answering.extractive import escape
from assistant.errors import QuestionError
from assistant.labels import byline, place
from assistant.types import Answer, Citation, Message

NAME_CHARACTERS = 60


@dataclass(frozen=True, slots=True)
class Turn:
    """A question and what came of it.

    Attributes:
        question: As it was asked.
        answer: The answer, or None where there is none (yet).
        error: Why there is no answer, or "" where that is not known.
        sha256: Digest by source, of the documents that the answer cites, as they were then; empty where not known.
        liked: Whether the reader found the answer helpful, or None where they did not say.
    """

    question: str
    answer: Answer | None = None
    error: str = ""
    sha256: dict[str, str] | None = None
    liked: bool | None = None


@dataclass(frozen=True, slots=True)
class Conversation:
    """Turns that build on each other.

    Attributes:
        id: What the browser keeps it under; "" before the first question.
        title: What the user calls it, or "".
        turns: Oldest first.
    """

    id: str = ""
    title: str = ""
    turns: tuple[Turn, ...] = ()

    @property
    def name(self) -> str:
        """What it is called: as the user says, else by its first question."""
        first = self.turns[0].question if self.turns else ""
        return self.title or shorten(first, NAME_CHARACTERS, placeholder=" …")

    @classmethod
    def load(cls, data: Any) -> Self:
        """What the browser sent, checked: it is the user's to change, and may be of another version.

        Raises:
            QuestionError: It is no conversation.
        """
        try:
            return TypeAdapter(cls).validate_python(data or {})
        except ValidationError as error:
            raise QuestionError("This conversation cannot be read any more; start a new one.") from error

    def dump(self) -> Any:
        """The conversation as JSON for the browser to keep."""
        return TypeAdapter(Conversation).dump_python(self, mode="json")

    def ask(self, question: str) -> Self:
        """Adds a question that waits for its answer."""
        return replace(self, id=self.id or uuid4().hex, turns=(*self.turns, Turn(question)))

    def settle(self, **outcome: Any) -> Self:
        """Says what came of the last question."""
        return replace(self, turns=(*self.turns[:-1], replace(self.turns[-1], **outcome)))

    def turn(self, number: int) -> Turn:
        """A turn, counted from 0.

        Raises:
            QuestionError: There is no such turn.
        """
        if not 0 <= number < len(self.turns):
            raise QuestionError("That question is not in this conversation any more; reload the page.")
        return self.turns[number]

    def before(self, number: int) -> Self:
        """The conversation as it was before a turn, counted from 0.

        Raises:
            QuestionError: There is no such turn.
        """
        self.turn(number)
        return replace(self, turns=self.turns[:number])

    def history(self) -> list[Message]:
        """The conversation as the assistant reads it."""
        return [message for turn in self.turns if turn.answer for message in turn.answer.messages]


def as_markdown(conversation: Conversation) -> str:
    """A conversation with its citations, to read elsewhere.

    Nothing that is asked, quoted or named in it is live where it is shown.
    """
    return "\n\n".join([f"# {escape(conversation.name)}", *map(turn_as_markdown, conversation.turns)]) + "\n"


def turn_as_markdown(turn: Turn) -> str:
    """A question, its answer and what the answer cites."""
    parts = [f"## {escape(turn.question)}", turn.answer.text if turn.answer else escape(turn.error) or "(no answer)"]
    if turn.answer:
        parts += [f"*{escape(turn.answer.note)}*"] if turn.answer.note else []
        parts += map(_citation_as_markdown, turn.answer.citations)
    return "\n\n".join(parts)


def _citation_as_markdown(citation: Citation) -> str:
    document = ", ".join(filter(None, (citation.source, byline(citation))))
    quoted = "\n".join(f"> {escape(line)}" for line in citation.quote.splitlines())
    return f"[{citation.number}] {escape(place(citation))} ({escape(document)})\n{quoted}"
