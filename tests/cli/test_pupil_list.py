"""`leerid pupils`: filters, the table and the CSV."""

from __future__ import annotations

import csv
import io

import pytest
from leerid_command import Leerid, child
from service_world import SCHOOL

CLASS = (
    child("0001", "Süheda Carabin", classes="4A, 4A.WIS"),
    child("0002", "Milan De Bremme", group="5de leerjaar", classes="5B"),
    child("0003", "Jean De Cock", group="1e lj A", classes="1A"),
)


@pytest.fixture
def school(leerid: Leerid) -> Leerid:
    """A school of which one pupil has an account."""
    leerid.prepare(*CLASS)
    leerid.create("--stamnummer", "0003")
    return leerid


@pytest.mark.parametrize(
    ("options", "found"),
    [
        ([], ["0001", "0002", "0003"]),
        (["--search", "suheda"], ["0001"]),
        (["--search", "bremme milan"], ["0002"]),
        (["--search", "%"], []),
        (["--type", "none"], ["0001", "0002"]),
        (["--type", "advanced"], ["0003"]),
        (["--type", "basic"], []),
        (["--group", "5de leerjaar"], ["0002"]),
        (["--class", "4A.WIS"], ["0001"]),
        (["--group", "5de leerjaar", "--class", "4A"], []),
    ],
)
def test_each_filter_narrows(school: Leerid, options: list[str], found: list[str]) -> None:
    """In the document as in the table and the CSV, by name; leading zeros stay."""
    listed = school.document("pupils", "--school", SCHOOL, *options)
    assert [one["stamnummer"] for one in listed] == found
    lines = csv.reader(
        io.StringIO(school.done("pupils", "--school", SCHOOL, "--csv", *options)), delimiter=";"
    )
    assert [line[0] for line in lines] == ["Stamnummer", *found]
    table = school.done("pupils", "--school", SCHOOL, *options)
    assert f"Totaal aantal rijen: {len(found)}" in table
    assert all(stamnummer in table for stamnummer in found)


def test_the_csv_has_the_words_of_the_manual(school: Leerid) -> None:
    """Column by column."""
    text = school.done("pupils", "--school", SCHOOL, "--csv")
    rows = {row["Stamnummer"]: row for row in csv.DictReader(io.StringIO(text), delimiter=";")}
    assert rows["0001"]["(sub)Klas"] == "4A, 4A.WIS"
    assert (rows["0001"]["Type"], rows["0001"]["Laatste aanmelding"]) == ("Geen account", "")
    having = rows["0003"]
    assert (having["Type"], having["Account status"]) == ("Gevorderd", "Actief")
    assert having["Wachtwoord type"] == "Tijdelijk wachtwoord"
    assert having["Laatste aanmelding"] == "Nog niet aangemeld"


@pytest.mark.parametrize("sign", ["=", "+", "-", "@"])
def test_a_cell_is_never_a_formula(leerid: Leerid, sign: str) -> None:
    """A name that a spreadsheet would calculate is text."""
    leerid.prepare(child("1", f"{sign}HYPERLINK(1) Peeters", classes=f"{sign}1+1"))
    text = leerid.done("pupils", "--school", SCHOOL, "--csv")
    cells = [cell for row in csv.reader(io.StringIO(text), delimiter=";") for cell in row]
    assert f"'{sign}HYPERLINK(1)" in cells
    assert not [cell for cell in cells if cell.startswith(sign)]


def test_letters_that_a_code_page_lacks_are_written(leerid: Leerid) -> None:
    """Also where Python would write Latin-1: the output is UTF-8."""
    leerid.prepare(child("1", "Şükrü Łukasz"))
    for option in ([], ["--csv"]):
        result = leerid.process(
            "pupils", "--school", SCHOOL, *option, PYTHONIOENCODING="latin-1", PYTHONUTF8="0"
        )
        assert (result.returncode, result.stderr) == (0, "")
        assert "Şükrü" in result.stdout
