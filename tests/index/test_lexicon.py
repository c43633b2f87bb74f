"""BM25 gives what its formula says."""

import math
from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.index import Generation, build_in_memory
from assistant.index.generation import SIMILAR_READ
from assistant.index.lexicon import K1, B
from assistant.readers import document_from_text
from assistant.settings import Settings
from assistant.types import EmbeddedText


class NoModel:
    """Gives every passage the same vector: words do not ask for one."""

    precision = "float32"

    def encode_passages(self, passages: list[EmbeddedText]) -> list[np.ndarray]:
        return [np.ones((1, 2), np.float16) for _ in passages]


def index(texts: list[str]) -> Generation:
    documents = [document_from_text(f"{number}.txt", text) for number, text in enumerate(texts)]
    return build_in_memory(documents, NoModel(), Settings.load())  # type: ignore[arg-type]


@settings(max_examples=40)
@given(
    st.lists(st.lists(st.sampled_from(["ant", "bee", "cow", "dog"]), min_size=1), min_size=1, max_size=5),
    st.lists(st.sampled_from(["ant", "bee", "cow", "dog", "elk"]), max_size=4),
)
def test_scores_are_those_of_the_formula(texts: list[list[str]], question: list[str]) -> None:
    generation = index([" ".join(text) for text in texts])
    sources = [passage.source for passage in generation.passages(generation.layout.ids.tolist())]
    scores = dict(zip(sources, generation.lexicon.scores(question), strict=True))
    counts = [Counter(map(str, text)) for text in texts]
    mean = sum(map(len, texts)) / len(texts)
    for number, text in enumerate(texts):
        expected = 0.0
        for word in question:
            having = sum(word in count for count in counts)
            idf = math.log(1 + (len(texts) - having + 0.5) / (having + 0.5))
            frequency = counts[number][word]
            expected += idf * frequency / (frequency + K1 * (1 - B + B * len(text) / mean))
        assert scores[f"{number}.txt"] == pytest.approx(expected, rel=1e-4, abs=1e-6)


def test_a_word_that_no_passage_has_weighs_nothing() -> None:
    lexicon = index(["ants and bees", "cows"]).lexicon
    assert "bee" in lexicon
    assert "elk" not in lexicon
    assert lexicon.idf("elk") == 0
    assert lexicon.idf("bee") > 0
    assert lexicon.scores(["elk"]).tolist() == [0, 0]


def test_an_empty_index_scores_nothing() -> None:
    assert index([]).lexicon.scores(["ant"]).shape == (0,)


def test_passages_are_found_that_have_a_word_like_one() -> None:
    generation = index(["We met Kishida.", "Kishi left.", "Nobody came."])
    found = {edits: [passage.text for passage in generation.similar("kishda", edits)] for edits in (1, 2)}
    assert found == {1: ["We met Kishida."], 2: ["We met Kishida.", "Kishi left."]}
    assert generation.similar("brunel", 2) == []


def test_few_passages_are_read_for_a_word_that_many_have() -> None:
    generation = index([f"Kishida was there {count} times." for count in range(20)])
    assert len(generation.similar("kishda", 1)) == SIMILAR_READ
