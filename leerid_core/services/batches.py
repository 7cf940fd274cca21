"""Hand-out batches: what was handed out, print it again, undo it (ARCHITECTURE.md, contract 4)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from leerid_core.errors import NotFound, Refused
from leerid_core.exports import PrintOptions
from leerid_core.rules.credentials import Credential
from leerid_core.rules.roles import Right
from leerid_core.rules.school_time import school_day
from leerid_core.rules.school_years import SchoolYear
from leerid_core.services.actors import Actor, authorise
from leerid_core.services.auditing import record
from leerid_core.services.cards import Archive, batch_archive, card
from leerid_core.services.context import Context
from leerid_core.services.pupil_entries import end_entries
from leerid_core.services.pupils import with_status
from leerid_core.services.work import Work
from leerid_core.store import (
    Batch,
    BatchKind,
    ListedPupil,
    Member,
    PupilQuery,
    School,
    UnitOfWork,
)


@dataclass(frozen=True, slots=True)
class Reprint:
    """A batch printed again; `destroyed` of its pupils can no longer be printed."""

    batch: int
    pupils: int
    destroyed: int
    archive: Archive = field(repr=False)


def list_batches(context: Context, actor: Actor, school_number: str) -> list[Batch]:
    """Return the batches of a school, newest first; raises `NotAllowed` for who may not read."""
    with context.database.write() as uow:
        authorise(uow, actor, school_number, Right.READ)
        uow.batches.destroy_expired(context.clock())
        return uow.batches.of_school(school_number)


def find_batch(context: Context, actor: Actor, number: int) -> tuple[Batch, School]:
    """Return a batch and its school; raises `NotFound` and `NotAllowed`."""
    with context.database.read() as uow:
        return _batch(uow, actor, number, Right.READ)


def reprint_batch(
    context: Context,
    actor: Actor,
    number: int,
    options: PrintOptions | None = None,
    *,
    pupil_ids: Collection[int] | None = None,
    work: Work | None = None,
) -> Reprint:
    """Print a batch again, whole or for `pupil_ids`, as far as it is still sealed.

    Raises `NotFound` for an unknown batch, `Refused("batch_destroyed")` when nothing of it can be
    printed any more, `NotAllowed` for who may not print there, and `Cancelled`.
    """
    at = context.clock()
    _destroy_what_is_over(context, actor, number)
    with context.database.write() as uow:
        batch, school = _batch(uow, actor, number)
        members = [
            member
            for member in uow.batches.members(number)
            if pupil_ids is None or member.pupil_id in pupil_ids
        ]
        sealed = [member for member in members if member.sealed is not None]
        if not sealed:
            raise Refused("batch_destroyed", batch=number)
        cards = _cards(uow, context, batch, school, sealed)
        record(
            uow,
            actor,
            "reprint",
            at,
            school.number,
            [member.pupil_id for member in sealed],
            batch=number,
        )
    made_at = batch.created_at
    archive = batch_archive(school, number, made_at, cards, options, work or Work())
    return Reprint(number, len(sealed), len(members) - len(sealed), archive)


def undo_batch(context: Context, actor: Actor, number: int) -> Batch:
    """Take back a batch, all of it, while none of its pupils has signed in; return the batch.

    A creation: the accounts are revoked, their names stay with their pupils. A renewal: the
    passwords of before work again. Raises `Refused` when a pupil signed in, when it was undone
    already, when a later batch gave one of its pupils something newer, or when the passwords of
    before have been destroyed; `NotFound` for an unknown batch; `NotAllowed` for who may not.
    """
    at = context.clock()
    _destroy_what_is_over(context, actor, number)
    with context.database.write() as uow:
        batch, school = _batch(uow, actor, number)
        members = uow.batches.members(number)
        _check_undo(batch, members, uow.batches.later_batches(number))
        pupil_ids = [member.pupil_id for member in members]
        end_entries(context, uow, pupil_ids)
        if batch.kind is BatchKind.CREATION:
            uow.accounts.remove(pupil_ids)
        else:
            uow.accounts.set_passwords(
                {member.pupil_id: member.previous for member in members if member.previous}
            )
        uow.batches.mark_undone(number, at)
        record(uow, actor, "undo", at, school.number, pupil_ids, batch=number)
    return batch


def _destroy_what_is_over(context: Context, actor: Actor, number: int) -> None:
    """Destroy in a transaction of its own, so that it holds also when what follows is refused."""
    with context.database.write() as uow:
        _batch(uow, actor, number)
        uow.batches.destroy_expired(context.clock())


def _batch(
    uow: UnitOfWork, actor: Actor, number: int, right: Right = Right.ISSUE
) -> tuple[Batch, School]:
    batch = uow.batches.get(number)
    if batch is None:
        raise NotFound("batch_unknown", batch=number)
    return batch, authorise(uow, actor, batch.school_number, right)


def _cards(
    uow: UnitOfWork, context: Context, batch: Batch, school: School, members: Sequence[Member]
) -> list[Credential]:
    pupil_ids = frozenset(member.pupil_id for member in members)
    pupils = pupils_of_batch(uow, context, batch, school, pupil_ids)
    accounts = uow.accounts.of_pupils(pupil_ids)
    return [
        card(
            context,
            pupils[member.pupil_id],
            accounts[member.pupil_id].username,
            accounts[member.pupil_id].account_type,
            accounts[member.pupil_id].password.password_kind,
            context.keys.unseal(member.sealed, batch=batch.number, pupil_id=member.pupil_id),
        )
        for member in members
        if member.sealed is not None
    ]


def pupils_of_batch(
    uow: UnitOfWork, context: Context, batch: Batch, school: School, pupil_ids: frozenset[int]
) -> dict[int, ListedPupil]:
    """Return each pupil as enrolled this school year, else as in the years near the batch."""
    today = context.today()
    made_in = SchoolYear.of(school_day(batch.created_at))
    pupils: dict[int, ListedPupil] = {}
    for year in (made_in.next, made_in, SchoolYear.of(today)):
        rows = uow.listing.page(school.number, year, PupilQuery(pupil_ids=pupil_ids))
        pupils |= {one.listed.pupil_id: one.listed for one in with_status(uow, school, rows, today)}
    return pupils


def _check_undo(batch: Batch, members: Sequence[Member], later: Sequence[int]) -> None:
    if batch.undone_at is not None:
        raise Refused("batch_undone", batch=batch.number)
    if batch.signed_in:
        raise Refused("batch_signed_in", batch=batch.number, count=batch.signed_in)
    renewal = batch.kind is BatchKind.RENEWAL
    if renewal and any(member.previous is None for member in members):
        raise Refused("batch_undo_too_late", batch=batch.number)
    if later:
        raise Refused("batch_followed", batch=batch.number, later=later[-1])
