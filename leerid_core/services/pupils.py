"""The list of enrolled pupils, as LeerID-beheer shows it (manual, chapter 2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from leerid_core.errors import Refused
from leerid_core.rules.accounts import AccountStatus, account_status
from leerid_core.rules.roles import Right
from leerid_core.rules.school_years import SchoolYear
from leerid_core.services.actors import Actor, authorise
from leerid_core.services.context import Context
from leerid_core.store import ListedPupil, Page, PupilQuery, School, UnitOfWork


@dataclass(frozen=True, slots=True)
class Pupil:
    """A pupil in the list, with the status of the account; None without an account.

    `enrolment_over` tells that the enrolment at this school has ended.
    """

    listed: ListedPupil
    account_status: AccountStatus | None
    enrolment_over: bool


@dataclass(frozen=True, slots=True)
class PupilPage:
    """One page of the list, and how many pupils the filter has in all."""

    total: int
    pupils: tuple[Pupil, ...]


def list_pupils(
    context: Context,
    actor: Actor,
    school_number: str,
    query: PupilQuery,
    page: Page | None = None,
    *,
    year: SchoolYear | None = None,
) -> PupilPage:
    """Return a page of the pupils of a school year; without `year`, the active one.

    Raises `NotAllowed` for who may not read there, and `Refused("classes_not_shared")` for a
    filter on (sub)klas where the school does not share class information.
    """
    today = context.today()
    year = year or SchoolYear.of(today)
    with context.database.read() as uow:
        school = authorise(uow, actor, school_number, Right.READ)
        check_query(school, query)
        total, rows = uow.listing.counted_page(school_number, year, query, page)
        return PupilPage(total, tuple(with_status(uow, school, rows, today)))


def check_query(school: School, query: PupilQuery) -> None:
    """Refuse a filter on (sub)klas at a school that does not share class information."""
    behind = query.behind.population.school_class if query.behind else None
    if (query.school_class or behind) is not None and not school.shares_classes:
        raise Refused("classes_not_shared")


def with_status(
    uow: UnitOfWork, school: School, rows: Sequence[ListedPupil], today: date
) -> list[Pupil]:
    """Return `rows` with the status of their accounts, and without classes that are not shared."""
    holders = [row.pupil_id for row in rows if row.username is not None]
    periods = uow.enrolments.periods(holders)
    return [
        Pupil(
            row if school.shares_classes else replace(row, school_classes=()),
            account_status(periods[row.pupil_id], today) if row.username is not None else None,
            row.end_date < max(today, row.begin_date),
        )
        for row in rows
    ]
