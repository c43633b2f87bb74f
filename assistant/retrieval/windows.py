"""The second stage: the stretches of text around the candidates that answer best, wherever they begin and end.

What is indexed is cut without knowing the question. Here every run of whole sentences that a passage's length allows is
scored, over the borders of the indexed passages, so that no answer is lost because it was cut in two.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from assistant.index import Generation
from assistant.index.layout import Layout, bounds
from assistant.index.lexicon import K1, B
from assistant.retrieval.candidates import LEXICAL_WEIGHT, Candidates
from assistant.retrieval.query import Query

SENTENCE_WEIGHT = 0.3
"""What the best sentence's own cosine counts."""

COVERAGE_WEIGHT = 0.2
"""What the best sentence's cosine and its share of the question's words, together, count."""

PAIR_WEIGHT = 0.2
"""What the share of the question's word pairs that stand together in one sentence counts."""

TRIM_BELOW = 0.45
"""A sentence at either end goes if it is worth less than this share of its window's best one."""

SHORTEST_TRIMMED = 300
"""Characters that trimming leaves at the least: what an answer stands among helps to understand it."""

WORDS_IN_SENTENCE = 0.5
"""What the share of the question's words counts beside the cosine, in what a sentence is worth."""


@dataclass(frozen=True, slots=True)
class Window:
    """A run of whole sentences in one section.

    Attributes:
        first: The row of its first sentence.
        last: The row after its last.
        score: How well it fits the question.
        core: The same without the sentences at its ends that have little to do with the question.
    """

    first: int
    last: int
    score: float
    core: tuple[int, int]


