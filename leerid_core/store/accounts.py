"""Accounts: one a pupil, found by pupil."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from datetime import datetime

from sqlalchemy import Connection, Row, bindparam, delete, insert, select, update

from leerid_core.rules.accounts import AccountType, PasswordKind
from leerid_core.store.chunks import chunks
from leerid_core.store.tables import accounts


@dataclass(frozen=True, slots=True)
class Password:
    """What is kept of a password: its hash, and what kind it is since when and until when."""

    account_type: AccountType
    password_kind: PasswordKind
    password_hash: str = field(repr=False)
    password_set_at: datetime
    password_expires_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Account:
    """The account of a pupil."""

    pupil_id: int
    username: str
    password: Password
    created_at: datetime
    created_by: str
    last_sign_in: datetime | None = None
    sign_in_count: int = 0

    @property
    def account_type(self) -> AccountType:
        """The type that the account has now."""
        return self.password.account_type


class Accounts:
    """The accounts of every school."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of_pupils(self, pupil_ids: Collection[int]) -> dict[int, Account]:
        """Return the account of each of these pupils who has one."""
        found: dict[int, Account] = {}
        for piece in chunks(pupil_ids):
            rows = self._connection.execute(select(accounts).where(accounts.c.pupil_id.in_(piece)))
            found.update((row.pupil_id, _account(row)) for row in rows)
        return found

    def named(self, usernames: Collection[str]) -> dict[str, Account]:
        """Return the account of each of these usernames that somebody has."""
        found: dict[str, Account] = {}
        for piece in chunks(usernames):
            rows = self._connection.execute(_NAMED, {"names": piece})
            found.update((row.username, _account(row)) for row in rows)
        return found

    def add(self, new: Sequence[Account]) -> None:
        """Add accounts; raises `StoreError("store_conflict")` when a pupil has one already."""
        if new:
            self._connection.execute(
                insert(accounts),
                [
                    {
                        "pupil_id": account.pupil_id,
                        "username": account.username,
                        "created_at": account.created_at,
                        "created_by": account.created_by,
                        "last_sign_in": account.last_sign_in,
                        "sign_in_count": account.sign_in_count,
                        **asdict(account.password),
                    }
                    for account in new
                ],
            )

    def set_passwords(self, passwords: dict[int, Password]) -> None:
        """Replace the password (and with it the type) of these pupils' accounts."""
        if not passwords:
            return
        columns = [column.name for column in fields(Password)]
        statement = (
            update(accounts)
            .where(accounts.c.pupil_id == bindparam("pupil"))
            .values({column: bindparam(f"new_{column}") for column in columns})
        )
        self._connection.execute(
            statement,
            [
                {"pupil": pupil_id} | {f"new_{key}": value for key, value in asdict(new).items()}
                for pupil_id, new in passwords.items()
            ],
        )

    def set_hashes(self, hashes: Mapping[int, str]) -> None:
        """Keep other hashes of the passwords that these pupils' accounts have."""
        if hashes:
            self._connection.execute(
                update(accounts)
                .where(accounts.c.pupil_id == bindparam("pupil"))
                .values(password_hash=bindparam("new_hash")),
                [{"pupil": pupil_id, "new_hash": new} for pupil_id, new in hashes.items()],
            )

    def set_username(self, pupil_id: int, username: str) -> None:
        """Give an account another name, which the register has issued to its pupil."""
        self._connection.execute(
            update(accounts).where(accounts.c.pupil_id == pupil_id).values(username=username)
        )

    def remove(self, pupil_ids: Collection[int]) -> None:
        """Revoke accounts; their names stay with their pupils in the register."""
        for piece in chunks(pupil_ids):
            self._connection.execute(delete(accounts).where(accounts.c.pupil_id.in_(piece)))


# Made once: a sign-in may not wait for the making of statements.
_NAMED = select(accounts).where(accounts.c.username.in_(bindparam("names", expanding=True)))


def to_json(password: Password) -> dict[str, str | None]:
    """Return a password as JSON can keep it."""
    moments = (password.password_set_at, password.password_expires_at)
    set_at, expires_at = (moment and moment.isoformat() for moment in moments)
    return asdict(password) | {"password_set_at": set_at, "password_expires_at": expires_at}


def from_json(values: Mapping[str, str]) -> Password:
    """Return the password that `to_json` kept."""
    expires_at = values["password_expires_at"]
    return Password(
        account_type=AccountType(values["account_type"]),
        password_kind=PasswordKind(values["password_kind"]),
        password_hash=values["password_hash"],
        password_set_at=datetime.fromisoformat(values["password_set_at"]),
        password_expires_at=datetime.fromisoformat(expires_at) if expires_at else None,
    )


def _account(row: Row[tuple[object, ...]]) -> Account:
    return Account(
        pupil_id=row.pupil_id,
        username=row.username,
        password=Password(
            account_type=AccountType(row.account_type),
            password_kind=PasswordKind(row.password_kind),
            password_hash=row.password_hash,
            password_set_at=row.password_set_at,
            password_expires_at=row.password_expires_at,
        ),
        created_at=row.created_at,
        created_by=row.created_by,
        last_sign_in=row.last_sign_in,
        sign_in_count=row.sign_in_count,
    )
