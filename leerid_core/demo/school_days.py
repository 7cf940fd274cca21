"""When Flemish schools are open: not in weekends, not in holidays."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

from leerid_core.rules.school_years import SchoolYear


def is_school_day(day: date) -> bool:
    """Say whether there is school on `day`."""
    return day.weekday() < 5 and day not in _holidays(SchoolYear.of(day))


def school_day_until(day: date) -> date:
    """Return `day`, or the last school day before it."""
    while not is_school_day(day):
        day -= timedelta(days=1)
    return day


@cache
def _holidays(year: SchoolYear) -> frozenset[date]:
    return frozenset(
        first + timedelta(days=day) for first, days in _periods(year) for day in range(days)
    )


def _periods(year: SchoolYear) -> Iterator[tuple[date, int]]:
    """Yield the first day and the length of each holiday, as the Flemish government sets them."""
    easter = _easter(year.start + 1)
    yield _week_of(date(year.start, 11, 1), weekend_before=6), 7
    yield date(year.start, 11, 11), 1
    yield _week_of(date(year.start, 12, 25), weekend_before=5), 14
    yield easter - timedelta(days=48), 7
    yield _easter_holiday(easter), 14
    yield easter + timedelta(days=1), 1
    yield date(year.start + 1, 5, 1), 1
    yield easter + timedelta(days=39), 2  # Ascension and the Friday after it
    yield easter + timedelta(days=50), 1
    yield date(year.start + 1, 7, 1), 62


def _week_of(day: date, weekend_before: int) -> date:
    """Return the Monday of the week of `day`; from weekday `weekend_before` on, of the next."""
    monday = day - timedelta(days=day.weekday())
    return monday + timedelta(days=7) if day.weekday() >= weekend_before else monday


def _easter_holiday(easter: date) -> date:
    """The first Monday of April; with an Easter in March or after 15 April it moves along."""
    if easter.month == 3:
        return easter + timedelta(days=1)
    if easter > date(easter.year, 4, 15):
        return easter - timedelta(days=13)
    first = date(easter.year, 4, 1)
    return first + timedelta(days=-first.weekday() % 7)


def _easter(year: int) -> date:
    """Return Easter Sunday of the Gregorian calendar, by the anonymous algorithm of 1876."""
    golden, (century, within) = year % 19, divmod(year, 100)
    leaps, rest = divmod(century, 4)
    correction = (century - (century + 8) // 25 + 1) // 3
    moon = (19 * golden + century - leaps - correction + 15) % 30
    sunday = (32 + 2 * rest + 2 * (within // 4) - moon - within % 4) % 7
    late = (golden + 11 * moon + 22 * sunday) // 451
    month, day = divmod(moon + sunday - 7 * late + 114, 31)
    return date(year, month, day + 1)
