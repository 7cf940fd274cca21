"""Sessions: who is signed in, and for how long without a new password."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from leerid_core.services.actors import Administrator
from leerid_core.services.auditing import record
from leerid_core.services.context import Context
from leerid_core.services.tokens import new_token, token_hash
from leerid_core.store import PupilSession, Session, UnitOfWork

TOUCHED_EVERY = timedelta(minutes=1)
KEPT_AFTER_END = timedelta(days=1)


class Standing(StrEnum):
    """How a browser stands; EXPIRED is told apart so that the page can say why."""

    SIGNED_IN = "signed_in"
    EXPIRED = "expired"
    SIGNED_OUT = "signed_out"


@dataclass(frozen=True, slots=True)
class SessionLimits:
    """A session ends after `idle` without a page or a click, and always after `absolute`."""

    idle: timedelta = timedelta(minutes=60)
    absolute: timedelta = timedelta(hours=12)

    def over(self, session: Session | PupilSession, at: datetime) -> bool:
        """Say whether `session` is past one of the limits."""
        return at >= session.last_seen_at + self.idle or at >= session.created_at + self.absolute


def begin_session(
    uow: UnitOfWork, administrator_id: int, origin: str, at: datetime
) -> tuple[str, Session]:
    """Begin a session in the caller's transaction; return its token, which nobody keeps, and it."""
    token = new_token()
    uow.sessions.add(token_hash(token), administrator_id, origin, at)
    session = uow.sessions.find(token_hash(token))
    assert session is not None  # noqa: S101 - for the type checker: it was just added
    return token, session


def find_session(
    context: Context, token: str | None, limits: SessionLimits
) -> tuple[Standing, Session | None]:
    """Return how a browser with this token stands, and the session while it is signed in."""
    if token is None:
        return Standing.SIGNED_OUT, None
    with context.database.read() as uow:
        session = uow.sessions.find(token_hash(token))
    if session is None:
        return Standing.SIGNED_OUT, None
    if limits.over(session, context.clock()):
        return Standing.EXPIRED, None
    return Standing.SIGNED_IN, session


def renewed(context: Context, session: Session, limits: SessionLimits) -> Session | None:
    """Return a session as it is now, None when it ended, expired or was taken away."""
    with context.database.read() as uow:
        current = uow.sessions.get(session.session_id)
    if current is None or limits.over(current, context.clock()):
        return None
    return current


def touch_session(context: Context, session: Session) -> None:
    """Keep that the administrator did something, at most once a minute."""
    at = context.clock()
    if at - session.last_seen_at >= TOUCHED_EVERY:
        with context.database.write() as uow:
            uow.sessions.touch(session.session_id, at)


def end_session(context: Context, session: Session) -> None:
    """Sign out."""
    at = context.clock()
    with context.database.write() as uow:
        uow.sessions.end(session.session_id)
        record(uow, actor_of(session), "signed_out", at, None, login=session.login)


def end_old_sessions(uow: UnitOfWork, limits: SessionLimits, at: datetime) -> None:
    """Remove the sessions that expired so long ago that no page of them is open."""
    uow.sessions.end_unseen(at - limits.idle - KEPT_AFTER_END)


def actor_of(session: Session) -> Administrator:
    """Return who acts in a session."""
    return Administrator(session.administrator_id, session.name, session.origin)
