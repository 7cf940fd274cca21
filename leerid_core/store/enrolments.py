"""Pupils and their enrolments, as imports keep them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, insert, select, update

from leerid_core.rules.accounts import AccountType
from leerid_core.rules.enrolments import Enrolment, Level, Sex
from leerid_core.rules.folding import search_key
from leerid_core.rules.school_years import SchoolYear
from leerid_core.store import tables
from leerid_core.store.chunks import chunks
from leerid_core.store.cohorts import COLUMNS as COHORT_COLUMNS
from leerid_core.store.cohorts import Cohorts
from leerid_core.store.sign_in_counts import SignInCounts

_enrolments = tables.enrolments
_pupils = tables.pupils
_classes = tables.enrolment_classes

# What decides which sign-ins an enrolment counts for, and where.
_COUNTED = ("pupil_id", "cohort_id", "begin_date", "end_date")


@dataclass(frozen=True, slots=True)
class Person:
    """A pupil as a person: official data where there is an identity hash."""

    first_name: str
    last_name: str
    sex: Sex | None
    birth_date: date | None
    identity: bytes | None = field(default=None, repr=False)


class Enrolments:
    """The enrolments of every school, and the persons they are of."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._cohorts = Cohorts(connection)
        self._counts = SignInCounts(connection)

    def of_school(self, school_number: str) -> list[Enrolment]:
        """Return every enrolment that a school has, of any year."""
        rows = self._connection.execute(
            select(_enrolments, _pupils.c.identity_hash)
            .join(_pupils, _pupils.c.id == _enrolments.c.pupil_id)
            .where(_enrolments.c.school_number == school_number)
        )
        return [_enrolment(row) for row in rows]

    def people(self, identities: Collection[bytes]) -> dict[bytes, int]:
        """Return the pupil, of any school, for each identity hash that is known."""
        found: dict[bytes, int] = {}
        for piece in chunks(identities):
            rows = self._connection.execute(
                select(_pupils.c.identity_hash, _pupils.c.id).where(
                    _pupils.c.identity_hash.in_(piece)
                )
            )
            found.update((identity, pupil_id) for identity, pupil_id in rows)
        return found

    def person(self, pupil_id: int) -> Person | None:
        """Return a pupil as a person, or None."""
        row = self._connection.execute(
            select(_pupils).where(_pupils.c.id == pupil_id)
        ).one_or_none()
        if row is None:
            return None
        sex = Sex(row.sex) if row.sex else None
        return Person(row.first_name, row.last_name, sex, row.birth_date, row.identity_hash)

    def add_people(self, people: Sequence[Person]) -> list[int]:
        """Add pupils; return their ids in the same order."""
        if not people:
            return []
        statement = insert(_pupils).returning(_pupils.c.id, sort_by_parameter_order=True)
        return list(self._connection.scalars(statement, [_person_values(one) for one in people]))

    def save_people(self, people: Mapping[int, Person]) -> None:
        """Replace the data of these pupils; an identity hash that is not given is kept."""
        for pupil_id, person in people.items():
            values = _person_values(person)
            if person.identity is None:
                del values["identity_hash"]
            self._connection.execute(
                update(_pupils).where(_pupils.c.id == pupil_id).values(**values)
            )

    def add(self, school_number: str, new: Sequence[Enrolment]) -> list[int]:
        """Add enrolments to a school; return their ids in the same order."""
        if not new:
            return []
        statement = insert(_enrolments).returning(_enrolments.c.id, sort_by_parameter_order=True)
        values = [{"school_number": school_number, **_enrolment_values(one)} for one in new]
        cohort_ids = self._cohorts.of_enrolments(values)
        rows = [one | {"cohort_id": key} for one, key in zip(values, cohort_ids, strict=True)]
        ids = list(self._connection.scalars(statement, rows))
        self._add_classes(
            [(key, name) for key, one in zip(ids, new, strict=True) for name in one.school_classes]
        )
        self._counts.add_enrolments(ids)
        return ids

    def save(self, changed: Sequence[Enrolment]) -> None:
        """Replace enrolments that are kept, found by their `enrolment_id`."""
        if not changed:
            return
        before = self._kept_as([one.enrolment_id for one in changed])
        rows = [
            {"key": one.enrolment_id, **before[one.enrolment_id], **_enrolment_values(one)}
            for one in changed
        ]
        cohort_ids = self._cohorts.of_enrolments(rows)
        rows = [one | {"cohort_id": key} for one, key in zip(rows, cohort_ids, strict=True)]
        moved = [one["key"] for one in rows if _counts_for(one) != _counts_for(before[one["key"]])]
        self._counts.subtract_enrolments(moved)
        self._update(rows)
        self._counts.add_enrolments(moved)
        for piece in chunks([one.enrolment_id for one in changed]):
            self._connection.execute(delete(_classes).where(_classes.c.enrolment_id.in_(piece)))
        self._add_classes(
            [(one.enrolment_id, name) for one in changed for name in one.school_classes]
        )

    def set_group_type(self, school_number: str, group: str, account_type: AccountType) -> int:
        """Give the type to the pupils of a group that had none; return how many."""
        ids = list(
            self._connection.scalars(
                select(_enrolments.c.id).where(
                    _enrolments.c.school_number == school_number,
                    _enrolments.c.administrative_group == group,
                    _enrolments.c.account_type.is_(None),
                )
            )
        )
        rows = [
            {"key": key, **values, "account_type": account_type}
            for key, values in self._kept_as(ids).items()
        ]
        cohort_ids = self._cohorts.of_enrolments(rows)
        self._counts.subtract_enrolments(ids)
        self._update(
            [
                {"key": row["key"], "account_type": account_type, "cohort_id": cohort_id}
                for row, cohort_id in zip(rows, cohort_ids, strict=True)
            ]
        )
        self._counts.add_enrolments(ids)
        return len(ids)

    def periods(self, pupil_ids: Collection[int]) -> dict[int, list[tuple[date, date]]]:
        """Return begin and end of every enrolment of these pupils, in whatever school."""
        found: dict[int, list[tuple[date, date]]] = {pupil_id: [] for pupil_id in pupil_ids}
        for piece in chunks(pupil_ids):
            rows = self._connection.execute(_PERIODS, {"pupils": piece})
            for pupil_id, begin, end in rows:
                found[pupil_id].append((begin, end))
        return found

    def pupils_of(self, enrolment_ids: Collection[int]) -> set[int]:
        """Return the pupils of these enrolments."""
        pupil_ids: set[int] = set()
        for piece in chunks(enrolment_ids):
            pupil_ids.update(
                self._connection.scalars(
                    select(_enrolments.c.pupil_id).where(_enrolments.c.id.in_(piece))
                )
            )
        return pupil_ids

    def enrolled_at(self, school_number: str, pupil_ids: Collection[int]) -> set[int]:
        """Return those of these pupils who are or were enrolled at a school."""
        found: set[int] = set()
        for piece in chunks(pupil_ids):
            found.update(
                self._connection.scalars(
                    select(_enrolments.c.pupil_id).where(
                        _enrolments.c.school_number == school_number,
                        _enrolments.c.pupil_id.in_(piece),
                    )
                )
            )
        return found

    def remove(self, enrolment_ids: Collection[int]) -> None:
        """Remove enrolments as if they had never been; their pupils stay."""
        self._counts.subtract_enrolments(enrolment_ids)
        for piece in chunks(enrolment_ids):
            self._connection.execute(delete(_enrolments).where(_enrolments.c.id.in_(piece)))

    def _kept_as(self, enrolment_ids: Collection[int | None]) -> dict[int | None, dict[str, Any]]:
        """Return what each enrolment is kept as, as far as its cohort and its counts depend on."""
        columns = [_enrolments.c[name] for name in (*COHORT_COLUMNS, *_COUNTED)]
        found: dict[int | None, dict[str, Any]] = {}
        for piece in chunks(enrolment_ids):
            rows = self._connection.execute(
                select(_enrolments.c.id, *columns).where(_enrolments.c.id.in_(piece))
            )
            for row in rows:
                values = row._asdict()
                found[values.pop("id")] = values
        return found

    def _update(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Give each row's enrolment, found by "key", the row's other values."""
        if not rows:
            return
        columns = [name for name in rows[0] if name != "key"]
        self._connection.execute(
            update(_enrolments)
            .where(_enrolments.c.id == bindparam("key"))
            .values({name: bindparam(f"new_{name}") for name in columns}),
            [{"key": row["key"], **{f"new_{name}": row[name] for name in columns}} for row in rows],
        )

    def _add_classes(self, rows: Sequence[tuple[int | None, str]]) -> None:
        if rows:
            self._connection.execute(
                insert(_classes), [{"enrolment_id": key, "name": name} for key, name in rows]
            )


def _counts_for(values: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(values[name] for name in _COUNTED)


# Made once: a sign-in may not wait for the making of statements.
_PERIODS = select(_enrolments.c.pupil_id, _enrolments.c.begin_date, _enrolments.c.end_date).where(
    _enrolments.c.pupil_id.in_(bindparam("pupils", expanding=True))
)


def _person_values(person: Person) -> dict[str, Any]:
    return {
        "identity_hash": person.identity,
        "first_name": person.first_name,
        "last_name": person.last_name,
        "sex": person.sex,
        "birth_date": person.birth_date,
    }


def _enrolment_values(enrolment: Enrolment) -> dict[str, Any]:
    first, last = search_key(enrolment.first_name), search_key(enrolment.last_name)
    return {
        "school_year": enrolment.school_year.start,
        "stamnummer": enrolment.stamnummer,
        "pupil_id": enrolment.pupil_id,
        "first_name": enrolment.first_name,
        "last_name": enrolment.last_name,
        "sex": enrolment.sex,
        "birth_date": enrolment.birth_date,
        "administrative_group": enrolment.administrative_group,
        "level": enrolment.level,
        "account_type": enrolment.account_type,
        "school_classes": list(enrolment.school_classes),
        "begin_date": enrolment.begin_date,
        "end_date": enrolment.end_date,
        "folded_first_name": first,
        "folded_last_name": last,
        "folded": f"{first} {last} {search_key(enrolment.stamnummer or '')}",
    }


def _enrolment(row: Row[Any]) -> Enrolment:
    return Enrolment(
        enrolment_id=row.id,
        pupil_id=row.pupil_id,
        school_year=SchoolYear(row.school_year),
        stamnummer=row.stamnummer,
        first_name=row.first_name,
        last_name=row.last_name,
        sex=Sex(row.sex) if row.sex else None,
        birth_date=row.birth_date,
        administrative_group=row.administrative_group,
        level=Level(row.level) if row.level is not None else None,
        account_type=AccountType(row.account_type) if row.account_type else None,
        school_classes=tuple(row.school_classes),
        begin_date=row.begin_date,
        end_date=row.end_date,
        identity=row.identity_hash,
    )
