"""Word documents, presentations and workbooks."""

from collections.abc import Sequence
from datetime import date, datetime, time
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches

from assistant.errors import DocumentError

from .conftest import Parse, Read
from .damaged_files import with_member


@pytest.mark.parametrize("name", ["study-pandoc.docx", "study-libreoffice.docx"])
def test_word_document_is_read_with_its_structure(read: Read, name: str) -> None:
    study = read(name)
    assert study.headings == [
        (1, "The Harbour Crossing Study"),
        (1, "Why a bridge"),
        (1, "What it costs"),
        (2, "Building"),
        (2, "Running"),
        (1, "What people think"),
    ]
    assert study.heading("a crew of eleven") == "Running"
    assert study.lines("list") == [
        "a fixed bridge with a cycle path,",
        "a tunnel for trains only,",
        "a second ferry that sails at night.",
    ]
    assert study.lines("table")[0] == "Crossing: Bridge; Cost in millions: 86; Years: 4"
    assert study.lines("footnote") == ["The longest queue was measured on 14 October 2023: ninety-three minutes."]
    assert study.heading("The longest queue was measured") == "Why a bridge"
    assert (study.document.title, study.document.author) == ("The Harbour Crossing Study", "Ada Quist")


def test_nested_lists_and_merged_cells_are_read(read: Read) -> None:
    figures = read("figures-libreoffice.docx")
    assert figures.lines("list") == [
        "a bridge", "with a cycle path", "without one", "of steel", "of stone", "a tunnel",
    ]  # fmt: skip
    assert figures.lines("table") == [
        "Crossing: Bridge; Cost in millions, Building: 86; Cost in millions, Running: 1",
        "Crossing: Bridge; Cost in millions, Building: 90; Cost in millions, Running: 2",
        "Crossing: Ferry; Cost in millions, Building: 12",
    ]


def test_mark_of_a_footnote_does_not_look_like_a_citation(read: Read) -> None:
    assert "itself.[1]" not in read("study-pandoc.docx").text


def test_slide_is_a_page(read: Read) -> None:
    talk = read("talk-pandoc.pptx")
    assert talk.page("In 2023 it carried 412,000 people.") == "slide 2"
    assert talk.heading("In 2023 it carried 412,000 people.") == "The ferry is full"
    assert talk.lines("table") == ["Crossing: Bridge; Cost in millions: 86", "Crossing: Tunnel; Cost in millions: 210"]
    assert talk.page("Crossing: Tunnel") == "slide 3"


def test_notes_of_a_slide_are_read(read: Read) -> None:
    talk = read("talk-pandoc.pptx")
    assert talk.kind("The longest queue lasted ninety-three minutes.") == "footnote"
    assert talk.page("The longest queue lasted ninety-three minutes.") == "slide 2"


def test_grouped_shapes_are_read(parsed: Parse) -> None:
    presentation = Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[6])
    box = slide.shapes.add_group_shape().shapes.add_textbox(Inches(1), Inches(1), Inches(3), Inches(1))
    box.text_frame.text = "The ferry sails at noon."
    assert parsed("a.pptx", saved(presentation)).text == "The ferry sails at noon."


@pytest.mark.parametrize("line_end", ["\v", "\x85", "\u2028", "\u2029"])
def test_line_broken_within_a_paragraph_of_a_slide_goes_on_below(parsed: Parse, line_end: str) -> None:
    presentation = Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[6])
    box = slide.shapes.add_textbox(Inches(1), Inches(1), Inches(3), Inches(1))
    box.text_frame.text = line_end.join(["Revenue grew", "to 12 million", "in 2024."])
    assert parsed("a.pptx", saved(presentation)).lines() == ["Revenue grew\nto 12 million\nin 2024."]


