"""The demo schools: of the right size, the same every time, and as their file says."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from leerid_core.demo import DemoSchool, demo_schools, enrolment_workbook
from leerid_core.demo.names import HARD_NAMES, ORIGINS
from leerid_core.intake import Shape, read_enrolments
from leerid_core.rules.account_types import account_type, account_type_of_group
from leerid_core.rules.enrolments import EnrolmentRow, Level, Sex
from leerid_core.rules.identity_numbers import identity_findings, parse_identity_number
from leerid_core.rules.school_numbers import parse_school_number
from leerid_core.rules.school_years import SchoolYear

TODAY = date(2026, 11, 23)


@pytest.fixture(scope="module", params=[0, 1], ids=["primary", "secondary"])
def school(request: pytest.FixtureRequest) -> DemoSchool:
    """Each of the two schools."""
    return demo_schools(TODAY)[request.param]


def test_the_schools_have_412_and_688_pupils() -> None:
    """One school of kleuter and lager, one of secundair, each of a realistic size."""
    primary, secondary = demo_schools(TODAY)
    assert len(primary.rows) == 412
    assert {row.level for row in primary.rows} == {Level.KLEUTER, Level.LAGER}
    assert len(secondary.rows) == 688
    assert {row.level for row in secondary.rows} == {Level.SECUNDAIR}


def test_the_same_arguments_give_the_same_schools() -> None:
    """A demo can be talked about; another seed gives other pupils."""
    assert demo_schools(TODAY) == demo_schools(TODAY)
    assert demo_schools(TODAY, seed=1) != demo_schools(TODAY)


def test_a_day_later_the_pupils_are_the_same_people() -> None:
    """Only the day on which some came or leave depends on the day within the school year."""

    def people(day: date) -> list[tuple[str | None, str, date | None, str | None]]:
        return [
            (row.stamnummer, row.first_name, row.birth_date, row.identity_number)
            for school in demo_schools(day)
            for row in school.rows
        ]

    assert people(date(2026, 11, 24)) == people(TODAY)


def test_school_numbers_are_valid(school: DemoSchool) -> None:
    """The number of the school is six digits, and stands in every row."""
    assert parse_school_number(school.number) == school.number
    assert {row.school_number for row in school.rows} == {school.number}


def test_stamnummers_are_unique_and_some_begin_with_zero() -> None:
    """A stamnummer names one pupil of its school; it is text, so that its zeros stay."""
    primary, secondary = demo_schools(TODAY)
    for school in (primary, secondary):
        assert len({row.stamnummer for row in school.rows}) == len(school.rows)
    assert any(str(row.stamnummer).startswith("0") for row in primary.rows)


def test_identity_numbers_are_valid_and_agree_with_the_row(school: DemoSchool) -> None:
    """The check digits, the birth date and the sex of every number are right."""
    for row in _with_number(school):
        assert parse_identity_number(row.identity_number or "") == row.identity_number
        assert identity_findings(row.identity_number or "", row.birth_date, row.sex) == []


def test_identity_numbers_are_nobody_s() -> None:
    """They are unique, and their serial numbers are above those ever given out on a day."""
    numbers = [
        row.identity_number or "" for school in demo_schools(TODAY) for row in _with_number(school)
    ]
    assert len(set(numbers)) == len(numbers)
    assert all(900 <= int(number[6:9]) <= 998 for number in numbers)


def test_some_pupils_have_no_identity_number_and_some_a_bisnummer() -> None:
    """What schools really have: a few without a number, newcomers with a bisnummer."""
    for school in demo_schools(TODAY):
        without = len(school.rows) - len(_with_number(school))
        assert 0.01 < without / len(school.rows) < 0.10
    months = [int((row.identity_number or "")[2:4]) for row in _with_number(school)]
    assert any(month > 40 for month in months)


def test_every_group_has_an_account_type_also_without_niveau_code(school: DemoSchool) -> None:
    """The type by the group's name is the type by the Niveau code."""
    for row in school.rows:
        assert account_type_of_group(row.administrative_group) is not None
        assert account_type_of_group(row.administrative_group) == account_type(row.level, "")


