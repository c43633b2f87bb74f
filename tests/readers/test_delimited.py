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


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("Name;Amount\nAda;1,5\nBo;2,75\n", ["Name: Ada; Amount: 1,5", "Name: Bo; Amount: 2,75"]),
        ("May;41,5;calm\n", ["May | 41,5 | calm"]),
        ("Place\tRemark\nNorhaven\tcold, wet\n", ["Place: Norhaven; Remark: cold, wet"]),
        ("sep=|\nMonth|People\nMay|4,5\n", ["Month: May; People: 4,5"]),
        ("Remark\nThe ferry, which is old, sails.\nNo.\n", ["Remark", "The ferry, which is old, sails.", "No."]),
    ],
)
def test_delimiter_is_told_from_other_signs(parsed: Parse, text: str, rows: list[str]) -> None:
    assert parsed("a.csv", text).lines("table") == rows


def test_quotes_are_read_wherever_they_first_stand(parsed: Parse) -> None:
    text = "Month,Remark\n" + "May,calm\n" * 3000 + 'June,"They say ""no"", twice"\n'
    assert parsed("a.csv", text).lines("table")[-1] == 'Month: June; Remark: They say "no", twice'


def test_table_without_names_of_columns_is_read(parsed: Parse) -> None:
    text = "2024-03-18,41200,calm\n2024-03-19,47950,storm\n"
    assert parsed("a.csv", text).lines("table") == ["2024-03-18 | 41200 | calm", "2024-03-19 | 47950 | storm"]


def test_line_end_in_a_cell_is_a_space(parsed: Parse) -> None:
    assert parsed("a.csv", 'Month,Remark\nMay,"Two\nlines"\n').lines("table") == ["Month: May; Remark: Two lines"]


def test_empty_cells_are_left_out(parsed: Parse) -> None:
    assert parsed("a.csv", "Month,Passengers,Remark\nMay,,calm\nJune,47950,\n").lines("table") == [
        "Month: May; Remark: calm",
        "Month: June; Passengers: 47950",
    ]


def test_single_column_is_read(parsed: Parse) -> None:
    assert parsed("a.csv", "Name\nAda\nBo\n").lines() == ["Name", "Ada", "Bo"]
