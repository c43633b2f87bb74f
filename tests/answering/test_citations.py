"""A citation is verbatim, or it is not made."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.citations import cite
from assistant.errors import UnverifiedError
from assistant.labels import place
from assistant.readers import document_from_text
from assistant.types import Span

TEXT = "# Bees\n\nThe queen lays 1,500 eggs a day — “a marvel”.\n\n# Wasps\n\nA wasp’s nest is of paper."
DOCUMENT = document_from_text("insects.md", TEXT)


def test_a_citation_names_its_place() -> None:
    start = TEXT.index("A wasp’s")
    citation = cite(DOCUMENT, Span(start, len(TEXT)), 3, "A wasp’s nest is of paper.")
    assert (citation.number, citation.heading, citation.paragraph) == (3, "Wasps", 1)
    assert DOCUMENT.text[citation.start : citation.end] == citation.quote


def test_a_footnote_is_cited_as_one() -> None:
    document = document_from_text("insects.md", "The queen lays eggs.[^1]\n\n[^1]: Up to 1,500 a day.\n")
    start = document.text.index("Up to")
    citation = cite(document, Span(start, start + 18), 1, "Up to 1,500 a day.")
    assert citation.kind == "footnote"
    assert "footnote" in place(citation)


@given(st.integers(-5, len(TEXT) + 5), st.integers(-5, len(TEXT) + 5))
def test_only_what_the_document_says_there_can_be_cited(start: int, end: int) -> None:
    said = TEXT[start:end] if 0 <= start < end <= len(TEXT) else ""
    if said:
        assert cite(DOCUMENT, Span(start, end), 1, said).quote == said
        with pytest.raises(UnverifiedError, match=r"insects\.md"):
            cite(DOCUMENT, Span(start, end), 1, said + "!")
    else:
        with pytest.raises(UnverifiedError):
            cite(DOCUMENT, Span(start, end), 1, said)


@pytest.mark.parametrize(
    "almost", ["The queen lays 1500 eggs", "the queen lays 1,500 eggs", "The  queen lays 1,500 eggs"]
)
def test_almost_the_words_are_not_the_words(almost: str) -> None:
    start = TEXT.index("The queen")
    with pytest.raises(UnverifiedError):
        cite(DOCUMENT, Span(start, start + len(almost)), 1, almost)
