"""The files that were applied, and what the last of them replaced."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from leerid_core.rules.accounts import AccountType
from leerid_core.rules.enrolments import Enrolment, Level, Sex
from leerid_core.rules.school_years import SchoolYear
from leerid_core.store.chunks import chunks
from leerid_core.store.tables import import_changes, imports


@dataclass(frozen=True, slots=True)
class Import:
    """A file that was applied; `counts` says how many enrolments changed in which way."""

    number: int
    school_number: str
    file_name: str
    shape: str
    applied_at: datetime
    applied_by: str
    counts: Mapping[str, int]
    undone_at: datetime | None = None


class Imports:
    """The imports of every school."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, done: Import, fingerprint: str, replaced: Mapping[int, Enrolment | None]) -> int:
        """Keep that a file was applied; return its number, `done.number` is not looked at.

        `replaced` holds what each changed enrolment was, None for a new one. It takes the place
        of what the import before kept: only the last import of a school can be undone.
        """
        of_school = select(imports.c.id).where(imports.c.school_number == done.school_number)
        self._connection.execute(
            delete(import_changes).where(import_changes.c.import_id.in_(of_school))
        )
        inserted = self._connection.execute(
            insert(imports).values(
                school_number=done.school_number,
                file_name=done.file_name,
                shape=done.shape,
                fingerprint=fingerprint,
                applied_at=done.applied_at,
                applied_by=done.applied_by,
                counts=dict(done.counts),
            )
        )
        key = inserted.inserted_primary_key
        assert key is not None  # noqa: S101 - for the type checker: an insert of one row has a key
        for piece in chunks(replaced.items()):
            self._connection.execute(
                insert(import_changes),
                [
                    {"import_id": key[0], "enrolment_id": kept, "before": old and _to_json(old)}
                    for kept, old in piece
                ],
            )
        return int(key[0])

    def of_school(self, school_number: str) -> list[Import]:
        """Return the files that were applied at a school, newest first."""
        return self._select(imports.c.school_number == school_number)

    def get(self, number: int) -> Import | None:
        """Return one import, or None."""
        return next(iter(self._select(imports.c.id == number)), None)

    def replaced(self, number: int) -> dict[int, Enrolment | None]:
        """Return what each enrolment was before an import, None for one that was new."""
        rows = self._connection.execute(
            select(import_changes.c.enrolment_id, import_changes.c.before).where(
                import_changes.c.import_id == number
            )
        )
        return {kept: _from_json(kept, before) if before else None for kept, before in rows}

    def mark_undone(self, number: int, at: datetime) -> None:
        """Keep that an import was undone, and forget what it replaced."""
        self._connection.execute(update(imports).where(imports.c.id == number).values(undone_at=at))
        self._connection.execute(delete(import_changes).where(import_changes.c.import_id == number))

    def _select(self, which: Any) -> list[Import]:
        rows = self._connection.execute(
            select(
                imports.c.id,
                imports.c.school_number,
                imports.c.file_name,
                imports.c.shape,
                imports.c.applied_at,
                imports.c.applied_by,
                imports.c.counts,
                imports.c.undone_at,
            )
            .where(which)
            .order_by(imports.c.id.desc())
        )
        return [Import(*row) for row in rows]


def _to_json(enrolment: Enrolment) -> dict[str, Any]:
    return {
        "pupil_id": enrolment.pupil_id,
        "school_year": enrolment.school_year.start,
        "first_name": enrolment.first_name,
        "last_name": enrolment.last_name,
        "begin_date": enrolment.begin_date.isoformat(),
        "end_date": enrolment.end_date.isoformat(),
        "stamnummer": enrolment.stamnummer,
        "administrative_group": enrolment.administrative_group,
        "level": enrolment.level,
        "school_classes": list(enrolment.school_classes),
        "sex": enrolment.sex,
        "birth_date": enrolment.birth_date and enrolment.birth_date.isoformat(),
        "account_type": enrolment.account_type,
    }


def _from_json(enrolment_id: int, values: dict[str, Any]) -> Enrolment:
    level, sex, birth_date = values["level"], values["sex"], values["birth_date"]
    account_type = values["account_type"]
    return Enrolment(
        enrolment_id=enrolment_id,
        pupil_id=values["pupil_id"],
        school_year=SchoolYear(values["school_year"]),
        first_name=values["first_name"],
        last_name=values["last_name"],
        begin_date=date.fromisoformat(values["begin_date"]),
        end_date=date.fromisoformat(values["end_date"]),
        stamnummer=values["stamnummer"],
        administrative_group=values["administrative_group"],
        level=Level(level) if level is not None else None,
        school_classes=tuple(values["school_classes"]),
        sex=Sex(sex) if sex else None,
        birth_date=date.fromisoformat(birth_date) if birth_date else None,
        account_type=AccountType(account_type) if account_type else None,
    )