class _Sentences:
    """The sentences around the candidates, stretch by stretch, and what each is worth for a question.

    A stretch is what touches within one section. A sentence's position is its index among them all.
    """

    def __init__(self, generation: Generation, query: Query, candidates: Candidates) -> None:
        layout, lexicon = generation.layout, generation.lexicon
        passages = _with_neighbours(layout, candidates.rows)
        pieces = [np.arange(layout.first_sentence[row], layout.first_sentence[row + 1]) for row in passages]
        self.rows = np.concatenate(pieces)
        self.spans = layout.sentences[self.rows].astype(np.int64)
        starts_stretch = [
            i == 0 or row != passages[i - 1] + 1 or not layout.follows[row] for i, row in enumerate(passages)
        ]
        self._stretch = np.repeat(np.cumsum(starts_stretch), [len(piece) for piece in pieces])
        firsts, lasts = layout.first_word[self.rows], layout.first_word[self.rows + 1]
        self._bounds = bounds(lasts - firsts)
        self._words = layout.words[np.repeat(firsts - self._bounds[:-1], lasts - firsts) + np.arange(self._bounds[-1])]
        self._rarity = np.array([lexicon.idf(word) for word in query.content], dtype=np.float32)
        hits = [self._is(layout, word) for word in query.content]
        self._counts = np.array([self._count(hit) for hit in hits]).reshape(len(hits), len(self.rows)).T
        vectors = generation.vectors(layout.ids[passages].tolist())
        matrix = np.concatenate([rows[1:] for rows in vectors]).astype(np.float32)
        lengths = (self.spans[:, 1] - self.spans[:, 0]).astype(np.float32)
        self._sums = _running(matrix * lengths[:, np.newaxis])
        self._mean_length, self._best_lexical = lexicon.mean_length, candidates.best_lexical
        self._vector = candidates.vector
        self._cosines = matrix @ query.vector
        self._coverage = (self._counts > 0) @ self._rarity / max(float(self._rarity.sum()), 1e-6)
        self._pairs = self._share_of_pairs(layout, query)
        self._worth = self._cosines + WORDS_IN_SENTENCE * self._coverage

    def longest(self, characters: int) -> list[Offer]:
        """The longest windows, each with what it says; none lies within another."""
        # Stretches are set so far apart that no window reaches from one into the next.
        apart = self._stretch * (int(self.spans.max()) + characters + 1)
        ends = np.searchsorted(self.spans[:, 1] + apart, self.spans[:, 0] + apart + characters, side="right")
        starts = np.arange(len(self.rows))
        ends = np.maximum(ends, starts + 1)
        grows = np.diff(ends, prepend=0) > 0
        return self._offers(starts[grows], ends[grows])

    def left_by(self, chosen: Sequence[Window], characters: int) -> list[Offer]:
        """What the chosen windows leave, cut into windows one after the other."""
        free = np.ones(len(self.rows), dtype=bool)
        for window in chosen:
            free &= (self.rows < window.first) | (self.rows >= window.last)
        starts: list[int] = []
        ends: list[int] = []
        for sentence in np.flatnonzero(free).tolist():
            if ends and ends[-1] == sentence and self._fit(starts[-1], sentence, characters):
                ends[-1] = sentence + 1
            else:
                starts.append(sentence)
                ends.append(sentence + 1)
        return self._offers(np.array(starts, dtype=np.int64), np.array(ends, dtype=np.int64))

    def _fit(self, first: int, last: int, characters: int) -> bool:
        together = bool(self._stretch[first] == self._stretch[last])
        return together and self._length(first, last + 1) <= characters

    def _offers(self, starts: np.ndarray, ends: np.ndarray) -> list[Offer]:
        if not len(starts):
            return []
        scores = self._scores(starts, ends)
        order = np.argsort(-scores, kind="stable")
        found = zip(starts[order].tolist(), ends[order].tolist(), scores[order].tolist(), strict=True)
        return [Offer(self, start, end, score) for start, end, score in found]

    def _scores(self, starts: np.ndarray, ends: np.ndarray) -> np.ndarray:
        sums = self._sums[ends] - self._sums[starts]
        cosine = sums @ self._vector / np.maximum(np.linalg.norm(sums, axis=1), 1e-9)

        def best(values: np.ndarray) -> np.ndarray:
            return _highest(values, starts, ends)

        return np.asarray(
            cosine
            + LEXICAL_WEIGHT * self._bm25(starts, ends) / self._best_lexical
            + SENTENCE_WEIGHT * best(self._cosines)
            + COVERAGE_WEIGHT * best(self._cosines + self._coverage)
            + PAIR_WEIGHT * best(self._pairs)
        )

    def window(self, start: int, end: int, score: float) -> Window:
        """The window between two positions."""
        first, last = self._trimmed(start, end)
        core = (int(self.rows[first]), int(self.rows[last - 1]) + 1)
        return Window(int(self.rows[start]), int(self.rows[end - 1]) + 1, score, core)

    def said(self, start: int, end: int) -> list[bytes]:
        """The words of each sentence between two positions, the best sentence's first."""
        order = sorted(range(start, end), key=lambda sentence: -self._worth[sentence])
        return [self._words[self._bounds[s] : self._bounds[s + 1]].tobytes() for s in order]

    def _trimmed(self, start: int, end: int) -> tuple[int, int]:
        little = TRIM_BELOW * self._worth[start:end].max()
        while end - start > 1:
            first_is_least = self._worth[start] <= self._worth[end - 1]
            shorter = (start + 1, end) if first_is_least else (start, end - 1)
            least = self._worth[start if first_is_least else end - 1]
            if least >= little or self._length(*shorter) < SHORTEST_TRIMMED:
                break
            start, end = shorter
        return start, end

    def _length(self, start: int, end: int) -> int:
        return int(self.spans[end - 1, 1] - self.spans[start, 0])

    def _bm25(self, starts: np.ndarray, ends: np.ndarray) -> np.ndarray:
        running = _running(self._counts)
        counts = running[ends] - running[starts]
        lengths = (self._bounds[ends] - self._bounds[starts])[:, np.newaxis]
        saturation = K1 * (1 - B + B * lengths / self._mean_length)
        return np.asarray((self._rarity * counts / (counts + saturation)).sum(axis=1))

    def _share_of_pairs(self, layout: Layout, query: Query) -> np.ndarray:
        found = np.zeros(len(self.rows), dtype=np.float32)
        ends = np.unique(self._bounds[1:])
        for left, right in query.pairs:
            together = np.zeros(len(self._words), dtype=bool)
            together[:-1] = self._is(layout, left)[:-1] & self._is(layout, right)[1:]
            together[ends[ends > 0] - 1] = False
            found += self._count(together) > 0
        return found / max(len(query.pairs), 1)

    def _is(self, layout: Layout, word: str) -> np.ndarray:
        number = layout.vocabulary.get(word)
        return self._words == number if number is not None else np.zeros(len(self._words), dtype=bool)

    def _count(self, hits: np.ndarray) -> np.ndarray:
        running = np.concatenate([[0], np.cumsum(hits)])
        return np.asarray(running[self._bounds[1:]] - running[self._bounds[:-1]])


