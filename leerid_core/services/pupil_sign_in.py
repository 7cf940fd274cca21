"""A pupil signs in at Mijn LeerID: an attempt is counted, verified, and ends in one outcome.

Three steps, because a server does the first and the last in short transactions one after another
and the second, which takes long, on all its cores. `sign_in` does all three.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from leerid_core.errors import Refused
from leerid_core.rules.accounts import (
    AccountStatus,
    PasswordKind,
    Period,
    account_status,
    active_from,
)
from leerid_core.rules.addresses import visitor_network
from leerid_core.rules.dates import dutch_date
from leerid_core.rules.school_time import school_day
from leerid_core.rules.shown_kinds import shows_pictures
from leerid_core.rules.typed_passwords import as_compared, as_username
from leerid_core.services.context import Context
from leerid_core.services.hashing import HASHER, NOBODY, verifies
from leerid_core.services.known_devices import Device
from leerid_core.services.pupil_sessions import begin_session
from leerid_core.services.pupil_throttling import Limits, give_back, sign_in_limits, take
from leerid_core.store import Account, Outcome, SignInAttempt, SignInEvent, UnitOfWork

APPLICATION = "Mijn LeerID"
_CODES = {
    Outcome.UNKNOWN_NAME: "pupil_sign_in_failed",
    Outcome.WRONG_PASSWORD: "pupil_sign_in_failed",
    Outcome.EXPIRED: "pupil_password_expired",
    Outcome.INACTIVE: "pupil_inactive",
    Outcome.UPCOMING: "pupil_upcoming",
}


@dataclass(frozen=True, slots=True)
class Attempt:
    """An attempt that was counted; `account` is None for a name that nobody has."""

    username: str
    network: str
    account: Account | None
    limits: Limits = field(repr=False)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the password was right, and its new hash where the kept one is of older making."""

    right: bool
    rehashed: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Ended:
    """How an attempt ended: with a `token` for the browser only, or `begins`, when it could."""

    outcome: Outcome
    token: str | None = field(default=None, repr=False)
    begins: date | None = None

    def entered(self) -> str:
        """Return the token of who signed in; raises `Refused` for who did not."""
        if self.token is None:
            begins = dutch_date(self.begins) if self.begins else ""
            raise Refused(_CODES[self.outcome], begins=begins)
        return self.token


def asks_pictures(context: Context, typed_name: str) -> bool:
    """Say whether the page asks who is called `typed_name` for pictures, or for a password."""
    username = as_username(typed_name)
    with context.database.read() as uow:
        account = uow.accounts.named(username)
    kind = account.password.password_kind if account else None
    return shows_pictures(kind, context.keys.subject(f"shown {username}"))


def sign_in(
    context: Context, typed_name: str, typed: str, address: str, device: Device | None = None
) -> str:
    """Sign a pupil in; return the token of the session.

    Raises `Refused("pupil_sign_in_failed")`, after the same work, for a wrong password and a name
    that nobody has; `Refused("pupil_throttled")` after too many of them; and, only after the right
    password, a refusal that says that it expired or that the account is not active.
    """
    with context.database.write() as uow:
        attempt = take_attempt(context, uow, typed_name, address, device)
    verdict = verify(attempt, typed)
    with context.database.write() as uow:
        ended = end_attempt(context, uow, attempt, verdict)
    return ended.entered()


def take_attempt(
    context: Context,
    uow: UnitOfWork,
    typed_name: str,
    address: str,
    device: Device | None = None,
) -> Attempt:
    """Count an attempt and look the account up; raises `Refused("pupil_throttled")`."""
    username, network = as_username(typed_name), visitor_network(address)
    account = uow.accounts.named(username)
    place = ""
    if account is not None and device is not None and device.knows(context.keys, username):
        # With the password, so that a new card makes an end of the waits here too.
        place = f" at {device.number} since {account.password.password_set_at.isoformat()}"
    limits = sign_in_limits(context.keys, username, network, place)
    take(uow, limits, context.clock())
    return Attempt(username, network, account, limits)


def verify(attempt: Attempt, typed: str) -> Verdict:
    """Compare what was typed with the password: one hash, whether there is an account or not."""
    if attempt.account is None:
        verifies(NOBODY, as_compared(typed, PasswordKind.WORD))
        return Verdict(right=False)
    password = attempt.account.password
    compared = as_compared(typed, password.password_kind)
    right = verifies(password.password_hash, compared)
    outdated = right and HASHER.check_needs_rehash(password.password_hash)
    return Verdict(right, HASHER.hash(compared) if outdated else None)


def end_attempt(context: Context, uow: UnitOfWork, attempt: Attempt, verdict: Verdict) -> Ended:
    """Keep how an attempt ended, and begin a session when it succeeded."""
    at = context.clock()
    ended = _ended(context, uow, attempt, verdict, at)
    _keep(context, uow, attempt, ended.outcome, at)
    if ended.outcome in {Outcome.UNKNOWN_NAME, Outcome.WRONG_PASSWORD}:
        return ended
    give_back(uow, attempt.limits)
    if ended.outcome is not Outcome.SIGNED_IN or attempt.account is None:
        return ended
    pupil_id = attempt.account.pupil_id
    if verdict.rehashed is not None:
        uow.accounts.set_hash(pupil_id, verdict.rehashed)
    uow.sign_ins.record([SignInEvent(pupil_id, at, APPLICATION)])
    return Ended(Outcome.SIGNED_IN, begin_session(uow, pupil_id, at))


def _ended(
    context: Context, uow: UnitOfWork, attempt: Attempt, verdict: Verdict, at: datetime
) -> Ended:
    account = attempt.account
    # The password may have been renewed while the old one was verified. Looked up for a name that
    # nobody has too, so that it takes as long.
    unchanged = uow.accounts.named(attempt.username) == account
    if account is None:
        return Ended(Outcome.UNKNOWN_NAME)
    if not verdict.right or not unchanged:
        return Ended(Outcome.WRONG_PASSWORD)
    today = school_day(at)
    periods: list[Period] = uow.enrolments.periods([account.pupil_id])[account.pupil_id]
    status = account_status(periods, today)
    if status is AccountStatus.UPCOMING:
        return Ended(Outcome.UPCOMING, begins=active_from(periods, today))
    if status is AccountStatus.INACTIVE:
        return Ended(Outcome.INACTIVE)
    expires_at = account.password.password_expires_at
    expired = expires_at is not None and expires_at <= at
    return Ended(Outcome.EXPIRED if expired else Outcome.SIGNED_IN)


def _keep(
    context: Context, uow: UnitOfWork, attempt: Attempt, outcome: Outcome, at: datetime
) -> None:
    pupil_id = attempt.account.pupil_id if attempt.account else None
    address_hash = context.keys.subject(f"attempt from {attempt.network}")
    uow.sign_in_attempts.add(SignInAttempt(at, pupil_id, APPLICATION, outcome, address_hash))
