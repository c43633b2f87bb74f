"""Text → HTML: whatever is written, only the answer's own marks become buttons."""

from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.extractive import escape
from assistant.types import Citation
from assistant.web.markup import answer_html

CITATION = Citation(1, "words", "a.txt", 0, 5, "A", "", 1)
HARMLESS = {"p", "button", "em", "strong", "code", "pre", "ul", "ol", "li", "blockquote", "hr", "br", "s", "span"} | {
    f"h{level}" for level in range(1, 7)
}


class Tags(HTMLParser):
    """Collects the tags and the text of some HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.text = ""
        self.feed(str(html))  # no Markup, whose own methods escape
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.text += data


@given(st.text(alphabet=st.sampled_from("<>[]()!`*_\\/'\"=:;&#1 \nascriptonerrorjvhf"), max_size=80))
def test_no_text_makes_a_tag_that_is_live(text: str) -> None:
    html = Tags(answer_html(text, [CITATION]))
    assert html.tags <= HARMLESS
    assert html.attributes <= {"type", "class", "data-number", "aria-label", "start"}


@given(st.text("<>&\"'=?;ab/-蜂", min_size=1))
def test_quoted_words_stand_as_they_are_before_a_mark_too(words: str) -> None:
    shown = Tags(answer_html(f"x {escape(words)} [1]", [CITATION]))
    assert shown.text.split() == ["x", words, "1"]


@given(st.lists(st.text("<>[]()!`*_\\/'\"=:;&#1~$|abc", min_size=1), min_size=1, max_size=5).map(" ".join))
def test_quoted_words_are_shown_as_they_stand(words: str) -> None:
    shown = Tags(answer_html("x " + escape(words) + " x", [CITATION]))
    assert " ".join(shown.text.split()) == f"x {words} x".strip()
    assert "button" not in shown.tags


def test_a_mark_is_a_button_that_says_what_it_opens() -> None:
    html = answer_html("Words. [1]", [CITATION])
    assert 'aria-label="Citation 1: A, paragraph 1"' in html


def test_a_mark_of_no_citation_stays_text() -> None:
    assert "button" not in answer_html("Words. [2]", [CITATION])


def test_no_line_begins_with_a_mark() -> None:
    assert '<span class="kept">words. <button' in answer_html("Some words. [1]", [CITATION])


def test_a_bracket_that_is_never_closed_stays_text() -> None:
    assert "[12x" in answer_html("See [12x", ())
