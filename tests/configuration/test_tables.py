"""CSV tables are read with the lines of their rows; what Excel does to them is explained."""

from __future__ import annotations

import pytest

from simcomunita.configuration import ConfigurationError, Parameters, quantity, read_table, validate_rows


class Town(Parameters):
    town: str
    people: int = quantity(0, low=0, high=10, unit="people", source="test", least=0)
    share: float = quantity(0.5, low=0, high=1, unit="share", source="test", least=0, most=1)
    coast: bool = False


COLUMNS = ["town", "people"]


@pytest.fixture
def table(tmp_path):
    def write(text, required=COLUMNS, optional=("share", "coast")):
        file = tmp_path / "towns.csv"
        file.write_text(text, encoding="utf-8")
        return read_table(file, required, optional)

    return write


def problems(call, *arguments):
    with pytest.raises(ConfigurationError) as raised:
        call(*arguments)
    return [(p.line, p.key, p.message) for p in raised.value.problems]


def test_rows_know_their_lines(table):
    rows = table('# a comment\ntown,people\n\n"Roccia, alta",3\n"two\nlines",4\nIsola,5\n').rows
    assert [(row.line, row.cells["people"]) for row in rows] == [(4, "3"), (5, "4"), (7, "5")]
    assert rows[0].cells["town"] == "Roccia, alta"


def test_rows_become_models(table):
    towns = validate_rows(Town, table("people,town,share,coast\n 3 ,Isola,0.25,yes\n4,Roccia,,\n"))
    assert towns == [Town(town="Isola", people=3, share=0.25, coast=True), Town(town="Roccia", people=4)]


def test_all_bad_cells_are_told_by_line_and_column(table):
    found = problems(validate_rows, Town, table('town,people,share\nIsola,three,2\n,-1,"0,5"\nRoccia,1,nan\n'))
    assert [(line, key) for line, key, _ in found] == [
        (2, "people"),
        (2, "share"),
        (3, "people"),
        (3, "share"),
        (3, "town"),
        (4, "share"),
    ]
    assert "three" in found[0][2]
    assert "written with a point: 0.5" in found[3][2]
    assert found[4][2] == "the cell is empty; expected text."


@pytest.mark.parametrize(
    ("text", "line", "key", "says"),
    [
        ("", None, "", "the table is empty; expected the columns town, people"),
        ("town;people\nIsola;3\n", 1, "", "separated by semicolons; expected commas"),
        ("town\tpeople\n", 1, "", "separated by tabs"),
        ("town,poeple\n", 1, "people", 'Is it the one called "poeple"?'),
        ("town,people,shares\n", 1, "shares", 'unknown column. Did you mean "share"?'),
        ("town,people,town\n", 1, "town", "twice"),
        ("town,people\nIsola\n", 2, "", "1 cells; expected 2"),
        ("town,people\nIsola,3,4\n", 2, "", "a text with a comma needs quotes"),
        ('town,people\n"Isola,3\n', 2, "", "cannot be read as CSV"),
    ],
)
def test_a_broken_table_says_where(table, text, line, key, says):
    found = problems(table, text)
    assert (line, key) in [(at, name) for at, name, _ in found]
    assert any(says in message for at, name, message in found if (at, name) == (line, key))


def test_other_columns_are_allowed_where_any_are(table):
    assert table("town,people,mayor\nIsola,3,Anna\n", COLUMNS, None).rows[0].cells["mayor"] == "Anna"


@pytest.mark.parametrize(("text", "said"), [("", "a line with the columns' names"), ("a;b\n1;2\n", "semicolons")])
def test_a_table_of_any_columns_is_told_apart_from_none(table, text, said):
    with pytest.raises(ConfigurationError, match=said):
        table(text, required=(), optional=None)
