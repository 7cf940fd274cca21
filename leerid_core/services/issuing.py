"""From a plan to accounts and cards: all of it, or nothing (ARCHITECTURE.md, contract 3).

The hashes and the archive are made first; then one transaction writes accounts, hashes, the
batch with its sealed credentials and the audit entry.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from leerid_core.errors import Refused
from leerid_core.exports import PrintOptions
from leerid_core.rules.accounts import PasswordKind
from leerid_core.rules.credentials import Credential
from leerid_core.rules.passwords import temporary_expiry
from leerid_core.rules.roles import Right
from leerid_core.services.actors import Actor, authorise
from leerid_core.services.auditing import record
from leerid_core.services.cards import Archive, batch_archive, card
from leerid_core.services.context import Context
from leerid_core.services.hashing import hashing
from leerid_core.services.plans import Plan, PlannedAccount
from leerid_core.services.pupil_entries import end_entries
from leerid_core.services.work import Work
from leerid_core.store import Account, Batch, BatchKind, Member, Password, Reservation, UnitOfWork

SEALED_FOR = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Issued:
    """A batch that was made, and its archive to download."""

    batch: int
    archive: Archive = field(repr=False)


@dataclass(frozen=True, slots=True)
class _Prepared:
    """What one row of the plan becomes, made before the transaction."""

    row: PlannedAccount
    password: Password
    member: Member


def create_accounts(
    context: Context,
    actor: Actor,
    plan: Plan,
    options: PrintOptions | None = None,
    work: Work | None = None,
) -> Issued:
    """Make the accounts of a plan of `plan_accounts`, and the archive with their cards.

    Raises `Refused("plan_outdated")` when a pupil got an account or a name was lost since the plan,
    `Refused("plan_empty")` for a plan without rows, `Cancelled` when the user stopped it, and
    `NotAllowed` for who may not make accounts there. In each case nothing was written.
    """
    return _issue(context, actor, plan, BatchKind.CREATION, options, work)


def renew_passwords(
    context: Context,
    actor: Actor,
    plan: Plan,
    options: PrintOptions | None = None,
    work: Work | None = None,
) -> Issued:
    """Give the new passwords of a plan of `plan_renewal`, and the archive with their cards.

    The old passwords stop working at once, and what was sealed of them is destroyed. Raises the
    same as `create_accounts`.
    """
    return _issue(context, actor, plan, BatchKind.RENEWAL, options, work)


def _issue(
    context: Context,
    actor: Actor,
    plan: Plan,
    kind: BatchKind,
    options: PrintOptions | None,
    work: Work | None,
) -> Issued:
    work = work or Work()
    with context.database.write() as uow:
        authorise(uow, actor, plan.school.number, Right.ISSUE)
        if plan.kind is not kind or not plan.rows:
            raise Refused("plan_empty")
        number = uow.batches.next_number()
    with hashing([row.password for row in plan.rows]) as hasher:
        cards = [_card(context, row) for row in plan.rows]
        archive = batch_archive(plan.school, number, context.clock(), cards, options, work)
        hashes = hasher.hashes(work)
    at = context.clock()  # a sign-in while the hashes were made is not one with the new password
    prepared = _prepared(context, plan.rows, hashes, number, at)
    work.check()
    work.report(len(prepared), len(prepared), "writing")
    with context.database.write() as uow:
        school = authorise(uow, actor, plan.school.number, Right.ISSUE)
        uow.batches.destroy_expired(at)
        if kind is BatchKind.CREATION:
            _write_accounts(uow, actor, plan, prepared, at)
        else:
            _write_passwords(context, uow, prepared)
        batch = Batch(number, school.number, kind, at, actor.name)
        uow.batches.add(batch, [one.member for one in prepared])
        pupil_ids = [one.member.pupil_id for one in prepared]
        record(uow, actor, kind, at, school.number, pupil_ids, batch=number)
    return Issued(number, archive)


def _card(context: Context, row: PlannedAccount) -> Credential:
    return card(context, row.pupil, row.username, row.account_type, row.password_kind, row.password)


def _prepared(
    context: Context,
    rows: Sequence[PlannedAccount],
    hashes: Sequence[str],
    batch: int,
    at: datetime,
) -> list[_Prepared]:
    prepared = []
    for position, (row, password_hash) in enumerate(zip(rows, hashes, strict=True)):
        pupil_id = row.pupil.pupil_id
        temporary = row.password_kind is PasswordKind.TEMPORARY
        expires_at = temporary_expiry(at, context.temporary_days) if temporary else None
        password = Password(row.account_type, row.password_kind, password_hash, at, expires_at)
        sealed = context.keys.seal(row.password, batch=batch, pupil_id=pupil_id)
        member = Member(pupil_id, position, sealed, at + SEALED_FOR)
        prepared.append(_Prepared(row, password, member))
    return prepared


def _write_accounts(
    uow: UnitOfWork, actor: Actor, plan: Plan, prepared: Sequence[_Prepared], at: datetime
) -> None:
    pupil_ids = [one.member.pupil_id for one in prepared]
    if uow.accounts.of_pupils(pupil_ids):
        raise Refused("plan_outdated")
    owners = {one.row.username: one.member.pupil_id for one in prepared}
    _issue_names(uow, plan, owners, at)
    uow.accounts.add(
        [
            Account(one.member.pupil_id, one.row.username, one.password, at, actor.name)
            for one in prepared
        ]
    )


def _issue_names(uow: UnitOfWork, plan: Plan, owners: dict[str, int], at: datetime) -> None:
    """Issue the names of the plan; one whose reservation ran out is still good if it is free."""
    own = uow.usernames.owners(owners)
    if any(owners[name] != pupil_id for name, pupil_id in own.items()):
        raise Refused("plan_outdated")
    wanted = {name: pupil_id for name, pupil_id in owners.items() if name not in own}
    uow.usernames.release_expired(at)
    lost = wanted.keys() - uow.usernames.reserved(plan.token)
    if uow.usernames.taken(lost):
        raise Refused("plan_outdated")
    uow.usernames.reserve([Reservation(name) for name in sorted(lost)], plan.token, at)
    uow.usernames.issue(plan.token, wanted, at)
    uow.usernames.release(plan.token)


def _write_passwords(context: Context, uow: UnitOfWork, prepared: list[_Prepared]) -> None:
    pupil_ids = [one.member.pupil_id for one in prepared]
    accounts = uow.accounts.of_pupils(pupil_ids)
    names = {pupil_id: account.username for pupil_id, account in accounts.items()}
    if names != {one.member.pupil_id: one.row.username for one in prepared}:
        raise Refused("plan_outdated")
    uow.batches.destroy_of_pupils(pupil_ids)
    end_entries(context, uow, pupil_ids)
    for index, one in enumerate(prepared):
        previous = accounts[one.member.pupil_id].password
        prepared[index] = replace(one, member=replace(one.member, previous=previous))
    uow.accounts.set_passwords({one.member.pupil_id: one.password for one in prepared})
