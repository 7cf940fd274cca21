"""What analysis may read: rows of named columns, none of which holds a secret.

Neither a hash nor a sealed password is ever selected here.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, select

from leerid_core.rules.school_years import SchoolYear
from leerid_core.store.tables import (
    accounts,
    applications,
    batch_members,
    batches,
    enrolments,
    schools,
    sign_ins,
)


@dataclass(frozen=True, slots=True)
class Rows:
    """The names of the columns, and the rows."""

    columns: tuple[str, ...]
    rows: Sequence[Sequence[Any]]


class Analysis:
    """Reading for people who explore, bounded by school and by year or period."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def pupils(self, school_numbers: Collection[str], year: SchoolYear) -> Rows:
        """Return the enrolments of a school year, by school and name."""
        columns = (
            enrolments.c.school_number,
            enrolments.c.school_year,
            enrolments.c.pupil_id,
            enrolments.c.stamnummer,
            enrolments.c.first_name,
            enrolments.c.last_name,
            enrolments.c.sex,
            enrolments.c.birth_date,
            enrolments.c.administrative_group,
            enrolments.c.level,
            enrolments.c.account_type,
            enrolments.c.school_classes,
            enrolments.c.begin_date,
            enrolments.c.end_date,
        )
        return self._rows(
            select(*columns)
            .where(*_enrolled(school_numbers, year))
            .order_by(enrolments.c.school_number, enrolments.c.folded_last_name, enrolments.c.id)
        )

    def accounts(self, school_numbers: Collection[str], year: SchoolYear) -> Rows:
        """Return the accounts of pupils who are enrolled in a school year, by school and name."""
        columns = (
            enrolments.c.school_number,
            accounts.c.pupil_id,
            accounts.c.username,
            accounts.c.account_type,
            accounts.c.password_kind,
            accounts.c.password_set_at,
            accounts.c.password_expires_at,
            accounts.c.created_at,
            accounts.c.last_sign_in,
            accounts.c.sign_in_count,
        )
        return self._rows(
            select(*columns)
            .join(enrolments, enrolments.c.pupil_id == accounts.c.pupil_id)
            .where(*_enrolled(school_numbers, year))
            .order_by(enrolments.c.school_number, accounts.c.username)
        )

    def sign_ins(
        self, school_numbers: Collection[str], year: SchoolYear, begin: datetime, end: datetime
    ) -> Rows:
        """Return the sign-ins from `begin` up to `end` of who is enrolled in a year, by moment."""
        columns = (
            enrolments.c.school_number,
            sign_ins.c.pupil_id,
            sign_ins.c.at,
            applications.c.name.label("application"),
            enrolments.c.administrative_group,
        )
        return self._rows(
            select(*columns)
            .select_from(sign_ins)
            .join(enrolments, enrolments.c.pupil_id == sign_ins.c.pupil_id)
            .join(applications, applications.c.id == sign_ins.c.application_id)
            .where(*_enrolled(school_numbers, year), sign_ins.c.at >= begin, sign_ins.c.at < end)
            .order_by(sign_ins.c.at, sign_ins.c.pupil_id, applications.c.name)
        )

    def batches(self, school_numbers: Collection[str], begin: datetime, end: datetime) -> Rows:
        """Return who was on each batch made from `begin` up to `end`, one row a pupil."""
        columns = (
            batches.c.number.label("batch"),
            batches.c.school_number,
            batches.c.kind,
            batches.c.created_at,
            batches.c.undone_at,
            batch_members.c.pupil_id,
            batch_members.c.first_sign_in,
        )
        return self._rows(
            select(*columns)
            .join(batch_members, batch_members.c.batch == batches.c.number)
            .where(
                batches.c.school_number.in_(sorted(school_numbers)),
                batches.c.created_at >= begin,
                batches.c.created_at < end,
            )
            .order_by(batches.c.number, batch_members.c.position)
        )

    def schools(self, school_numbers: Collection[str]) -> Rows:
        """Return the schools, by number."""
        columns = (schools.c.number.label("school_number"), schools.c.name, schools.c.level)
        return self._rows(
            select(*columns)
            .where(schools.c.number.in_(sorted(school_numbers)))
            .order_by(schools.c.number)
        )

    def _rows(self, statement: Select[Any]) -> Rows:
        result = self._connection.execute(statement)
        return Rows(tuple(result.keys()), result.all())


def _enrolled(
    school_numbers: Collection[str], year: SchoolYear
) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return (
        enrolments.c.school_number.in_(sorted(school_numbers)),
        enrolments.c.school_year == year.start,
    )
