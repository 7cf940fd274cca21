"""The sign-ins of the demo: believable, within their time, and the same every time."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leerid_core.demo.history import OWN_PAGES, Learner, sign_ins
from leerid_core.demo.school_days import is_school_day, school_day_until
from leerid_core.rules.accounts import AccountType
from leerid_core.rules.school_time import SCHOOLS_LIVE_IN, school_day

HANDED_OUT = datetime(2026, 9, 4, 8, tzinfo=UTC)
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)

History = list[tuple[datetime, str]]


def group(*, lags: bool = False, kind: AccountType = AccountType.ADVANCED) -> list[History]:
    """Return the histories of two hundred pupils in ten classes."""
    learners = (
        Learner(f"{number:05}", f"{number % 10}A", kind, date(2026, 9, 1), lags)
        for number in range(200)
    )
    return [list(sign_ins(learner, HANDED_OUT, NOW)) for learner in learners]


GROUP = group()
MOMENTS = [at.astimezone(SCHOOLS_LIVE_IN) for history in GROUP for at, _ in history]


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2024, 10, 28), date(2024, 11, 3)),
        (date(2025, 10, 27), date(2025, 11, 2)),
        (date(2026, 11, 2), date(2026, 11, 8)),
        (date(2024, 12, 23), date(2025, 1, 5)),
        (date(2026, 12, 21), date(2027, 1, 3)),
        (date(2025, 3, 3), date(2025, 3, 9)),
        (date(2025, 4, 7), date(2025, 4, 21)),
        (date(2026, 4, 6), date(2026, 4, 19)),
        (date(2025, 5, 29), date(2025, 5, 30)),
        (date(2025, 7, 1), date(2025, 8, 31)),
    ],
)
def test_holidays_are_those_of_flemish_schools(first: date, last: date) -> None:
    """From the first to the last day of those that were published, and not a school day more."""
    days = [first + timedelta(days=day) for day in range((last - first).days + 1)]
    assert not any(map(is_school_day, days))
    before = school_day_until(first)
    assert (first - before).days <= 3
    assert any(is_school_day(last + timedelta(days=day)) for day in (1, 2, 3))


def test_the_same_pupils_have_the_same_history() -> None:
    """And a day later it has only grown."""
    assert group() == GROUP
    learner = Learner("00001", "1A", AccountType.ADVANCED, date(2026, 9, 1))
    later = list(sign_ins(learner, HANDED_OUT, NOW + timedelta(days=1)))
    assert later[: len(GROUP[1])] == GROUP[1]


def test_a_history_begins_with_the_own_pages() -> None:
    """There a temporary password is changed; later other applications come far more often."""
    begun = [history for history in GROUP if history]
    assert {history[0][1] for history in begun} == {OWN_PAGES}
    applications = Counter(name for history in begun for _, name in history[1:])
    assert len(applications) == 4
    assert applications[OWN_PAGES] == min(applications.values())


def test_schools_are_busy_by_day_and_homes_in_the_evening() -> None:
    """Weekends and holidays are quiet, nights empty, and little ones hardly come from home."""
    per_day = Counter(moment.date() for moment in MOMENTS)
    school = [count for day, count in per_day.items() if is_school_day(day)]
    free = [count for day, count in per_day.items() if not is_school_day(day)]
    assert sum(free) / len(free) < sum(school) / len(school) / 3
    assert {moment.hour for moment in MOMENTS} <= set(range(8, 23))
    little = [at for history in group(kind=AccountType.BASIC) for at, _ in history]
    evenings = [at for at in little if at.astimezone(SCHOOLS_LIVE_IN).hour >= 17]
    assert len(evenings) / len(little) < 0.15 < sum(at.hour >= 17 for at in MOMENTS) / len(MOMENTS)


def test_some_never_sign_in_and_some_groups_lag() -> None:
    """A few everywhere; in a group that lags more of them, and the others begin later."""
    slow = group(lags=True)
    never, slow_never = (sum(not one for one in histories) for histories in (GROUP, slow))
    assert 0 < never < 25 < slow_never < 100

    def begun(histories: list[History]) -> int:
        within = HANDED_OUT + timedelta(days=7)
        return sum(bool(one) and one[0][0] <= within for one in histories)

    assert begun(slow) < begun(GROUP) / 2


def test_some_hardly_come_back() -> None:
    """So that who signed in lately is fewer than who ever did, and more than half of them."""
    begun = [history for history in GROUP if history]
    lately = [one for one in begun if one[-1][0] > NOW - timedelta(days=7)]
    assert len(begun) / 2 < len(lately) < 0.95 * len(begun)


@given(st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001
def test_nobody_signs_in_before_the_card_or_in_the_future(handed_out: datetime) -> None:
    """On whatever day the demo is made; who came late signs in after that."""
    now = handed_out + timedelta(days=40)
    begin = school_day(handed_out) + timedelta(days=10)
    history = list(sign_ins(Learner("1", "1A", AccountType.BASIC, begin), handed_out, now))
    assert history == sorted(history)
    assert all(handed_out < at <= now and school_day(at) >= begin for at, _ in history)
