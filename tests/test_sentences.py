"""Sentences: whole ones, as a reader would tell them apart, with exact offsets."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.readers import document_from_text
from assistant.sentences import LONGEST_SENTENCE, sentences
from assistant.types import Block, Document


def test_a_table_is_split_by_its_rows() -> None:
    text = "| year. | km |\n| 1990. | 12 |"
    document = Document("a.txt", "A", text, "", (Block(0, len(text), "table"),))
    assert [text[a:b] for a, b in sentences(document, document.blocks[0])] == text.split("\n")


@pytest.mark.parametrize("text", ["word " * 2000, "x" * 5000, "(a) " + "one; two, " * 500, "水。" * 3000])
def test_endless_sentences_are_cut_where_nothing_is_lost(text: str) -> None:
    document = document_from_text("a.txt", text)
    found = sentences(document, document.blocks[0])
    assert all(end - start <= LONGEST_SENTENCE for start, end in found)
    assert "".join(text[a:b] for a, b in found).replace(" ", "") == text.replace(" ", "").replace("\n", "")


@pytest.mark.parametrize("name", ["pie.txt", "pie.md"])
def test_the_number_of_an_item_stands_with_the_item(name: str) -> None:
    text = "1. Heat the oven.\n2. Roll out the dough.\n\n(a) Not in winter. II. Nor in spring."
    document = document_from_text(name, text)
    found = [text[span.start : span.end] for block in document.blocks for span in sentences(document, block)]
    assert found[0] == "1. Heat the oven."
    assert not {"1.", "2.", "(a)", "II."}.intersection(found)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("The tank holds approx. 300 litres. It is full.", 2),
        ("See Vol. 3 and para. 4 (max. two pages).", 1),
        ("It costs approx. half as much.", 1),
        ("Call us, ext. 12 or tel. 555-1234.", 1),
        ("They are open at weekends only, approx. Then they close.", 2),
        ("The room is to the max. We like it.", 2),
        ("The lift takes 8 max. 20 people came.", 2),
        ("Install the app. 50 people use it.", 2),
    ],
)
def test_no_sentence_ends_with_an_abbreviation_behind_which_it_goes_on(text: str, count: int) -> None:
    document = document_from_text("a.txt", text)
    assert sum(len(sentences(document, block)) for block in document.blocks) == count


def found_in(text: str, name: str = "a.md") -> list[str]:
    """The sentences of all blocks of a text."""
    document = document_from_text(name, text)
    return [text[span.start : span.end] for block in document.blocks for span in sentences(document, block)]


@pytest.mark.parametrize("name", ["risks.md", "risks.txt"])
@pytest.mark.parametrize(
    ("item", "expected"),
    [
        (
            "- **Wet stairs.** Salt them every morning. It takes long.",
            ["- **Wet stairs.** Salt them every morning.", "It takes long."],
        ),
        ("2. *Moving to Holm.* Too far from the reef.", None),
        ("1. ***Is it safe?*** Yes, by all means.", None),
        ("**Note!** The bridge is closed.", None),
        ("> __Note.__ The bridge is closed.", None),
        ("- **No. Who pays?** The tenant does.", None),
    ],
)
def test_an_emphasised_lead_in_goes_with_the_sentence_that_it_heads(
    name: str, item: str, expected: list[str] | None
) -> None:
    assert found_in(item, name) == (expected or [item])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It was *late.* He left.", ["It was *late.*", "He left."]),
        ("The text **is bold. Really.** It goes on.", ["The text **is bold.", "Really.**", "It goes on."]),
        ("He ran _fast._ She did **not.**", ["He ran _fast._", "She did **not.**"]),
        (
            "**The bridge will be closed for the whole of the month. It is old.** It rains.",
            ["**The bridge will be closed for the whole of the month.", "It is old.**", "It rains."],
        ),
        ("It is late. *Very* late.", ["It is late.", "*Very* late."]),
        ("**Deposits** are returned. They are small.", ["**Deposits** are returned.", "They are small."]),
        ("**Done.**", ["**Done.**"]),
        ("It is over.\n\n**Done.**", ["It is over.", "**Done.**"]),
    ],
)
def test_marks_that_close_emphasis_stand_with_the_sentence_before(text: str, expected: list[str]) -> None:
    assert found_in(text) == expected


SAID = (
    "It rains.",
    "Is it late?",
    "The old bridge was closed in May!",
    "Anna Malm sold her farm to pay for all of it.",
)
MARKS = ("", "*", "**", "***", "_", "__", "`", "**_")


@given(
    st.lists(st.tuples(st.sampled_from(MARKS), st.sampled_from(SAID)), min_size=1, max_size=8),
    st.sampled_from(("", "- ", "1. ", "> ")),
)
def test_sentences_keep_their_emphasis(said: list[tuple[str, str]], mark: str) -> None:
    emphasised = [f"{marks}{sentence}{marks[::-1]}" for marks, sentence in said]
    heads = bool(said[0][0])
    expected = [" ".join(emphasised[: 1 + heads]), *emphasised[1 + heads :]]
    assert found_in(f"{mark}{' '.join(emphasised)}") == [f"{mark}{expected[0]}", *expected[1:]]
