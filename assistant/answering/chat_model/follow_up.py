"""A follow-up → a question that stands alone, in the chat model's words, as far as they can be trusted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from assistant.answering.chat_model.connection import Connection
from assistant.answering.chat_model.marks import without_thoughts
from assistant.answering.chat_model.prompts import rewriting
from assistant.answering.names import names_in
from assistant.types import Message
from assistant.words import content_words, words

LONGEST: Final = 300
"""Characters; a longer rewriting is no question."""


def rewrite(question: str, history: Sequence[Message], connection: Connection) -> str | None:
    """Asks the chat model for the question as it would be asked without the conversation.

    Args:
        question: One that builds on the conversation.
        history: The conversation before it, oldest first, as far as the model has room for it.
        connection: The chat model.

    Returns:
        The question, or None where the model gave another one: without all of the question's own names and words of
        meaning, or with others that the conversation does not have.

    Raises:
        ChatModelError: The model cannot be used.
    """
    reply = without_thoughts("".join(connection.reply(rewriting(question, history)))).strip()
    rewritten = reply.splitlines()[0].strip(" \"'“”*") if reply else ""
    return rewritten if rewritten and len(rewritten) <= LONGEST and _faithful(rewritten, question, history) else None


def _faithful(rewritten: str, question: str, history: Sequence[Message]) -> bool:
    own = set(content_words(words(question)))
    known = own.union(*(words(message["content"]) for message in history))
    new = content_words(words(rewritten))
    return own.issubset(new) and names_in(question).issubset(new) and known.issuperset(new)
