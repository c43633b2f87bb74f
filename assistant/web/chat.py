"""A question in the page → the conversation with its answer, growing."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from assistant.errors import AssistantError
from assistant.types import Answer, Citation, Passage
from assistant.web.conversations import Conversation

if TYPE_CHECKING:
    from assistant.assistant import Assistant

_LOG: Final = logging.getLogger(__name__)

UNEXPECTED: Final = "Something went wrong in the assistant, not in your question; its log says what. Try again."


def converse(
    assistant: Assistant, conversation: Conversation, question: str, sources: Sequence[str] | None
) -> Iterator[Conversation]:
    """Puts a question and yields the conversation as its answer comes in.

    What goes wrong is said in the conversation, so that it can go on.

    Args:
        assistant: Who is asked.
        conversation: What was said before.
        question: What is asked now.
        sources: The documents to ask; None for all.
    """
    asked = conversation.ask(question)
    yield asked
    try:
        for answer in assistant.stream(question, conversation.history(), sources):
            yield asked.settle(answer=answer, sha256=digests(assistant, answer))
    except AssistantError as error:
        yield asked.settle(error=str(error))
    except Exception:  # noqa: BLE001 - it is logged and said, and the next question may work
        _LOG.exception("A question failed.")
        yield asked.settle(error=UNEXPECTED)


def digests(assistant: Assistant, answer: Answer) -> dict[str, str]:
    """The digest of each document that an answer shows words of."""
    shown: tuple[Citation | Passage, ...] = (*answer.citations, *answer.passages)
    return {source: assistant.document(source).sha256 for source in {item.source for item in shown}}
