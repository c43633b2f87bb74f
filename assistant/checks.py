"""What a caller gives, checked: questions, conversations, which documents to ask."""

from __future__ import annotations

import logging
import reprlib
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, cast
from unicodedata import normalize

from assistant.errors import DocumentError, QuestionError

if TYPE_CHECKING:
    from assistant.types import DocumentRecord, Message

logger = logging.getLogger(__name__)

LONGEST_QUESTION = 2_000
"""Characters; more than that is a text, not a question."""

MOST_PASSAGES = 1_000
"""The most passages that one question may ask for."""


def check_question(question: str) -> str:
    """The question without the white space around it.

    Raises:
        QuestionError: It is no text, blank or too long.
    """
    text = check_text(question, "The question").strip()
    if not text:
        raise QuestionError("The question is empty; ask something that the documents may answer.")
    if len(text) > LONGEST_QUESTION:
        raise QuestionError(f"The question has {len(text):,} characters; shorten it to {LONGEST_QUESTION:,} or fewer.")
    return text


def check_text(text: object, name: str) -> str:
    """A text that can be read.

    Args:
        text: From a caller who may have passed anything.
        name: What it is, as a sentence begins.

    Raises:
        QuestionError: It is no text, or has half a character, as a text has that was decoded wrongly.
    """
    if not isinstance(text, str):
        raise QuestionError(f"{name} is {reprlib.repr(text)}; pass a text.")
    if has_half_characters(text):
        raise QuestionError(f"{name} has characters that are no Unicode text; pass it as UTF-8.")
    return text


def has_half_characters(text: str) -> bool:
    """Whether a text has surrogates, as one has that was decoded wrongly: no model can read it, no file hold it."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False


def check_texts(texts: object) -> dict[str, str]:
    """Texts by name, without empty ones that stand beside others.

    Args:
        texts: From a caller who may have passed anything.

    Raises:
        DocumentError: They are no such thing, or one or its name is no text or not Unicode.
    """
    if not isinstance(texts, Mapping):
        raise DocumentError(f"The texts are {reprlib.repr(texts)}; pass them by name, as {{'notes.txt': 'A text.'}}.")
    for source, text in texts.items():
        if not isinstance(source, str) or not isinstance(text, str):
            raise DocumentError(
                f"{reprlib.repr(source)} is {reprlib.repr(text)}; pass a text by its name, both as str."
            )
        if has_half_characters(source + text):
            name = source.encode(errors="backslashreplace").decode()
            raise DocumentError(f"{name}: there are characters that are no Unicode text; decode it anew.")
    written = {source: text for source, text in texts.items() if text.strip()}
    if not written or len(written) == len(texts):
        return dict(texts)
    logger.warning("Left out, for they are empty: %s", ", ".join(source for source in texts if source not in written))
    return written


def check_history(history: Iterable[Message] | None) -> tuple[Message, ...]:
    """The conversation before a question; none at all for None.

    Raises:
        QuestionError: It is none, or a message is not as the conversation hands it on.
    """
    messages = _items(history, "The history", "a list of messages")
    for number, message in enumerate(messages, start=1):
        if not isinstance(message, Mapping) or not {"role", "content"} <= message.keys():
            raise QuestionError(
                f'Message {number} of the history is {reprlib.repr(message)}; it needs a "role" and a "content".'
            )
        if message["role"] not in ("user", "assistant"):
            raise QuestionError(
                f"Message {number} of the history has the role {message['role']!r}, not user or assistant."
            )
        check_text(message["content"], f"The content of message {number} of the history")
    return cast("tuple[Message, ...]", messages)


def check_sources(sources: Iterable[str] | None) -> frozenset[str] | None:
    """The documents to ask; None for all.

    Raises:
        QuestionError: They are no names of documents, or none is chosen.
    """
    if sources is None:
        return None
    chosen = _items(sources, "The choice of documents", "a list of their paths in their folder")
    if not chosen:
        raise QuestionError("No document is chosen; choose one, or leave the choice out to ask them all.")
    return frozenset(check_text(source, "The path of a document") for source in chosen)


def check_known(sources: frozenset[str] | None, known: Callable[[], Iterable[DocumentRecord]]) -> frozenset[str] | None:
    """The documents to ask, as the index calls them; None for all.

    Args:
        sources: As they were chosen.
        known: Tells what the index knows of each file.

    Raises:
        QuestionError: The index does not have one of them, or nothing was ever read of it.
    """
    if sources is None:
        return None
    records = {record.source: record for record in known()}
    typed = {normalize("NFC", source): source for source in records}  # a file system may have decomposed accents
    chosen = frozenset(one if one in records else typed.get(normalize("NFC", one), one) for one in sources)
    if strange := sorted(chosen - records.keys()):
        raise QuestionError(f"The index has no {', '.join(strange)}; choose documents by their paths in their folder.")
    if unread := [f"{source} ({records[source].failed})" for source in sorted(chosen) if not records[source].passages]:
        raise QuestionError(f"Nothing was ever read of {', '.join(unread)}; choose other documents.")
    return chosen


def _items(some: object, name: str, wanted: str) -> tuple[object, ...]:
    """What a caller passed as a sequence, gone through once; a text is one too, of letters."""
    if some is None:
        return ()
    if isinstance(some, str) or not isinstance(some, Iterable):
        raise QuestionError(f"{name} is {reprlib.repr(some)}; pass {wanted}.")
    return tuple(some)


def check_count(k: int) -> int:
    """The number of passages asked for.

    Raises:
        QuestionError: It is no whole number, or not between 1 and what one question may ask for.
    """
    if not isinstance(k, int):
        raise QuestionError(f"k is {k!r}; pass a whole number.")
    if not 1 <= k <= MOST_PASSAGES:
        raise QuestionError(f"k is {k}; ask for between 1 and {MOST_PASSAGES:,} passages.")
    return k
