"""Attempts to sign in at Mijn LeerID, good and bad, for as long as they are kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Select, delete, insert, select

from leerid_core.store.tables import sign_in_attempts


class Outcome(StrEnum):
    """How an attempt ended; all but the first two had the right password."""

    UNKNOWN_NAME = "unknown_name"
    WRONG_PASSWORD = "wrong_password"  # noqa: S105 - the name of an outcome
    EXPIRED = "expired"
    INACTIVE = "inactive"
    UPCOMING = "upcoming"
    SIGNED_IN = "signed_in"


@dataclass(frozen=True, slots=True)
class SignInAttempt:
    """One attempt; `pupil_id` is None for a name that nobody has, which is not kept itself."""

    at: datetime
    pupil_id: int | None
    application: str
    outcome: Outcome
    address_hash: bytes = field(repr=False)


_ADDED = insert(sign_in_attempts)


class SignInAttempts:
    """The attempts of every pupil."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, new: Sequence[SignInAttempt]) -> None:
        """Keep attempts."""
        if new:
            self._connection.execute(
                _ADDED,
                [
                    {
                        "at": attempt.at,
                        "pupil_id": attempt.pupil_id,
                        "application": attempt.application,
                        "outcome": attempt.outcome,
                        "address_hash": attempt.address_hash,
                    }
                    for attempt in new
                ],
            )

    def all(self) -> list[SignInAttempt]:
        """Return what is kept, oldest first."""
        return self._found(
            select(sign_in_attempts).order_by(sign_in_attempts.c.at, sign_in_attempts.c.id)
        )

    def of_pupil(self, pupil_id: int, limit: int) -> list[SignInAttempt]:
        """Return the last attempts of a pupil, newest first."""
        return self._found(
            select(sign_in_attempts)
            .where(sign_in_attempts.c.pupil_id == pupil_id)
            .order_by(sign_in_attempts.c.at.desc(), sign_in_attempts.c.id.desc())
            .limit(limit)
        )

    def forget_before(self, moment: datetime) -> None:
        """Forget the attempts before a moment."""
        self._connection.execute(delete(sign_in_attempts).where(sign_in_attempts.c.at < moment))

    def _found(self, statement: Select[Any]) -> list[SignInAttempt]:
        return [
            SignInAttempt(
                row.at, row.pupil_id, row.application, Outcome(row.outcome), row.address_hash
            )
            for row in self._connection.execute(statement)
        ]
