"""Sign-ins counted as they arrive, so that figures cost what they show and not all of history.

A sign-in counts for the cohort of every enrolment of its pupil that runs on that day. What that
means is said once, by `counted`: sign-ins that arrive, enrolments that change and a recount all
go through it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Insert,
    Select,
    bindparam,
    delete,
    func,
    select,
    true,
    union_all,
)
from sqlalchemy.dialects import postgresql, sqlite

from leerid_core.store.chunks import chunks
from leerid_core.store.school_hours import DAY, HOUR, day_number, school_clock
from leerid_core.store.tables import cohorts, enrolments, sign_in_counts, sign_ins

KEY = ("cohort_id", "day", "hour", "application_id")


class SignInCounts:
    """The counts of every cohort; every method keeps them equal to a recount."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, events: FromClause, parameters: Mapping[str, Any]) -> None:
        """Count events that were kept just now; `parameters` fill them."""
        statement = _adding(self._connection.dialect.name, events)
        self._connection.execute(statement, {**parameters, "times": 1})

    def add_enrolments(self, enrolment_ids: Collection[int]) -> None:
        """Count the sign-ins of pupils for enrolments that are there now."""
        self._count_enrolments(enrolment_ids, 1)

    def subtract_enrolments(self, enrolment_ids: Collection[int]) -> None:
        """Take out what enrolments count for, before they change or go."""
        self._count_enrolments(enrolment_ids, -1)
        for piece in chunks(enrolment_ids):
            left = select(enrolments.c.cohort_id).where(enrolments.c.id.in_(piece))
            self._forget_zeros(sign_in_counts.c.cohort_id.in_(left))

    def recount(self, school_number: str) -> int:
        """Do what `SignIns.recount` promises."""
        of_school = select(cohorts.c.id).where(cohorts.c.school_number == school_number)
        statement = _righting(self._connection.dialect.name)
        wrong = self._connection.execute(statement, {"school_number": school_number})
        self._forget_zeros(sign_in_counts.c.cohort_id.in_(of_school))
        return wrong.rowcount

    def _forget_zeros(self, which: ColumnElement[bool]) -> None:
        self._connection.execute(delete(sign_in_counts).where(which, sign_in_counts.c.count == 0))

    def _count_enrolments(self, enrolment_ids: Collection[int], times: int) -> None:
        statement = _adding(self._connection.dialect.name, sign_ins, of_enrolments=True)
        for piece in chunks(enrolment_ids):
            self._connection.execute(statement, {"enrolment_ids": piece, "times": times})


def counted(events: FromClause, *which: ColumnElement[bool]) -> Select[Any]:
    """Return how many of `events` there are per cohort, day, hour and application.

    `events` has the columns of `sign_ins`; `which` narrows the enrolments that they count for.
    """
    local = select(
        events.c.pupil_id,
        events.c.application_id,
        school_clock(f"{events.description}.at").label("clock"),
    ).subquery("local")
    day = local.c.clock // DAY
    each = (
        select(
            enrolments.c.cohort_id,
            day.label("day"),
            (local.c.clock // HOUR % 24).label("hour"),
            local.c.application_id,
        )
        .join_from(local, enrolments, enrolments.c.pupil_id == local.c.pupil_id)
        .where(
            day >= day_number(enrolments.c.begin_date),
            day <= day_number(enrolments.c.end_date),
            *which,
        )
        .subquery("each_sign_in")
    )
    keys = [each.c[name] for name in KEY]
    return select(*keys, func.count().label("count")).group_by(*keys)


@cache
def _adding(dialect: str, events: FromClause, *, of_enrolments: bool = False) -> Insert:
    """Return the statement that adds what `events` count for, `times` times."""
    which = enrolments.c.id.in_(bindparam("enrolment_ids", expanding=True))
    new = counted(events, *([which] if of_enrolments else [])).subquery("new")
    times = new.c["count"] * bindparam("times")
    return _added(dialect, select(*(new.c[name] for name in KEY), times))


@cache
def _righting(dialect: str) -> Insert:
    """Return the statement that adds to the counts of a school what they are too low."""
    of_school = select(cohorts.c.id).where(cohorts.c.school_number == bindparam("school_number"))
    counts = sign_in_counts.c
    kept = select(*(counts[name] for name in KEY), (-counts.count).label("count")).where(
        counts.cohort_id.in_(of_school)
    )
    expected = counted(sign_ins, enrolments.c.cohort_id.in_(of_school))
    both = union_all(expected, kept).subquery("both")
    keys = [both.c[name] for name in KEY]
    missing = func.sum(both.c["count"])
    return _added(dialect, select(*keys, missing).group_by(*keys).having(missing != 0))


def _added(dialect: str, rows: Select[Any]) -> Insert:
    insert: Any = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}[dialect]
    # WHERE: without one SQLite takes ON CONFLICT for the condition of a join.
    statement = insert(sign_in_counts).from_select([*KEY, "count"], rows.where(true()))
    total = sign_in_counts.c.count + statement.excluded["count"]
    added: Insert = statement.on_conflict_do_update(index_elements=KEY, set_={"count": total})
    return added.execution_options(preserve_rowcount=True)
