import pytest

from assistant.errors import DocumentError

from .conftest import Parse, Read, Reading

PAGE = """<!DOCTYPE html>
<html><head>
<meta charset="utf-8"><title>The Harbour Crossing – Norhaven News</title>
<meta name="author" content="Ada Quist"><meta property="article:published_time" content="2024-03-18">
<style>p { color: red }</style><script>alert("no")</script>
</head><body>
<header><a href="/">Norhaven News</a></header>
<nav><ul><li><a href="/a">Sport</a></li><li><a href="/b">Weather</a></li></ul></nav>
<div class="menu"><a href="/1">Home</a> | <a href="/2">About</a> | <a href="/3">Press</a> | <a href="/4">Jobs</a></div>
<main>
<h1>Why a <em>bridge</em></h1>
<p>The ferry between Norhaven and Sundby<sup><a href="#note-1">[1]</a></sup> carried
412,000 people in&nbsp;2023.</p>
<h2>Ways to cross</h2>
<p>There are three:</p>
<ul><li>a bridge</li><li>a <a href="/t">tunnel</a><ul><li>for trains</li></ul></li><li>a ferry</li></ul>
<figure><img src="x.png" alt=""><figcaption>The old ferry</figcaption></figure>
<table><caption>Costs</caption><tr><th>Crossing</th><th>Cost</th></tr><tr><td>Bridge</td><td>86</td></tr></table>
<pre>one
  two</pre>
<div>Loose words<br>on two lines</div>
<p hidden>Nobody sees this</p>
</main>
<footer>Imprint</footer>
</body></html>"""


@pytest.fixture
def page(parsed: Parse) -> Reading:
    return parsed("news.html", PAGE)


def test_main_content_is_read_without_menus(page: Reading) -> None:
    for words in ("Sport", "Home", "Imprint", "alert", "color", "Nobody", "Norhaven News"):
        assert words not in page.text


def test_blocks_are_what_the_elements_are(page: Reading) -> None:
    assert [(block.kind, words) for block, words in zip(page.document.blocks, page.lines(), strict=True)] == [
        ("heading", "Why a bridge"),
        ("paragraph", "The ferry between Norhaven and Sundby carried 412,000 people in 2023."),
        ("heading", "Ways to cross"),
        ("paragraph", "There are three:"),
        ("list", "a bridge"),
        ("list", "a tunnel"),
        ("list", "for trains"),
        ("list", "a ferry"),
        ("caption", "The old ferry"),
        ("caption", "Costs"),
        ("table", "Crossing: Bridge; Cost: 86"),
        ("code", "one\ntwo"),
        ("paragraph", "Loose words\non two lines"),
    ]


def test_head_gives_title_author_and_date(page: Reading) -> None:
    document = page.document
    assert (document.title, document.author, document.date) == (
        "The Harbour Crossing – Norhaven News",
        "Ada Quist",
        "2024-03-18",
    )


@pytest.mark.parametrize(
    "notice",
    [
        '<div id="cookie-banner"><p>We use cookies.</p><button>Accept</button></div>',
        '<div class="top CookieConsent"><p>We and our 823 partners use cookies.</p></div>',
        '<div role="dialog" aria-modal="true"><p>Your privacy is important.</p></div>',
        '<a class="skip-link" href="#content">Skip to content</a>',
        '<ol class="breadcrumb"><li><a href="/">Home</a></li><li>Harbour</li></ol>',
    ],
)
def test_what_is_there_for_the_visit_is_left_out(parsed: Parse, notice: str) -> None:
    assert parsed("a.html", f"<body>{notice}<h1>Ferries</h1><p>They sail.</p></body>").lines() == [
        "Ferries",
        "They sail.",
    ]


def test_recipe_for_cookies_is_no_notice(parsed: Parse) -> None:
    assert "flour" in parsed("a.html", '<body><div class="cookie-recipe"><p>Take the flour.</p></div></body>').text


def test_merged_cells_stand_in_every_row_that_they_span(parsed: Parse) -> None:
    page = parsed(
        "a.html",
        "<table><tr><th rowspan=2>Crossing</th><th colspan=2>Cost</th></tr><tr><th>Building</th><th>2024</th></tr>"
        "<tr><td rowspan=2>Bridge</td><td>86</td><td>1</td></tr><tr><td>90</td><td>1</td></tr>"
        "<tr><td>Ferry</td><td colspan=2>12</td></tr><tr><td colspan=3>In millions</td></tr></table>",
    )
    assert page.lines("table") == [
        "Crossing: Bridge; Cost, Building: 86; Cost, 2024: 1",
        "Crossing: Bridge; Cost, Building: 90; Cost, 2024: 1",
        "Crossing: Ferry; Cost, Building: 12",
        "In millions",
    ]


@pytest.mark.parametrize("span", ["0", "-1", "99999", "many", "٣"])
def test_cells_that_span_nonsense_are_read(parsed: Parse, span: str) -> None:
    page = parsed("a.html", f"<table><tr><td colspan='{span}' rowspan='{span}'>Ferry</td><td>12</td></tr></table>")
    assert page.lines("table") == ["Ferry | 12"]


