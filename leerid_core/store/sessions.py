"""Sessions: who is signed in, from where and since when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, delete, insert, select, update

from leerid_core.store.tables import administrators, sessions


@dataclass(frozen=True, slots=True)
class Session:
    """One sign-in of one administrator, in one browser; `origin` is the network address.

    Who `must_change_password` signed in with a start password, and may do nothing else.
    """

    session_id: int
    administrator_id: int
    login: str
    name: str
    origin: str
    created_at: datetime
    last_seen_at: datetime
    must_change_password: bool = False


class Sessions:
    """The sessions that have not ended."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, token_hash: bytes, administrator_id: int, origin: str, at: datetime) -> None:
        """Begin a session."""
        self._connection.execute(
            insert(sessions).values(
                token_hash=token_hash,
                administrator_id=administrator_id,
                origin=origin,
                created_at=at,
                last_seen_at=at,
            )
        )

    def find(self, token_hash: bytes) -> Session | None:
        """Return the session of a token, unless it ended or its administrator is disabled."""
        return self._one(sessions.c.token_hash == token_hash)

    def get(self, session_id: int) -> Session | None:
        """Return a session, unless it ended or its administrator is disabled."""
        return self._one(sessions.c.id == session_id)

    def touch(self, session_id: int, at: datetime) -> None:
        """Keep that the administrator did something at `at`."""
        self._connection.execute(
            update(sessions).where(sessions.c.id == session_id).values(last_seen_at=at)
        )

    def end(self, session_id: int) -> None:
        """End one session."""
        self._connection.execute(delete(sessions).where(sessions.c.id == session_id))

    def end_of(self, administrator_id: int, but: int | None = None) -> None:
        """End every session of an administrator; `but` is the id of one that goes on."""
        query = delete(sessions).where(sessions.c.administrator_id == administrator_id)
        self._connection.execute(query if but is None else query.where(sessions.c.id != but))

    def end_unseen(self, since: datetime) -> None:
        """End the sessions of which nothing was seen since a moment."""
        self._connection.execute(delete(sessions).where(sessions.c.last_seen_at < since))

    def _one(self, condition: ColumnElement[bool]) -> Session | None:
        row = self._connection.execute(
            select(
                sessions,
                administrators.c.login,
                administrators.c.name,
                administrators.c.start_password_until,
            )
            .join(administrators, administrators.c.id == sessions.c.administrator_id)
            .where(condition, administrators.c.disabled_at.is_(None))
        ).one_or_none()
        if row is None:
            return None
        return Session(
            session_id=row.id,
            administrator_id=row.administrator_id,
            login=row.login,
            name=row.name,
            origin=row.origin,
            created_at=row.created_at,
            last_seen_at=row.last_seen_at,
            must_change_password=row.start_password_until is not None,
        )
