"""A pupil signs in at Mijn LeerID: an attempt is counted, verified, and ends in one outcome.

Three steps, because a server does the second, which takes long, on all its cores, and the first and
the last for everybody who waits, in one transaction. `sign_in` does all three for one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
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
from leerid_core.services.pupil_sessions import begin_sessions
from leerid_core.services.pupil_throttling import Limits, give_back, sign_in_limits, take_all
from leerid_core.store import Account, Outcome, SignInAttempt, SignInEvent, UnitOfWork

APPLICATION = "Mijn LeerID"
_WRONG = {Outcome.UNKNOWN_NAME, Outcome.WRONG_PASSWORD}
_CODES = {
    Outcome.UNKNOWN_NAME: "pupil_sign_in_failed",
    Outcome.WRONG_PASSWORD: "pupil_sign_in_failed",
    Outcome.EXPIRED: "pupil_password_expired",
    Outcome.INACTIVE: "pupil_inactive",
    Outcome.UPCOMING: "pupil_upcoming",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody wants to sign in by a name, from an address, in a browser that may be known."""

    typed_name: str = field(repr=False)
    address: str = field(repr=False)
    device: Device | None = None


@dataclass(frozen=True, slots=True)
class Attempt:
    """An attempt that was counted; `account` is None for a name that nobody has."""

    username: str
    network: str
    account: Account | None
    limits: Limits = field(repr=False)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the password of an attempt was right, and its new hash where the kept one is old."""

    attempt: Attempt
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
        account = uow.accounts.named([username]).get(username)
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
        (attempt,) = take_attempts(context, uow, [Asked(typed_name, address, device)])
    if isinstance(attempt, Refused):
        raise attempt
    verdict = verify(attempt, typed)
    with context.database.write() as uow:
        (ended,) = end_attempts(context, uow, [verdict])
    return ended.entered()


def take_attempts(
    context: Context, uow: UnitOfWork, asked: Sequence[Asked]
) -> list[Attempt | Refused]:
    """Count attempts one after another and look the accounts up.

    Returns for each the attempt, or `Refused("pupil_throttled")` for who must wait.
    """
    names = [as_username(one.typed_name) for one in asked]
    accounts = uow.accounts.named(set(names))
    attempts = [
        _attempt(context, name, accounts.get(name), one)
        for name, one in zip(names, asked, strict=True)
    ]
    refusals = take_all(uow, [attempt.limits for attempt in attempts], context.clock())
    return [refused or attempt for attempt, refused in zip(attempts, refusals, strict=True)]


def verify(attempt: Attempt, typed: str) -> Verdict:
    """Compare what was typed with the password: one hash, whether there is an account or not."""
    if attempt.account is None:
        verifies(NOBODY, as_compared(typed, PasswordKind.WORD))
        return Verdict(attempt, right=False)
    password = attempt.account.password
    compared = as_compared(typed, password.password_kind)
    right = verifies(password.password_hash, compared)
    outdated = right and HASHER.check_needs_rehash(password.password_hash)
    return Verdict(attempt, right, HASHER.hash(compared) if outdated else None)


def end_attempts(context: Context, uow: UnitOfWork, verdicts: Sequence[Verdict]) -> list[Ended]:
    """Keep how attempts ended, and begin a session for each that succeeded."""
    at = context.clock()
    endings = _endings(uow, verdicts, at)
    both = list(zip(verdicts, endings, strict=True))
    uow.sign_in_attempts.add(
        [_kept(context, one.attempt, ended.outcome, at) for one, ended in both]
    )
    give_back(uow, [one.attempt.limits for one, ended in both if ended.outcome not in _WRONG])
    entering = [
        (account, one.rehashed)
        for one, ended in both
        if ended.outcome is Outcome.SIGNED_IN and (account := one.attempt.account)
    ]
    tokens = iter(_enter(uow, entering, at))
    return [
        replace(ended, token=next(tokens)) if ended.outcome is Outcome.SIGNED_IN else ended
        for ended in endings
    ]


def _attempt(context: Context, username: str, account: Account | None, asked: Asked) -> Attempt:
    network, device, place = visitor_network(asked.address), asked.device, ""
    if account is not None and device is not None and device.knows(context.keys, username):
        # With the password, so that a new card makes an end of the waits here too.
        place = f" at {device.number} since {account.password.password_set_at.isoformat()}"
    limits = sign_in_limits(context.keys, username, network, place)
    return Attempt(username, network, account, limits)


def _endings(uow: UnitOfWork, verdicts: Sequence[Verdict], at: datetime) -> list[Ended]:
    # Looked up for names that nobody has too, so that it takes as long.
    now = uow.accounts.named({one.attempt.username for one in verdicts})
    right = {one.attempt.account.pupil_id for one in verdicts if one.right and one.attempt.account}
    periods = uow.enrolments.periods(right)
    return [_ending(one, now.get(one.attempt.username), periods, at) for one in verdicts]


def _ending(
    verdict: Verdict, now: Account | None, periods: Mapping[int, list[Period]], at: datetime
) -> Ended:
    account = verdict.attempt.account
    if account is None:
        return Ended(Outcome.UNKNOWN_NAME)
    # The password may have been renewed while the old one was verified.
    if not verdict.right or now is None or now.password != account.password:
        return Ended(Outcome.WRONG_PASSWORD)
    own, today = periods[account.pupil_id], school_day(at)
    status = account_status(own, today)
    if status is AccountStatus.UPCOMING:
        return Ended(Outcome.UPCOMING, begins=active_from(own, today))
    if status is AccountStatus.INACTIVE:
        return Ended(Outcome.INACTIVE)
    expires_at = account.password.password_expires_at
    expired = expires_at is not None and expires_at <= at
    return Ended(Outcome.EXPIRED if expired else Outcome.SIGNED_IN)


def _kept(context: Context, attempt: Attempt, outcome: Outcome, at: datetime) -> SignInAttempt:
    pupil_id = attempt.account.pupil_id if attempt.account else None
    address_hash = context.keys.subject(f"attempt from {attempt.network}")
    return SignInAttempt(at, pupil_id, APPLICATION, outcome, address_hash)


def _enter(
    uow: UnitOfWork, entering: Sequence[tuple[Account, str | None]], at: datetime
) -> list[str]:
    pupil_ids = [account.pupil_id for account, _ in entering]
    uow.accounts.set_hashes(
        {account.pupil_id: rehashed for account, rehashed in entering if rehashed is not None}
    )
    uow.sign_ins.record([SignInEvent(pupil_id, at, APPLICATION) for pupil_id in pupil_ids])
    return begin_sessions(uow, pupil_ids, at)
