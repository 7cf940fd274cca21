"""Administrators: who may sign in, and which roles they have at a school."""

from __future__ import annotations

from collections.abc import Collection

from leerid_core.errors import NotFound, Refused
from leerid_core.rules.administrators import (
    administrator_password_refusal,
    login_refusal,
    normalise_login,
)
from leerid_core.rules.roles import Right, Role, allows
from leerid_core.services.actors import Actor, Administrator, authorise, authorise_operator
from leerid_core.services.auditing import record
from leerid_core.services.context import Context
from leerid_core.services.hashing import HASHER
from leerid_core.store import AdministratorAccount, School, UnitOfWork


def add_administrator(
    context: Context, actor: Actor, login: str, name: str, password: str
) -> AdministratorAccount:
    """Add somebody who may sign in, without any role yet.

    Raises `Refused` for a login that is malformed or there already, for an empty name and for a
    password that breaks a rule; `NotAllowed` for all but the operator.
    """
    authorise_operator(actor)
    login = normalise_login(login)
    refusal = login_refusal(login)
    if refusal is not None:
        raise Refused(refusal.code)
    if not name.strip():
        raise Refused("administrator_name_missing")
    password_hash = _hash(password, login)
    with context.database.write() as uow:
        if uow.administrators.find(login) is not None:
            raise Refused("login_exists", login=login)
        uow.administrators.add(login, name.strip(), password_hash)
        record(uow, actor, "administrator_added", context.clock(), None, login=login)
        return _account(uow, login)


def set_password(context: Context, actor: Actor, login: str, password: str) -> None:
    """Give an administrator another password, and end every session that he has.

    Raises `NotFound`, `Refused` for a password that breaks a rule, and `NotAllowed` for all but
    the operator.
    """
    authorise_operator(actor)
    password_hash = _hash(password, normalise_login(login))
    with context.database.write() as uow:
        account = _account(uow, login)
        uow.administrators.set_password(account.administrator_id, password_hash)
        uow.sessions.end_of(account.administrator_id)
        record(uow, actor, "administrator_password", context.clock(), None, login=account.login)


def set_disabled(context: Context, actor: Actor, login: str, *, disabled: bool) -> None:
    """Keep an administrator out, at once, or let him in again.

    Raises `NotFound`, and `NotAllowed` for all but the operator.
    """
    authorise_operator(actor)
    at = context.clock()
    action = "administrator_disabled" if disabled else "administrator_enabled"
    with context.database.write() as uow:
        account = _account(uow, login)
        uow.administrators.set_disabled(account.administrator_id, at if disabled else None)
        uow.sessions.end_of(account.administrator_id)
        record(uow, actor, action, at, None, login=account.login)


def set_roles(
    context: Context, actor: Actor, login: str, school_number: str, roles: Collection[Role]
) -> AdministratorAccount:
    """Give an administrator exactly these roles at a school; none takes all away.

    A data manager may do this at his own school, but not stop being data manager himself, so that
    a school never loses its last one by accident. Raises `Refused` for that, `NotFound` for an
    unknown login, `NotAllowed` for who may not change the settings there.
    """
    with context.database.write() as uow:
        authorise(uow, actor, school_number, Right.SETTINGS)
        account = _account(uow, login)
        if _is(actor, account) and Role.DATA_MANAGER not in roles:
            raise Refused("own_role_kept")
        uow.administrators.set_roles(account.administrator_id, school_number, roles)
        record(
            uow,
            actor,
            "roles_set",
            context.clock(),
            school_number,
            login=account.login,
            roles=sorted(roles),
        )
        return _account(uow, login)


def list_administrators(context: Context, actor: Actor) -> list[AdministratorAccount]:
    """Return everybody, by login; raises `NotAllowed` for all but the operator."""
    authorise_operator(actor)
    with context.database.read() as uow:
        return uow.administrators.all()


def administrators_of(
    context: Context, actor: Actor, school_number: str
) -> list[AdministratorAccount]:
    """Return who has a role at a school, by login, with the roles at that school only.

    Raises `NotAllowed` for who may not change the settings there.
    """
    with context.database.read() as uow:
        authorise(uow, actor, school_number, Right.SETTINGS)
        return uow.administrators.of_school(school_number)


def schools_of(context: Context, actor: Actor, right: Right = Right.READ) -> list[School]:
    """Return the schools where `actor` has `right`, by number; the operator has all of them."""
    with context.database.read() as uow:
        schools = uow.schools.all()
        if not isinstance(actor, Administrator):
            return schools
        roles = uow.administrators.roles_by_school(actor.administrator_id)
    return [school for school in schools if allows(roles.get(school.number, ()), right)]


def _hash(password: str, login: str) -> str:
    refusal = administrator_password_refusal(password, login)
    if refusal is not None:
        raise Refused(refusal.code, **refusal.parameters)
    return HASHER.hash(password)


def _account(uow: UnitOfWork, login: str) -> AdministratorAccount:
    account = uow.administrators.find(normalise_login(login))
    if account is None:
        raise NotFound("administrator_unknown", login=login)
    return account


def _is(actor: Actor, account: AdministratorAccount) -> bool:
    return isinstance(actor, Administrator) and actor.administrator_id == account.administrator_id
