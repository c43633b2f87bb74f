"""A question, prepared for searching."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from langchain_core.embeddings import Embeddings

from assistant.errors import QuestionError
from assistant.words import content_words, words

LONGEST_QUESTION = 2_000
"""Characters; more than that is a text, not a question."""

MOST_PASSAGES = 1_000
"""The most passages that one question may ask for."""


@dataclass(frozen=True, slots=True)
class Query:
    """A question as the index compares it.

    Attributes:
        text: The question.
        vector: Its embedding, of unit length: float32, (dimensions,).
        words: Its normalised words, in order.
        content: Those that carry meaning, each once; all where none does.
        pairs: Its neighbouring words of which at least one carries meaning.
    """

    text: str
    vector: np.ndarray
    words: tuple[str, ...]
    content: tuple[str, ...]
    pairs: frozenset[tuple[str, str]]


def prepare(question: str, embedder: Embeddings) -> Query:
    """Embeds a question and takes its words apart.

    Raises:
        QuestionError: It is blank or too long.
    """
    text = check_question(question)
    found = words(text)
    content = content_words(found)
    neighbours = zip(found, found[1:], strict=False)
    return Query(
        text=text,
        vector=np.asarray(embedder.embed_query(text), dtype=np.float32),
        words=tuple(found),
        content=tuple(dict.fromkeys(content or found)),
        pairs=frozenset(pair for pair in neighbours if content_words(pair)),
    )


def check_question(question: str) -> str:
    """The question without the white space around it.

    Raises:
        QuestionError: It is blank or too long.
    """
    text = question.strip()
    if not text:
        raise QuestionError("The question is empty; ask something that the documents may answer.")
    if len(text) > LONGEST_QUESTION:
        raise QuestionError(
            f"The question has {len(text):,} characters; shorten it to {LONGEST_QUESTION:,} or fewer."
        )
    return text


def check_count(k: int) -> int:
    """The number of passages asked for.

    Raises:
        QuestionError: It is not between 1 and what one question may ask for.
    """
    if not 1 <= k <= MOST_PASSAGES:
        raise QuestionError(f"k is {k}; ask for between 1 and {MOST_PASSAGES:,} passages.")
    return k
