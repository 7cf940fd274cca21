"""Sign-ins counted as they arrive, so that figures cost what they show and not all of history.

A sign-in counts for the cohort of every enrolment of its pupil that runs on that day. What that
means is said once, by `counted`, for both tables with counts: sign-ins that arrive, enrolments that
change and a recount all go through it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from functools import cache
from typing import Any

from sqlalchemy import (
    CTE,
    BigInteger,
    Column,
    ColumnElement,
    Connection,
    CursorResult,
    Delete,
    Executable,
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
_CHANGING = Incoming(enrolment_id=Integer())
_OF_SCHOOL = select(cohorts.c.id).where(cohorts.c.school_number == bindparam("school_number"))
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
        rows = [(pupil, clock_at(moment), application) for pupil, moment, application in events]
        self._execute(_adding, {**_NEW.parameters(self._connection.dialect, rows), "times": 1})

    def add_enrolments(self, enrolment_ids: Collection[int]) -> None:
        """Count the sign-ins of pupils for enrolments that are there now."""
        if enrolment_ids:
            self._execute(_adding_of_enrolments, {**self._ids(enrolment_ids), "times": 1})

    def subtract_enrolments(self, enrolment_ids: Collection[int]) -> None:
        """Take out what enrolments count for, before they change or go."""
        if enrolment_ids:
            ids = self._ids(enrolment_ids)
            self._execute(_adding_of_enrolments, {**ids, "times": -1})
            self._execute(_forgetting_of_enrolments, ids)

    def recount(self, school_number: str) -> int:
        """Do what `SignIns.recount` promises."""
        of_school = {"school_number": school_number}
        wrong = sum(len(result.all()) for result in self._execute(_righting, of_school))
        self._execute(_forgetting_of_school, of_school)
        return wrong

    def _ids(self, enrolment_ids: Collection[int]) -> dict[str, Any]:
        return _CHANGING.parameters(self._connection.dialect, [(key,) for key in enrolment_ids])

    def _execute(
        self, statement: Callable[[str, Table], Executable], parameters: Mapping[str, Any]
    ) -> list[CursorResult[Any]]:
        """Do the same to each table with counts."""
        dialect = self._connection.dialect.name
        return [self._connection.execute(statement(dialect, kept), parameters) for kept in KEPT]


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
def _adding(dialect: str, kept: Table) -> Insert:
    """Return the statement that adds what new events count for."""
    return _added_times(dialect, kept, counted(_NEW.rows(dialect)))


@cache
def _adding_of_enrolments(dialect: str, kept: Table) -> Insert:
    """Return the statement that adds what some enrolments count for, `times` times."""
    changing = enrolments.c.id.in_(select(_CHANGING.rows(dialect).c.enrolment_id))
    return _added_times(dialect, kept, counted(_EVER, changing))


def _added_times(dialect: str, kept: Table, each: CTE) -> Insert:
    new = _rows(kept, each).subquery("new")
    keys = [new.c[key.name] for key in kept.primary_key]
    times = [new.c[column.name] * bindparam("times") for column in _counts(kept)]
    return _added(dialect, kept, select(*keys, *times))


@cache
def _forgetting_of_enrolments(dialect: str, kept: Table) -> Delete:
    """Return the statement that forgets what has become nothing, where some enrolments counted."""
    changing = select(_CHANGING.rows(dialect).c.enrolment_id)
    return _forgotten(kept, select(enrolments.c.cohort_id).where(enrolments.c.id.in_(changing)))


@cache
def _forgetting_of_school(_dialect: str, kept: Table) -> Delete:
    """Return the statement that forgets the counts of a school that are nothing."""
    return _forgotten(kept, _OF_SCHOOL)


def _forgotten(kept: Table, cohort_ids: Select[Any]) -> Delete:
    nothing = and_(*(count == 0 for count in _counts(kept)))
    return delete(kept).where(kept.c.cohort_id.in_(cohort_ids), nothing)


@cache
def _righting(dialect: str, kept: Table) -> ReturningInsert[tuple[int]]:
    """Return the statement that adds to the counts of a school what they are too low.

    It gives back a row for each that was.
    """
    names = [column.name for column in _counts(kept)]
    minus = select(*kept.primary_key, *((-kept.c[name]).label(name) for name in names)).where(
        kept.c.cohort_id.in_(_OF_SCHOOL)
    )
    expected = _rows(kept, counted(_EVER, enrolments.c.cohort_id.in_(_OF_SCHOOL)))
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
