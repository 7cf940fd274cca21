"""How often a sign-in failed, per account and per address."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, Insert, bindparam, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from leerid_core.store.chunks import chunks
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

    def of(self, subjects: Collection[bytes]) -> dict[bytes, Failures]:
        """Return the failures of those of `subjects` that have any."""
        found: dict[bytes, Failures] = {}
        for piece in chunks(subjects):
            for row in self._connection.execute(_OF, {"subjects": piece}):
                found[row.subject] = Failures(row.failures, row.last_at, row.blocked_until)
        return found

    def put(self, subject: bytes, failures: Failures) -> None:
        """Keep the failures of a subject."""
        self.put_all({subject: failures})

    def put_all(self, known: Mapping[bytes, Failures]) -> None:
        """Keep the failures of these subjects in the place of what was known of them."""
        if not known:
            return
        self._connection.execute(
            _upsert(self._connection.dialect.name),
            [
                {
                    "subject": subject,
                    "failures": failures.count,
                    "last_at": failures.last_at,
                    "blocked_until": failures.blocked_until,
                }
                for subject, failures in known.items()
            ],
        )

    def forget(self, *subjects: bytes) -> None:
        """Forget the failures of these subjects."""
        for piece in chunks(subjects):
            self._connection.execute(_FORGOTTEN, {"subjects": piece})

    def forgive(self, subjects: Sequence[bytes]) -> None:
        """Let subjects have one failure less, for each time that they are named."""
        if subjects:
            self._connection.execute(_FORGIVEN, [{"of": subject} for subject in subjects])

    def forget_before(self, moment: datetime) -> None:
        """Forget who did not fail since a moment."""
        self._connection.execute(
            delete(sign_in_failures).where(sign_in_failures.c.last_at < moment)
        )


# Made once: a sign-in may not wait for the making of statements.
_SUBJECTS = sign_in_failures.c.subject.in_(bindparam("subjects", expanding=True))
_OF = select(sign_in_failures).where(_SUBJECTS)
_FORGOTTEN = delete(sign_in_failures).where(_SUBJECTS)
_FORGIVEN = (
    update(sign_in_failures)
    .where(sign_in_failures.c.subject == bindparam("of"), sign_in_failures.c.failures > 0)
    .values(failures=sign_in_failures.c.failures - 1)
)


@cache
def _upsert(dialect: str) -> Insert:
    insert_one: Any = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}[dialect]
    statement = insert_one(sign_in_failures)
    columns = ("failures", "last_at", "blocked_until")
    result: Insert = statement.on_conflict_do_update(
        index_elements=["subject"], set_={name: statement.excluded[name] for name in columns}
    )
    return result
