import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.hyphens import join_hyphens


@pytest.mark.parametrize(
    ("printed", "joined"),
    [
        ("sedi-\nmentation", "sedimentation"),
        ("sedi- \n  mentation", "sedimentation"),
        ("Brücken‐\nbau", "Brückenbau"),
        ("sedi\xad\nmen\xadtation", "sedimentation"),
        ("Anglo-\nSaxon", "Anglo-Saxon"),
    ],
)
def test_word_broken_at_the_end_of_a_line_is_joined(printed: str, joined: str) -> None:
    assert join_hyphens(printed) == joined


@pytest.mark.parametrize("text", ["well-known", "from 2019-\n2023", "yes -\nno", "- one\n- two", "one\ntwo"])
def test_other_hyphens_and_line_ends_stay(text: str) -> None:
    assert join_hyphens(text) == text


@given(st.text(alphabet="ab-\n \xad"))
def test_nothing_but_hyphens_and_white_space_goes(text: str) -> None:
    assert [c for c in join_hyphens(text) if c.isalnum()] == [c for c in text if c.isalnum()]
