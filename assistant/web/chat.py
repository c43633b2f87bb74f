"""A question in the page → the conversation with its answer, growing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING

from assistant.errors import AssistantError, QuestionError
from assistant.types import Answer, Citation, Passage
from assistant.web.choice import Choice
from assistant.web.conversations import Conversation
from assistant.web.problems import in_words

if TYPE_CHECKING:
    from assistant.assistant import Assistant


def converse(
    assistant: Assistant, conversation: Conversation, question: str, choice: Choice, writer: str
) -> Iterator[Conversation]:
    """Puts a question and yields the conversation as its answer comes in.

    What goes wrong is said in the conversation, so that it can go on.

    Args:
        assistant: Who is asked.
        conversation: What was said before.
        question: What is asked now.
        choice: The documents to ask.
        writer: Who writes the answer, one of the assistant's `writers`.
    """
    asked = conversation.ask(question)
    yield asked
    try:
        sources = choice.of(assistant)
        if sources == []:
            raise QuestionError("No document is ticked. Tick one under Documents, or press “Ask all”.")
        for answer in assistant.stream(question, conversation.history(), sources, writer):
            yield asked.settle(answer=answer, sha256=digests(assistant, answer))
    except Exception as error:  # noqa: BLE001 - it is said, and logged where it is unexpected
        yield asked.settle(error=in_words(error))


def digests(assistant: Assistant, answer: Answer) -> dict[str, str]:
    """The digest of each document that an answer shows words of; none where another index answers by now.

    The documents of that one may be later ones, whose digests would vouch for words that they do not have.
    """
    shown: tuple[Citation | Passage, ...] = (*answer.citations, *answer.passages)
    with suppress(AssistantError):  # a document, or the whole index, is gone
        found = {source: assistant.document(source).sha256 for source in {item.source for item in shown}}
        if assistant.index == answer.index:
            return found
    return {}
