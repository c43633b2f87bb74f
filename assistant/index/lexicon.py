"""BM25 over the words of all passages, in memory."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from assistant.index.layout import Layout
from assistant.typos import alike

K1: Final = 1.2
"""How soon more of the same word stops counting. Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25
and Beyond" (2009), section 3.5, give 1.2 to 2 as the range that works."""

B: Final = 0.75
"""How much a passage's length is made up for, 0 to 1; the same source gives 0.5 to 0.8."""


class Lexicon:
    """Scores passages by the words that they share with a question. Immutable.

    The formula is Lucene's, as "Lucene (accurate)" in Kamphuis et al., "Which BM25 Do You Mean?" (2020): an inverse
    document frequency that is always positive, and no constant factor.
    """

    def __init__(self, layout: Layout) -> None:
        """Counts the words.

        Args:
            layout: The words of all passages, those of what stands in front of them included; scores are in its order.
        """
        from scipy.sparse import coo_array

        passages, vocabulary = len(layout.ids), max(layout.vocabulary.values(), default=-1) + 1
        in_text = np.diff(layout.first_word[layout.first_sentence])
        in_heading = np.diff(layout.first_heading_word)
        rows = np.arange(passages)
        owners = np.concatenate([np.repeat(rows, in_text), np.repeat(rows, in_heading)])
        words = np.concatenate([layout.words, layout.heading_words])
        ones = np.ones(len(words), dtype=np.float32)
        counts = coo_array((ones, (owners, words)), shape=(passages, vocabulary)).tocsc()
        lengths = in_text + in_heading
        frequencies = np.diff(counts.indptr)
        self._idf = np.log1p((passages - frequencies + 0.5) / (frequencies + 0.5)).astype(np.float32)
        mean = max(lengths.mean(), 1.0) if passages else 1.0
        saturation = (K1 * (1 - B + B * lengths / mean)).astype(np.float32)
        idf = np.repeat(self._idf, frequencies)
        self._columns = {word: column for word, column in layout.vocabulary.items() if frequencies[column]}
        self._bounds, self._rows = counts.indptr, counts.indices
        self._weights = idf * counts.data / (counts.data + saturation[counts.indices])
        self._passages = passages
        self.mean_length = mean

    def __contains__(self, word: str) -> bool:
        """Whether any passage has the word."""
        return word in self._columns

    def idf(self, word: str) -> float:
        """How rare a word is: the natural-log inverse document frequency, or 0 for one that no passage has."""
        column = self._columns.get(word)
        return 0.0 if column is None else float(self._idf[column])

    def alike(self, word: str, edits: int) -> list[str]:
        """The words that differ from one by so many edits at most; see `typos.alike`."""
        return alike(word, self._columns, edits)

    def rows(self, word: str) -> list[int]:
        """The passages that have a word, in the layout's order."""
        column = self._columns.get(word)
        return [] if column is None else self._rows[self._bounds[column] : self._bounds[column + 1]].tolist()

    def scores(self, words: Sequence[str]) -> np.ndarray:
        """The BM25 score of every passage.

        Args:
            words: The question's words, normalised as the index's; one given twice counts twice.

        Returns:
            float32, (passages,), 0 where no word is shared.
        """
        scores = np.zeros(self._passages, dtype=np.float32)
        for word in words:
            column = self._columns.get(word)
            if column is not None:
                start, end = self._bounds[column], self._bounds[column + 1]
                scores[self._rows[start:end]] += self._weights[start:end]
        return scores
