"""Charts in words and as tables."""

from __future__ import annotations

import chart_frames
import pytest
from chart_frames import FRAMES

from leerid_core.reports import alternatives, tables

ALTERNATIVES = {
    "adoption": "Aandeel dat zich aanmeldde sinds het uitdelen. Alle leerlingen: 100 % na 14 "
    "dagen; Lijst 2: 50 % na 3 dagen.",
    "groups": "Aangemelde leerlingen, van het kleinste aandeel naar het grootste: 1A (1 van 10, "
    "10 %), 2A (2 van 10, 20 %) en 3A (3 van 10, 30 %).",
    "heat_map": "Het vaakst wordt er aangemeld op dinsdag van 9 tot 10 uur: 60 aanmeldingen van de "
    "100. In het weekend gebeurt 20 % van de aanmeldingen, vanaf 18 uur 20 %.",
    "last_sign_in": "Laatste aanmelding. Vandaag: 1 leerling; Nooit aangemeld: 1.234 leerlingen.",
    "per_day": "Van 2 november 2026 tot 15 november 2026 waren er 105 aanmeldingen. De drukste dag "
    "was zondag 15 november 2026, met 14 aanmeldingen.",
    "applications": "Aanmeldingen per toepassing. Smartschool: 999 (99 %); Mijn LeerID: 1 (1 %).",
}
TABLES = {
    "adoption": [
        ("Dagen sinds het uitdelen", "Alle leerlingen", "Lijst 2"),
        ("0", "10 %", "0 %"),
        ("1", "40 %", "20 %"),
        ("3", "–", "50 %"),
        ("7", "80 %", "–"),
        ("14", "100 %", "–"),
    ],
    "groups": [
        ("Groep", "Aangemeld", "Van", "Aandeel"),
        ("1A", "1", "10", "10 %"),
        ("2A", "2", "10", "20 %"),
        ("3A", "3", "10", "30 %"),
    ],
    "last_sign_in": [
        ("Laatste aanmelding", "Leerlingen"),
        ("Vandaag", "1"),
        ("Langer geleden", "0"),
        ("Nooit aangemeld", "1.234"),
    ],
    "applications": [
        ("Toepassing", "Aanmeldingen", "Aandeel"),
        ("Smartschool", "999", "99 %"),
        ("Mijn LeerID", "1", "1 %"),
    ],
}


@pytest.mark.parametrize("name", FRAMES)
def test_a_chart_is_told_in_words(name: str) -> None:
    """With the numbers that matter, in whole sentences."""
    assert getattr(alternatives, name)(FRAMES[name]()).replace("\xa0", " ") == ALTERNATIVES[name]


@pytest.mark.parametrize("name", TABLES)
def test_the_numbers_of_a_chart_are_a_table(name: str) -> None:
    """In the order in which they are drawn; what is not known is a dash, not a zero."""
    table = getattr(tables, name)(FRAMES[name]())
    rows = [tuple(cell.replace("\xa0", " ") for cell in row) for row in table.rows]
    assert [table.columns, *rows] == TABLES[name]


def test_the_table_of_the_heat_map_has_the_hours_that_are_drawn() -> None:
    """School hours, and the evening because somebody signs in then."""
    table = tables.heat_map(chart_frames.heat_map())
    assert [row[0] for row in table.rows] == [f"{hour}-{hour + 1}" for hour in range(7, 21)]
    assert table.columns[1:3] == ("Maandag", "Dinsdag")
    assert table.rows[2][:3] == ("9-10", "0", "60")


def test_weeks_add_up_to_the_days() -> None:
    """Nothing is lost where days become weeks; a week begins on Monday."""
    frame = chart_frames.per_day(400)
    table = tables.per_day(frame)
    assert table.columns[0] == "Week vanaf"
    assert sum(int(count.replace(".", "")) for _, count in table.rows) == frame["sign_ins"].sum()
    assert table.rows[0] == ("2 november 2026", "28")


@pytest.mark.parametrize("name", FRAMES)
def test_where_there_is_nothing_the_words_say_so(name: str) -> None:
    """An empty frame has no rows."""
    empty = FRAMES[name]().iloc[:0]
    assert getattr(alternatives, name)(empty) == "Geen gegevens om te tonen."
    assert getattr(tables, name)(empty).rows == ()
