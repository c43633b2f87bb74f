"""What a chat model wrote is read as plain sentences with the numbers that each one cites."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.chat_model.marks import sentences, so_far, without_stump


def read(reply: str) -> list[tuple[str, tuple[int, ...]]]:
    return [(one.text, one.cited) for one in sentences(reply)]


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        ("Five came back [5].", [("Five came back.", (5,))]),
        ("Five came back. [5] Ten did not [6].", [("Five came back.", (5,)), ("Ten did not.", (6,))]),
        ("Five came back.[5][6]", [("Five came back.", (5, 6))]),
        ("Five came back [1, 3; 5-7].", [("Five came back.", (1, 3, 5, 6, 7))]),
        ("Five came back 【2†source】 [Source 4] [^9].", [("Five came back.", (2, 4, 9))]),
        ("[1] Five came back.\n[2] Ten did not.", [("Five came back.", (1,)), ("Ten did not.", (2,))]),
        ("Five came back [2-9000].", [("Five came back.", tuple(range(2, 13)))]),
        ("It was [repatriation] day [1].", [("It was [repatriation] day.", (1,))]),
        ("<think>Hm [7].</think>Five came back [1].", [("Five came back.", (1,))]),
        ("**Five** `came` __back__ [1](http://a.example/b_(c)).", [("Five came back.", (1,))]),
        ("- Five came back [1]\n- Ten did not [2]", [("Five came back", (1,)), ("Ten did not", (2,))]),
        ("Five came back [1]. Five came back [1].", [("Five came back.", (1,))]),
        ("<b>Five</b> came <img src=x onerror=alert(1)> back <script>x()</script> [1].", [("Five came back.", (1,))]),
        ("3 < 5 and 6 > 2 [1].", [("3 < 5 and 6 > 2.", (1,))]),
        ("…", []),
    ],
)
def test_marks_belong_to_the_sentence_that_they_stand_behind(
    reply: str, expected: list[tuple[str, tuple[int, ...]]]
) -> None:
    assert read(reply) == expected


@pytest.mark.parametrize("cut", ["Five came back [", "Five came back [1", "Five came back <scr", "Five came back ![al"])
def test_what_may_become_a_mark_is_held_back(cut: str) -> None:
    assert [one.text for one in so_far(cut)] == ["Five came back"]


def test_a_last_sentence_that_was_cut_off_is_left_out() -> None:
    assert [one.text for one in without_stump(sentences("Five came back [1]. The others"))] == ["Five came back."]


@given(st.text(st.sampled_from("ab .[]()<>!*`1-,\n【】&|#"), max_size=80))
def test_anything_can_be_read(reply: str) -> None:
    for one in sentences(reply):
        assert not re.search(r"\[\d+\]", one.text)
