"""The clock of the schools."""

from __future__ import annotations

from bisect import bisect
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from leerid_core.rules.school_time import SCHOOLS_LIVE_IN, clock_changes, school_day


def test_a_day_begins_at_midnight_in_the_schools() -> None:
    """An hour or two before it does in UTC."""
    assert school_day(datetime(2026, 11, 23, 22, 59, 59, tzinfo=UTC)) == date(2026, 11, 23)
    assert school_day(datetime(2026, 11, 23, 23, tzinfo=UTC)) == date(2026, 11, 24)
    assert school_day(datetime(2026, 6, 30, 22, tzinfo=UTC)) == date(2026, 7, 1)


def test_the_clocks_change_on_the_last_sundays_of_march_and_october() -> None:
    """At one o'clock UTC, as in the whole of the EU."""
    changes = [(since, ahead) for since, ahead in clock_changes() if since.year == 2026]
    assert changes == [
        (datetime(2026, 3, 29, 1, tzinfo=UTC), timedelta(hours=2)),
        (datetime(2026, 10, 25, 1, tzinfo=UTC), timedelta(hours=1)),
    ]


@given(st.datetimes(datetime(2000, 1, 1), datetime(2059, 12, 31), timezones=st.just(UTC)))  # noqa: DTZ001
def test_the_changes_tell_the_clock_at_any_moment(moment: datetime) -> None:
    """The clock that the changes give is the one of the time zone."""
    since = [change for change, _ in clock_changes()]
    _, ahead = clock_changes()[bisect(since, moment) - 1]
    assert ahead == moment.astimezone(SCHOOLS_LIVE_IN).utcoffset()
