"""Guessing passwords takes longer and longer, per account and per address."""

from __future__ import annotations

from datetime import datetime
from math import ceil

from leerid_core.errors import Refused
from leerid_core.rules.throttling import FORGOTTEN_AFTER, PER_ACCOUNT, PER_ADDRESS, Throttle
from leerid_core.services.context import Context
from leerid_core.store import Failures, UnitOfWork


def take_attempt(context: Context, login: str, origin: str) -> None:
    """Count one attempt to sign in, before the password is looked at.

    So attempts at the same moment cannot pass together. An attempt that succeeds is given back
    with `give_back`. Raises `Refused("sign_in_throttled")` with the seconds to wait.
    """
    at = context.clock()
    with context.database.write() as uow:
        uow.sign_in_failures.forget_before(at - FORGOTTEN_AFTER)
        known = [
            (subject, throttle, uow.sign_in_failures.get(subject))
            for subject, throttle in _subjects(context, login, origin)
        ]
        _check(at, [failures for _, _, failures in known if failures is not None])
        for subject, throttle, failures in known:
            _count(uow, subject, throttle, failures.count + 1 if failures else 1, at)


def give_back(context: Context, uow: UnitOfWork, login: str, origin: str) -> None:
    """Forget the failures of an account that signed in; the address had one attempt too many.

    Its other failures stay: else an own account would make room for guesses at another.
    """
    (account, _), (address, throttle) = _subjects(context, login, origin)
    uow.sign_in_failures.forget(account)
    failures = uow.sign_in_failures.get(address)
    if failures is not None and failures.count > 1:
        _count(uow, address, throttle, failures.count - 1, failures.last_at)
    else:
        uow.sign_in_failures.forget(address)


def pupil_subject(username: str) -> str:
    """Return under what the failures of a pupil's account are counted."""
    return f"pupil {username}"


def _check(at: datetime, failures: list[Failures]) -> None:
    until = max((one.blocked_until for one in failures), default=at)
    if until > at:
        raise Refused("sign_in_throttled", seconds=ceil((until - at).total_seconds()))


def _count(uow: UnitOfWork, subject: bytes, throttle: Throttle, count: int, at: datetime) -> None:
    uow.sign_in_failures.put(subject, Failures(count, at, at + throttle.wait(count)))


def _subjects(context: Context, login: str, origin: str) -> list[tuple[bytes, Throttle]]:
    return [
        (context.keys.subject(f"account {login}"), PER_ACCOUNT),
        (context.keys.subject(f"address {origin}"), PER_ADDRESS),
    ]
