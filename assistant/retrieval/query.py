"""A question, prepared for searching."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np
from langchain_core.embeddings import Embeddings

from assistant.limits import check_question
from assistant.words import content_words, words


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
    neighbours = itertools.pairwise(found)
    return Query(
        text=text,
        vector=np.asarray(embedder.embed_query(text), dtype=np.float32),
        words=tuple(found),
        content=tuple(dict.fromkeys(content or found)),
        pairs=frozenset(pair for pair in neighbours if content_words(pair)),
    )
