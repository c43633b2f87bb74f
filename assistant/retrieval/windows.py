"""The second stage: the stretches of text around the candidates that answer best, wherever they begin and end.

What is indexed is cut without knowing the question. Here every run of whole sentences that a passage's length allows is
scored, over the borders of the indexed passages, so that no answer is lost because it was cut in two.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from assistant.index import Generation
from assistant.index.layout import Layout
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


Offer = tuple[Window, list[bytes]]
"""A window, and the words of its sentences, the best one's first."""


class _Sentences:
    """The sentences of one stretch of a section, and what each is worth for a question."""

    def __init__(
        self, generation: Generation, query: Query, candidates: Candidates, passages: range, vectors: list[np.ndarray]
    ) -> None:
        layout, lexicon = generation.layout, generation.lexicon
        self.first = int(layout.first_sentence[passages.start])
        self.last = int(layout.first_sentence[passages.stop])
        self.spans = layout.sentences[self.first : self.last]
        bounds = layout.first_word[self.first : self.last + 1]
        self._words = layout.words[bounds[0] : bounds[-1]]
        self._bounds = bounds - bounds[0]
        rarity = np.array([lexicon.idf(word) for word in query.content], dtype=np.float32)
        self._rarity = rarity
        self._unknown = max(float(rarity.sum()), 1e-6)
        counts = [self._count(self._is(layout, word)) for word in query.content]
        self._counts = np.array(counts).reshape(len(counts), len(self.spans)).T
        matrix = np.concatenate([rows[1:] for rows in vectors]).astype(np.float32)
        self._lengths = (self.spans[:, 1] - self.spans[:, 0]).astype(np.float32)
        self._sums = _running(matrix * self._lengths[:, np.newaxis])
        self._mean_length, self._best_lexical = lexicon.mean_length, candidates.best_lexical
        self._vector = candidates.vector
        self.cosines = matrix @ query.vector
        self.coverage = (self._counts > 0) @ rarity / self._unknown
        self.worth = self.cosines + WORDS_IN_SENTENCE * self.coverage
        self.pairs = self._share_of_pairs(layout, query)

    def all_windows(self, characters: int) -> list[Offer]:
        """The longest windows, each with what it says; none lies within another."""
        starts = np.arange(len(self.spans))
        ends = np.searchsorted(self.spans[:, 1], self.spans[:, 0] + characters, side="right")
        ends = np.maximum(ends, starts + 1)
        grows = np.diff(ends, prepend=0) > 0
        return self._offers(starts[grows], ends[grows])

    def left_by(self, chosen: Sequence[Window], characters: int) -> list[Offer]:
        """What the chosen windows leave, cut into windows one after the other."""
        free = np.ones(len(self.spans), dtype=bool)
        for window in chosen:
            free[max(0, window.first - self.first) : max(0, window.last - self.first)] = False
        starts: list[int] = []
        ends: list[int] = []
        for sentence in np.flatnonzero(free).tolist():
            joins = bool(ends) and ends[-1] == sentence and self._length(starts[-1], sentence + 1) <= characters
            if joins:
                ends[-1] = sentence + 1
            else:
                starts.append(sentence)
                ends.append(sentence + 1)
        return self._offers(np.array(starts, dtype=np.int64), np.array(ends, dtype=np.int64))

    def _offers(self, starts: np.ndarray, ends: np.ndarray) -> list[Offer]:
        scores = self.scores(starts, ends) if len(starts) else ()
        offers = []
        for start, end, score in zip(starts.tolist(), ends.tolist(), scores, strict=True):
            first, last = self.trimmed(start, end)
            core = (self.first + first, self.first + last)
            window = Window(self.first + start, self.first + end, float(score), core)
            offers.append((window, self.said(start, end)))
        return offers

    def scores(self, starts: np.ndarray, ends: np.ndarray) -> np.ndarray:
        """The score of each window."""
        sums = self._sums[ends] - self._sums[starts]
        cosine = sums @ self._vector / np.maximum(np.linalg.norm(sums, axis=1), 1e-9)
        lexical = self._bm25(starts, ends) / self._best_lexical

        def best(values: np.ndarray) -> np.ndarray:
            return _best(values, starts, ends)

        return np.asarray(
            cosine
            + LEXICAL_WEIGHT * lexical
            + SENTENCE_WEIGHT * best(self.cosines)
            + COVERAGE_WEIGHT * best(self.cosines + self.coverage)
            + PAIR_WEIGHT * best(self.pairs)
        )

    def trimmed(self, start: int, end: int) -> tuple[int, int]:
        """The window without the sentences at its ends that have little to do with the question."""
        little = TRIM_BELOW * self.worth[start:end].max()
        while end - start > 1:
            first_is_least = self.worth[start] <= self.worth[end - 1]
            shorter = (start + 1, end) if first_is_least else (start, end - 1)
            least = self.worth[start if first_is_least else end - 1]
            if least >= little or self._length(*shorter) < SHORTEST_TRIMMED:
                break
            start, end = shorter
        return start, end

    def _length(self, start: int, end: int) -> int:
        return int(self.spans[end - 1, 1] - self.spans[start, 0])

    def said(self, start: int, end: int) -> list[bytes]:
        """The words of each sentence of a window, the best sentence's first."""
        order = sorted(range(start, end), key=lambda sentence: -self.worth[sentence])
        return [self._words[self._bounds[s] : self._bounds[s + 1]].tobytes() for s in order]

    def _bm25(self, starts: np.ndarray, ends: np.ndarray) -> np.ndarray:
        running = _running(self._counts)
        counts = running[ends] - running[starts]
        lengths = (self._bounds[ends] - self._bounds[starts])[:, np.newaxis]
        saturation = K1 * (1 - B + B * lengths / self._mean_length)
        return np.asarray((self._rarity * counts / (counts + saturation)).sum(axis=1))

    def _share_of_pairs(self, layout: Layout, query: Query) -> np.ndarray:
        found = np.zeros(len(self.spans), dtype=np.float32)
        for left, right in query.pairs:
            together = np.zeros(len(self._words), dtype=bool)
            together[:-1] = self._is(layout, left)[:-1] & self._is(layout, right)[1:]
            found += self._count(together) > 0
        return found / max(len(query.pairs), 1)

    def _is(self, layout: Layout, word: str) -> np.ndarray:
        number = layout.vocabulary.get(word)
        return self._words == number if number is not None else np.zeros(len(self._words), dtype=bool)

    def _count(self, hits: np.ndarray) -> np.ndarray:
        running = np.concatenate([[0], np.cumsum(hits)])
        return np.asarray(running[self._bounds[1:]] - running[self._bounds[:-1]])


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
    stretches = [
        _Sentences(generation, query, candidates, passages, vectors)
        for passages, vectors in _stretches(generation, candidates.rows)
    ]
    found = [window for stretch in stretches for window in stretch.all_windows(characters)]
    found.sort(key=lambda offer: (-offer[0].score, offer[0].first))
    chosen = _Choice()
    for window, said in found:
        chosen.offer(window, said)
        if len(chosen.windows) == count:
            return chosen.windows
    left = [window for stretch in stretches for window in stretch.left_by(chosen.windows, characters)]
    left.sort(key=lambda offer: (-offer[0].score, offer[0].first))
    for window, said in left[: count - len(chosen.windows)]:
        chosen.offer(window, said)
    return sorted(chosen.windows, key=lambda window: -window.score)


