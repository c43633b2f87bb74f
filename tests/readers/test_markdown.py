import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.readers import document_from_text
from assistant.types import Document

STUDY = """---
title: The Harbour Crossing
author: [Ada Quist, Bo Lind]
date: 2024-03-18
---

# Why a *bridge*

The ferry is full.[^1]
It sails at noon.

Ways to cross
-------------

- a bridge
- a tunnel
  for trains

| Crossing | Cost |
|----------|------|
| Bridge   | 86   |

```python
# not a heading
```
"""


@pytest.fixture
def study() -> Document:
    return document_from_text("study.md", STUDY)


def kinds(document: Document) -> list[tuple[str, str]]:
    return [(block.kind, document.text[block.start : block.end]) for block in document.blocks]


def test_front_matter_gives_title_author_and_date(study: Document) -> None:
    assert (study.title, study.author, study.date) == ("The Harbour Crossing", "Ada Quist, Bo Lind", "2024-03-18")


def test_headings_of_both_kinds_begin_sections(study: Document) -> None:
    assert [(section.level, section.heading) for section in study.sections] == [
        (1, "Why a bridge"),
        (2, "Ways to cross"),
    ]


def test_blocks_are_what_the_marks_say(study: Document) -> None:
    assert kinds(study) == [
        ("heading", "# Why a *bridge*"),
        ("paragraph", "The ferry is full.[^1]\nIt sails at noon."),
        ("heading", "Ways to cross\n-------------"),
        ("list", "- a bridge"),
        ("list", "- a tunnel\n  for trains"),
        ("table", "| Crossing | Cost |"),
        ("table", "| Bridge   | 86   |"),
        ("code", "```python\n# not a heading\n```"),
    ]


@pytest.mark.parametrize("line", ["> ## Costs", "- ## Costs", "   ## Costs ##", "> Costs\n> ---"])
def test_a_heading_in_a_quote_or_an_item_has_its_words(line: str) -> None:
    document = document_from_text("a.md", f"# Study\n\nText.\n\n{line}\n\nMuch.\n")
    assert [(section.heading, section.level) for section in document.sections] == [("Study", 1), ("Costs", 2)]


def test_prose_over_a_line_of_dashes_is_no_heading() -> None:
    document = document_from_text("a.md", "One line.\nTwo lines.\nThree lines.\n---\n\nMore.")
    assert [block.kind for block in document.blocks] == ["paragraph", "paragraph"]


def test_only_heading_of_the_outermost_level_is_the_title() -> None:
    assert document_from_text("a.md", "# The Crossing\n\n## One\n\nText.\n\n## Two\n\nText.").title == "The Crossing"


def test_several_outermost_headings_are_no_title() -> None:
    assert document_from_text("two_parts.md", "# One\n\nText.\n\n# Two\n\nText.").title == "Two Parts"


def test_front_matter_with_escapes_as_json_writes_them_is_read() -> None:
    document = document_from_text("a.md", '---\ntitle: "\\ud83c\\udf89 Launch"\n---\n\nThe ferry is full.')
    assert document.title == "🎉 Launch"


@pytest.mark.parametrize(
    "front", ["title: [", "- a\n- b", "title: 2024-13-45", "a: &a [x]\nb: &b [*a, *a]\ntitle: [*b, *b]"]
)
def test_front_matter_that_makes_no_sense_is_passed_over(front: str) -> None:
    document = document_from_text("a.md", f"---\n{front}\n---\n\nThe ferry is full.")
    assert document.text.endswith("The ferry is full.")
    assert document.author is None


@pytest.mark.parametrize(
    "front", ["title: The Crossing: a study", "# Fields of this page\n\ntitle: [", "+++title = ", "+++[params]\ntitle"]
)
def test_front_matter_with_a_mistake_in_it_is_no_text(front: str) -> None:
    mark = "+++" if front.startswith("+++") else "---"
    document = document_from_text("a.md", f"{mark}\n{front.removeprefix('+++')}\n{mark}\n\nThe ferry is full.")
    assert kinds(document) == [("paragraph", "The ferry is full.")]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("---\n# Ferries\n\nText of slide one.\n\n---\n\n# Bridges\n\nMore.", "Text of slide one."),
        ("---\n# Ferries\n\n- They sail.\n- They rust.\n\n---\n\n# Bridges\n\nMore.", "- They sail."),
        ("---\n# Ferries\n\nThey sail at: noon: always.\n\n---\n\n# Bridges\n\nMore.", "They sail at: noon: always."),
        ("---\n\nThe treaty was signed in 1994.\n\n---\n\nMore.", "The treaty was signed in 1994."),
        ("---\n\n> The treaty: it holds.\n\n---\n\nMore.", "> The treaty: it holds."),
        ("+++\nThe treaty was signed in 1994.\n+++\n\nMore.", "+++\nThe treaty was signed in 1994.\n+++"),
    ],
)
def test_text_between_two_rules_at_the_top_is_read(text: str, words: str) -> None:
    assert words in [words for _, words in kinds(document_from_text("a.md", text))]


def test_slides_parted_by_rules_are_sections() -> None:
    document = document_from_text("a.md", "---\n# Ferries\n\nThey sail.\n\n---\n\n# Bridges\n\nThey stand.")
    assert [section.heading for section in document.sections] == ["Ferries", "Bridges"]


@pytest.mark.parametrize("line", ["# a" + " " * 400_000 + "b", "a\n" + " " * 400_000 + "\nb"])
def test_a_line_as_long_as_a_file_is_read(line: str) -> None:
    """Were it gone over again from each of its characters, this would take very long."""
    document = document_from_text("a.md", f"The ferry is full.\n\n{line}\n\nIt sails at noon.")
    assert kinds(document)[-1] == ("paragraph", "It sails at noon.")


def has_words(text: str) -> bool:
    return any(map(str.isalnum, text))


@given(st.text(alphabet=st.sampled_from("ab #-=*|`>\n\r1.[]:\\~_"), min_size=1).filter(has_words))
def test_blocks_hold_all_words_in_order(text: str) -> None:
    document = document_from_text("a.md", text)
    assert document.text == text
    reached = 0
    for block in document.blocks:
        assert not any(character.isalnum() for character in text[reached : block.start])
        assert reached <= block.start < block.end
        reached = block.end
    assert not any(character.isalnum() for character in text[reached:])
