from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.readers import document_from_text

PROSE = "The ferry between Norhaven and Sundby carried more than four hundred thousand people in the last year."


def headings(text: str) -> list[str]:
    return [section.heading for section in document_from_text("a.txt", text).sections]


def blocks(text: str) -> list[str]:
    return [text[block.start : block.end] for block in document_from_text("a.txt", text).blocks]


def test_headings_of_the_shipped_analysis_are_found(analysis: Path) -> None:
    document = document_from_text(analysis.name, analysis.read_text())
    assert [section.heading for section in document.sections] == [
        "What is happening?",
        "What is the broader picture?",
        "Why does it matter?",
    ]
    assert document.title == "Japan North Korea Summit"


@pytest.mark.parametrize(
    "heading", ["Why a bridge", "WHAT IT COSTS", "2.1 Building costs", "IV. Outlook", "Is it safe?"]
)
def test_short_line_above_prose_is_a_heading(heading: str) -> None:
    assert heading in headings(f"{PROSE}\n\n{heading}\n\n{PROSE}\n")


@pytest.mark.parametrize(
    "line",
    [
        "It was late.",
        "- a second ferry",
        "“Where are you going,” she said;",
        "Norhaven\t412\t86",
        "and so it went on",
        "A line of a length that nobody would ever give to a heading, for it says all that the section under it says",
    ],
)
def test_what_only_looks_short_is_no_heading(line: str) -> None:
    assert headings(f"{PROSE}\n\n{line}\n\n{PROSE}\n") == []


def test_a_short_line_above_a_heading_is_no_heading_of_nothing() -> None:
    document = document_from_text("a.txt", f"Grants\n\nDeadline\n\n31 March 2025\n\nWho can apply\n\n{PROSE}\n")
    assert [section.heading for section in document.sections] == ["Who can apply"]
    assert document.title == "Grants"


def test_marks_of_a_heading_are_no_words_of_it() -> None:
    text = f"The Crossing\n============\n\n{PROSE}\n\nCosts\n-----\n{PROSE}\n\n=== Running ===\n{PROSE}\n"
    document = document_from_text("a.txt", text)
    assert document.title == "The Crossing"
    assert [(section.level, section.heading) for section in document.sections] == [(2, "Costs"), (3, "Running")]


def test_number_of_a_heading_tells_its_level() -> None:
    text = f"1. Why\n\n{PROSE}\n\n1.1 Scope\n\n{PROSE}\n\n2. Costs\n\n{PROSE}\n"
    sections = document_from_text("a.txt", text).sections
    assert [(section.level, section.heading) for section in sections] == [
        (1, "1. Why"),
        (2, "1.1 Scope"),
        (1, "2. Costs"),
    ]
    assert sections[0].end == sections[2].start


@pytest.mark.parametrize("table", ["Name   Age\n----------\nAda    41\nBo     39", "Name\tAge\nAda\t41\nBo\t39"])
def test_tables_have_no_headings(table: str) -> None:
    assert headings(f"{PROSE}\n\n{table}\n\n{PROSE}\n") == []


def test_verse_has_no_headings() -> None:
    assert headings("The waves come in\nThe waves go out\nThe ferry waits\nAnd so do I\n") == []


def test_dialogue_has_no_headings() -> None:
    assert headings("Who is there?\n\nA friend.\n\nWhat friend?\n\nThe ferryman.\n") == []


def test_line_alone_at_the_top_is_the_title() -> None:
    document = document_from_text("a.txt", f"The Harbour Crossing\n\n{PROSE}\n\n{PROSE}\n")
    assert document.title == "The Harbour Crossing"


@pytest.mark.parametrize("below", [f"by Ada Quist\n18 March 2024\n\n{PROSE}", "- a bridge\n- a tunnel"])
def test_first_line_alone_is_the_title_whatever_stands_below(below: str) -> None:
    assert document_from_text("a.txt", f"The Harbour Crossing\n\n{below}\n").title == "The Harbour Crossing"


@pytest.mark.parametrize("start", ["Dear Bo,\n\n", "Who is there?\n\nA friend.\n\n", "It sails.\n\n"])
def test_first_line_that_is_a_sentence_is_no_title(start: str) -> None:
    assert document_from_text("a.txt", f"{start}{PROSE.lower()}\n").title == "A"


def test_without_a_title_the_name_is_made_readable() -> None:
    assert document_from_text("notes/harbour_crossing-2024.txt", PROSE).title == "Harbour Crossing 2024"


def test_lines_broken_to_fit_a_width_are_one_paragraph() -> None:
    wrapped = "The ferry between Norhaven and\nSundby carried 412,000 people\nin the year before this one."
    assert blocks(f"{wrapped}\n\n{PROSE}") == [wrapped, PROSE]


def test_each_long_line_is_a_paragraph() -> None:
    assert blocks(f"{PROSE}\n{PROSE}\n{PROSE}") == [PROSE] * 3


def test_list_items_are_blocks() -> None:
    document = document_from_text("a.txt", "Three ways:\n- a bridge\n- a tunnel\n- a ferry\n")
    assert [block.kind for block in document.blocks] == ["paragraph", "list", "list", "list"]


@pytest.mark.parametrize("text", ["One heading only", "A\n\nB\n\nC", "word"])
def test_text_of_headings_only_or_of_one_word_is_read(text: str) -> None:
    assert "".join(blocks(text)) == text.replace("\n", "")


@pytest.mark.parametrize(
    "line", ["=a" + " " * 400_000 + "b=", "a" + " " * 400_000 + "b\n---", "a\n" + " " * 400_000 + "\nb"]
)
def test_a_line_as_long_as_a_file_is_read(line: str) -> None:
    """Were it gone over again from each of its characters, this would take very long."""
    assert blocks(f"{PROSE}\n\n{line}\n\n{PROSE}")[-1] == PROSE


@given(st.text(alphabet=st.sampled_from("Ab c.\n\r\t-=1?é漢\u2028"), min_size=1).filter(str.strip))
def test_blocks_hold_all_the_text_in_order(text: str) -> None:
    document = document_from_text("a.txt", text)
    assert document.text == text
    reached = 0
    for block in document.blocks:
        assert not text[reached : block.start].strip()
        assert text[block.start : block.end].strip()
        reached = block.end
    assert not text[reached:].strip()
