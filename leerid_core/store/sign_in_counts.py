"""Sign-ins counted as they arrive, so that figures cost what they show and not all of history.

A sign-in counts for the cohort of every enrolment of its pupil that runs on that day. What that
means is said once, by `counted`, for both tables with counts: sign-ins that arrive, enrolments that
change and a recount all go through it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import cache
from typing import Any

from sqlalchemy import (
    CTE,
    BigInteger,
    Column,
    ColumnElement,
    Connection,
    FromClause,
    Insert,
    Integer,
    Select,
    Table,
    and_,
    bindparam,
    delete,
    func,
    or_,
    select,
    true,
    union_all,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.dml import ReturningInsert

from leerid_core.store.chunks import chunks
from leerid_core.store.incoming import Incoming
from leerid_core.store.school_hours import DAY, HOUR, clock_at, day_number, school_clock
from leerid_core.store.tables import (
    HOURS,
    cohorts,
    enrolments,
    sign_in_applications,
    sign_in_days,
    sign_ins,
)

KEPT = (sign_in_days, sign_in_applications)
_NEW = Incoming(pupil_id=Integer(), clock=BigInteger(), application_id=Integer())
_EVER = select(
    sign_ins.c.pupil_id,
    school_clock("sign_ins.at").label("clock"),
    sign_ins.c.application_id,
).subquery("ever")


class SignInCounts:
    """The counts of every cohort; every method keeps them equal to a recount."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, events: Iterable[tuple[int, int, int]]) -> None:
        """Count events that were kept just now: pupil, moment in milliseconds, application."""
        dialect = self._connection.dialect
        rows = [(pupil, clock_at(moment), application) for pupil, moment, application in events]
        parameters = {**_NEW.parameters(dialect, rows), "times": 1}
        for kept in KEPT:
            statement = _adding(dialect.name, kept, _NEW.rows(dialect.name))
            self._connection.execute(statement, parameters)

    def add_enrolments(self, enrolment_ids: Collection[int]) -> None:
        """Count the sign-ins of pupils for enrolments that are there now."""
        self._count_enrolments(enrolment_ids, 1)

    def subtract_enrolments(self, enrolment_ids: Collection[int]) -> None:
        """Take out what enrolments count for, before they change or go."""
        self._count_enrolments(enrolment_ids, -1)
        for piece in chunks(enrolment_ids):
            self._forget_zeros(select(enrolments.c.cohort_id).where(enrolments.c.id.in_(piece)))

    def recount(self, school_number: str) -> int:
        """Do what `SignIns.recount` promises."""
        dialect, of_school = self._connection.dialect.name, {"school_number": school_number}
        wrong = sum(
            len(self._connection.execute(_righting(dialect, kept), of_school).all())
            for kept in KEPT
        )
        self._forget_zeros(select(cohorts.c.id).where(cohorts.c.school_number == school_number))
        return wrong

    def _forget_zeros(self, cohort_ids: Select[Any]) -> None:
        for kept in KEPT:
            nothing = and_(*(count == 0 for count in _counts(kept)))
            self._connection.execute(delete(kept).where(kept.c.cohort_id.in_(cohort_ids), nothing))

    def _count_enrolments(self, enrolment_ids: Collection[int], times: int) -> None:
        for kept in KEPT:
            statement = _adding(self._connection.dialect.name, kept, _EVER, of_enrolments=True)
            for piece in chunks(enrolment_ids):
                self._connection.execute(statement, {"enrolment_ids": piece, "times": times})


def counted(events: FromClause, *which: ColumnElement[bool]) -> CTE:
    """Return what each of `events` counts for: cohort, day, hour and application, a row a cohort.

    `events` has pupils, what the clock of the schools showed, and applications; `which` narrows the
    enrolments that they count for.
    """
    day = events.c.clock // DAY
    return (
        select(
            enrolments.c.cohort_id,
            day.label("day"),
            (events.c.clock // HOUR % 24).label("hour"),
            events.c.application_id,
        )
        .join_from(events, enrolments, enrolments.c.pupil_id == events.c.pupil_id)
        .where(
            day >= day_number(enrolments.c.begin_date),
            day <= day_number(enrolments.c.end_date),
            *which,
        )
        .cte("counted")
        # Materialized: else the hour is worked out anew for each of 24 columns.
        .prefix_with("MATERIALIZED")
    )


def _counts(kept: Table) -> list[Column[Any]]:
    return [column for column in kept.c if not column.primary_key]


def _rows(kept: Table, each: CTE) -> Select[Any]:
    """Return the rows that a table has for sign-ins that are `counted`."""
    keys = [each.c[key.name] for key in kept.primary_key]
    of_hour = [func.count().filter(each.c.hour == hour) for hour in range(len(HOURS))]
    counts = of_hour if kept is sign_in_days else [func.count()]
    named = zip(counts, _counts(kept), strict=True)
    return select(*keys, *(one.label(column.name) for one, column in named)).group_by(*keys)


@cache
def _adding(
    dialect: str, kept: Table, events: FromClause, *, of_enrolments: bool = False
) -> Insert:
    """Return the statement that adds what `events` count for, `times` times."""
    which = enrolments.c.id.in_(bindparam("enrolment_ids", expanding=True))
    new = _rows(kept, counted(events, *([which] if of_enrolments else []))).subquery("new")
    keys = [new.c[key.name] for key in kept.primary_key]
    times = [new.c[column.name] * bindparam("times") for column in _counts(kept)]
    return _added(dialect, kept, select(*keys, *times))


@cache
def _righting(dialect: str, kept: Table) -> ReturningInsert[tuple[int]]:
    """Return the statement that adds to the counts of a school what they are too low.

    It gives back a row for each that was.
    """
    of_school = select(cohorts.c.id).where(cohorts.c.school_number == bindparam("school_number"))
    names = [column.name for column in _counts(kept)]
    minus = select(*kept.primary_key, *((-kept.c[name]).label(name) for name in names)).where(
        kept.c.cohort_id.in_(of_school)
    )
    expected = _rows(kept, counted(_EVER, enrolments.c.cohort_id.in_(of_school)))
    both = union_all(expected, minus).subquery("both")
    keys = [both.c[key.name] for key in kept.primary_key]
    missing = [func.sum(both.c[name]) for name in names]
    differs = or_(*(one != 0 for one in missing))
    righted = _added(dialect, kept, select(*keys, *missing).group_by(*keys).having(differs))
    return righted.returning(kept.c.cohort_id)


def _added(dialect: str, kept: Table, rows: Select[Any]) -> Insert:
    insert: Any = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}[dialect]
    keys, names = [key.name for key in kept.primary_key], [one.name for one in _counts(kept)]
    # WHERE: without one SQLite takes ON CONFLICT for the condition of a join.
    statement = insert(kept).from_select([*keys, *names], rows.where(true()))
    totals = {name: kept.c[name] + statement.excluded[name] for name in names}
    added: Insert = statement.on_conflict_do_update(index_elements=keys, set_=totals)
    return added
