"""What is kept of pupils who sign in, and for how long."""

from __future__ import annotations

from datetime import timedelta

from leerid_core.rules.throttling import FORGOTTEN_AFTER
from leerid_core.services.context import Context
from leerid_core.services.pupil_sessions import LIMITS

ATTEMPTS_KEPT = timedelta(days=30)


def forget_what_is_over(context: Context) -> None:
    """Forget attempts after thirty days, and failures, sessions and links that are over.

    The server does it again and again, so that no sign-in has to wait for it.
    """
    at = context.clock()
    with context.database.write() as uow:
        uow.sign_in_attempts.forget_before(at - ATTEMPTS_KEPT)
        uow.sign_in_failures.forget_before(at - FORGOTTEN_AFTER)
        uow.pupil_sessions.end_unseen(at - LIMITS.idle)
        uow.mail_links.forget_expired(at)
