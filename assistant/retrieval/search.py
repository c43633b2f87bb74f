"""A question → the passages that answer it, best first."""

from __future__ import annotations

from langchain_core.embeddings import Embeddings

from assistant.index import Generation
from assistant.retrieval.candidates import find_candidates
from assistant.retrieval.query import Query, check_count, prepare
from assistant.retrieval.windows import best_windows
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
    """Finds the passages that fit a question best.

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
    check_count(k)
    return search_for(generation, prepare(question, embedder), k, characters, sources)


def search_for(
    generation: Generation, query: Query, k: int, characters: int, sources: frozenset[str] | None = None
) -> list[Passage]:
    """The same for a question that is prepared already."""
    candidates = find_candidates(generation, query, max(CANDIDATES, 2 * k), sources)
    layout = generation.layout
    passages = []
    for window in best_windows(generation, query, candidates, characters, k):
        owner = int(layout.first_sentence.searchsorted(window.first, side="right")) - 1
        source = layout.sources[layout.documents[owner]]
        spans = [Span(start, end) for start, end in layout.sentences[window.first : window.last].tolist()]
        passages.append(Places(generation.document(source)).passage(spans, round(window.score, 4)))
    return passages
