"""Administrators and their roles at each school."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection, insert, select

from leerid_core.rules.roles import Role
from leerid_core.store.tables import administrator_roles, administrators


class Administrators:
    """The people who may be asked for by their id."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, login: str, name: str) -> int:
        """Add an administrator without any role; return the id."""
        inserted = self._connection.execute(insert(administrators).values(login=login, name=name))
        key = inserted.inserted_primary_key
        assert key is not None  # noqa: S101 - for the type checker: an insert of one row has a key
        return int(key[0])

    def grant(self, administrator_id: int, school_number: str, roles: Collection[Role]) -> None:
        """Give roles at one school."""
        self._connection.execute(
            insert(administrator_roles),
            [
                {
                    "administrator_id": administrator_id,
                    "school_number": school_number,
                    "role": role,
                }
                for role in roles
            ],
        )

    def roles(self, administrator_id: int, school_number: str) -> frozenset[Role]:
        """Return the roles at a school; none for who is unknown or disabled."""
        rows = self._connection.scalars(
            select(administrator_roles.c.role)
            .join(administrators, administrators.c.id == administrator_roles.c.administrator_id)
            .where(
                administrators.c.id == administrator_id,
                administrators.c.disabled_at.is_(None),
                administrator_roles.c.school_number == school_number,
            )
        )
        return frozenset(Role(role) for role in rows)