def test_chart_is_read_as_a_table(parsed: Parse) -> None:
    figures: Any = CategoryChartData()  # type: ignore[no-untyped-call]
    figures.categories = ["May", "June"]
    figures.add_series("Passengers", (41200, 47950.5))
    presentation = Presentation()
    shapes = presentation.slides.add_slide(presentation.slide_layouts[5]).shapes
    shapes.title.text = "The ferry\vis full"
    chart = shapes.add_chart(XL_CHART_TYPE.PIE, Inches(1), Inches(1), Inches(3), Inches(3), figures).chart
    chart.chart_title.text_frame.text = "People on board"
    reading = parsed("a.pptx", saved(presentation))
    assert reading.lines("caption") == ["People on board"]
    assert reading.lines("table") == ["May; Passengers: 41200", "June; Passengers: 47950.5"]
    assert reading.document.title == "The ferry is full"


def test_merged_cells_of_a_slide_are_read(parsed: Parse) -> None:
    presentation = Presentation()
    shapes = presentation.slides.add_slide(presentation.slide_layouts[6]).shapes
    table = shapes.add_table(3, 3, Inches(1), Inches(1), Inches(3), Inches(3)).table
    for number, words in enumerate(["Crossing", "Cost", "", "", "Building", "Running", "Bridge", "86", "1"]):
        table.cell(number // 3, number % 3).text = words
    table.cell(0, 0).merge(table.cell(1, 0))
    table.cell(0, 1).merge(table.cell(0, 2))
    lines = parsed("a.pptx", saved(presentation)).lines("table")
    assert lines == ["Crossing: Bridge; Cost, Building: 86; Cost, Running: 1"]


def test_row_of_a_workbook_is_cited_with_its_columns(read: Read) -> None:
    budget = read("budget.xlsx")
    crew = "Post: Crew; Year: 2023; Amount in crowns: 3120000.5; Remark: Eleven people"
    assert crew in budget.lines("table")
    assert budget.page(crew) == "Budget, row 3"
    assert budget.heading(crew) == "Budget"
    assert budget.page("Month: June; Passengers: 47950") == "Tickets, row 3"


def test_a_number_in_a_workbook_keeps_all_its_digits(parsed: Parse) -> None:
    rows: list[list[object]] = [["Year", "Cost"], ["first", 123456789.12], ["second", 12345678901.5], ["third", 0.3]]
    assert parsed("a.xlsx", workbook(Sheet=rows)).lines("table") == [
        "Year: first; Cost: 123456789.12",
        "Year: second; Cost: 12345678901.5",
        "Year: third; Cost: 0.3",
    ]


def test_title_above_a_table_is_no_row_of_it(parsed: Parse) -> None:
    reading = parsed("a.xlsx", workbook(Sheet=[["Ferry tickets"], [], ["Month", "Passengers"], ["May", 41200]]))
    assert reading.lines("table") == ["Ferry tickets", "Month: May; Passengers: 41200"]
    assert reading.page("Month: May") == "Sheet, row 4"


def test_each_table_of_a_sheet_has_its_own_names(parsed: Parse) -> None:
    rows: list[list[object]] = [
        ["Month", "People"],
        ["May", 41200],
        [],
        ["Ship", "Age"],
        ["Sark", 41],
        [],
        ["Quay", 12],
    ]
    assert parsed("a.xlsx", workbook(Sheet=rows)).lines("table") == [
        "Month: May; People: 41200",
        "Ship: Sark; Age: 41",
        "Ship: Quay; Age: 12",
    ]


def test_table_with_a_title_does_not_take_the_names_of_the_one_above(parsed: Parse) -> None:
    rows: list[list[object]] = [
        ["Region", "Sales"],
        ["North", 41200],
        [],
        ["Capitals"],
        ["Country", "Capital"],
        ["France", "Paris"],
        [],
        ["Ships"],
        [],
        ["Ship", "Port"],
        ["Sark", "Norhaven"],
        [],
        ["Tides"],
        [2023, 4],
        [2024, 5],
    ]
    assert parsed("a.xlsx", workbook(Sheet=rows)).lines("table") == [
        "Region: North; Sales: 41200",
        "Capitals",
        "Country: France; Capital: Paris",
        "Ships",
        "Ship: Sark; Port: Norhaven",
        "Tides",
        "2023 | 4",
        "2024 | 5",
    ]


def test_wider_table_does_not_take_the_names_of_the_one_above(parsed: Parse) -> None:
    rows = [["Region", "Sales"], ["North", "good"], [], ["Ship", "Age", "Port"], ["Sark", "old", "Norhaven"]]
    assert parsed("a.xlsx", workbook(Sheet=rows)).lines("table") == [
        "Region: North; Sales: good",
        "Ship: Sark; Age: old; Port: Norhaven",
    ]


def test_remarks_between_the_rows_of_a_table_do_not_end_it(parsed: Parse) -> None:
    rows = [
        ["Name", "Place"],
        ["Ada", "Norhaven"],
        [],
        ["To be checked"],
        ["by Cy"],
        [],
        ["Bo", "Sundby"],
        ["Di", "Ry"],
    ]
    assert parsed("a.xlsx", workbook(Sheet=rows)).lines("table")[-2:] == [
        "Name: Bo; Place: Sundby",
        "Name: Di; Place: Ry",
    ]


def test_gap_below_the_names_of_columns_is_no_end_of_the_table(parsed: Parse) -> None:
    reading = parsed("a.xlsx", workbook(Sheet=[["Name", "Place"], [], ["Ada", "Norhaven"], [], ["Bo", "Sundby"]]))
    assert reading.lines("table") == ["Name: Ada; Place: Norhaven", "Name: Bo; Place: Sundby"]


def test_shares_are_read_as_percentages(parsed: Parse) -> None:
    made = load_workbook(BytesIO(workbook(Sheet=[["Post", "Share"], ["Fuel", 0.125]])))
    made["Sheet"]["B2"].number_format = "0.0%"
    assert parsed("a.xlsx", saved(made)).lines("table") == ["Post: Fuel; Share: 12.5%"]


def test_workbook_with_damaged_properties_is_read(parsed: Parse, data: Path) -> None:
    content = with_member((data / "budget.xlsx").read_bytes(), "docProps/core.xml", b"<p><created>never</created></p>")
    assert "Eleven people" in parsed("a.xlsx", content).text


def test_table_without_names_of_columns_is_read_as_it_is(parsed: Parse) -> None:
    reading = parsed("a.xlsx", workbook(Sheet=[["May", 41200], ["June", 47950]]))
    assert reading.lines("table") == ["May | 41200", "June | 47950"]


def test_days_and_numbers_are_read_as_people_write_them(parsed: Parse) -> None:
    day = date(2024, 3, 18)
    rows: list[list[object]] = [["Day", "Share"], [day, 0.1 + 0.2], [datetime.combine(day, time(9, 30)), 2.0]]
    assert parsed("a.xlsx", workbook(Sheet=rows)).lines("table") == [
        "Day: 2024-03-18; Share: 0.3",
        "Day: 2024-03-18 09:30:00; Share: 2",
    ]


def test_hidden_sheets_are_left_out(parsed: Parse) -> None:
    made = load_workbook(BytesIO(workbook(Shown=[["Shown"]], Secret=[["Not shown"]])))
    made["Secret"].sheet_state = "hidden"
    assert "Not shown" not in parsed("a.xlsx", saved(made)).text


@pytest.mark.parametrize("name", ["a.docx", "a.pptx", "a.xlsx"])
def test_old_or_protected_office_file_is_told_from_a_damaged_one(parsed: Parse, name: str) -> None:
    with pytest.raises(DocumentError, match="without a password"):
        parsed(name, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000))


def workbook(**sheets: Sequence[Sequence[object]]) -> bytes:
    made = Workbook(write_only=True)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    return saved(made)


def saved(file: Any) -> bytes:
    buffer = BytesIO()
    file.save(buffer)
    return buffer.getvalue()
