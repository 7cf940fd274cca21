"""When an account is active, and until when."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leerid_core.rules.accounts import AccountStatus, Period, account_status, inactive_from
from leerid_core.rules.school_years import SchoolYear

THIS, COMING = SchoolYear(2023), SchoolYear(2024)
YEAR = (THIS.begin, THIS.end)
NEXT = (COMING.begin, COMING.end)

days = st.dates(date(2020, 1, 1), date(2027, 12, 31))
periods = st.tuples(days, days).map(lambda pair: (min(pair), max(pair)))


@pytest.mark.parametrize(
    ("given_periods", "today", "expected"),
    [
        ([YEAR], date(2024, 8, 31), AccountStatus.ACTIVE),
        ([YEAR], date(2024, 9, 1), AccountStatus.INACTIVE),
        ([YEAR, NEXT], date(2024, 9, 1), AccountStatus.ACTIVE),
        ([NEXT], date(2024, 8, 31), AccountStatus.UPCOMING),
        ([(THIS.begin, date(2024, 3, 1)), NEXT], date(2024, 5, 1), AccountStatus.UPCOMING),
        ([], date(2024, 5, 1), AccountStatus.INACTIVE),
    ],
)
def test_the_status_follows_the_enrolments(
    given_periods: list[Period], today: date, expected: AccountStatus
) -> None:
    """Active up to and with the last day, upcoming before the first, active again when renewed."""
    assert account_status(given_periods, today) is expected


@pytest.mark.parametrize(
    ("given_periods", "today", "expected"),
    [
        ([YEAR], date(2024, 5, 1), date(2024, 8, 31)),
        ([YEAR, NEXT], date(2024, 5, 1), date(2025, 8, 31)),
        ([NEXT, YEAR], date(2024, 5, 1), date(2025, 8, 31)),
        ([(THIS.begin, date(2024, 3, 1)), (date(2024, 3, 2), THIS.end)], THIS.begin, THIS.end),
        (
            [(THIS.begin, date(2024, 3, 1)), (date(2024, 3, 3), THIS.end)],
            THIS.begin,
            date(2024, 3, 1),
        ),
        ([YEAR, (date(2024, 1, 1), date(2024, 2, 1))], date(2024, 5, 1), THIS.end),
        ([NEXT], date(2024, 5, 1), COMING.end),
        ([YEAR], date(2026, 5, 1), THIS.end),
        ([], date(2024, 5, 1), None),
        ([(THIS.end, THIS.begin)], date(2024, 5, 1), None),
    ],
)
def test_the_last_day(given_periods: list[Period], today: date, expected: date | None) -> None:
    """Enrolments that touch or overlap, in any school and any order, count as one."""
    assert inactive_from(given_periods, today) == expected


@given(st.lists(periods, max_size=6), days)
def test_active_means_enrolled_today(given_periods: list[Period], today: date) -> None:
    """An account is active exactly on the days of an enrolment."""
    enrolled = any(begin <= today <= end for begin, end in given_periods)
    assert (account_status(given_periods, today) is AccountStatus.ACTIVE) == enrolled


@given(st.lists(periods, min_size=1, max_size=6), days)
def test_nobody_is_enrolled_on_the_day_after(given_periods: list[Period], today: date) -> None:
    """The day after the last day the account is not active, the last day itself it is."""
    last = inactive_from(given_periods, today)
    assert last is not None
    assert account_status(given_periods, last) is AccountStatus.ACTIVE
    after = account_status(given_periods, last + timedelta(days=1))
    assert after is not AccountStatus.ACTIVE
