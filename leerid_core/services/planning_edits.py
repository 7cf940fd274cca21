"""Changes to a plan before it is carried out (manual, chapter 3: "nog kunt aanpassen").

A plan is a value, so each function returns the plan as it becomes.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace

from leerid_core.errors import Refused
from leerid_core.rules.accounts import PasswordKind
from leerid_core.rules.findings import Finding, Severity
from leerid_core.rules.passwords import generate_password, kinds_for
from leerid_core.rules.roles import Right
from leerid_core.rules.usernames import normalise_username, username_refusal
from leerid_core.services.actors import Actor, authorise
from leerid_core.services.context import Context
from leerid_core.services.plans import RESERVED_FOR, Plan, PlannedAccount, with_warnings
from leerid_core.store import BatchKind, Reservation, UnitOfWork


def rename_planned(context: Context, actor: Actor, plan: Plan, pupil_id: int, wanted: str) -> Plan:
    """Give a row of a creation another username, and reserve that instead of the old one.

    Raises `Refused` with the rule that `wanted` breaks or `username_taken`, and `NotAllowed` for
    who may not make accounts there.
    """
    username = normalise_username(wanted)
    with context.database.write() as uow:
        authorise(uow, actor, plan.school.number, Right.ISSUE)
        row = next((row for row in plan.rows if row.pupil.pupil_id == pupil_id), None)
        if row is None or plan.kind is not BatchKind.CREATION:
            raise Refused("plan_outdated")
        if username == row.username:
            return plan
        refusal = username_refusal(username)
        if refusal is not None:
            raise Refused(refusal.code, **refusal.parameters)
        _reserve(uow, context, plan, pupil_id, username)
        uow.usernames.release(plan.token, [row.username])
    reason = Finding("username_typed", Severity.INFO)
    return _changed(plan, [pupil_id], lambda one: replace(one, username=username, reason=reason))


def change_kind(
    context: Context, actor: Actor, plan: Plan, pupil_ids: Collection[int], kind: PasswordKind
) -> Plan:
    """Give these pupils a password of `kind`, those whose type of account can have one.

    Raises `NotAllowed` for who may not make accounts there.
    """
    _check(context, actor, plan)

    def change(row: PlannedAccount) -> PlannedAccount:
        if kind not in kinds_for(row.account_type) or kind is row.password_kind:
            return row
        return replace(row, password_kind=kind, password=generate_password(kind, context.random))

    return _changed(plan, pupil_ids, change)


def renew_planned(context: Context, actor: Actor, plan: Plan, pupil_ids: Collection[int]) -> Plan:
    """Give these pupils another password of the same kind ("genereer nieuw wachtwoord").

    Raises `NotAllowed` for who may not make accounts there.
    """
    _check(context, actor, plan)
    return _changed(
        plan,
        pupil_ids,
        lambda row: replace(row, password=generate_password(row.password_kind, context.random)),
    )


def only(plan: Plan, pupil_ids: Collection[int]) -> Plan:
    """Return the plan for these pupils alone; the names of the others stay reserved with it."""
    return replace(plan, rows=tuple(r for r in plan.rows if r.pupil.pupil_id in pupil_ids))


def _check(context: Context, actor: Actor, plan: Plan) -> None:
    with context.database.read() as uow:
        authorise(uow, actor, plan.school.number, Right.ISSUE)


def _reserve(uow: UnitOfWork, context: Context, plan: Plan, pupil_id: int, username: str) -> None:
    """Hold a name for the plan; one that was the pupil's before needs no holding."""
    now = context.clock()
    uow.usernames.release_expired(now)
    if uow.usernames.owners([username]) == {username: pupil_id}:
        return
    if uow.usernames.taken([username]):
        raise Refused("username_taken", username=username)
    held = Reservation(username, pupil_id=pupil_id)
    uow.usernames.reserve([held], plan.token, now + RESERVED_FOR)


def _changed(
    plan: Plan, pupil_ids: Collection[int], change: Callable[[PlannedAccount], PlannedAccount]
) -> Plan:
    rows = [change(row) if row.pupil.pupil_id in pupil_ids else row for row in plan.rows]
    fresh = with_warnings([replace(row, findings=()) for row in rows])
    return replace(plan, rows=tuple(fresh))
