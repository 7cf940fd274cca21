"""What statistics are asked for, and what that means today for who asks."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from leerid_core.errors import Refused
from leerid_core.rules.accounts import AccountType, PasswordKind
from leerid_core.rules.enrolments import Level
from leerid_core.rules.figures import LAST_DAYS, NEW_DAYS, SOON_DAYS
from leerid_core.rules.roles import Right, allows
from leerid_core.rules.school_time import SCHOOLS_LIVE_IN
from leerid_core.rules.school_years import SchoolYear
from leerid_core.services.actors import Actor, Administrator, authorise
from leerid_core.services.context import Context
from leerid_core.services.throttling import pupil_subject
from leerid_core.store import AsOf, Population, School, UnitOfWork

EARLIEST = date(2015, 9, 1)
"""No figure is about a day before this: its year was mistyped, or is still being typed."""


@dataclass(frozen=True, slots=True)
class UsageQuery:
    """What statistics are asked for.

    Without `school_numbers`, every school where the actor may read. Without `first`, from the
    begin of the school year of `last`; without `last`, or with one that is still to come, to
    today. The other fields narrow to part of the pupils; `account_type` is the type that goes
    with the enrolment, so that a pupil without account has one too.
    """

    school_numbers: tuple[str, ...] | None = None
    first: date | None = None
    last: date | None = None
    account_type: AccountType | None = None
    group: str | None = None
    school_class: str | None = None
    level: Level | None = None
    password_kind: PasswordKind | None = None
    new_days: int = NEW_DAYS

    @property
    def population(self) -> Population:
        """The part of the pupils that it is about."""
        return Population(
            self.account_type, self.group, self.school_class, self.level, self.password_kind
        )


def schools_asked(uow: UnitOfWork, actor: Actor, query: UsageQuery) -> tuple[School, ...]:
    """Return the schools of a query, by number.

    Raises `NotAllowed` for who may not read in one of them or in none at all, and
    `Refused("classes_not_shared")` for a filter on (sub)klas where they are not shared.
    """
    numbers = _readable(uow, actor) if query.school_numbers is None else query.school_numbers
    schools = tuple(authorise(uow, actor, number, Right.READ) for number in sorted(set(numbers)))
    if not schools:
        raise Refused("usage_no_school")
    if query.school_class is not None and not all(school.shares_classes for school in schools):
        raise Refused("classes_not_shared")
    return schools


def filled_in(context: Context, query: UsageQuery, schools: Collection[School]) -> UsageQuery:
    """Return the query with its schools and its period, from `EARLIEST` to today at the longest.

    Raises `Refused("usage_period")` for a period that ends before it begins, or begins after
    today.
    """
    today = context.today()
    last = min(query.last or today, today)
    first = query.first or SchoolYear.of(last).begin
    if first > last:
        raise Refused("usage_period")
    first = max(first, min(EARLIEST, last))
    numbers = tuple(school.number for school in schools)
    return replace(query, school_numbers=numbers, first=first, last=last)


def as_of(context: Context, uow: UnitOfWork, query: UsageQuery) -> AsOf:
    """Return the moments that the figures of a query, once filled in, compare with."""
    today, now = context.today(), context.clock()
    first, last = period(query)
    return AsOf(
        first=first,
        day=last,
        today=today,
        now=now,
        last_since=tuple(start_of(today - timedelta(days=days)) for days in LAST_DAYS),
        new_since=start_of(today - timedelta(days=query.new_days - 1)),
        soon=start_of(today + timedelta(days=SOON_DAYS + 1)),
        soon_day=today + timedelta(days=SOON_DAYS),
        throttled=_throttled(context, uow, query),
    )


def period(query: UsageQuery) -> tuple[date, date]:
    """Return the first and the last day of a query that is filled in."""
    if query.first is None or query.last is None:
        raise ValueError(query)
    return query.first, query.last


def start_of(day: date) -> datetime:
    """Return the moment at which a day begins in the schools."""
    return datetime.combine(day, time(), SCHOOLS_LIVE_IN)


def _readable(uow: UnitOfWork, actor: Actor) -> list[str]:
    if not isinstance(actor, Administrator):
        return [school.number for school in uow.schools.all()]
    roles = uow.administrators.roles_by_school(actor.administrator_id)
    return [number for number, own in roles.items() if allows(own, Right.READ)]


def _throttled(context: Context, uow: UnitOfWork, query: UsageQuery) -> frozenset[int]:
    blocked = uow.sign_in_failures.blocked(context.clock())
    if not blocked:
        return frozenset()
    years = map(SchoolYear.of, period(query))
    holders = uow.statistics.usernames(query.school_numbers or (), *years)
    return frozenset(
        pupil_id
        for username, pupil_id in holders.items()
        if context.keys.subject(pupil_subject(username)) in blocked
    )
