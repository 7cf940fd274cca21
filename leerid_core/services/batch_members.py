"""Whom a batch was for, and who of them signed in since (Afdrukken)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from leerid_core.errors import NotFound
from leerid_core.rules.roles import Right
from leerid_core.services.actors import Actor, authorise
from leerid_core.services.batches import pupils_of_batch
from leerid_core.services.context import Context
from leerid_core.store import Batch, ListedPupil


@dataclass(frozen=True, slots=True)
class BatchMember:
    """One pupil of a batch.

    `signed_in` tells whether he did since the batch, `sealed_until` until when his card can be
    printed again: None when it no longer can. `username` is None once the account is gone.
    """

    pupil: ListedPupil
    username: str | None
    last_sign_in: datetime | None
    signed_in: bool
    sealed_until: datetime | None

    @property
    def pupil_id(self) -> int:
        """The pupil's id."""
        return self.pupil.pupil_id


def list_members(context: Context, actor: Actor, number: int) -> tuple[Batch, list[BatchMember]]:
    """Return a batch and its pupils, in the order in which they were planned.

    Raises `NotFound("batch_unknown")`, and `NotAllowed` for who may not read there.
    """
    with context.database.write() as uow:
        batch = uow.batches.get(number)
        if batch is None:
            raise NotFound("batch_unknown", batch=number)
        school = authorise(uow, actor, batch.school_number, Right.READ)
        uow.batches.destroy_expired(context.clock())
        members = uow.batches.members(number)
        ids = frozenset(member.pupil_id for member in members)
        pupils = pupils_of_batch(uow, context, batch, school, ids)
        accounts = uow.accounts.of_pupils(ids)
    made = []
    for member in members:
        account = accounts.get(member.pupil_id)
        last = account.last_sign_in if account else None
        signed_in = member.first_sign_in is not None
        username = account.username if account else None
        made.append(
            BatchMember(pupils[member.pupil_id], username, last, signed_in, member.sealed_until)
        )
    return batch, made
