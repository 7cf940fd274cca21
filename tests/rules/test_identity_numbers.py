"""Rijksregister- and bisnummers; all numbers are invented."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leerid_core.rules.enrolments import Sex
from leerid_core.rules.findings import Severity
from leerid_core.rules.identity_numbers import identity_findings, parse_identity_number

FIRST, LAST = date(1995, 1, 1), date(2022, 12, 31)


def _number(birth_date: date | None, counter: int, month_shift: int = 0, year: int = 2010) -> str:
    """A valid number for a birth date, or for a year of which month and day are unknown."""
    year = birth_date.year if birth_date else year
    month = birth_date.month if birth_date else 0
    day = birth_date.day if birth_date else 0
    first = f"{year % 100:02}{month + month_shift:02}{day:02}{counter:03}"
    check = 97 - int(("2" if year >= 2000 else "") + first) % 97
    return f"{first}{check:02}"


def _codes(number: str, birth_date: date | None, sex: Sex | None) -> list[str]:
    findings = identity_findings(number, birth_date, sex)
    assert all(finding.severity is Severity.WARNING and finding.message for finding in findings)
    return [finding.code for finding in findings]


births = st.dates(FIRST, LAST)
counters = st.integers(1, 998)
shifts = st.sampled_from([0, 20, 40])


@given(births, counters, shifts)
def test_every_valid_number_is_read(birth_date: date, counter: int, shift: int) -> None:
    """Rijksregisternummers and both kinds of bisnummer, of both centuries."""
    number = _number(birth_date, counter, shift)
    assert parse_identity_number(number) == number


@given(births, counters, shifts)
def test_the_ways_a_number_is_written(birth_date: date, counter: int, shift: int) -> None:
    """With its signs, with a final dot, with spaces, and as a spreadsheet's number."""
    number = _number(birth_date, counter, shift)
    year, month, day, rest, check = (
        number[:2],
        number[2:4],
        number[4:6],
        number[6:9],
        number[9:],
    )
    assert parse_identity_number(f"{year}.{month}.{day}-{rest}.{check}") == number
    assert parse_identity_number(f"{year}/{month}/{day} {rest}-{check}.") == number
    assert parse_identity_number(f" {number} ") == number
    assert parse_identity_number(str(int(number))) == number
    assert parse_identity_number(f"{int(number)}.0") == number


@given(births, counters, shifts, st.integers(0, 10), st.integers(1, 9))
def test_a_wrong_digit_is_noticed(
    birth_date: date, counter: int, shift: int, place: int, change: int
) -> None:
    """One digit read wrong gives no number, or one that contradicts the birth date.

    The check digits do not tell "00" of this century from "06" of the last.
    """
    number = _number(birth_date, counter, shift)
    digit = (int(number[place]) + change) % 10
    misread = parse_identity_number(f"{number[:place]}{digit}{number[place + 1 :]}")
    assert misread is None or _codes(misread, birth_date, None) == ["identity_birth_date_differs"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "geen",
        "12345678901",
        "0",
        "00000000000",
        "120209002234",
        "1202090022x",
        "１２０２０９００２２３",
    ],
)
def test_what_is_no_number(text: str) -> None:
    """Nothing, words, a wrong check, too many digits and digits of another script."""
    assert parse_identity_number(text) is None


@given(births, counters)
def test_what_agrees_is_silent(birth_date: date, counter: int) -> None:
    """An odd counter is a boy's, an even one a girl's."""
    sex = Sex.MALE if counter % 2 else Sex.FEMALE
    assert _codes(_number(birth_date, counter), birth_date, sex) == []


@given(births, counters, shifts, st.integers(1, 5000))
def test_another_birth_date_is_noticed(
    birth_date: date, counter: int, shift: int, days: int
) -> None:
    """Any other day than the number's is a warning, also with a bisnummer."""
    number = _number(birth_date, counter, shift)
    other = birth_date + timedelta(days=days)
    assert _codes(number, other, None) == ["identity_birth_date_differs"]


@given(births, counters)
def test_another_sex_is_noticed(birth_date: date, counter: int) -> None:
    """A boy's number with V, a girl's with M."""
    sex = Sex.FEMALE if counter % 2 else Sex.MALE
    assert _codes(_number(birth_date, counter), birth_date, sex) == ["identity_sex_differs"]


@given(births, counters, st.sampled_from([20, 40]), st.sampled_from(Sex))
def test_a_bisnummer_tells_no_sex(birth_date: date, counter: int, shift: int, sex: Sex) -> None:
    """Official sources contradict each other, so it is never compared."""
    assert _codes(_number(birth_date, counter, shift), birth_date, sex) == []


@given(births, counters)
def test_what_the_row_does_not_tell_is_not_compared(birth_date: date, counter: int) -> None:
    """No birth date, no sex, or X: no warning."""
    number = _number(birth_date, counter)
    assert _codes(number, None, None) == _codes(number, None, Sex.OTHER) == []


@given(counters, shifts, births)
def test_an_unknown_month_leaves_the_year(counter: int, shift: int, birth_date: date) -> None:
    """Month 00: the year is compared, the rest is unknown."""
    number = _number(None, counter, shift, year=2010)
    assert parse_identity_number(number) == number
    expected = [] if birth_date.year == 2010 else ["identity_birth_date_differs"]
    assert _codes(number, birth_date, None) == expected


def test_thirty_february_is_an_unknown_day() -> None:
    """A day that does not exist leaves year and month to compare."""
    first = "100230123"
    number = f"{first}{97 - int('2' + first) % 97:02}"
    assert parse_identity_number(number) == number
    assert _codes(number, date(2010, 2, 3), None) == []
    assert _codes(number, date(2010, 3, 2), None) == ["identity_birth_date_differs"]


def test_an_unknown_birth_date_is_not_compared() -> None:
    """000001 stands for a birth date of which nothing is known."""
    first = "000001123"
    number = f"{first}{97 - int('2' + first) % 97:02}"
    assert parse_identity_number(number) == number
    assert _codes(number, date(2010, 2, 3), Sex.MALE) == []
