"""Where every passage, sentence and word of a generation stands, in reading order, as arrays in memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, slots=True)
class Layout:
    """The passages of all documents, one document after the other, each in reading order.

    A passage's row is its index in `ids`; a sentence's row, its index in `sentences`.

    Attributes:
        ids: Passage ids: int64, (passages,).
        sources: The documents.
        documents: Each passage's index in `sources`: int32, (passages,).
        follows: Whether a passage goes on in the section of the one before it: bool, (passages,).
        first_sentence: The row of each passage's first sentence, and at the end the number of sentences: int64,
            (passages + 1,).
        sentences: Start and end of each sentence in its document's text: int32, (sentences, 2).
        first_word: Where each sentence's words begin in `words`, and at the end their number: int64, (sentences + 1,).
        words: The word ids of all sentences: uint32.
        heading_words: The word ids of what stands in front of passages where they are embedded: uint32.
        first_heading_word: Where each passage's begin in `heading_words`: int64, (passages + 1,).
        vocabulary: Word id by word.
        by_id: The rows in the order of their passages' ids: int64, (passages,).
    """

    ids: np.ndarray
    sources: tuple[str, ...]
    documents: np.ndarray
    follows: np.ndarray
    first_sentence: np.ndarray
    sentences: np.ndarray
    first_word: np.ndarray
    words: np.ndarray
    heading_words: np.ndarray
    first_heading_word: np.ndarray
    vocabulary: dict[str, int]
    by_id: np.ndarray

    def rows(self, ids: Sequence[int]) -> np.ndarray:
        """The rows of passages, in the order of their ids."""
        found = np.searchsorted(self.ids, np.asarray(ids, dtype=np.int64), sorter=self.by_id)
        return np.asarray(self.by_id[found])

    def rows_of(self, sources: frozenset[str]) -> np.ndarray:
        """Whether each passage is of one of these documents: bool, (passages,)."""
        wanted = np.array([source in sources for source in self.sources], dtype=bool)
        return np.asarray(wanted[self.documents])


def layout_of(rows: Sequence[tuple[int, str, int, bytes, bytes]], vocabulary: dict[str, int]) -> Layout:
    """Where what the store has stands.

    Args:
        rows: Of each passage its id, document and section, its sentences, and its words, as `Store` packs them.
        vocabulary: Word id by word.
    """
    ids, documents, sections, sentences, words = zip(*rows, strict=True) if rows else ((),) * 5
    spans = np.frombuffer(b"".join(sentences), np.int32).reshape(-1, 3)
    sources = tuple(dict.fromkeys(documents))
    numbers = {source: number for number, source in enumerate(sources)}
    first_sentence = bounds([len(blob) // 12 for blob in sentences])
    word_counts = np.array([len(blob) // 4 for blob in words], dtype=np.int64)
    sentence_words = np.add.reduceat(np.append(spans[:, 2], 0), first_sentence)[:-1] if rows else word_counts
    heading_counts = word_counts - sentence_words
    everything = np.frombuffer(b"".join(words), np.uint32)
    in_heading = np.zeros(len(everything), dtype=bool)
    starts = bounds(word_counts)[:-1]
    for start, count in zip(starts.tolist(), heading_counts.tolist(), strict=True):
        in_heading[start : start + count] = True
    places = list(zip(documents, sections, strict=True))
    return Layout(
        ids=np.array(ids, dtype=np.int64),
        sources=sources,
        documents=np.array([numbers[source] for source in documents], dtype=np.int32),
        follows=np.array([i > 0 and places[i] == places[i - 1] for i in range(len(places))], dtype=bool),
        first_sentence=first_sentence,
        sentences=spans[:, :2],
        first_word=bounds(spans[:, 2]),
        words=everything[~in_heading],
        heading_words=everything[in_heading],
        first_heading_word=bounds(heading_counts),
        vocabulary=vocabulary,
        by_id=np.argsort(np.array(ids, dtype=np.int64)),
    )


def bounds(lengths: Sequence[int] | np.ndarray) -> np.ndarray:
    """Where each piece begins when pieces of these lengths stand end to end, and where the last one ends."""
    return np.concatenate([[0], np.cumsum(np.asarray(lengths, dtype=np.int64))]).astype(np.int64)
