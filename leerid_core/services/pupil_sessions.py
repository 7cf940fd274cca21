"""Sessions of pupils: who is signed in to Mijn LeerID, and for how long."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from leerid_core.errors import Refused
from leerid_core.rules.accounts import AccountStatus, account_status
from leerid_core.services.context import Context
from leerid_core.services.sessions import TOUCHED_EVERY, SessionLimits
from leerid_core.services.tokens import new_token, token_hash
from leerid_core.store import PupilSession, UnitOfWork

# Shorter than an administrator's: children share computers, and forget to sign out.
LIMITS = SessionLimits(idle=timedelta(minutes=30), absolute=timedelta(hours=8))


def begin_sessions(uow: UnitOfWork, pupil_ids: Sequence[int], at: datetime) -> list[str]:
    """Begin a session for each pupil in the caller's transaction.

    Returns their tokens in the same order; nobody else keeps them.
    """
    tokens = [new_token() for _ in pupil_ids]
    uow.pupil_sessions.add(dict(zip(map(token_hash, tokens), pupil_ids, strict=True)), at)
    return tokens


def find_pupil(context: Context, token: str | None) -> PupilSession | None:
    """Return the session of a browser with this token, None when it has none or it is over.

    A session of a pupil who is no longer enrolled is over.
    """
    if token is None:
        return None
    with context.database.read() as uow:
        session = uow.pupil_sessions.find(token_hash(token))
        return session if session and _lives(context, uow, session) else None


def touch_pupil(context: Context, session: PupilSession) -> None:
    """Keep that the pupil did something, at most once a minute."""
    at = context.clock()
    if at - session.last_seen_at >= TOUCHED_EVERY:
        with context.database.write() as uow:
            uow.pupil_sessions.touch(session.session_id, at)


def sign_out(context: Context, session: PupilSession) -> None:
    """End a session; harmless when it ended already."""
    with context.database.write() as uow:
        uow.pupil_sessions.end(session.session_id)


def current(context: Context, uow: UnitOfWork, session: PupilSession) -> PupilSession:
    """Return a session as it is in this transaction; raises `Refused("pupil_signed_out")`."""
    found = uow.pupil_sessions.get(session.session_id)
    if found is None or not _lives(context, uow, found):
        raise Refused("pupil_signed_out")
    return found


def _lives(context: Context, uow: UnitOfWork, session: PupilSession) -> bool:
    periods = uow.enrolments.periods([session.pupil_id])[session.pupil_id]
    active = account_status(periods, context.today()) is AccountStatus.ACTIVE
    return active and not LIMITS.over(session, context.clock())
