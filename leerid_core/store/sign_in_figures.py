"""Figures over sign-ins: one grouped query over their counts, never over history."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Select,
    Subquery,
    exists,
    func,
    literal_column,
    select,
    type_coerce,
)

from leerid_core.rules.accounts import AccountType
from leerid_core.rules.enrolments import Level
from leerid_core.store.tables import applications, cohort_classes, cohorts, sign_in_counts


class CountBy(StrEnum):
    """What sign-ins can be counted by.

    WEEKDAY is 0 for Monday to 6 for Sunday; TYPE is the type that the enrolment gives. By CLASS a
    pupil of two (sub)klassen counts in both, one without any under None.
    """

    DAY = "day"
    HOUR = "hour"
    WEEKDAY = "weekday"
    APPLICATION = "application"
    SCHOOL = "school_number"
    SCHOOL_YEAR = "school_year"
    GROUP = "administrative_group"
    LEVEL = "level"
    TYPE = "account_type"
    CLASS = "school_class"


@dataclass(frozen=True, slots=True)
class SignInQuery:
    """Which sign-ins: of these schools, from `first` to `last`, both counted; None is all."""

    schools: Collection[str]
    first: date | None = None
    last: date | None = None
    account_type: AccountType | None = None
    level: Level | None = None
    group: str | None = None
    school_class: str | None = None
    application: str | None = None


def count_sign_ins(
    connection: Connection, by: Sequence[CountBy], query: SignInQuery
) -> list[tuple[Any, ...]]:
    """Return what `SignIns.counts` promises."""
    rows = connection.execute(_counting(by, query))
    found = [
        (*(_value(one, value) for one, value in zip(by, row, strict=False)), int(row[-1] or 0))
        for row in rows
    ]
    return sorted(found, key=lambda row: [(value is not None, value) for value in row[:-1]])


def _counting(by: Sequence[CountBy], query: SignInQuery) -> Select[Any]:
    """Return the statement: subtotals per cohort first, in the order in which counts are kept.

    That leaves far fewer rows to look up, to join and to sort.
    """
    subtotals = _subtotals(by, query)
    columns = [_column(one, subtotals) for one in by]
    statement = (
        select(*columns, func.sum(subtotals.c["count"]))
        .join_from(subtotals, cohorts, cohorts.c.id == subtotals.c.cohort_id)
        .group_by(*columns)
    )
    if CountBy.APPLICATION in by:
        application = applications.c.id == subtotals.c.application_id
        statement = statement.join(applications, application)
    if CountBy.CLASS in by:
        of_cohort = cohort_classes.c.cohort_id == subtotals.c.cohort_id
        statement = statement.outerjoin(cohort_classes, of_cohort)
    return statement


def _subtotals(by: Sequence[CountBy], query: SignInQuery) -> Subquery:
    needed = {_FINER[one] for one in by if one in _FINER}
    names = ["cohort_id", *(name for name in ("day", "hour", "application_id") if name in needed)]
    kept = [sign_in_counts.c[name] for name in names]
    which = select(cohorts.c.id).where(*_of_cohorts(query))
    return (
        select(*kept, func.sum(sign_in_counts.c.count).label("count"))
        .where(sign_in_counts.c.cohort_id.in_(which), *_of_counts(query))
        .group_by(*kept)
        .subquery("subtotals")
    )


def _of_cohorts(query: SignInQuery) -> Iterator[ColumnElement[bool]]:
    yield cohorts.c.school_number.in_(sorted(query.schools))
    if query.account_type is not None:
        yield cohorts.c.account_type == query.account_type
    if query.level is not None:
        yield cohorts.c.level == query.level
    if query.group is not None:
        yield cohorts.c.administrative_group == query.group
    if query.school_class is not None:
        yield exists().where(
            cohort_classes.c.cohort_id == cohorts.c.id, cohort_classes.c.name == query.school_class
        )


def _of_counts(query: SignInQuery) -> Iterator[ColumnElement[bool]]:
    if query.first is not None:
        yield sign_in_counts.c.day >= query.first
    if query.last is not None:
        yield sign_in_counts.c.day <= query.last
    if query.application is not None:
        named = select(applications.c.id).where(applications.c.name == query.application)
        yield sign_in_counts.c.application_id == named.scalar_subquery()


def _value(by: CountBy, value: Any) -> Any:
    kind = {CountBy.LEVEL: Level, CountBy.TYPE: AccountType}.get(by)
    return value if kind is None or value is None else kind(value)


def _column(by: CountBy, subtotals: Subquery) -> ColumnElement[Any]:
    if by is CountBy.WEEKDAY:
        # 1 January 1970 was a Thursday.
        monday = type_coerce(subtotals.c.day, Integer) + literal_column("3")
        return monday % literal_column("7")
    return _NAMED[by] if by in _NAMED else subtotals.c[_FINER[by]]


# What tells the counts of one cohort apart, and the columns that other tables name.
_FINER = {
    CountBy.DAY: "day",
    CountBy.WEEKDAY: "day",
    CountBy.HOUR: "hour",
    CountBy.APPLICATION: "application_id",
}
_NAMED: dict[CountBy, ColumnElement[Any]] = {
    CountBy.APPLICATION: applications.c.name,
    CountBy.SCHOOL: cohorts.c.school_number,
    CountBy.SCHOOL_YEAR: cohorts.c.school_year,
    CountBy.GROUP: cohorts.c.administrative_group,
    CountBy.LEVEL: cohorts.c.level,
    CountBy.TYPE: cohorts.c.account_type,
    CountBy.CLASS: cohort_classes.c.name,
}
