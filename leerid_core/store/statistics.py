"""What the statistics count: over enrolments and accounts, batches, and the counts of sign-ins."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Text,
    case,
    cast,
    func,
    select,
)

from leerid_core.rules.accounts import AccountType, PasswordKind
from leerid_core.rules.enrolments import Level
from leerid_core.rules.figures import Figure
from leerid_core.rules.school_years import SchoolYear
from leerid_core.store.figures import (
    AsOf,
    Population,
    figure_conditions,
    in_period,
    population_conditions,
)
from leerid_core.store.tables import (
    accounts,
    batch_members,
    batches,
    enrolments,
)


@dataclass(frozen=True, slots=True)
class Counted:
    """How many of the pupils that no table tells apart are in each figure."""

    school_number: str
    school_year: int
    administrative_group: str
    level: Level | None
    account_type: AccountType | None
    school_classes: tuple[str, ...]
    password_kind: PasswordKind | None
    counts: Mapping[Figure, int]


@dataclass(frozen=True, slots=True)
class HandOut:
    """A batch that was not undone, and when those of its pupils who did first signed in since."""

    batch: int
    school_number: str
    kind: str
    created_at: datetime
    pupils: int
    first_sign_ins: tuple[datetime, ...]


class Statistics:
    """What the statistics count over pupils and batches."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def count(
        self,
        school_numbers: Collection[str],
        year: SchoolYear,
        population: Population,
        as_of: AsOf,
    ) -> list[Counted]:
        """Return the figures of a school year in one query, per part that tables tell apart."""
        parts = (
            enrolments.c.school_number,
            enrolments.c.school_year,
            enrolments.c.administrative_group,
            enrolments.c.level,
            enrolments.c.account_type,
            cast(enrolments.c.school_classes, Text).label("classes"),
            accounts.c.password_kind,
        )
        sums = (
            func.sum(case((condition, 1), else_=0)).label(figure)
            for figure, condition in figure_conditions(as_of).items()
        )
        rows = self._connection.execute(
            select(*parts, *sums)
            .select_from(
                enrolments.outerjoin(accounts, accounts.c.pupil_id == enrolments.c.pupil_id)
            )
            .where(
                enrolments.c.school_number.in_(sorted(school_numbers)),
                enrolments.c.school_year == year.start,
                *population_conditions(population),
                in_period(as_of),
            )
            .group_by(*parts)
        )
        return [_counted(row) for row in rows]

    def usernames(
        self, school_numbers: Collection[str], first: SchoolYear, last: SchoolYear
    ) -> dict[str, int]:
        """Return the pupil of each username in these schools, from one school year to another."""
        rows = self._connection.execute(
            select(accounts.c.username, accounts.c.pupil_id)
            .join(enrolments, enrolments.c.pupil_id == accounts.c.pupil_id)
            .where(
                enrolments.c.school_number.in_(sorted(school_numbers)),
                enrolments.c.school_year.between(first.start, last.start),
            )
        )
        return {row.username: row.pupil_id for row in rows}

    def hand_outs(
        self,
        school_numbers: Collection[str],
        begin: datetime,
        end: datetime,
        population: Population,
        year: SchoolYear,
    ) -> list[HandOut]:
        """Return the batches made from `begin` up to `end`, oldest first.

        With a `population`, only their pupils who are in it in `year` count.
        """
        chosen = (
            select(
                batches.c.number,
                batches.c.school_number,
                batches.c.kind,
                batches.c.created_at,
                batch_members.c.first_sign_in,
                func.count().label("pupils"),
            )
            .join(batch_members, batch_members.c.batch == batches.c.number)
            .where(
                batches.c.school_number.in_(sorted(school_numbers)),
                batches.c.created_at >= begin,
                batches.c.created_at < end,
                batches.c.undone_at.is_(None),
            )
            .group_by(batches.c.number, batch_members.c.first_sign_in)
            .order_by(batches.c.number, batch_members.c.first_sign_in)
        )
        if population != Population():
            chosen = chosen.where(_member_of(population, year))
        made: dict[int, HandOut] = {}
        for number, school, kind, created_at, first, pupils in self._connection.execute(chosen):
            known = made.get(number) or HandOut(number, school, kind, created_at, 0, ())
            made[number] = replace(
                known,
                pupils=known.pupils + pupils,
                first_sign_ins=known.first_sign_ins + (first,) * (pupils if first else 0),
            )
        return list(made.values())


def _member_of(population: Population, year: SchoolYear) -> ColumnElement[bool]:
    chosen = (
        select(enrolments.c.id)
        .select_from(enrolments.outerjoin(accounts, accounts.c.pupil_id == enrolments.c.pupil_id))
        .where(
            enrolments.c.pupil_id == batch_members.c.pupil_id,
            enrolments.c.school_number == batches.c.school_number,
            enrolments.c.school_year == year.start,
            *population_conditions(population),
        )
    )
    return chosen.correlate(batch_members, batches).exists()


def _counted(row: Row[Any]) -> Counted:
    values = row._mapping
    return Counted(
        school_number=row.school_number,
        school_year=row.school_year,
        administrative_group=row.administrative_group,
        level=Level(row.level) if row.level is not None else None,
        account_type=AccountType(row.account_type) if row.account_type else None,
        school_classes=tuple(json.loads(row.classes)),
        password_kind=PasswordKind(row.password_kind) if row.password_kind else None,
        counts={figure: values[figure.value] for figure in Figure},
    )
