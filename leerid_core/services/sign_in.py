"""Signing in with a login and a password."""

from __future__ import annotations

from leerid_core.errors import Refused
from leerid_core.rules.administrators import normalise_login
from leerid_core.services.actors import Administrator
from leerid_core.services.auditing import record
from leerid_core.services.context import Context
from leerid_core.services.hashing import NOBODY, verifies
from leerid_core.services.sessions import SessionLimits, begin_session, end_old_sessions
from leerid_core.services.throttling import give_back, take_attempt
from leerid_core.store import Session


def sign_in(
    context: Context, login: str, password: str, origin: str, limits: SessionLimits
) -> tuple[str, Session]:
    """Begin a session; return its token, for the browser only, and the session.

    Raises `Refused("sign_in_failed")`, in the same words and after the same work for a wrong
    password, an unknown login and a disabled account, and `Refused("sign_in_throttled")` after
    too many of them; `Refused("start_password_expired")` only to who knows that password. Every
    attempt that is not throttled is in the audit trail.
    """
    login = normalise_login(login)
    take_attempt(context, login, origin)
    with context.database.read() as uow:
        known = uow.administrators.password(login)
    if not verifies(known.password_hash if known else NOBODY, password) or known is None:
        _record_refusal(context, login if known else None, origin)
        raise Refused("sign_in_failed")
    at = context.clock()
    if known.start_password_until is not None and at >= known.start_password_until:
        _record_refusal(context, login, origin)
        raise Refused("start_password_expired")
    with context.database.write() as uow:
        if uow.administrators.password(login) != known:
            raise Refused("sign_in_failed")
        give_back(context, uow, login, origin)
        end_old_sessions(uow, limits, at)
        token, session = begin_session(uow, known.administrator_id, origin, at)
        actor = Administrator(session.administrator_id, session.name, origin)
        record(uow, actor, "signed_in", at, None, login=login)
    return token, session


def _record_refusal(context: Context, login: str | None, origin: str) -> None:
    # An unknown login is not kept: it may be a password in the wrong field.
    nobody = Administrator(0, "", origin)
    with context.database.write() as uow:
        record(uow, nobody, "sign_in_refused", context.clock(), None, login=login)
