"""Splitting: whole sentences, exact offsets, never across a heading."""

import itertools
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.readers import document_from_text
from assistant.splitting import LONGEST_SENTENCE, Places, embedded_texts, sentences, split
from assistant.types import Block, Document, Page, Span

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


def test_the_paragraph_is_counted_in_its_section(analysis: Path) -> None:
    document = document_from_text(analysis.name, analysis.read_text(encoding="utf-8"))
    start = document.text.index("At least 17 Japanese")
    place = Places(document).passage([Span(start, start + 20)])
    assert (place.heading, place.paragraph) == ("What is the broader picture?", 1)
    start = document.text.index("This diplomatic dynamic")
    assert Places(document).passage([Span(start, start + 20)]).paragraph == 3


def test_a_page_is_named_where_there_are_pages() -> None:
    text = "One. Two."
    pages = (Page(1, "page 1", 0, 5), Page(2, "page 2", 5, 9))
    document = Document("a.pdf", "A", text, "", (Block(0, 4), Block(5, 9)), pages=pages)
    assert Places(document).passage([Span(5, 9)]).page_label == "page 2"


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
