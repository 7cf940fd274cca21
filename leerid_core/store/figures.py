"""The figures over pupils, each one condition in SQL: the same one counts and lists its pupils."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    and_,
    exists,
    not_,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import GenericFunction

from leerid_core.rules.accounts import AccountType, PasswordKind
from leerid_core.rules.enrolments import Level
from leerid_core.rules.figures import Figure
from leerid_core.store.many import among
from leerid_core.store.tables import (
    accounts,
    batch_members,
    batches,
    enrolment_classes,
    enrolments,
)


@dataclass(frozen=True, slots=True)
class Population:
    """Which part of the enrolments figures are about; None does not narrow.

    `account_type` is the type that goes with the enrolment: a pupil without account has one too.
    """

    account_type: AccountType | None = None
    group: str | None = None
    school_class: str | None = None
    level: Level | None = None
    password_kind: PasswordKind | None = None


@dataclass(frozen=True, slots=True)
class AsOf:
    """The period of figures, and the moments that they compare with.

    The period is from `first` to `day`, not after `today`. `last_since` are where the buckets of
    the last sign-in begin, newest first. An account of `new_since` or later is too new to say
    "nooit"; what ends before `soon`, at the latest on `soon_day`, ends soon. `throttled` are
    the pupils who have to wait at `now`.
    """

    first: date
    day: date
    today: date
    now: datetime
    last_since: tuple[datetime, ...]
    new_since: datetime
    soon: datetime
    soon_day: date
    throttled: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Behind:
    """The pupils behind one figure."""

    figure: Figure
    population: Population
    as_of: AsOf


def behind_conditions(behind: Behind) -> Iterator[ColumnElement[bool]]:
    """Return what makes an enrolment, with its account if there is one, one behind a figure."""
    yield in_period(behind.as_of)
    yield from population_conditions(behind.population)
    yield figure_conditions(behind.as_of)[behind.figure]


def population_conditions(population: Population) -> Iterator[ColumnElement[bool]]:
    """Return what an enrolment and its account must be to belong to a population."""
    if population.account_type is not None:
        yield enrolments.c.account_type == population.account_type
    if population.group is not None:
        yield enrolments.c.administrative_group == population.group
    if population.school_class is not None:
        of_class = (
            enrolment_classes.c.enrolment_id == enrolments.c.id,
            enrolment_classes.c.name == population.school_class,
        )
        yield exists().where(*of_class).correlate(enrolments)
    if population.level is not None:
        yield enrolments.c.level == population.level
    if population.password_kind is not None:
        yield accounts.c.password_kind == population.password_kind


def figure_conditions(as_of: AsOf) -> dict[Figure, ColumnElement[bool]]:
    """Return the condition of each figure (rules/figures.py says the same in Dutch)."""
    enrolled = and_(enrolments.c.begin_date <= as_of.day, enrolments.c.end_date >= as_of.day)
    holder = and_(enrolled, accounts.c.pupil_id.is_not(None))
    last = accounts.c.last_sign_in
    unused = and_(holder, last.is_(None))
    temporary = and_(holder, accounts.c.password_kind == PasswordKind.TEMPORARY)
    expires = accounts.c.password_expires_at
    today, week, month, quarter = as_of.last_since
    return {
        Figure.ENROLLED: enrolled,
        Figure.WITH_ACCOUNT: holder,
        Figure.WITHOUT_ACCOUNT: and_(enrolled, accounts.c.pupil_id.is_(None)),
        Figure.HANDED_OUT: and_(holder, _handed_out()),
        Figure.SIGNED_IN: and_(holder, last.is_not(None)),
        Figure.WITHIN_7_DAYS: and_(holder, last >= week),
        Figure.WITHIN_30_DAYS: and_(holder, last >= month),
        Figure.NEVER_SIGNED_IN: and_(unused, accounts.c.created_at < as_of.new_since),
        Figure.TOO_NEW: and_(unused, accounts.c.created_at >= as_of.new_since),
        Figure.LAST_TODAY: and_(holder, last >= today),
        Figure.LAST_7_DAYS: and_(holder, last >= week, last < today),
        Figure.LAST_30_DAYS: and_(holder, last >= month, last < week),
        Figure.LAST_90_DAYS: and_(holder, last >= quarter, last < month),
        Figure.LAST_LONGER: and_(holder, last < quarter),
        Figure.ON_TEMPORARY: temporary,
        Figure.TEMPORARY_EXPIRING: and_(temporary, expires > as_of.now, expires < as_of.soon),
        Figure.TEMPORARY_EXPIRED: and_(temporary, expires <= as_of.now),
        Figure.THROTTLED: and_(holder, among(accounts.c.pupil_id, as_of.throttled)),
        Figure.ABOUT_TO_END: and_(holder, _runs_on(as_of.today), _ends_by(as_of)),
        Figure.INACTIVE: and_(accounts.c.pupil_id.is_not(None), not_(_runs_from(as_of.today))),
    }


class _DayAfter(GenericFunction[date]):
    """The day after a day, which each database counts in its own way."""

    type = Date()
    name = "day_after"
    inherit_cache = True


@compiles(_DayAfter, "sqlite")
def _sqlite_day_after(element: _DayAfter, compiler: Any, **options: Any) -> str:
    return f"date({compiler.process(element.clauses, **options)}, '+1 day')"


@compiles(_DayAfter, "postgresql")
def _postgresql_day_after(element: _DayAfter, compiler: Any, **options: Any) -> str:
    return f"({compiler.process(element.clauses, **options)} + 1)"


_other = enrolments.alias("other")
_next = enrolments.alias("next")
_OWN = and_(_other.c.pupil_id == enrolments.c.pupil_id, _other.c.begin_date <= _other.c.end_date)


def in_period(as_of: AsOf) -> ColumnElement[bool]:
    """Return what makes an enrolment run on some day of the period."""
    return and_(
        enrolments.c.begin_date <= enrolments.c.end_date,
        enrolments.c.begin_date <= as_of.day,
        enrolments.c.end_date >= as_of.first,
    )


def _handed_out() -> ColumnElement[bool]:
    return (
        exists()
        .where(
            batch_members.c.pupil_id == enrolments.c.pupil_id,
            batches.c.number == batch_members.c.batch,
            batches.c.school_number == enrolments.c.school_number,
            batches.c.undone_at.is_(None),
        )
        .correlate(enrolments)
    )


def _runs_on(day: date) -> ColumnElement[bool]:
    """In whatever school, as `rules.accounts.account_status` has it."""
    return (
        exists()
        .where(_OWN, _other.c.begin_date <= day, _other.c.end_date >= day)
        .correlate(enrolments)
    )


def _runs_from(day: date) -> ColumnElement[bool]:
    return exists().where(_OWN, _other.c.end_date >= day).correlate(enrolments)


def _ends_by(as_of: AsOf) -> ColumnElement[bool]:
    """One of the pupil's enrolments ends by `soon_day`, and none runs the day after."""
    after = _DayAfter(_other.c.end_date)
    follows = exists().where(
        _next.c.pupil_id == _other.c.pupil_id,
        _next.c.begin_date <= after,
        _next.c.end_date >= after,
    )
    return (
        exists()
        .where(
            _OWN,
            _other.c.end_date >= as_of.today,
            _other.c.end_date <= as_of.soon_day,
            not_(follows.correlate(_other)),
        )
        .correlate(enrolments)
    )
