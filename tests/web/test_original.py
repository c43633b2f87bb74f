"""A document beside the chat: all of its words, the cited ones highlighted."""

import re
from html import unescape

from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.readers import document_from_text
from assistant.web.original import SHOWN, Highlight, more_html, original_html, where_now

TEXT = "What is it?\nA first paragraph & <more>.\n\nA second one, with words in it.\n"


def test_cited_words_are_found_whatever_ends_their_lines() -> None:
    document = document_from_text("a.txt", "The ferry\r\nleaves at noon. The ferry\nis full.")
    # A browser makes one line end of the other.
    cited = Highlight(1, 4, 26, "ferry\nleaves at noon.")
    assert where_now(document, cited) == cited
    assert where_now(document, Highlight(1, 9, 12, "ferry\nis")) == Highlight(1, 31, 39, "ferry\nis")


def marked(html: str, number: int) -> str:
    """The words under one highlight."""
    pieces = re.findall(r'<mark data-numbers="([^"]*)">(.*?)</mark>', html, flags=re.DOTALL)
    return unescape("".join(words for numbers, words in pieces if str(number) in numbers.split()))


@given(st.integers(0, len(TEXT) - 1), st.integers(1, 20), st.integers(0, len(TEXT) - 1), st.integers(1, 20))
def test_each_highlight_covers_exactly_its_words(first: int, length: int, second: int, other: int) -> None:
    document = document_from_text("a.txt", TEXT)
    highlights = [
        Highlight(number, start, min(len(TEXT), start + size), "")
        for number, start, size in ((1, first, length), (2, second, other))
    ]
    html = original_html(document, highlights, 0)
    for highlight in highlights:
        words = TEXT[highlight.start : highlight.end]
        assert marked(html, highlight.number).split() == words.split() or re.sub(r"\s", "", words) == re.sub(
            r"\s", "", marked(html, highlight.number)
        )


def test_headings_paragraphs_and_their_numbers_are_shown() -> None:
    html = original_html(document_from_text("a.md", "# Bees\n\nThe queen.\n\n## Winter\n\nHoney.\n\nMore.\n"), [], 0)
    assert re.findall(r'data-paragraph="(\d)"', html) == ["1", "1", "2"]
    assert re.search(r"<h2[^>]*>Winter</h2>", html)


def test_a_long_document_is_shown_around_the_cited_words() -> None:
    text = "word " * SHOWN
    html = original_html(
        document_from_text("a.txt", text), [Highlight(1, len(text) // 2, len(text) // 2 + 4, "")], len(text) // 2
    )
    assert len(html) < 2 * SHOWN
    assert marked(html, 1)
    assert "Show what comes before" in html
    assert "Show what comes after" in html


LONG = document_from_text(
    "long.md",
    "".join(f"# Part {n}\n\n" + f"Sentence {n} of it. " * (n % 7 * 20) + "\n\n" for n in range(1500)) + "y" * SHOWN,
)


@settings(max_examples=10)
@given(st.integers(0, len(LONG.text) - 1))
def test_from_any_place_the_whole_of_a_long_document_is_read_on(focus: int) -> None:
    html = original_html(LONG, [], focus)
    while before := re.search(r'<button[^>]*data-action="before" data-at="(\d+)".*?</button>', html):
        html = more_html(LONG, [], int(before[1]), "before") + html.replace(before[0], "")
    while after := re.search(r'<button[^>]*data-action="after" data-at="(\d+)".*?</button>', html):
        html = html.replace(after[0], "") + more_html(LONG, [], int(after[1]), "after")
    words = re.sub(r"<h1[^>]*>Long</h1>|<p class=\"byline\">.*?</p>|<[^>]*>|\s", "", html)
    whole = words == re.sub(r"[#\s]", "", LONG.text)
    assert whole  # a difference of millions of characters is not for reading


def test_words_that_moved_are_found_where_they_stand_now() -> None:
    document = document_from_text("a.txt", "Something new.\n\nThe words.\n\nThe words.\n")
    assert where_now(document, Highlight(1, 14, 24, "The words.")) == Highlight(1, 16, 26, "The words.")
    assert where_now(document, Highlight(1, 0, 5, "Other")) is None
