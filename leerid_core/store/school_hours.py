"""The clock of the schools, in Python and as SQL: plain arithmetic on every database."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import timedelta
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Integer, literal_column
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.expression import FunctionElement

from leerid_core.rules.school_time import clock_changes
from leerid_core.store.tables import EPOCH, MILLISECOND

HOUR = timedelta(hours=1) // MILLISECOND
DAY = timedelta(days=1) // MILLISECOND


def school_clock(column: str) -> ColumnElement[int]:
    """Return the milliseconds since 1970 that the clock of the schools shows at `column`.

    `column` is the name of one with milliseconds in UTC.
    """
    return literal_column(f"({column} + {_ahead(column)})", Integer)


def clock_at(moment: int) -> int:
    """Return what the clock of the schools shows at a moment, both in milliseconds since 1970."""
    since, ahead = _changes()
    return moment + ahead[max(bisect_right(since, moment) - 1, 0)]


class day_number(FunctionElement[int]):  # noqa: N801 - a function of SQL
    """The number of days from 1970 to a date."""

    type = Integer()
    inherit_cache = True


@compiles(day_number, "sqlite")
def _sqlite_day_number(element: day_number, compiler: Any, **options: Any) -> str:
    return f"CAST(julianday({compiler.process(element.clauses, **options)}) - 2440587.5 AS INTEGER)"


@compiles(day_number, "postgresql")
def _postgresql_day_number(element: day_number, compiler: Any, **options: Any) -> str:
    return f"({compiler.process(element.clauses, **options)} - DATE '1970-01-01')"


@cache
def _changes() -> tuple[list[int], list[int]]:
    """Return since when clocks are how far ahead of UTC, both in milliseconds."""
    changes = clock_changes()
    return (
        [(since - EPOCH) // MILLISECOND for since, _ in changes],
        [ahead // MILLISECOND for _, ahead in changes],
    )


@cache
def _ahead(column: str) -> str:
    return _searched(column, list(zip(*_changes(), strict=True)))


def _searched(column: str, changes: Sequence[tuple[int, int]]) -> str:
    """Search the changes by halving them: a row compares seven times, not two hundred."""
    if len(changes) == 1:
        return str(changes[0][1])
    middle = len(changes) // 2
    earlier, later = _searched(column, changes[:middle]), _searched(column, changes[middle:])
    return f"CASE WHEN {column} < {changes[middle][0]} THEN {earlier} ELSE {later} END"
