"""Whose kernel it is: the server claims it for a session, the kernel asks who that is.

A kernel never learns it from its surroundings or from the browser, because both can be made up
(ARCHITECTURE.md, Server).
"""

from __future__ import annotations

import os
import time
from collections.abc import Mapping

from leerid_core.errors import NotAllowed
from leerid_core.services.actors import Administrator
from leerid_core.services.context import Context
from leerid_core.store import Session

KERNEL_ID = "VOILA_KERNEL_ID"
LOOKED_EVERY = 0.05
PATIENCE = 10.0


def claim_kernel(context: Context, kernel_id: str, session: Session, server: str) -> None:
    """Give a kernel of `server` to a session, once; raises `StoreError` when somebody has it."""
    with context.database.write() as uow:
        uow.claims.add(kernel_id, session.session_id, server)


def release_kernel(context: Context, kernel_id: str) -> None:
    """Take a kernel back; harmless when nobody has it."""
    with context.database.write() as uow:
        uow.claims.remove(kernel_id)


def release_kernels_of(context: Context, server: str) -> None:
    """Take the kernels of a server back: when it starts, none of those before is left.

    Those of other servers on the same database stay. What a server that never starts again left
    goes with the sessions; nothing asks for it, because its kernels are gone.
    """
    with context.database.write() as uow:
        uow.claims.clear(server)


def claimed_actor(
    context: Context, environment: Mapping[str, str] = os.environ, patience: float = PATIENCE
) -> Administrator:
    """Return for whom the server started the kernel that this runs in.

    Waits up to `patience` seconds for the claim, because a page may be started before somebody
    asks for it. Raises `NotAllowed` without a claim, and outside a served page.
    """
    kernel_id = environment.get(KERNEL_ID)
    if kernel_id is None:
        raise NotAllowed("no_served_page")
    deadline = time.monotonic() + patience
    while (owner := _owner(context, kernel_id)) is None:
        if time.monotonic() >= deadline:
            raise NotAllowed("no_served_page")
        time.sleep(LOOKED_EVERY)
    return owner


def _owner(context: Context, kernel_id: str) -> Administrator | None:
    with context.database.read() as uow:
        found = uow.claims.owner(kernel_id)
    return Administrator(*found) if found else None
