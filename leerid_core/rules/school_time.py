"""The day and the hour that it is in the schools, daylight saving included."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

SCHOOLS_LIVE_IN = ZoneInfo("Europe/Brussels")
FIRST_YEAR, LAST_YEAR = 2000, 2060
"""The years of which the changes of the clock are known; before and after, the clock of the
nearest of them is taken.
"""


def school_day(moment: datetime) -> date:
    """Return the day that it is in the schools at a moment."""
    return moment.astimezone(SCHOOLS_LIVE_IN).date()


@cache
def clock_changes() -> tuple[tuple[datetime, timedelta], ...]:
    """Return since when the clocks are how far ahead of UTC, oldest first.

    The first holds for everything before, too.
    """
    moment, end = datetime(FIRST_YEAR, 1, 1, tzinfo=UTC), datetime(LAST_YEAR, 1, 1, tzinfo=UTC)
    changes = [(moment, _ahead(moment))]
    while moment < end:
        later = moment + timedelta(days=28)  # clocks change twice a year
        if _ahead(later) != changes[-1][1]:
            changes.append((_change(moment, later), _ahead(later)))
        moment = later
    return tuple(changes)


def _ahead(moment: datetime) -> timedelta:
    ahead = moment.astimezone(SCHOOLS_LIVE_IN).utcoffset()
    assert ahead is not None  # noqa: S101 - for the type checker: a moment in a zone has an offset
    return ahead


def _change(before: datetime, after: datetime) -> datetime:
    """Return the first whole minute with the clock of `after`."""
    while after - before > timedelta(minutes=1):
        middle = before + timedelta(minutes=(after - before) // timedelta(minutes=2))
        if _ahead(middle) == _ahead(before):
            before = middle
        else:
            after = middle
    return after
