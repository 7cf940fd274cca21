"""Schools, their years and dates, and who may do what there."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leerid_core.rules.dates import dutch_date
from leerid_core.rules.enrolments import enrolment_period
from leerid_core.rules.roles import Right, Role, allows
from leerid_core.rules.school_numbers import parse_school_number
from leerid_core.rules.school_years import SchoolYear

days = st.dates(date(1990, 1, 1), date(2090, 12, 31))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("30569", "030569"),
        (" 125252 ", "125252"),
        ("26", "000026"),
        ("", None),
        ("000000", None),
        ("1234567", None),
        ("12a", None),
        ("１２５２５２", None),
    ],
)
def test_school_numbers(text: str, number: str | None) -> None:
    """Six digits, zeros that a spreadsheet lost put back."""
    assert parse_school_number(text) == number


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2024, 8, 31), "31 augustus 2024"),
        (date(2010, 11, 7), "7 november 2010"),
        (date(2004, 5, 31), "31 mei 2004"),
    ],
)
def test_dates_as_the_manual_writes_them(day: date, written: str) -> None:
    """Day without a zero, month in small letters, year."""
    assert dutch_date(day) == written


@given(days)
def test_a_school_year_holds_its_days(day: date) -> None:
    """Every day is in one year, 1 September to 31 August; the next begins the day after."""
    year = SchoolYear.of(day)
    assert year.begin <= day <= year.end
    assert year.next.begin == year.end + timedelta(days=1)
    assert (year.begin.month, year.begin.day, year.end.month, year.end.day) == (9, 1, 8, 31)
    assert str(year) == f"{year.start}-{year.start + 1}"


@given(st.none() | days, st.none() | days, days)
def test_an_enrolment_counts_for_a_year_in_which_it_runs(
    begin: date | None, end: date | None, today: date
) -> None:
    """The year is today's when the enrolment runs in it; known dates are kept."""
    if begin and end and end < begin:
        begin, end = end, begin
    year, first, last = enrolment_period(begin, end, today)
    assert (first, last) == (begin or year.begin, end or year.end)
    assert first <= year.end
    assert last >= year.begin
    if (begin or today) <= today <= (end or today):
        assert year == SchoolYear.of(today)


@pytest.mark.parametrize(
    ("roles", "rights"),
    [
        ([], set()),
        ([Role.VIEWER], {Right.READ}),
        ([Role.ACCOUNT_MANAGER], {Right.READ, Right.ISSUE}),
        ([Role.DATA_MANAGER], {Right.READ, Right.IMPORT, Right.SETTINGS}),
        ([Role.ACCOUNT_MANAGER, Role.DATA_MANAGER], set(Right)),
    ],
)
def test_what_a_role_may_do(roles: list[Role], rights: set[Right]) -> None:
    """Everybody with a role reads; issuing and importing are apart, and both need both roles."""
    assert {right for right in Right if allows(roles, right)} == rights


def test_roles_are_called_as_in_the_manual() -> None:
    """Users see the Dutch names."""
    assert [role.dutch for role in Role] == ["inzage", "LeerID-beheerder", "LeerID-databeheerder"]
