"""What it takes to understand a sentence, and is given with it."""

import pytest

from assistant.answering.evidence import Judged, quote
from assistant.answering.surroundings import understandable
from assistant.readers import document_from_text
from assistant.splitting import split


def needed(text: str, sentence: str, characters: int = 2000) -> list[str]:
    """What goes with a sentence of a Markdown document, itself included."""
    passages = split(document_from_text("a.md", text), characters)
    judged = [Judged(passage, span, 0.5) for passage in passages for span in passage.sentences]
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
