"""Sessions of pupils at Mijn LeerID; those of administrators are elsewhere, and neither is both."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, delete, insert, select, update

from leerid_core.rules.accounts import AccountType, PasswordKind
from leerid_core.store.chunks import chunks
from leerid_core.store.tables import accounts, pupil_sessions, pupils


@dataclass(frozen=True, slots=True)
class PupilSession:
    """One sign-in of one pupil in one browser, and the account as it is now."""

    session_id: int
    pupil_id: int
    first_name: str
    last_name: str
    username: str
    account_type: AccountType
    password_kind: PasswordKind
    created_at: datetime
    last_seen_at: datetime


_ADDED = insert(pupil_sessions)


class PupilSessions:
    """The sessions that have not ended."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, new: Mapping[bytes, int], at: datetime) -> None:
        """Begin sessions: for the hash of each token, that of a pupil."""
        if new:
            self._connection.execute(
                _ADDED,
                [
                    {"token_hash": token, "pupil_id": one, "created_at": at, "last_seen_at": at}
                    for token, one in new.items()
                ],
            )

    def find(self, token_hash: bytes) -> PupilSession | None:
        """Return the session of a token, unless it ended or its pupil has no account any more."""
        return self._one(pupil_sessions.c.token_hash == token_hash)

    def get(self, session_id: int) -> PupilSession | None:
        """Return a session, unless it ended or its pupil has no account any more."""
        return self._one(pupil_sessions.c.id == session_id)

    def touch(self, session_id: int, at: datetime) -> None:
        """Keep that the pupil did something at `at`."""
        self._connection.execute(
            update(pupil_sessions).where(pupil_sessions.c.id == session_id).values(last_seen_at=at)
        )

    def end(self, session_id: int) -> None:
        """End one session."""
        self._connection.execute(delete(pupil_sessions).where(pupil_sessions.c.id == session_id))

    def end_of(self, pupil_ids: Collection[int], but: int | None = None) -> None:
        """End every session of these pupils, but the one that is named."""
        for piece in chunks(pupil_ids):
            ended = delete(pupil_sessions).where(pupil_sessions.c.pupil_id.in_(piece))
            if but is not None:
                ended = ended.where(pupil_sessions.c.id != but)
            self._connection.execute(ended)

    def end_unseen(self, since: datetime) -> None:
        """End the sessions of which nothing was seen since a moment."""
        self._connection.execute(
            delete(pupil_sessions).where(pupil_sessions.c.last_seen_at < since)
        )

    def _one(self, condition: ColumnElement[bool]) -> PupilSession | None:
        row = self._connection.execute(
            select(
                pupil_sessions.c.id,
                pupil_sessions.c.pupil_id,
                pupils.c.first_name,
                pupils.c.last_name,
                accounts.c.username,
                accounts.c.account_type,
                accounts.c.password_kind,
                pupil_sessions.c.created_at,
                pupil_sessions.c.last_seen_at,
            )
            .join(accounts, accounts.c.pupil_id == pupil_sessions.c.pupil_id)
            .join(pupils, pupils.c.id == pupil_sessions.c.pupil_id)
            .where(condition)
        ).one_or_none()
        if row is None:
            return None
        return PupilSession(
            session_id=row.id,
            pupil_id=row.pupil_id,
            first_name=row.first_name,
            last_name=row.last_name,
            username=row.username,
            account_type=AccountType(row.account_type),
            password_kind=PasswordKind(row.password_kind),
            created_at=row.created_at,
            last_seen_at=row.last_seen_at,
        )
