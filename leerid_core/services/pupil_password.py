"""A pupil with a gevorderd account makes a password of his own (manual, chapter 1)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from leerid_core.errors import NotFound, Refused
from leerid_core.rules.accounts import AccountType, PasswordKind
from leerid_core.rules.addresses import visitor_network
from leerid_core.rules.passwords import password_refusal
from leerid_core.rules.typed_passwords import as_compared
from leerid_core.services.actors import Pupil
from leerid_core.services.auditing import record
from leerid_core.services.context import Context
from leerid_core.services.hashing import HASHER, verifies
from leerid_core.services.mail import Mail
from leerid_core.services.pupil_notices import Change, notice
from leerid_core.services.pupil_sessions import current
from leerid_core.services.pupil_throttling import Limits, clear, give_back, sign_in_limits, take
from leerid_core.services.tokens import token_hash
from leerid_core.store import Account, MailLink, PupilSession, Purpose, UnitOfWork


def must_change(session: PupilSession) -> bool:
    """Say whether a pupil must make a password of his own before anything else."""
    return session.password_kind is PasswordKind.TEMPORARY


def choose_password(
    context: Context, session: PupilSession, typed_current: str, wanted: str, address: str
) -> Mail | None:
    """Replace the password of the pupil of a session; the old one is dead at once.

    The current one is asked, except for a temporary one that must be changed: it was typed a moment
    ago. Other sessions of the pupil end. Returns the notice to mail him. Raises `Refused` with the
    rule that `wanted` breaks, `current_password_wrong`, `password_not_new`, `pupil_throttled` after
    too many wrong ones, `basic_password_kept` for a basis account, and `pupil_signed_out`.
    """
    kept = as_compared(wanted, PasswordKind.CHOSEN)
    with context.database.read() as uow:
        account = _own_account(context, uow, session)
    _check_rules(kept, account.username)
    limits = sign_in_limits(context.keys, account.username, visitor_network(address))
    if account.password.password_kind is not PasswordKind.TEMPORARY:
        _check_current(context, account, typed_current, limits)
    if verifies(account.password.password_hash, kept):
        raise Refused("password_not_new")
    new_hash, at = HASHER.hash(kept), context.clock()
    with context.database.write() as uow:
        if _own_account(context, uow, session).password != account.password:
            raise Refused("pupil_signed_out")
        told = _replace(context, uow, account, new_hash, at)
        uow.pupil_sessions.end_of([account.pupil_id], but=session.session_id)
    return told


def find_reset(context: Context, token: str) -> MailLink:
    """Return the link of a mail for who forgot his password; raises `NotFound("link_over")`."""
    with context.database.read() as uow:
        return _reset(context, uow, token)[0]


def reset_password(context: Context, token: str, wanted: str) -> Mail | None:
    """Replace the password of who has the link of a mail; it works once.

    Every session of the pupil ends. Returns the notice to mail him. Raises `Refused` with the rule
    that `wanted` breaks, and `NotFound("link_over")` for a link that was used, expired, or was
    never sent.
    """
    with context.database.read() as uow:
        _, account = _reset(context, uow, token)
    kept = as_compared(wanted, PasswordKind.CHOSEN)
    _check_rules(kept, account.username)
    new_hash, at = HASHER.hash(kept), context.clock()
    with context.database.write() as uow:
        _, account = _reset(context, uow, token)
        told = _replace(context, uow, account, new_hash, at)
        uow.pupil_sessions.end_of([account.pupil_id])
    return told


def _own_account(context: Context, uow: UnitOfWork, session: PupilSession) -> Account:
    pupil_id = current(context, uow, session).pupil_id
    account = uow.accounts.of_pupils([pupil_id])[pupil_id]
    if account.account_type is not AccountType.ADVANCED:
        raise Refused("basic_password_kept")
    return account


def _check_current(context: Context, account: Account, typed: str, limits: Limits) -> None:
    """Make sure that who has the browser has the password; guesses are throttled here too."""
    with context.database.write() as uow:
        take(uow, limits, context.clock())
    compared = as_compared(typed, account.password.password_kind)
    if not verifies(account.password.password_hash, compared):
        raise Refused("current_password_wrong")
    with context.database.write() as uow:
        give_back(uow, [limits])


def _reset(context: Context, uow: UnitOfWork, token: str) -> tuple[MailLink, Account]:
    link = uow.mail_links.find(token_hash(token), Purpose.RESET, context.clock())
    account = uow.accounts.of_pupils([link.pupil_id]).get(link.pupil_id) if link else None
    if link is None or account is None or account.account_type is not AccountType.ADVANCED:
        raise NotFound("link_over")
    return link, account


def _check_rules(wanted: str, username: str) -> None:
    refusal = password_refusal(wanted, username)
    if refusal is not None:
        raise Refused(refusal.code, **refusal.parameters)


def _replace(
    context: Context, uow: UnitOfWork, account: Account, new_hash: str, at: datetime
) -> Mail | None:
    chosen = replace(
        account.password,
        password_kind=PasswordKind.CHOSEN,
        password_hash=new_hash,
        password_set_at=at,
        password_expires_at=None,
    )
    uow.accounts.set_passwords({account.pupil_id: chosen})
    uow.batches.destroy_of_pupils([account.pupil_id])
    uow.mail_links.remove_of([account.pupil_id], Purpose.RESET)
    clear(context, uow, [account.username])
    record(uow, Pupil(account.username), "password_chosen", at, None, [account.pupil_id])
    return notice(context, uow, account.pupil_id, account.username, Change.PASSWORD)
