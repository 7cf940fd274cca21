"""Colleagues: who works for a school, let in by its data manager."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from leerid_core.errors import NotFound, Refused
from leerid_core.rules.administrators import (
    generate_start_password,
    login_refusal,
    normalise_login,
    start_password_expiry,
)
from leerid_core.rules.folding import search_key
from leerid_core.rules.roles import Right, Role, allows
from leerid_core.services.actors import Actor, Administrator, authorise
from leerid_core.services.auditing import record
from leerid_core.services.context import Context
from leerid_core.services.hashing import HASHER
from leerid_core.store import AdministratorAccount, UnitOfWork


@dataclass(frozen=True, slots=True)
class Colleague:
    """Who was let in. The start password is nowhere else; who had a login already gets none."""

    account: AdministratorAccount
    start_password: str | None = field(repr=False)


def add_colleague(
    context: Context,
    actor: Actor,
    school_number: str,
    login: str,
    name: str,
    roles: Collection[Role],
) -> Colleague:
    """Give somebody roles at a school, and a login with a start password if he has none yet.

    Who has a login must be called by his name too, so that a slip of the pen lets no stranger in;
    his password and his other roles stay. Raises `Refused` for a login that is malformed, of
    somebody with another name or in the list already, and without name or roles; `NotAllowed` for
    who may not change the settings there.
    """
    login = normalise_login(login)
    password = generate_start_password(context.random)
    password_hash = HASHER.hash(password)
    at = context.clock()
    with context.database.write() as uow:
        authorise(uow, actor, school_number, Right.SETTINGS)
        _check(login, name, roles)
        known = uow.administrators.find(login)
        if known is None:
            until = start_password_expiry(at)
            key = uow.administrators.add(login, name.strip(), password_hash, until)
            record(uow, actor, "administrator_added", at, school_number, login=login)
        else:
            _check_same(known, school_number, name)
            key = known.administrator_id
        uow.administrators.grant(key, school_number, roles)
        record(uow, actor, "roles_set", at, school_number, login=login, roles=sorted(roles))
        account = _colleague(uow, school_number, login)
    return Colleague(account, password if known is None else None)


def renew_start_password(
    context: Context, actor: Actor, school_number: str, login: str
) -> Colleague:
    """Give a colleague who lost his password a start password, and end every session that he has.

    Raises `Refused("colleague_elsewhere")` for who has roles at a school whose settings `actor`
    may not change: else one school could sign in at another. Raises
    `Refused("own_password_apart")` for oneself, `NotFound` for who has no role at this school, and
    `NotAllowed` for who may not change the settings there.
    """
    password = generate_start_password(context.random)
    password_hash = HASHER.hash(password)
    at = context.clock()
    with context.database.write() as uow:
        authorise(uow, actor, school_number, Right.SETTINGS)
        account = _colleague(uow, school_number, login)
        key = account.administrator_id
        if isinstance(actor, Administrator):
            _check_within(uow, actor, account)
        uow.administrators.set_password(key, password_hash, start_password_expiry(at))
        uow.sessions.end_of(key)
        record(uow, actor, "administrator_password", at, school_number, login=account.login)
    return Colleague(account, password)


def _check(login: str, name: str, roles: Collection[Role]) -> None:
    refusal = login_refusal(login)
    if refusal is not None:
        raise Refused(refusal.code)
    if not name.strip():
        raise Refused("administrator_name_missing")
    if not roles:
        raise Refused("roles_missing")


def _check_same(known: AdministratorAccount, school_number: str, name: str) -> None:
    if school_number in known.roles:
        raise Refused("colleague_known", login=known.login)
    if search_key(known.name) != search_key(name):
        raise Refused("login_of_another_name", login=known.login)


def _check_within(uow: UnitOfWork, actor: Administrator, account: AdministratorAccount) -> None:
    """Let only through whoever works nowhere but where `actor` settles who does."""
    if account.administrator_id == actor.administrator_id:
        raise Refused("own_password_apart")
    own = uow.administrators.roles_by_school(actor.administrator_id)
    if not all(allows(own.get(number, ()), Right.SETTINGS) for number in account.roles):
        raise Refused("colleague_elsewhere", login=account.login)


def _colleague(uow: UnitOfWork, school_number: str, login: str) -> AdministratorAccount:
    account = uow.administrators.find(normalise_login(login))
    if account is None or school_number not in account.roles:
        raise NotFound("administrator_unknown", login=login)
    return account
