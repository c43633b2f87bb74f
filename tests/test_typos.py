"""Which words may be others, mistyped."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.typos import alike, differ_little

WORDS = st.text("abc", max_size=6)


@pytest.mark.parametrize(
    ("one", "other", "edits"),
    [
        ("kishida", "kishida", 0),
        ("kishida", "kishda", 1),
        ("kishida", "kishidda", 1),
        ("kishida", "kisiida", 1),
        ("kishida", "kihsida", 1),
        ("kishida", "kishidas", 1),
        ("kishida", "ishida", 1),
        ("kishida", "kisda", 2),
        ("kishida", "ikshiad", 2),
        ("kishida", "kihsda", 2),
        ("kishida", "kanda", 4),
        ("", "ab", 2),
    ],
)
def test_the_fewest_edits_that_make_one_word_of_another_are_needed(one: str, other: str, edits: int) -> None:
    assert [differ_little(one, other, count) for count in range(5)] == [count >= edits for count in range(5)]
    assert [differ_little(other, one, count) for count in range(5)] == [count >= edits for count in range(5)]


@given(WORDS, WORDS, st.integers(0, 3))
def test_it_is_the_distance_of_damerau(one: str, other: str, edits: int) -> None:
    assert differ_little(one, other, edits) == (distance(one, other) <= edits)


def distance(one: str, other: str) -> int:
    """The same by the book, where what was exchanged is not edited again."""
    table = [[max(i, j) if not i or not j else 0 for j in range(len(other) + 1)] for i in range(len(one) + 1)]
    for i, a in enumerate(one, start=1):
        for j, b in enumerate(other, start=1):
            table[i][j] = min(table[i - 1][j] + 1, table[i][j - 1] + 1, table[i - 1][j - 1] + (a != b))
            if i > 1 and j > 1 and (a, b) == (other[j - 2], one[i - 2]):
                table[i][j] = min(table[i][j], table[i - 2][j - 2] + 1)
    return table[-1][-1]


@given(WORDS.filter(bool), st.lists(WORDS), st.integers(1, 2))
def test_the_words_alike_are_those_that_differ_little(word: str, others: list[str], edits: int) -> None:
    near = [other for other in others if other[:1] == word[0] and differ_little(word, other, edits)]
    assert alike(word, others, edits) == near


def test_no_word_with_figures_is_like_one() -> None:
    assert alike("kishida", ["kishida1", "kishid2", "1kishida"], 1) == []