class Offer(NamedTuple):
    """A window that may be chosen, between two positions among the sentences."""

    sentences: _Sentences
    start: int
    end: int
    score: float

    @property
    def window(self) -> Window:
        """The window itself."""
        return self.sentences.window(self.start, self.end, self.score)

    @property
    def said(self) -> list[bytes]:
        """The words of its sentences, the best one's first."""
        return self.sentences.said(self.start, self.end)


def best_windows(
    generation: Generation, query: Query, candidates: Candidates, characters: int, count: int
) -> list[Window]:
    """The best windows around the candidates.

    Args:
        generation: Where they are.
        query: The question.
        candidates: The passages around which to look.
        characters: How long a window may be.
        count: How many to choose.

    Returns:
        Windows that do not overlap, best first. Text that stands in several places is given once, where it comes first.
    """
    if not len(candidates.rows):
        return []
    sentences = _Sentences(generation, query, candidates)
    chosen = _Choice(count)
    chosen.take(sentences.longest(characters))
    chosen.take(sentences.left_by(chosen.windows, characters))
    return sorted(chosen.windows, key=lambda window: -window.score)


def _with_neighbours(layout: Layout, rows: np.ndarray) -> np.ndarray:
    """The candidates and the passages beside them in the same section, in reading order."""
    before = rows[layout.follows[rows]] - 1
    after = rows[rows + 1 < len(layout.ids)] + 1
    return np.unique(np.concatenate([rows, before, after[layout.follows[after]]]))


class _Choice:
    """Windows chosen so far: none overlaps another, none says again what matters in another."""

    def __init__(self, count: int) -> None:
        self.windows: list[Window] = []
        self._count = count
        self._said: list[list[bytes]] = []

    def take(self, offers: Iterable[Offer]) -> None:
        """Takes what is offered, best first, until there are enough."""
        for offer in offers:
            if len(self.windows) == self._count:
                return
            window = offer.window
            if not any(window.first < other.last and other.first < window.last for other in self.windows):
                self._take(window, offer.said)

    def _take(self, window: Window, said: list[bytes]) -> None:
        """Takes a window, unless what matters in it is there already; then it may show where that stands first."""
        for number, (other, known) in enumerate(zip(self.windows, self._said, strict=True)):
            if said[0] in known and known[0] in said:
                if window.first < other.first:
                    self.windows[number] = replace(window, score=other.score)
                    self._said[number] = said
                return
        self.windows.append(window)
        self._said.append(said)


def _running(values: np.ndarray) -> np.ndarray:
    """Sums of the first 0, 1, 2 … rows, so that any run's sum is one subtraction."""
    zero = np.zeros((1, values.shape[1]), dtype=np.float32)
    return np.concatenate([zero, np.cumsum(values, axis=0, dtype=np.float32)])


def _highest(values: np.ndarray, starts: np.ndarray, ends: np.ndarray) -> np.ndarray:
    """The highest value within each window."""
    # reduceat takes from each index up to the next: every other result is between windows, and not wanted.
    indices = np.column_stack([starts, ends]).ravel()
    padded = np.append(values, -np.inf)
    return np.asarray(np.maximum.reduceat(padded, indices)[::2])
