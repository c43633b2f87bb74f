"""What it takes to understand a sentence, and is given with it."""

import pytest

from assistant.answering.evidence import ScoredSentence, quote
from assistant.answering.surroundings import MOST_ITEMS, understandable, whole_lists
from assistant.readers import document_from_text
from assistant.splitting import split


def needed(text: str, sentence: str, characters: int = 2000) -> list[str]:
    """What goes with a sentence of a Markdown document, itself included."""
    passages = split(document_from_text("a.md", text), characters)
    judged = [ScoredSentence(passage, span, 0.5) for passage in passages for span in passage.sentences]
    understood = understandable("What about this?", judged)
    (one,) = (one for one in judged if quote(one) == sentence)
    return [quote(some) for some in understood[one]]


FEES = "| Boat | Member |\n|:---|---:|\n| Dinghy | 40 |\n| Yacht | 120 |"


@pytest.mark.parametrize("row", ["| Dinghy | 40 |", "| Yacht | 120 |"])
def test_a_row_needs_the_names_of_its_columns(row: str) -> None:
    assert needed(f"Fees a year.\n\n{FEES}\n\nPay in May.", row) == ["| Boat | Member |", row]


def test_the_rows_of_another_table_need_its_own() -> None:
    text = f"{FEES}\n\n| Berth | Depth |\n|---|---|\n| A | 2 m |\n"
    assert needed(text, "| A | 2 m |") == ["| Berth | Depth |", "| A | 2 m |"]


def test_a_row_does_not_name_the_columns_of_those_below_it() -> None:
    rows = "\n".join(f"| Boat number {number} | {number} |" for number in range(30))
    text = f"| Boat | Fee |\n|---|---|\n{rows}\n"
    assert needed(text, "| Boat number 29 | 29 |", characters=200) == ["| Boat number 29 | 29 |"]


LIST = "The tenant shall:\n\n- keep the windows clean;\n- pay the rent. It is due in May.\n- lock up.\n\nPets may stay."


@pytest.mark.parametrize("item", ["- keep the windows clean;", "- pay the rent.", "It is due in May.", "- lock up."])
def test_an_item_needs_what_leads_in_to_its_list(item: str) -> None:
    assert needed(LIST, item)[0] == "The tenant shall:"


def test_what_comes_after_a_list_needs_nothing_of_it() -> None:
    assert needed(LIST, "Pets may stay.") == ["Pets may stay."]


def test_a_pronoun_needs_the_sentence_before() -> None:
    assert needed("Anna Malm had it built. She was a widow.", "She was a widow.") == [
        "Anna Malm had it built.",
        "She was a widow.",
    ]


OPTIONS = "The council has three options. It could paint the pier. It could let the pier. Or it could do nothing."


def test_a_sentence_that_takes_up_others_needs_them() -> None:
    assert " ".join(needed(OPTIONS, "Or it could do nothing.")) == OPTIONS
    assert needed(OPTIONS, "It could let the pier.") == ["It could paint the pier.", "It could let the pier."]


def test_no_more_than_three_of_them() -> None:
    text = "It froze. Then it rained. Then it froze again. And it rained again. But it was warm."
    assert needed(text, "But it was warm.") == [
        "Then it rained.",
        "Then it froze again.",
        "And it rained again.",
        "But it was warm.",
    ]


@pytest.mark.parametrize(
    "sentence", ["But it was lost.", "Also, the tax rose.", "Instead, they paid.", "Then they left.", "And so it is."]
)
def test_a_sentence_that_goes_on_needs_the_one_before(sentence: str) -> None:
    assert needed(f"The deal was signed. {sentence}", sentence) == ["The deal was signed.", sentence]
    assert needed(f"The deal was signed.\n\n{sentence}", sentence) == [sentence]


@pytest.mark.parametrize("sentence", ["So far, five have paid.", "Orders rose.", "Then-mayor Malm signed it."])
def test_one_that_only_looks_like_it_does_not(sentence: str) -> None:
    assert needed(f"The deal was signed. {sentence}", sentence) == [sentence]


NESTED = "- Sold boats:\n  - The Heron\n  - The Tern\n- Not yet sold: the Gull."


def test_an_item_needs_nothing_of_a_list_within_the_one_before() -> None:
    assert needed(NESTED, "- Not yet sold: the Gull.") == ["- Not yet sold: the Gull."]
    assert needed(NESTED, "- The Tern") == ["- Sold boats:", "- The Tern"]


def listed(text: str, *given: str) -> list[str]:
    """What is given of the lists of a Markdown document with some of its sentences."""
    passages = split(document_from_text("a.md", text), 2000)
    judged = [ScoredSentence(passage, span, 0.5) for passage in passages for span in passage.sentences]
    return [quote(one) for one in whole_lists([one for one in judged if quote(one) in given], judged)]


ITEMS = ["The tenant shall:", "- keep the windows clean;", "- pay the rent.", "- lock up."]


def test_a_list_is_as_long_as_its_items_are_marked() -> None:
    assert listed(LIST, "The tenant shall:") == ITEMS
    assert listed(LIST, "- pay the rent.", "- lock up.") == ITEMS
    assert listed(LIST, "- lock up.") == []
    assert listed("He said this: we are lost. Then:\n\nIt rained.\n\n- An eel", "Then:") == []


def test_what_leads_in_to_a_list_may_be_emphasised() -> None:
    assert listed("**They came:**\n\n- Anna\n- Tom\n", "**They came:**") == ["**They came:**", "- Anna", "- Tom"]


def test_a_list_within_a_list_ends_with_it() -> None:
    assert listed(NESTED, "- Sold boats:") == ["- Sold boats:", "- The Heron", "- The Tern"]


def test_rows_are_listed_too() -> None:
    assert listed(f"The fees are:\n\n{FEES}\n\nPay in May.", "The fees are:")[1:] == [
        "| Boat | Member |",
        "| Dinghy | 40 |",
        "| Yacht | 120 |",
    ]


def test_no_list_is_endless() -> None:
    items = "\n".join(f"- Ship {number}" for number in range(40))
    assert len(listed(f"These came:\n\n{items}", "These came:")) == 1 + MOST_ITEMS
