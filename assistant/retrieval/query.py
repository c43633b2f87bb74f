"""A question, prepared for searching."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from langchain_core.embeddings import Embeddings

from assistant.checks import check_question
from assistant.words import distinct_content_words, word_pairs, words


@dataclass(frozen=True, slots=True)
class Query:
    """A question as the index compares it.

    Attributes:
        vector: Its embedding, of unit length: float32, (dimensions,).
        content: Its normalised words that carry meaning, each once; all where none does.
        pairs: Its neighbouring words of which at least one carries meaning.
    """

    vector: np.ndarray
    content: tuple[str, ...]
    pairs: frozenset[tuple[str, str]]


def prepare(question: str, embedder: Embeddings) -> Query:
    """Embeds a question and takes its words apart.

    Raises:
        QuestionError: It is blank or too long.
    """
    text = check_question(question)
    found = words(text)
    return Query(
        vector=np.asarray(embedder.embed_query(text), dtype=np.float32),
        content=distinct_content_words(found),
        pairs=word_pairs(found),
    )
