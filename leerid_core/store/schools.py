"""Schools, and what each decided for groups whose name does not tell their type."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Row, delete, insert, select, update

from leerid_core.rules.accounts import AccountType
from leerid_core.rules.enrolments import Level
from leerid_core.store import tables


@dataclass(frozen=True, slots=True)
class School:
    """A school. `level` is that of pupils whose file names neither level nor group.

    The sticker offsets are in millimetres, to the right and down.
    """

    number: str
    name: str
    level: Level | None = None
    shares_classes: bool = False
    sticker_offset_x: float = 0.0
    sticker_offset_y: float = 0.0


class Schools:
    """The schools of this database."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, number: str) -> School | None:
        """Return the school with this number, or None."""
        row = self._connection.execute(
            select(tables.schools).where(tables.schools.c.number == number)
        ).one_or_none()
        return _school(row) if row else None

    def all(self) -> list[School]:
        """Return every school, by number."""
        rows = self._connection.execute(select(tables.schools).order_by(tables.schools.c.number))
        return [_school(row) for row in rows]

    def add(self, school: School, at: datetime) -> None:
        """Add a school; raises `StoreError("store_conflict")` when its number is there."""
        self._connection.execute(
            insert(tables.schools).values(number=school.number, created_at=at, **_settings(school))
        )

    def save(self, school: School) -> None:
        """Keep the changed settings of a school."""
        self._connection.execute(
            update(tables.schools)
            .where(tables.schools.c.number == school.number)
            .values(**_settings(school))
        )

    def group_types(self, number: str) -> dict[str, AccountType]:
        """Return the type that this school decided, per administrative group."""
        table = tables.group_types
        rows = self._connection.execute(
            select(table.c.administrative_group, table.c.account_type).where(
                table.c.school_number == number
            )
        )
        return {group: AccountType(account_type) for group, account_type in rows}

    def set_group_type(self, number: str, group: str, account_type: AccountType) -> None:
        """Keep what a school decided for one group."""
        table = tables.group_types
        key = (table.c.school_number == number) & (table.c.administrative_group == group)
        self._connection.execute(delete(table).where(key))
        self._connection.execute(
            insert(table).values(
                school_number=number, administrative_group=group, account_type=account_type
            )
        )


def _settings(school: School) -> dict[str, object]:
    return {
        "name": school.name,
        "level": school.level,
        "shares_classes": school.shares_classes,
        "sticker_offset_x": school.sticker_offset_x,
        "sticker_offset_y": school.sticker_offset_y,
    }


def _school(row: Row[tuple[object, ...]]) -> School:
    return School(
        number=row.number,
        name=row.name,
        level=Level(row.level) if row.level is not None else None,
        shares_classes=row.shares_classes,
        sticker_offset_x=row.sticker_offset_x,
        sticker_offset_y=row.sticker_offset_y,
    )
