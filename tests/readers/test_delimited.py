import pytest

from .conftest import Parse, Read


def test_row_is_cited_with_its_columns(read: Read) -> None:
    budget = read("budget.csv")
    assert budget.page("Remark: Eleven people") == "Budget, row 3"
    assert "Post: Quay; Year: 2023; Amount in crowns: 88000; Remark: Repairs after the storm, “Edda”" in budget.text


@pytest.mark.parametrize(("name", "delimiter"), [("a.csv", ","), ("a.csv", ";"), ("a.tsv", "\t")])
def test_delimiter_is_found(parsed: Parse, name: str, delimiter: str) -> None:
    rows = [["Month", "Passengers"], ["May", "41200"], ["June", "47950"]]
    text = "\n".join(delimiter.join(row) for row in rows)
    assert parsed(name, text).lines("table") == ["Month: May; Passengers: 41200", "Month: June; Passengers: 47950"]


def test_line_end_in_a_cell_is_a_space(parsed: Parse) -> None:
    assert parsed("a.csv", 'Month,Remark\nMay,"Two\nlines"\n').lines("table") == ["Month: May; Remark: Two lines"]


def test_empty_cells_are_left_out(parsed: Parse) -> None:
    assert parsed("a.csv", "Month,Passengers,Remark\nMay,,calm\nJune,47950,\n").lines("table") == [
        "Month: May; Remark: calm",
        "Month: June; Passengers: 47950",
    ]


def test_single_column_is_read(parsed: Parse) -> None:
    assert parsed("a.csv", "Name\nAda\nBo\n").lines() == ["Name", "Ada", "Bo"]
