"""The demo schools a year earlier: the same people a class lower, and those who left."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from leerid_core.demo import DemoSchool, demo_schools, year_before
from leerid_core.demo.year_before import LAST_YEARS
from leerid_core.rules.account_types import account_type, account_type_of_group
from leerid_core.rules.enrolments import EnrolmentRow
from leerid_core.rules.identity_numbers import identity_findings, parse_identity_number

TODAY = date(2026, 11, 23)


@pytest.fixture(scope="module", params=[0, 1], ids=["primary", "secondary"])
def school(request: pytest.FixtureRequest) -> DemoSchool:
    """Each of the two schools, as it is now."""
    return demo_schools(TODAY)[request.param]


def _by_number(school: DemoSchool) -> dict[str | None, EnrolmentRow]:
    return {row.stamnummer: row for row in school.rows}


def test_most_were_there_and_some_have_left(school: DemoSchool) -> None:
    """Who stays is the same person; who left was in a group after which one leaves."""
    before = year_before(school, TODAY)
    now, then = _by_number(school), _by_number(before)
    assert len(then) == len(before.rows)
    stayed = now.keys() & then.keys()
    assert len(stayed) > len(then) * 0.75
    for number in stayed:
        assert now[number].identity_number == then[number].identity_number
        assert now[number].last_name == then[number].last_name
    gone = [then[number] for number in then.keys() - now.keys()]
    assert {row.administrative_group for row in gone} <= set(LAST_YEARS)
    assert 30 < len(gone) < 100
    assert before == year_before(school, TODAY)


def test_everybody_was_in_a_group_that_there_is(school: DemoSchool) -> None:
    """Or in that of a class lower; never a grade that a school has not."""
    before = year_before(school, TODAY)
    groups = {row.administrative_group for row in school.rows}
    known = {row.administrative_group for row in before.rows} & groups
    assert len(known) > len(groups) / 2
    sizes = Counter(row.school_classes for row in before.rows if row.school_classes)
    assert max(sizes.values()) < 100
    assert {(row.begin_date, row.end_date) for row in before.rows} == {
        (date(2025, 9, 1), date(2026, 8, 31))
    }
    for row in before.rows:
        assert account_type_of_group(row.administrative_group) == account_type(row.level, "")


def test_their_numbers_are_valid_and_their_own(school: DemoSchool) -> None:
    """No number of the rijksregister is given twice, this year or last."""
    before = year_before(school, TODAY)
    people = {
        row.identity_number: row.last_name
        for one in demo_schools(TODAY)
        for row in one.rows
        if row.identity_number
    }
    for row in before.rows:
        if row.identity_number is None:
            continue
        assert people.setdefault(row.identity_number, row.last_name) == row.last_name
        assert parse_identity_number(row.identity_number) == row.identity_number
        assert identity_findings(row.identity_number, row.birth_date, row.sex) == []