def _stretches(generation: Generation, rows: np.ndarray) -> Iterator[tuple[range, list[np.ndarray]]]:
    """The candidates with the passages beside them, joined where they touch within a section."""
    layout = generation.layout
    count, follows = len(layout.ids), layout.follows
    wanted = {int(row) for row in rows}
    wanted |= {row - 1 for row in wanted if follows[row]}
    wanted |= {row + 1 for row in wanted if row + 1 < count and follows[row + 1]}
    ordered = sorted(wanted)
    vectors = dict(zip(ordered, generation.vectors(layout.ids[ordered].tolist()), strict=True))
    start = 0
    for position in range(1, len(ordered) + 1):
        together = (
            position < len(ordered) and ordered[position] == ordered[position - 1] + 1 and follows[ordered[position]]
        )
        if not together:
            stretch = range(ordered[start], ordered[position - 1] + 1)
            yield stretch, [vectors[row] for row in stretch]
            start = position


class _Choice:
    """Windows chosen so far: none overlaps another, none says again what matters in another."""

    def __init__(self) -> None:
        self.windows: list[Window] = []
        self._said: list[list[bytes]] = []

    def offer(self, window: Window, said: list[bytes]) -> None:
        """Takes a window, unless what matters in it is there already; then it may show where that stands first.

        Args:
            window: To be taken.
            said: The words of its sentences, the best one's first.
        """
        if any(window.first < other.last and other.first < window.last for other in self.windows):
            return
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


def _best(values: np.ndarray, starts: np.ndarray, ends: np.ndarray) -> np.ndarray:
    """The highest value within each window."""
    pairs = zip(starts.tolist(), ends.tolist(), strict=True)
    return np.array([values[start:end].max() for start, end in pairs], dtype=np.float32)
