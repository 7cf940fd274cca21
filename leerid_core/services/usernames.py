"""Another username for an account ("Pas aanmeldgegevens aan", manual, chapter 2)."""

from __future__ import annotations

import secrets
from datetime import datetime

from leerid_core.errors import NotFound, Refused
from leerid_core.rules.roles import Right
from leerid_core.rules.school_years import SchoolYear
from leerid_core.rules.usernames import normalise_username, username_refusal
from leerid_core.services.actors import Actor, authorise
from leerid_core.services.auditing import record
from leerid_core.services.context import Context
from leerid_core.store import PupilQuery, Reservation, UnitOfWork


def change_username(
    context: Context, actor: Actor, school_number: str, pupil_id: int, wanted: str
) -> str:
    """Give the account of a pupil another username; return it as it is kept.

    The old name stays with the pupil, who may get it back; nobody else ever gets it. Raises
    `Refused` with the broken rule or `username_taken`, `NotFound` when no pupil with an account
    has this id in the active school year of this school, `NotAllowed` for who may not.
    """
    username = normalise_username(wanted)
    at = context.clock()
    with context.database.write() as uow:
        authorise(uow, actor, school_number, Right.ISSUE)
        _check_pupil(uow, context, school_number, pupil_id)
        refusal = username_refusal(username)
        if refusal is not None:
            raise Refused(refusal.code, **refusal.parameters)
        old = uow.accounts.of_pupils([pupil_id])[pupil_id].username
        if username != old:
            _take(uow, username, pupil_id, at)
            uow.accounts.set_username(pupil_id, username)
            record(uow, actor, "username", at, school_number, [pupil_id], old=old, new=username)
    return username


def _check_pupil(uow: UnitOfWork, context: Context, school_number: str, pupil_id: int) -> None:
    year = SchoolYear.of(context.today())
    listed = uow.listing.page(school_number, year, PupilQuery(pupil_ids=frozenset({pupil_id})))
    if not listed or listed[0].username is None:
        raise NotFound("account_unknown")


def _take(uow: UnitOfWork, username: str, pupil_id: int, at: datetime) -> None:
    """Issue a name to a pupil, unless it was issued to this pupil before."""
    uow.usernames.release_expired(at)
    if uow.usernames.owners([username]) == {username: pupil_id}:
        return
    if uow.usernames.taken([username]):
        raise Refused("username_taken", username=username)
    plan = secrets.token_hex(16)
    uow.usernames.reserve([Reservation(username)], plan, at)
    uow.usernames.issue(plan, {username: pupil_id}, at)
