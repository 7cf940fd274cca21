"""Administrators, their passwords and their roles at each school."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection, Select, delete, insert, select, update

from leerid_core.rules.roles import Role
from leerid_core.store.tables import administrator_roles, administrators


@dataclass(frozen=True, slots=True)
class AdministratorAccount:
    """Who may sign in; `roles` are by school number."""

    administrator_id: int
    login: str
    name: str
    disabled: bool
    roles: Mapping[str, frozenset[Role]]


@dataclass(frozen=True, slots=True)
class KeptPassword:
    """The hash of an administrator's password; with an end it is a start password."""

    administrator_id: int
    password_hash: str = field(repr=False)
    start_password_until: datetime | None


class Administrators:
    """The people who may be asked for by their id or their login."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(
        self,
        login: str,
        name: str,
        password_hash: str | None = None,
        start_password_until: datetime | None = None,
    ) -> int:
        """Add an administrator without any role; return the id.

        Without a password nobody can sign in as him; `start_password_until` as `set_password`.
        """
        inserted = self._connection.execute(
            insert(administrators).values(
                login=login,
                name=name,
                password_hash=password_hash,
                start_password_until=start_password_until,
            )
        )
        key = inserted.inserted_primary_key
        assert key is not None  # noqa: S101 - for the type checker: an insert of one row has a key
        return int(key[0])

    def find(self, login: str) -> AdministratorAccount | None:
        """Return who has this login, disabled or not."""
        found = self._accounts(select(administrators).where(administrators.c.login == login))
        return found[0] if found else None

    def all(self) -> list[AdministratorAccount]:
        """Return everybody, by login."""
        return self._accounts(select(administrators))

    def of_school(self, school_number: str) -> list[AdministratorAccount]:
        """Return who has a role at a school, by login, with the roles at that school only."""
        here = select(administrator_roles.c.administrator_id).where(
            administrator_roles.c.school_number == school_number
        )
        return self._accounts(
            select(administrators).where(administrators.c.id.in_(here)), school_number
        )

    def password(self, login: str) -> KeptPassword | None:
        """Return what is kept of the password of who may sign in with this login."""
        columns = administrators.c
        row = self._connection.execute(
            select(columns.id, columns.password_hash, columns.start_password_until).where(
                columns.login == login,
                columns.disabled_at.is_(None),
                columns.password_hash.is_not(None),
            )
        ).one_or_none()
        return KeptPassword(row.id, row.password_hash, row.start_password_until) if row else None

    def set_password(
        self,
        administrator_id: int,
        password_hash: str,
        start_password_until: datetime | None = None,
    ) -> None:
        """Keep the hash of a new password.

        A start password, made by somebody else, is one to be changed, and works until a moment.
        """
        self._update(
            administrator_id,
            password_hash=password_hash,
            start_password_until=start_password_until,
        )

    def set_disabled(self, administrator_id: int, at: datetime | None) -> None:
        """Disable from `at` on, or with None enable again."""
        self._update(administrator_id, disabled_at=at)

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

    def set_roles(self, administrator_id: int, school_number: str, roles: Collection[Role]) -> None:
        """Give exactly these roles at one school."""
        self._connection.execute(
            delete(administrator_roles).where(
                administrator_roles.c.administrator_id == administrator_id,
                administrator_roles.c.school_number == school_number,
            )
        )
        if roles:
            self.grant(administrator_id, school_number, roles)

    def roles(self, administrator_id: int, school_number: str) -> frozenset[Role]:
        """Return the roles at a school; none for who is unknown or disabled."""
        return self.roles_by_school(administrator_id).get(school_number, frozenset())

    def roles_by_school(self, administrator_id: int) -> dict[str, frozenset[Role]]:
        """Return the roles at every school; none for who is unknown or disabled."""
        rows = self._connection.execute(
            select(administrator_roles.c.school_number, administrator_roles.c.role)
            .join(administrators, administrators.c.id == administrator_roles.c.administrator_id)
            .where(administrators.c.id == administrator_id, administrators.c.disabled_at.is_(None))
        )
        found: defaultdict[str, set[Role]] = defaultdict(set)
        for school_number, role in rows:
            found[school_number].add(Role(role))
        return {school_number: frozenset(roles) for school_number, roles in found.items()}

    def _update(self, administrator_id: int, **values: object) -> None:
        self._connection.execute(
            update(administrators).where(administrators.c.id == administrator_id).values(**values)
        )

    def _accounts(
        self, query: Select[tuple[object, ...]], school_number: str | None = None
    ) -> list[AdministratorAccount]:
        rows = self._connection.execute(query.order_by(administrators.c.login)).all()
        granted = select(administrator_roles).where(
            administrator_roles.c.administrator_id.in_([row.id for row in rows])
        )
        if school_number is not None:
            granted = granted.where(administrator_roles.c.school_number == school_number)
        roles: defaultdict[int, defaultdict[str, set[Role]]]
        roles = defaultdict(lambda: defaultdict(set))
        for row in self._connection.execute(granted):
            roles[row.administrator_id][row.school_number].add(Role(row.role))
        return [
            AdministratorAccount(
                row.id,
                row.login,
                row.name,
                row.disabled_at is not None,
                {number: frozenset(some) for number, some in roles[row.id].items()},
            )
            for row in rows
        ]
