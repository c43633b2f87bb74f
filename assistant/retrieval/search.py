"""A question → the passages that answer it, best first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from langchain_core.embeddings import Embeddings

from assistant.checks import check_count
from assistant.index import Generation
from assistant.retrieval.candidates import find_candidates
from assistant.retrieval.query import prepare
from assistant.retrieval.reranking import Reranker
from assistant.retrieval.windows import Window, best_windows
from assistant.types import Passage

CANDIDATES: Final = 25
"""Indexed passages that are looked at closely; twice as many as are asked for, where that is more."""

RERANKED: Final = 4
"""Times as many passages as are asked for go to the reranker, where there is one."""


@dataclass(frozen=True, slots=True)
class Searcher:
    """Finds passages in any generation of the index.

    Attributes:
        embedder: The model that the index was built with.
        characters: How long a passage may be.
        reranker: Orders passages anew before the best are given; None keeps their order.
    """

    embedder: Embeddings
    characters: int
    reranker: Reranker | None = None

    def search(
        self, generation: Generation, question: str, k: int, sources: frozenset[str] | None = None
    ) -> list[Passage]:
        """Finds the passages that fit a question best, each cut down to what has to do with it.

        Args:
            generation: The index.
            question: The question.
            k: How many passages at most.
            sources: The documents to search; None for all.

        Returns:
            Passages that do not overlap, best first.

        Raises:
            QuestionError: The question or k cannot be used.
        """
        windows = self._windows(generation, question, k, sources)
        passages = [generation.passage(*window.core, window.score) for window in windows]
        return [replace(passage, score=score) for score, passage in self._ranked(question, passages)[:k]]

    def search_untrimmed(
        self, generation: Generation, question: str, k: int, sources: frozenset[str] | None = None
    ) -> list[Passage]:
        """The same passages with all that stands around, for a reader that looks at every sentence.

        Whoever orders them, their scores are retrieval's own: who decides on an answer has learned from those.
        """
        windows = self._windows(generation, question, k, sources)
        passages = [generation.passage(window.first, window.last, window.score) for window in windows]
        return [passage for _, passage in self._ranked(question, passages)[:k]]

    def _windows(self, generation: Generation, question: str, k: int, sources: frozenset[str] | None) -> list[Window]:
        wanted = check_count(k) * (RERANKED if self.reranker else 1)
        query = prepare(question, self.embedder)
        candidates = find_candidates(generation, query, max(CANDIDATES, 2 * wanted), sources)
        return best_windows(generation, query, candidates, self.characters, wanted)

    def _ranked(self, question: str, passages: Sequence[Passage]) -> list[tuple[float, Passage]]:
        own = [passage.score for passage in passages]
        scores = self.reranker.scores(question, passages) if self.reranker else own
        return sorted(zip(scores, passages, strict=True), key=lambda ranked: -ranked[0])