def test_the_ages_fit_the_groups(school: DemoSchool) -> None:
    """A child of 1ste leerjaar is six, or has repeated a year; and so on."""
    begin = SchoolYear.of(TODAY).begin
    ages: dict[str, set[int]] = {}
    for row in school.rows:
        assert row.birth_date is not None
        ages.setdefault(row.administrative_group, set()).add(begin.year - row.birth_date.year)
    expected = {
        "1ste kleuterklas": {3},
        "1ste leerjaar": {6, 7},
        "6de leerjaar": {11, 12},
        "1e lj A": {12, 13, 14},
        "2e lj 3e gr Economie-wiskunde ASO": {17, 18, 19},
    }
    shared = expected.keys() & ages.keys()
    assert len(shared) >= 2
    assert all(ages[group] <= expected[group] for group in shared)


def test_pupils_have_no_class_one_class_or_several() -> None:
    """In secundair some have subgroups beside their class, and some groups share none."""
    _, secondary = demo_schools(TODAY)
    assert {len(row.school_classes) for row in secondary.rows} == {0, 1, 2, 3}


def test_both_schools_have_the_hard_names(school: DemoSchool) -> None:
    """Apostrophes, letters without a plain twin and namesakes occur in every demo."""
    names = [(row.first_name, row.last_name, row.sex) for row in school.rows]
    assert all(names.count(name) >= HARD_NAMES.count(name) for name in HARD_NAMES)
    assert names.count(("Mohamed", "El Amrani", Sex.MALE)) >= 2


def test_the_lists_of_names_have_no_gaps_and_no_doubles() -> None:
    """A forgotten comma or a name written twice would show here."""
    assert sum(origin.share for origin in ORIGINS) == 100
    for origin in ORIGINS:
        for names in (origin.boys, origin.girls, origin.families):
            assert len(set(names)) == len(names)
            assert all(name and len(name) < 20 for name in names)


@given(st.dates(date(2020, 1, 1), date(2040, 12, 31)))
def test_everybody_is_enrolled_today(today: date) -> None:
    """On whatever day the demo is made, its lists are full and its periods within the year."""
    year = SchoolYear.of(today)
    for school in demo_schools(today):
        for row in school.rows:
            assert row.begin_date is not None
            assert row.end_date is not None
            assert year.begin <= row.begin_date <= today <= row.end_date <= year.end


def test_some_came_late_and_some_leave_early(school: DemoSchool) -> None:
    """Most are enrolled from 1 September to 31 August, a few are not."""
    year = SchoolYear.of(TODAY)
    late = sum(row.begin_date != year.begin for row in school.rows)
    early = sum(row.end_date != year.end for row in school.rows)
    assert 0 < late < len(school.rows) / 10
    assert 0 < early < len(school.rows) / 20


def test_the_workbook_is_read_as_the_same_rows(school: DemoSchool) -> None:
    """The demo goes through the real import: it is recognised, and nothing is to be noticed."""
    read = read_enrolments(enrolment_workbook(school))
    assert read.shape is Shape.SCHOOLLOKET
    assert read.rows == school.rows
    assert read.findings == ()


def test_the_workbook_reopened_has_numbers_as_text_and_dates_as_dates(school: DemoSchool) -> None:
    """Opened in Excel it shows what the school's own list would show, nothing reformatted."""
    sheet = load_workbook(BytesIO(enrolment_workbook(school))).active
    columns = [list(column) for column in sheet.iter_cols()]
    cells = {str(header.value): below for header, *below in columns}
    assert list(cells)[:4] == ["Instellingsnummer", "Stamnummer", "Voornaam", "Naam"]
    assert all(cell.data_type == "s" for cell in cells["Stamnummer"])
    assert all(cell.is_date for cell in cells["Geboortedatum"])


def _with_number(school: DemoSchool) -> list[EnrolmentRow]:
    return [row for row in school.rows if row.identity_number]
