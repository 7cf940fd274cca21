"""The list of enrolled pupils: filtered, sorted and paged in the database."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, exists, false, func, select, tuple_

from leerid_core.rules.accounts import AccountType, PasswordKind
from leerid_core.rules.folding import search_key
from leerid_core.rules.school_years import SchoolYear
from leerid_core.store.figures import Behind, behind_conditions
from leerid_core.store.indexing import not_by_index
from leerid_core.store.many import among
from leerid_core.store.tables import (
    accounts,
    cohort_classes,
    cohorts,
    enrolment_classes,
    enrolments,
)

NO_ACCOUNT = "none"
FEW = 10_000


class SortBy(StrEnum):
    """The columns that the list can be sorted by."""

    STAMNUMMER = "stamnummer"
    FIRST_NAME = "first_name"
    LAST_NAME = "last_name"
    GROUP = "administrative_group"
    SCHOOL_CLASS = "school_class"
    ACCOUNT_TYPE = "account_type"


@dataclass(frozen=True, slots=True)
class PupilQuery:
    """Which pupils of one school year: the manual's filter ("Filter leerlingenlijst").

    `search` finds each of its words in stamnummer, voornaam or naam, whatever their order and
    diacritics. `account_type` is that of the account, or `NO_ACCOUNT`. `pupil_ids` and
    `stamnummers` narrow to a selection, `behind` to the pupils behind a figure of the statistics.
    """

    search: str = ""
    account_type: AccountType | str | None = None
    group: str | None = None
    school_class: str | None = None
    stamnummers: frozenset[str] | None = None
    pupil_ids: frozenset[int] | None = None
    behind: Behind | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """Which part of the list, in which order; without `limit`, all from `offset` on."""

    sort: SortBy = SortBy.LAST_NAME
    descending: bool = False
    offset: int = 0
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class ListedPupil:
    """One row of the list: the enrolment, and the account if there is one.

    `enrolled_type` is the type that an account of this pupil should have; `account_type` the one
    that it has.
    """

    pupil_id: int
    stamnummer: str | None
    first_name: str
    last_name: str
    administrative_group: str
    school_classes: tuple[str, ...]
    begin_date: date
    end_date: date
    enrolled_type: AccountType | None
    account_type: AccountType | None = None
    username: str | None = None
    password_kind: PasswordKind | None = None
    created_at: datetime | None = None
    last_sign_in: datetime | None = None


class Listing:
    """The pupils of a school in a school year."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def count(self, school_number: str, year: SchoolYear, query: PupilQuery) -> int:
        """Return how many pupils the query has."""
        chosen = _chosen(select(func.count()), school_number, year, query)
        return self._connection.scalar(chosen) or 0

    def counted_page(
        self,
        school_number: str,
        year: SchoolYear,
        query: PupilQuery,
        page: Page | None = None,
    ) -> tuple[int, list[ListedPupil]]:
        """Return how many pupils the query has, and one page of them.

        A search reads every name of the school once: when it finds few, the page is made of those;
        when it finds many, the others are only counted, and a page by name is soon full.
        """
        if not query.search:
            count = self.count(school_number, year, query)
            return count, self.page(school_number, year, query, page)
        searched = (enrolments.c.folded, enrolments.c.pupil_id)
        found = self._connection.execute(
            _chosen(select(*searched), school_number, year, query).order_by(*searched).limit(FEW)
        ).all()
        if len(found) < FEW:
            few = PupilQuery(pupil_ids=frozenset(row.pupil_id for row in found))
            return len(found), self.page(school_number, year, few, page)
        others = _chosen(select(func.count()), school_number, year, query).where(
            tuple_(*searched) > tuple_(*found[-1])
        )
        count = FEW + (self._connection.scalar(others) or 0)
        return count, self.page(school_number, year, query, page)

    def page(
        self,
        school_number: str,
        year: SchoolYear,
        query: PupilQuery,
        page: Page | None = None,
    ) -> list[ListedPupil]:
        """Return one page of the pupils of the query; without `page`, all by name."""
        page = page or Page()
        order = _order(page)
        joined = page.sort is SortBy.ACCOUNT_TYPE
        chosen = _chosen(select(enrolments.c.id), school_number, year, query, joined=joined)
        # First which rows, then what is in them and in the accounts: not for all that there are.
        part = chosen.order_by(*order).offset(page.offset).limit(page.limit)
        rows: Select[Any] = (
            select(*_COLUMNS)
            .select_from(_WITH_ACCOUNTS)
            .where(enrolments.c.id.in_(part.subquery().select()))
            .order_by(*order)
        )
        return [_listed(row) for row in self._connection.execute(rows)]

    def ids(self, school_number: str, year: SchoolYear, query: PupilQuery) -> list[int]:
        """Return the pupils of the query by their ids alone."""
        chosen = _chosen(select(enrolments.c.pupil_id), school_number, year, query)
        return list(self._connection.scalars(chosen))

    def groups(self, school_number: str, year: SchoolYear) -> list[str]:
        """Return the administrative groups of a school year."""
        column = cohorts.c.administrative_group
        chosen = select(column).where(*_in_use(school_number, year))
        return list(self._connection.scalars(chosen.distinct().order_by(column)))

    def groups_without_type(self, school_number: str, year: SchoolYear) -> dict[str, int]:
        """Return the administrative groups with pupils whose type is not settled, and how many."""
        column = enrolments.c.administrative_group
        counted = select(column, func.count().label("pupils"))
        rows = self._connection.execute(
            _chosen(counted, school_number, year, PupilQuery())
            .where(enrolments.c.account_type.is_(None))
            .group_by(column)
            .order_by(column)
        )
        return {row.administrative_group: row.pupils for row in rows}

    def school_classes(self, school_number: str, year: SchoolYear) -> list[str]:
        """Return the (sub)klassen of a school year."""
        column = cohort_classes.c.name
        chosen = (
            select(column)
            .join(cohorts, cohorts.c.id == cohort_classes.c.cohort_id)
            .where(*_in_use(school_number, year))
        )
        return list(self._connection.scalars(chosen.distinct().order_by(column)))


