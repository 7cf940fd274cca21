"""How often a sign-in failed, per account and per address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from leerid_core.store.tables import sign_in_failures


@dataclass(frozen=True, slots=True)
class Failures:
    """Failures in a row of one subject; the next attempt is refused until `blocked_until`."""

    count: int
    last_at: datetime
    blocked_until: datetime


class SignInFailures:
    """The subjects with failures; `subject` is 32 bytes that tell nothing about who it is."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, subject: bytes) -> Failures | None:
        """Return the failures of a subject, None where there were none."""
        row = self._connection.execute(
            select(sign_in_failures).where(sign_in_failures.c.subject == subject)
        ).one_or_none()
        return Failures(row.failures, row.last_at, row.blocked_until) if row else None

    def blocked(self, now: datetime) -> set[bytes]:
        """Return the subjects whose next attempt would be refused at a moment."""
        return set(
            self._connection.scalars(
                select(sign_in_failures.c.subject).where(sign_in_failures.c.blocked_until > now)
            )
        )

    def put(self, subject: bytes, failures: Failures) -> None:
        """Keep the failures of a subject."""
        self.forget(subject)
        self._connection.execute(
            insert(sign_in_failures).values(
                subject=subject,
                failures=failures.count,
                last_at=failures.last_at,
                blocked_until=failures.blocked_until,
            )
        )

    def forget(self, subject: bytes) -> None:
        """Forget the failures of a subject."""
        self._connection.execute(
            delete(sign_in_failures).where(sign_in_failures.c.subject == subject)
        )

    def forget_before(self, moment: datetime) -> None:
        """Forget who did not fail since a moment."""
        self._connection.execute(
            delete(sign_in_failures).where(sign_in_failures.c.last_at < moment)
        )
