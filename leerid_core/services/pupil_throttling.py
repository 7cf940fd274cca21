"""Guessing the password of a pupil takes longer and longer, per name and per address.

Apart from the administrators' throttling, because the limits differ: a child may mistype more often
than an adult, and a whole school may sit behind one address.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from math import ceil

from leerid_core.errors import Refused
from leerid_core.rules.throttling import (
    NO_WAIT,
    PER_MAILBOX,
    PER_PUPIL,
    PER_PUPIL_ADDRESS,
    Throttle,
)
from leerid_core.services.context import Context
from leerid_core.services.keys import Keys
from leerid_core.services.throttling import pupil_subject
from leerid_core.store import Failures, UnitOfWork

Limits = dict[bytes, Throttle]


def sign_in_limits(keys: Keys, username: str, network: str, place: str = "") -> Limits:
    """Return what an attempt to sign in counts against: the name, known or not, and the address.

    `place` is a browser that the pupil is known to use: there the name counts apart.
    """
    return {
        keys.subject(f"{pupil_subject(username)}{place}"): PER_PUPIL,
        keys.subject(f"pupil address {network}"): PER_PUPIL_ADDRESS,
    }


def mail_limits(keys: Keys, username: str, network: str) -> Limits:
    """Return what asking for a mail counts against."""
    return {
        keys.subject(f"pupil mail {username}"): PER_MAILBOX,
        keys.subject(f"pupil mail address {network}"): PER_PUPIL_ADDRESS,
    }


def take(uow: UnitOfWork, limits: Limits, at: datetime) -> None:
    """Count one attempt; raises `Refused("pupil_throttled")` with the time to wait."""
    (refused,) = take_all(uow, [limits], at)
    if refused is not None:
        raise refused


def take_all(uow: UnitOfWork, asked: Sequence[Limits], at: datetime) -> list[Refused | None]:
    """Count attempts one after another, before anything is looked at.

    So those of one moment cannot pass together. Returns for each None, or, when it may not go on
    and was not counted, `Refused("pupil_throttled")` with the time to wait.
    """
    known = uow.sign_in_failures.of({subject for limits in asked for subject in limits})
    counted: dict[bytes, Failures] = {}
    refusals: list[Refused | None] = []
    for limits in asked:
        left = _left(limits, known, at)
        if left > NO_WAIT:
            wait = waiting_time(ceil(left.total_seconds()))
            refusals.append(Refused("pupil_throttled", wait=wait))
            continue
        for subject, throttle in limits.items():
            known[subject] = counted[subject] = _counted(throttle, known.get(subject), at)
        refusals.append(None)
    uow.sign_in_failures.put_all(counted)
    return refusals


def waiting(context: Context, uow: UnitOfWork, username: str) -> timedelta:
    """Return how long a pupil must wait now, in a browser in which he never signed in."""
    limits = {context.keys.subject(pupil_subject(username)): PER_PUPIL}
    return _left(limits, uow.sign_in_failures.of(limits), context.clock())


def give_back(uow: UnitOfWork, entered: Sequence[Limits]) -> None:
    """Forget the failures of who signed in; their addresses had one attempt too many for each.

    Their other failures stay: else an own account would make room for guesses at another.
    """
    pairs = [tuple(limits) for limits in entered]
    uow.sign_in_failures.forget(*(account for account, _ in pairs))
    uow.sign_in_failures.forgive([address for _, address in pairs])


def clear(context: Context, uow: UnitOfWork, usernames: Iterable[str]) -> None:
    """Let pupils try again at once: they got another password from their school."""
    uow.sign_in_failures.forget(
        *(context.keys.subject(pupil_subject(username)) for username in usernames)
    )


def waiting_time(seconds: int) -> str:
    """Return a wait in Dutch words that a child can count."""
    if seconds < 60:
        return "1 seconde" if seconds == 1 else f"{seconds} seconden"
    minutes = ceil(seconds / 60)
    return "1 minuut" if minutes == 1 else f"{minutes} minuten"


def _left(limits: Limits, known: Mapping[bytes, Failures], at: datetime) -> timedelta:
    """Return how long must still be waited."""
    # Bounded by what the failures that are left deserve, whatever was written down with more.
    waits = (
        min(known[subject].blocked_until - at, throttle.wait(known[subject].count))
        for subject, throttle in limits.items()
        if subject in known
    )
    return max((NO_WAIT, *waits))


def _counted(throttle: Throttle, known: Failures | None, at: datetime) -> Failures:
    count, since = throttle.drained(known.count, known.last_at, at) if known else (0, at)
    return Failures(count + 1, since, at + throttle.wait(count + 1))
