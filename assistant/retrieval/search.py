"""A question → the passages that answer it, best first."""

from __future__ import annotations

from langchain_core.embeddings import Embeddings

from assistant.index import Generation
from assistant.limits import check_count
from assistant.retrieval.candidates import find_candidates
from assistant.retrieval.query import prepare
from assistant.retrieval.windows import Window, best_windows
from assistant.splitting import Places
from assistant.types import Passage, Span

CANDIDATES = 25
"""Indexed passages that are looked at closely; twice as many as are asked for, where that is more."""


def search(
    generation: Generation,
    embedder: Embeddings,
    question: str,
    k: int,
    characters: int,
    sources: frozenset[str] | None = None,
) -> list[Passage]:
    """Finds the passages that fit a question best, each cut down to what has to do with it.

    Args:
        generation: The index.
        embedder: The model that it was built with.
        question: The question.
        k: How many passages at most.
        characters: How long a passage may be.
        sources: The documents to search; None for all.

    Returns:
        Passages that do not overlap, best first.

    Raises:
        QuestionError: The question or k cannot be used.
    """
    windows = _windows(generation, embedder, question, k, characters, sources)
    return [_passage(generation, *window.core, window.score) for window in windows]


def search_whole(
    generation: Generation,
    embedder: Embeddings,
    question: str,
    k: int,
    characters: int,
    sources: frozenset[str] | None = None,
) -> list[Passage]:
    """The same passages with all that stands around, for a reader that looks at every sentence."""
    windows = _windows(generation, embedder, question, k, characters, sources)
    return [_passage(generation, window.first, window.last, window.score) for window in windows]


def _windows(
    generation: Generation,
    embedder: Embeddings,
    question: str,
    k: int,
    characters: int,
    sources: frozenset[str] | None,
) -> list[Window]:
    count = max(CANDIDATES, 2 * check_count(k))
    query = prepare(question, embedder)
    return best_windows(generation, query, find_candidates(generation, query, count, sources), characters, k)


def _passage(generation: Generation, first: int, last: int, score: float) -> Passage:
    layout = generation.layout
    owner = int(layout.first_sentence.searchsorted(first, side="right")) - 1
    source = layout.sources[layout.documents[owner]]
    spans = [Span(start, end) for start, end in layout.sentences[first:last].tolist()]
    return Places(generation.document(source)).passage(spans, round(score, 4))