def test_page_that_is_laid_out_by_a_table_is_read(parsed: Parse) -> None:
    page = parsed(
        "old.html", "<table><tr><td><h1>Ferries</h1><p>They sail.</p></td><td><p>Daily.</p></td></tr></table>"
    )
    assert page.lines() == ["Ferries", "They sail.", "Daily."]


def test_footnotes_stand_with_their_paragraphs(parsed: Parse) -> None:
    page = parsed(
        "a.html",
        "<p>One.<sup><a href='#fn1'>1</a></sup> Two.<sup><a href='#fn2'>2</a></sup></p><p>Three.</p>"
        "<ol class='footnotes'><li id='fn1'>First <a href='#ref1'>↩</a></li> <li id='fn2'>Second</li> "
        "<li id='fn3'>Third</li></ol>",
    )
    assert page.lines() == ["One. Two.", "First", "Second", "Three.", "Third"]


def test_marks_of_footnotes_do_not_run_into_figures_and_headings(parsed: Parse) -> None:
    page = parsed(
        "a.html",
        "<h2>Plan for 2024<sup><a href='#n1'>1</a></sup></h2>"
        "<table><caption>Costs<a href='#n1'><sup>1</sup></a></caption>"
        "<tr><td>Bridge</td><td>12<sup><a href='#n1'>1</a></sup> million</td></tr></table>"
        "<ol class='footnotes'><li id='n1'>Without taxes.</li></ol>",
    )
    assert page.lines() == ["Plan for 2024", "Without taxes.", "Costs", "Bridge | 12 million"]


def test_raised_figures_within_a_link_are_read(parsed: Parse) -> None:
    page = parsed(
        "a.html", "<h2><a href='#top'>86 km<sup>2</sup> of sea</a></h2><p><a href='#a'>10 m<sup>2</sup></a></p>"
    )
    assert page.lines() == ["86 km2 of sea", "10 m2"]


def test_hidden_headings_and_tables_are_left_out(parsed: Parse) -> None:
    page = parsed(
        "a.html",
        "<h2 style='display: none'>Draft</h2><h2>Ferries <span hidden>old</span>sail</h2><table hidden><tr><td>1</td>"
        "<td>2</td></tr></table>They sail.<table><tr><td>Bridge</td><td><i hidden>99</i>86</td></tr>"
        "<tr style='display:none'><td>Tunnel</td><td>210</td></tr></table>",
    )
    assert page.lines() == ["Ferries sail", "They sail.", "Bridge | 86"]


def test_rows_that_name_what_they_tell_are_read_as_such(parsed: Parse) -> None:
    page = parsed("a.html", "<table><tr><th>Built</th><td>1921</td></tr><tr><th>Length</th><td>86 m</td></tr></table>")
    assert page.lines("table") == ["Built: 1921", "Length: 86 m"]


def test_declared_encoding_is_used(parsed: Parse) -> None:
    page = '<html><head><meta charset="windows-1252"></head><body><p>Fährverkehr – täglich</p></body></html>'
    assert parsed("a.html", page.encode("cp1252")).text == "Fährverkehr – täglich"


@pytest.mark.parametrize("line_end", ["&#13;", "&#10;", "&#13;&#10;", "&#8232;", "&#8233;"])
def test_lines_of_code_are_kept_however_they_end(parsed: Parse, line_end: str) -> None:
    assert parsed("a.html", f"<pre>sail{line_end}land</pre>").lines("code") == ["sail\nland"]


@pytest.mark.parametrize("name", ["utf-16", "UTF-16LE", "utf-32", "utf_16_be", "cp037"])
def test_encoding_that_the_declaration_itself_is_not_in_is_passed_over(parsed: Parse, name: str) -> None:
    for words in ("The ferry sails.", "The ferries sail.", "The fähre sails.", "The fähren sail."):
        page = f'<html><head><meta charset="{name}"></head><body><p>{words}</p></body></html>'
        assert parsed("a.html", page).text == words
        assert (
            parsed("a.html", f'<?xml version="1.0" encoding="{name}"?><html><body>{words}</body></html>').text == words
        )


def test_page_that_is_in_utf_16_is_read(parsed: Parse) -> None:
    page = '<html><head><meta charset="utf-16"></head><body><p>The fähre sails.</p></body></html>'
    assert parsed("a.html", page.encode("utf-16")).text == "The fähre sails."


def test_deeply_nested_elements_are_read(parsed: Parse) -> None:
    assert "The ferry sails." in parsed("deep.html", "<div>" * 1000 + "The ferry sails." + "</div>" * 1000).text


def test_elements_nested_beyond_the_parser_are_reported(parsed: Parse) -> None:
    with pytest.raises(DocumentError, match="nested too deeply"):
        parsed("deep.html", "<p>One.</p>" + "<div>" * 5000 + "The ferry sails.")


def test_page_made_by_pandoc_is_read(read: Read) -> None:
    study = read("study-pandoc.html")
    assert study.heading("cost 86 million crowns") == "Building"
    assert study.lines("footnote") == ["The longest queue was measured on 14 October 2023: ninety-three minutes."]
    assert study.heading("The longest queue was measured") == "Why a bridge"


def test_what_cannot_be_shown_stands_in_no_heading_either(parsed: Parse) -> None:
    document = parsed("a.html", "<h1>\ufeffSummary\x7f</h1><p>It rains.</p>").document
    assert (document.title, document.sections[0].heading) == ("Summary", "Summary")
