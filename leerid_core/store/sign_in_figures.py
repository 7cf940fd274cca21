"""Figures over sign-ins: one grouped query over their counts, never over history."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from functools import lru_cache, reduce
from operator import add
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Select,
    Subquery,
    Table,
    Text,
    bindparam,
    cast,
    exists,
    func,
    literal_column,
    select,
    type_coerce,
)

from leerid_core.rules.accounts import AccountType
from leerid_core.rules.enrolments import Level
from leerid_core.store.tables import (
    HOURS,
    applications,
    cohort_classes,
    cohorts,
    sign_in_applications,
    sign_in_days,
)


class CountBy(StrEnum):
    """What sign-ins can be counted by.

    WEEKDAY is 0 for Monday to 6 for Sunday; TYPE is the type that the enrolment gives; CLASSES are
    all (sub)klassen of a pupil, as one tuple. HOUR comes last, and not with APPLICATION: no count
    knows both.
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
    CLASSES = "school_classes"


@dataclass(frozen=True, slots=True)
class SignInQuery:
    """Which sign-ins: of these schools, from `first` to `last`, both counted; None is all.

    One of an `application` cannot be counted by HOUR.
    """

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
    by_hour = CountBy.HOUR in by
    by_application = CountBy.APPLICATION in by or query.application is not None
    if by_hour and by_application:
        raise ValueError("no count knows both the hour and the application")
    keys = by[:-1] if by_hour else by
    if CountBy.HOUR in keys:
        raise ValueError("the hour comes last")
    kept = sign_in_applications if by_application else sign_in_days
    given = _given(query)
    found = connection.execute(_counting(kept, tuple(by), frozenset(given)), given)
    rows = [(_read(keys, row), row[len(keys) :]) for row in found]
    rows.sort(key=lambda row: [(value is not None, value) for value in row[0]])
    if by_hour:
        return [
            (*values, hour, int(count))
            for values, counts in rows
            for hour, count in enumerate(counts)
            if count
        ]
    return [(*values, int(count or 0)) for values, (count,) in rows]


def _read(keys: Sequence[CountBy], row: Sequence[Any]) -> tuple[Any, ...]:
    """Return what a row begins with, as values of ours."""
    kinds = (_VALUES.get(one) for one in keys)
    return tuple(
        value if kind is None or value is None else kind(value)
        for kind, value in zip(kinds, row, strict=False)
    )


def _given(query: SignInQuery) -> dict[str, Any]:
    """Return what narrows the sign-ins, by the names of the parameters."""
    asked = {one.name: getattr(query, one.name) for one in fields(query)}
    narrowed = {name: value for name, value in asked.items() if value is not None}
    return narrowed | {"schools": sorted(query.schools)}


@lru_cache(maxsize=256)
def _counting(kept: Table, by: tuple[CountBy, ...], given: frozenset[str]) -> Select[Any]:
    """Return the statement: subtotals first, as fine as needed and no finer.

    That leaves few rows to look up, to join and to sort. Made once: it takes as long as the answer.
    """
    subtotals = _subtotals(kept, by, given)
    columns = [_column(one, subtotals) for one in by if one is not CountBy.HOUR]
    sums = [func.sum(one) for one in subtotals.c if one.name not in kept.primary_key.columns]
    statement = select(*columns, *sums).select_from(subtotals).group_by(*columns)
    if "cohort_id" in subtotals.c:
        statement = statement.join(cohorts, cohorts.c.id == subtotals.c.cohort_id)
    if CountBy.APPLICATION in by:
        application = applications.c.id == subtotals.c.application_id
        statement = statement.join(applications, application)
    return statement


def _subtotals(kept: Table, by: Sequence[CountBy], given: Collection[str]) -> Subquery:
    needed = {_FINER.get(one, "cohort_id") for one in by}
    keys = [key for key in kept.primary_key if key.name in needed]
    of_cohorts = [_OF_COHORTS[name] for name in sorted(_OF_COHORTS.keys() & given)]
    which = select(cohorts.c.id).where(*of_cohorts)
    return (
        select(*keys, *_sums(kept, by_hour=CountBy.HOUR in by))
        .where(kept.c.cohort_id.in_(which), *_of_counts(kept, given))
        .group_by(*keys)
        .subquery("subtotals")
    )


def _sums(kept: Table, *, by_hour: bool) -> list[ColumnElement[int]]:
    if kept is sign_in_applications:
        return [func.sum(kept.c["count"]).label("count")]
    if by_hour:
        return [func.sum(kept.c[hour]).label(hour) for hour in HOURS]
    return [func.sum(reduce(add, (kept.c[hour] for hour in HOURS))).label("count")]


def _of_counts(kept: Table, given: Collection[str]) -> Iterator[ColumnElement[bool]]:
    if "first" in given:
        yield kept.c.day >= bindparam("first")
    if "last" in given:
        yield kept.c.day <= bindparam("last")
    if kept is sign_in_applications:
        # One of these, though all are: so the days of each are found in the order of the key.
        named = select(applications.c.id)
        if "application" in given:
            named = named.where(applications.c.name == bindparam("application"))
        yield kept.c.application_id.in_(named)


def _column(by: CountBy, subtotals: Subquery) -> ColumnElement[Any]:
    if by is CountBy.WEEKDAY:
        # 1 January 1970 was a Thursday.
        monday = type_coerce(subtotals.c.day, Integer) + literal_column("3")
        return monday % literal_column("7")
    return _NAMED[by] if by in _NAMED else subtotals.c[_FINER[by]]


_OF_COHORTS = {
    "schools": cohorts.c.school_number.in_(bindparam("schools", expanding=True)),
    "account_type": cohorts.c.account_type == bindparam("account_type"),
    "level": cohorts.c.level == bindparam("level"),
    "group": cohorts.c.administrative_group == bindparam("group"),
    "school_class": exists().where(
        cohort_classes.c.cohort_id == cohorts.c.id,
        cohort_classes.c.name == bindparam("school_class"),
    ),
}
# What tells the counts of one cohort apart, the columns that other tables name, and how they read.
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
    CountBy.CLASSES: cast(cohorts.c.school_classes, Text),
}
_VALUES: dict[CountBy, Callable[[Any], Any]] = {
    CountBy.LEVEL: Level,
    CountBy.TYPE: AccountType,
    CountBy.CLASSES: lambda names: tuple(json.loads(names)),
}
