"""Splitting: whole sentences, exact offsets, never across a heading."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.readers import document_from_text
from assistant.splitting import embedded_texts, split

PROSE = "The river rises in the hills. It is 120 km long, e.g. longer than the Thames at Oxford. Dr. Hale mapped it. "


def embedded(text: str) -> list[str]:
    """What is embedded for a plain text."""
    document = document_from_text("a.txt", text)
    return [one.text for one in embedded_texts(document, split(document, 700))]


def test_passages_are_filled_with_whole_sentences() -> None:
    document = document_from_text("river.txt", PROSE * 20)
    passages = split(document, 300)
    assert all(len(passage.text) <= 300 for passage in passages)
    assert all(passage.text.endswith((".", "Oxford.")) for passage in passages)
    assert sum(len(passage.sentences) for passage in passages) == 60


def test_a_passage_never_crosses_a_heading() -> None:
    document = document_from_text("a.md", f"# Rivers\n\n{PROSE}\n\n## Lakes\n\n{PROSE}")
    assert [passage.heading for passage in split(document, 5000)] == ["Rivers", "Lakes"]
    assert all("#" not in passage.text for passage in split(document, 5000))


def test_a_heading_stands_in_a_passage_only_where_nothing_stands_under_it() -> None:
    document = document_from_text("a.md", "# Water\n\n## Rivers\n\n## Lakes\n\nThe lake is deep.\n\n## Seas\n")
    passages = split(document, 700)
    assert [passage.text for passage in passages] == ["## Rivers", "The lake is deep.", "## Seas"]
    assert [passage.kind for passage in passages] == ["heading", "paragraph", "heading"]
    document = document_from_text("a.md", "# Rivers\n\n# Lakes\n")
    assert [passage.text for passage in split(document, 700)] == ["# Rivers", "# Lakes"]


def test_a_passage_is_headed_by_all_headings_that_it_stands_under_but_the_title() -> None:
    text = "# Handbook\n\n## Apollo\n\n### Budget\n\nIt is 5 million.\n\n## Gemini\n\n### Budget\n\nIt is 2 million.\n"
    document = document_from_text("a.md", text)
    passages = split(document, 700)
    assert [passage.heading for passage in passages] == ["Apollo › Budget", "Gemini › Budget"]
    assert [one.context for one in embedded_texts(document, passages)] == ["Apollo › Budget\n", "Gemini › Budget\n"]


def test_a_passage_ends_with_a_paragraph_rather_than_take_in_a_part_of_the_next() -> None:
    paragraphs = [PROSE.strip() * count for count in (1, 2, 2, 3, 2)]
    passages = split(document_from_text("rivers.txt", "\n\n".join(paragraphs)), 400)
    assert [passage.text for passage in passages] == ["\n\n".join(paragraphs[:2]), *paragraphs[2:]]


def test_a_list_keeps_its_lead_in() -> None:
    listed = "It flows through:\n\n- Greenham\n- Whitbury\n- the marshes at Stone\n"
    document = document_from_text("river.md", f"{PROSE}{PROSE}\n\n{listed}")
    assert split(document, 280)[-1].text == listed.strip()


def test_an_edited_paragraph_leaves_the_passages_of_others_as_they_are() -> None:
    paragraphs = [f"Place {number}. {PROSE * (1 + number * 7 % 4)}".strip() for number in range(60)]
    before = set(embedded("\n\n".join(paragraphs)))
    for number in range(60):
        edited = [*paragraphs[:number], f"{paragraphs[number]} It was measured anew.", *paragraphs[number + 1 :]]
        assert sum(text not in before for text in embedded("\n\n".join(edited))) <= 3


@given(st.text(min_size=1).filter(str.strip), st.integers(100, 900))
def test_every_word_lies_in_one_passage_verbatim(text: str, characters: int) -> None:
    document = document_from_text("a.txt", text)
    passages = split(document, characters)
    assert all(text[passage.start : passage.end] == passage.text for passage in passages)
    assert all(left.end <= right.start for left, right in itertools.pairwise(passages))
    for passage in passages:
        assert passage.sentences[0].start == passage.start
        assert passage.sentences[-1].end == passage.end
    shown = sum(len(passage.text.split()) for passage in passages)
    headings = [text[b.start : b.end] for b in document.blocks if b.kind == "heading"]
    assert shown + sum(len(heading.split()) for heading in headings) >= len(text.split())


def test_what_is_embedded_begins_with_the_heading() -> None:
    assert embedded(f"{PROSE}\n\nWhy?\n\n{PROSE}") == [PROSE.strip(), f"Why?\n{PROSE.strip()}"]


@pytest.mark.parametrize(
    "opening", ["on the yield of eel weirs .", "On the yield of eel weirs, by one who has kept two."]
)
def test_what_is_embedded_under_no_heading_begins_with_the_line_that_the_document_opens_with(opening: str) -> None:
    first, *others = embedded("\n\n".join([opening, *[PROSE * 3] * 3]))
    assert first.startswith(opening)
    assert others
    assert all(text.startswith(f"{opening}\n{PROSE[:40]}") for text in others)


@pytest.mark.parametrize(
    "opening", [PROSE * 3, "It rained. The weirs held.", "- an eel", f"On the yield of eel weirs.\n{PROSE}"]
)
def test_a_paragraph_of_its_own_is_no_opening_line(opening: str) -> None:
    *_, last = embedded("\n\n".join([opening, *[PROSE * 3] * 3]))
    assert last.startswith(PROSE[:40])


def test_sentences_lie_where_they_do_in_what_is_embedded() -> None:
    document = document_from_text("a.txt", "\n\n".join(["On the yield of eel weirs.", *[PROSE * 3] * 3]))
    passages = split(document, 400)
    for passage, text in zip(passages, embedded_texts(document, passages), strict=True):
        own = [document.text[start:end] for start, end in passage.sentences]
        assert [text.text[start:end] for start, end in text.sentences] == own