_WITH_ACCOUNTS = enrolments.outerjoin(accounts, accounts.c.pupil_id == enrolments.c.pupil_id)
_COLUMNS = (
    enrolments.c.pupil_id,
    enrolments.c.stamnummer,
    enrolments.c.first_name,
    enrolments.c.last_name,
    enrolments.c.administrative_group,
    enrolments.c.school_classes,
    enrolments.c.begin_date,
    enrolments.c.end_date,
    enrolments.c.account_type.label("enrolled_type"),
    accounts.c.account_type,
    accounts.c.username,
    accounts.c.password_kind,
    accounts.c.created_at,
    accounts.c.last_sign_in,
)

_FIRST_CLASS = (
    select(func.min(enrolment_classes.c.name))
    .where(enrolment_classes.c.enrolment_id == enrolments.c.id)
    .correlate(enrolments)
    .scalar_subquery()
)
_BY_NAME = (enrolments.c.folded_last_name, enrolments.c.folded_first_name, enrolments.c.id)
_SORT_COLUMNS: dict[SortBy, ColumnElement[Any]] = {
    SortBy.STAMNUMMER: enrolments.c.stamnummer,
    SortBy.FIRST_NAME: enrolments.c.folded_first_name,
    SortBy.LAST_NAME: enrolments.c.folded_last_name,
    SortBy.GROUP: enrolments.c.administrative_group,
    SortBy.SCHOOL_CLASS: func.coalesce(_FIRST_CLASS, ""),
    SortBy.ACCOUNT_TYPE: func.coalesce(accounts.c.account_type, ""),
}


def _order(page: Page) -> tuple[ColumnElement[Any], ...]:
    first = _SORT_COLUMNS[page.sort]
    ordered = first.desc() if page.descending else first.asc()
    if page.sort is SortBy.STAMNUMMER:
        # As SQLite does, and so by its index; PostgreSQL would do the opposite.
        ordered = ordered.nulls_last() if page.descending else ordered.nulls_first()
    return (ordered, *_BY_NAME)


def _chosen(
    statement: Select[Any],
    school_number: str,
    year: SchoolYear,
    query: PupilQuery,
    *,
    joined: bool = False,
) -> Select[Any]:
    """Return `statement` for the pupils of the query, with their accounts only where it asks."""
    joined = joined or query.account_type is not None or query.behind is not None
    return (
        statement.select_from(_WITH_ACCOUNTS if joined else enrolments)
        .where(*_of_school(school_number, year, query))
        .where(*_conditions(query))
    )


def _of_school(
    school_number: str, year: SchoolYear, query: PupilQuery
) -> Iterator[ColumnElement[bool]]:
    number, start = enrolments.c.school_number, enrolments.c.school_year
    within = cohorts.c.school_number == school_number, cohorts.c.school_year == year.start
    found: list[ColumnElement[bool]] = []
    if query.pupil_ids is not None:
        found.append(among(enrolments.c.pupil_id, query.pupil_ids))
    if query.group is not None:
        of_group = select(cohorts.c.id).where(
            *within, cohorts.c.administrative_group == query.group
        )
        found.append(enrolments.c.cohort_id.in_(of_group))
    if query.school_class is not None:
        of_class = (
            select(cohorts.c.id)
            .join(cohort_classes)
            .where(*within, cohort_classes.c.name == query.school_class)
        )
        found.append(enrolments.c.cohort_id.in_(of_class))
    yield from found
    yield (not_by_index(number) if found else number) == school_number
    yield (not_by_index(start) if found else start) == year.start


def _in_use(school_number: str, year: SchoolYear) -> Iterator[ColumnElement[bool]]:
    """Return the conditions of the cohorts in which somebody is enrolled."""
    yield cohorts.c.school_number == school_number
    yield cohorts.c.school_year == year.start
    yield exists().where(enrolments.c.cohort_id == cohorts.c.id)


def _conditions(query: PupilQuery) -> Iterator[ColumnElement[bool]]:
    words = search_key(query.search).split()
    if query.search.strip() and not words:
        yield false()  # only signs, which nobody's name has: that must not select everybody
    for word in words:
        yield enrolments.c.folded.contains(word, autoescape=True)
    if query.account_type == NO_ACCOUNT:
        yield accounts.c.pupil_id.is_(None)
    elif query.account_type is not None:
        yield accounts.c.account_type == query.account_type
    if query.stamnummers is not None:
        yield among(enrolments.c.stamnummer, query.stamnummers)
    if query.behind is not None:
        yield from behind_conditions(query.behind)


def _listed(row: Row[Any]) -> ListedPupil:
    return ListedPupil(
        pupil_id=row.pupil_id,
        stamnummer=row.stamnummer,
        first_name=row.first_name,
        last_name=row.last_name,
        administrative_group=row.administrative_group,
        school_classes=tuple(row.school_classes),
        begin_date=row.begin_date,
        end_date=row.end_date,
        enrolled_type=AccountType(row.enrolled_type) if row.enrolled_type else None,
        account_type=AccountType(row.account_type) if row.account_type else None,
        username=row.username,
        password_kind=PasswordKind(row.password_kind) if row.password_kind else None,
        created_at=row.created_at,
        last_sign_in=row.last_sign_in,
    )
