"""What an actor may do at a school, so that a screen offers nothing that would be refused."""

from __future__ import annotations

from leerid_core.rules.roles import Right, allows
from leerid_core.services.actors import Actor, Administrator
from leerid_core.services.context import Context


def rights_at(context: Context, actor: Actor, school_number: str) -> frozenset[Right]:
    """Return the rights of `actor` at a school; none for who has no role there.

    Every service checks again for itself: this only spares a user a refusal.
    """
    if not isinstance(actor, Administrator):
        return frozenset(Right)
    with context.database.read() as uow:
        roles = uow.administrators.roles(actor.administrator_id, school_number)
    return frozenset(right for right in Right if allows(roles, right))
