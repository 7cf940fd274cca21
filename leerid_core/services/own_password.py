"""An administrator changes his own password."""

from __future__ import annotations

from leerid_core.errors import Refused
from leerid_core.rules.administrators import administrator_password_refusal
from leerid_core.services.auditing import record
from leerid_core.services.context import Context
from leerid_core.services.hashing import HASHER, verifies
from leerid_core.services.sessions import actor_of
from leerid_core.services.throttling import give_back, take_attempt
from leerid_core.store import Session


def change_own_password(
    context: Context, session: Session, current: str, new: str, again: str
) -> None:
    """Replace the password of who is signed in; his sessions elsewhere end, this one goes on.

    Guessing the current one is slowed down as signing in is: a page may be left open. Raises
    `Refused` for a wrong current password, for a new one that breaks a rule, is the same or was
    not typed twice alike, and `Refused("sign_in_throttled")`.
    """
    refusal = administrator_password_refusal(new, session.login)
    if refusal is not None:
        raise Refused(refusal.code, **refusal.parameters)
    if new != again:
        raise Refused("passwords_differ")
    if new == current:
        raise Refused("password_not_new")
    take_attempt(context, session.login, session.origin)
    with context.database.read() as uow:
        known = uow.administrators.password(session.login)
    if known is None or not verifies(known.password_hash, current):
        raise Refused("current_password_wrong")
    password_hash = HASHER.hash(new)
    at = context.clock()
    with context.database.write() as uow:
        if uow.administrators.password(session.login) != known:
            raise Refused("current_password_wrong")
        give_back(context, uow, session.login, session.origin)
        uow.administrators.set_password(known.administrator_id, password_hash)
        uow.sessions.end_of(known.administrator_id, but=session.session_id)
        record(uow, actor_of(session), "own_password", at, None, login=session.login)
