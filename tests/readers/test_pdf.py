import re
from collections.abc import Sequence

import pytest

from assistant.errors import DocumentError

from .conftest import Parse, Read, Reading


@pytest.fixture(scope="module")
def study(read: Read) -> Reading:
    return read("study-libreoffice.pdf")


@pytest.fixture(scope="module")
def columns(read: Read) -> Reading:
    return read("columns.pdf")


def test_words_are_on_their_page(study: Reading) -> None:
    assert study.page("carried 412,000 people in 2023") == "page 1"
    assert study.page("cost 86 million crowns") == "page 2"
    assert study.page("61 per cent would rather wait") == "page 3"


def test_outline_gives_the_sections(study: Reading) -> None:
    assert [heading for heading in study.headings if heading[0] < 3] == [
        (1, "Why a bridge"),
        (1, "What it costs"),
        (2, "Building"),
        (2, "Running"),
        (1, "What people think"),
    ]
    assert study.heading("a crew of eleven") == "Running"


def test_properties_give_title_author_and_date(study: Reading) -> None:
    assert (study.document.title, study.document.author) == ("The Harbour Crossing Study", "Ada Quist")
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", study.document.date or "")


def test_lists_tables_and_footnotes_are_told_apart(study: Reading) -> None:
    assert study.kind("a tunnel for trains only") == "list"
    assert study.lines("table") == [
        "Crossing | Cost in millions | Years",
        "Bridge | 86 | 4",
        "Tunnel | 210 | 9",
        "Ferry | 12 | 1",
    ]
    assert study.lines("footnote") == ["1 The longest queue was measured on 14 October 2023: ninety-three minutes."]


def test_number_of_a_footnote_does_not_run_into_its_sentence(study: Reading) -> None:
    assert "longer than the crossing itself." in study.lines("paragraph")[0].splitlines()[-1]
    assert "itself.1" not in study.text


def test_running_heads_and_page_numbers_are_left_out(study: Reading, columns: Reading) -> None:
    for reading in (study, columns):
        assert "internal paper" not in reading.text
        assert "Page 1" not in reading.text


def test_rows_of_a_table_that_goes_on_are_no_running_heads(parsed: Parse) -> None:
    pages = [
        drawn([(60, "Harbour paper", 820), *row(2021, 412, 60), *row(2022, 398, 40), (300, "Page 1", 15)]),
        drawn([(60, "Harbour paper", 820), *row(2023, 407, 60), *row(2024, 421, 40), (300, "Page 2", 15)]),
    ]
    assert parsed("a.pdf", minimal_pdf(*pages)).lines("table") == [
        "2021 | 412",
        "2022 | 398",
        "2023 | 407",
        "2024 | 421",
    ]
    assert parsed("a.pdf", minimal_pdf(*pages)).lines() == ["2021 | 412", "2022 | 398", "2023 | 407", "2024 | 421"]


def test_columns_are_read_one_after_the_other(columns: Reading) -> None:
    starts = [columns.text.index(f"Observation {number} of the commission.") for number in range(1, 15)]
    assert starts == sorted(starts)
    assert [line.split(" of ")[0] for line in columns.lines("paragraph")] == [f"Observation {n}" for n in range(1, 15)]


def test_paragraph_goes_on_across_columns_and_pages(columns: Reading) -> None:
    crossing = next(page.start for page in columns.document.pages if page.number == 2)
    assert any(block.start < crossing < block.end for block in columns.document.blocks)
    assert all(line.endswith(".") for line in columns.lines("paragraph"))


def test_word_broken_at_the_end_of_a_line_is_kept_as_it_is_printed(columns: Reading) -> None:
    assert "sedi-\nmentation" in columns.text


def test_columns_drawn_line_by_line_are_put_in_order(parsed: Parse) -> None:
    left = [f"The left column goes on, line {number}." for number in range(8)]
    right = [f"Over on the right it is line {number}." for number in range(8)]
    rows = [(60, left[n], 320, right[n], 700 - 14 * n) for n in range(8)]
    drawn = "".join(f"1 0 0 1 {a} {y} Tm ({s}) Tj 1 0 0 1 {b} {y} Tm ({t}) Tj " for a, s, b, t, y in rows)
    reading = parsed("columns.pdf", minimal_pdf(f"BT /F1 11 Tf {drawn} ET"))
    assert reading.text.index(left[7]) < reading.text.index(right[0])


def test_file_with_a_password_is_reported(read: Read) -> None:
    with pytest.raises(DocumentError, match=r"protected\.pdf is protected by a password"):
        read("protected.pdf")


def test_scan_is_reported(read: Read) -> None:
    with pytest.raises(DocumentError, match=r"scan\.pdf has no text in it, only pictures"):
        read("scan.pdf")


def test_pages_that_contain_each_other_do_no_harm(parsed: Parse) -> None:
    cyclic = minimal_pdf("").replace(b"/Kids [3 0 R]", b"/Kids [2 0 R]")
    with pytest.raises(DocumentError, match=r"cyclic\.pdf"):
        parsed("cyclic.pdf", cyclic)


def minimal_pdf(*contents: str) -> bytes:
    """Pages that are drawn by these operators."""
    numbers = range(3, 3 + 2 * len(contents), 2)
    kids = " ".join(f"{number} 0 R" for number in numbers)
    pages = "".join(
        f"{number} 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {number + 1} 0 R /Resources "
        "<< /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >> endobj\n"
        f"{number + 1} 0 obj << /Length {len(content)} >> stream\n{content}\nendstream endobj\n"
        for number, content in zip(numbers, contents, strict=True)
    )
    return (
        "%PDF-1.4\n"
        "1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj\n"
        f"2 0 obj << /Type /Pages /Kids [{kids}] /Count {len(contents)} >> endobj\n"
        f"{pages}"
        "trailer << /Root 1 0 R >>\n"
    ).encode()


def drawn(pieces: Sequence[tuple[float, str, float]]) -> str:
    """The operators that write each text at so many points from the left and from below."""
    return (
        "BT /F1 11 Tf " + " ".join(f"1 0 0 1 {left} {bottom} Tm ({text}) Tj" for left, text, bottom in pieces) + " ET"
    )


def row(year: int, people: int, bottom: float) -> list[tuple[float, str, float]]:
    """A row of a table of two columns."""
    return [(60, str(year), bottom), (200, str(people), bottom)]


def test_raised_digits_and_writing_from_right_to_left_are_read(read: Read) -> None:
    assert read("signs-chromium.pdf").lines() == [
        "The strait covers 86 km², or 10⁶ nets. The ferry sails at noon.",
        "המעבורת מחברת בין שני הנמלים מאז שנת 1921 ומפליגה בצהריים.",
        "تربط العبارة بين الميناءين منذ عام 1921 وتبحر ظهرا.",
    ]
