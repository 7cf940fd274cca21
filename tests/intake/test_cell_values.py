"""What one cell may hold, and what is made of it."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leerid_core.intake.values import (
    read_classes,
    read_date,
    read_digits,
    read_level,
    read_sex,
    read_text,
    read_truth,
)
from leerid_core.rules.enrolments import Level, Sex

DAYS = st.dates(date(1911, 1, 1), date(2099, 12, 31))
EXCEL_DAY_ZERO = date(1899, 12, 30)


@given(DAYS)
def test_every_form_of_a_date_gives_the_day(day: date) -> None:
    """Excel dates, serials as number and text, d/M/yyyy with or without zeros, ISO, yyyyMMdd."""
    serial = (day - EXCEL_DAY_ZERO).days
    forms: list[object] = [
        day,
        datetime.combine(day, time(13, 5)),
        serial,
        float(serial),
        serial + 0.5,
        str(serial),
        f"{serial}.0",
        f"{day.day}/{day.month}/{day.year}",
        f"{day:%d-%m-%Y}",
        f"{day:%d.%m.%Y}",
        f" {day:%d/%m/%Y} 00:00 ",
        day.isoformat(),
        f"{day.isoformat()}T00:00:00+02:00",
        f"{day:%Y%m%d}",
        int(f"{day:%Y%m%d}"),
    ]
    assert [read_date(form) for form in forms] == [day] * len(forms)


@pytest.mark.parametrize(
    "cell",
    [
        *("31/02/2012", "2012-13-01", "1/2-2012", "9/2/12", "1/1/1812", "١/٢/٢٠١٢", "gisteren"),
        *("12", "nan", "inf", "1e400", "#N/A", 7, -41110, 99999999, 10**30, True, time(1, 2)),
    ],
)
def test_what_is_no_date_is_refused(cell: object) -> None:
    """A day that does not exist, two digits for a year, or a mere number is not guessed at."""
    with pytest.raises(ValueError, match=r".*"):
        read_date(cell)


@pytest.mark.parametrize("cell", [None, "", "  ", "\xa0"])
def test_an_empty_cell_has_no_value(cell: object) -> None:
    """Nothing is nothing, also when it is made of spaces."""
    assert (read_text(cell), read_classes(cell), read_truth(cell)) == ("", (), False)
    assert (read_date(cell), read_sex(cell), read_level(cell)) == (None, None, None)


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("  De\xa0 Bremme\t", "De Bremme"),
        ("Su\u0308heda", "Süheda"),
        ("Jan\x00\x1fPeeters", "Jan Peeters"),
        ("\ufeffJan\u202e", "Jan"),
        ("op 't Eynde", "op 't Eynde"),
        (2300063, "2300063"),
        (2300063.0, "2300063"),
        (1.5, "1.5"),
    ],
)
def test_a_text_is_clean(cell: object, text: str) -> None:
    """One line, composed, with single spaces and nothing invisible; numbers without ".0"."""
    assert read_text(cell) == text


@pytest.mark.parametrize("cell", ["#N/A", "#VERW!", date(2024, 2, 1)])
def test_a_text_that_excel_spoiled_is_refused(cell: object) -> None:
    """An error value, or a date where "1-2" was meant, is not taken for a text."""
    with pytest.raises(ValueError, match=r".*"):
        read_text(cell)


@given(st.text())
def test_a_text_is_cleaned_once(text: str) -> None:
    """Reading what was read changes nothing, unless it is an error value."""
    try:
        clean = read_text(text)
    except ValueError:
        assert text.strip().startswith("#")
    else:
        assert read_text(clean) == clean


@pytest.mark.parametrize(
    ("cell", "digits"), [("00123", "00123"), ("123.0", "123"), (5.0, "5"), ("A-7", "A-7")]
)
def test_a_number_keeps_its_digits(cell: object, digits: str) -> None:
    """Leading zeros that are there stay; the ".0" of a conversion goes."""
    assert read_digits(cell) == digits


def test_classes_keep_their_order_and_stand_once() -> None:
    """Several (sub)klassen are separated by commas."""
    assert read_classes("DV-WMWa3, DV2.AVN.3 ,, DV2.AVN.3, 1A") == ("DV-WMWa3", "DV2.AVN.3", "1A")
    assert read_classes(5) == ("5",)


@pytest.mark.parametrize(
    ("cell", "sex"), [("M", Sex.MALE), ("v", Sex.FEMALE), ("Vrouw", Sex.FEMALE), ("X", Sex.OTHER)]
)
def test_the_sex_is_a_letter_or_a_word(cell: str, sex: Sex) -> None:
    """Capitals do not count."""
    assert read_sex(cell) is sex


@pytest.mark.parametrize(
    ("cell", "level"), [(2, Level.LAGER), ("3", Level.SECUNDAIR), ("Kleuter", Level.KLEUTER)]
)
def test_the_level_is_a_code_or_a_word(cell: object, level: Level) -> None:
    """The code may be a number or a text."""
    assert read_level(cell) is level


@pytest.mark.parametrize("read", [read_sex, read_level])
def test_an_unknown_word_is_refused(read: object) -> None:
    """What is not known is not guessed at."""
    assert callable(read)
    with pytest.raises(ValueError, match=r".*"):
        read("9")


def test_yes_has_several_forms() -> None:
    """A truth value, 1, ja and x say yes; the rest says no."""
    assert all(map(read_truth, [True, 1, 1.0, "1", "Ja", "x", "true"]))
    assert not any(map(read_truth, [False, 0, "0", "nee", "", None]))
