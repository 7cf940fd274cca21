"""What the trail tells of a school, and how services write in it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from leerid_core.rules.roles import Right
from leerid_core.services.actors import Actor, Pupil, authorise, authorise_operator
from leerid_core.services.context import Context
from leerid_core.store import AuditEntry, UnitOfWork


def record(
    uow: UnitOfWork,
    actor: Actor | Pupil,
    action: str,
    at: datetime,
    school_number: str | None,
    pupil_ids: Collection[int] = (),
    **details: object,
) -> None:
    """Write in the trail, in the transaction of what is done; `details` never hold a password.

    `school_number` is None for what concerns no school, such as signing in.
    """
    entry = AuditEntry(at, actor.name, actor.origin, action, school_number, details)
    uow.audit.append(entry, pupil_ids)


def audit_trail(
    context: Context, actor: Actor, school_number: str, since: datetime | None = None
) -> list[AuditEntry]:
    """Return what was done at a school since a moment, oldest first.

    Raises `NotAllowed` for who may not read there.
    """
    with context.database.read() as uow:
        authorise(uow, actor, school_number, Right.READ)
        return uow.audit.of_school(school_number, since)


def installation_trail(
    context: Context, actor: Actor, since: datetime | None = None
) -> list[AuditEntry]:
    """Return what concerned no school since a moment, oldest first: signing in, administrators.

    Raises `NotAllowed` for all but the operator.
    """
    authorise_operator(actor)
    with context.database.read() as uow:
        return uow.audit.of_school(None, since)
