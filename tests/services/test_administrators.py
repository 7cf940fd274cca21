"""Administrators, their passwords and their roles."""

from __future__ import annotations

import pytest
from argon2 import PasswordHasher
from service_world import OTHER_SCHOOL, SCHOOL, World

from leerid_core.errors import NotAllowed, NotFound, Refused
from leerid_core.rules.roles import Role
from leerid_core.services.administrators import (
    add_administrator,
    administrators_of,
    list_administrators,
    schools_of,
    set_disabled,
    set_password,
    set_roles,
)

PASSWORD = "een heel lang wachtwoord"


def _hash(world: World, login: str) -> str | None:
    with world.context.database.read() as uow:
        found = uow.administrators.password(login)
    return found.password_hash if found else None


def test_a_password_is_kept_as_argon2id_only(world: World) -> None:
    """The database holds a hash that verifies, with the parameters of the rule."""
    add_administrator(world.context, world.operator, "An@School.be", "An Peeters", PASSWORD)
    kept = _hash(world, "an@school.be")
    assert kept is not None
    assert kept.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert PasswordHasher().verify(kept, PASSWORD)


def test_a_login_is_given_once(world: World) -> None:
    """Also when it is typed in capitals."""
    add_administrator(world.context, world.operator, "an.peeters", "An Peeters", PASSWORD)
    with pytest.raises(Refused) as refused:
        add_administrator(world.context, world.operator, "AN.PEETERS", "Ann Peeters", PASSWORD)
    assert refused.value.code == "login_exists"


@pytest.mark.parametrize(
    ("login", "name", "password", "code"),
    [
        ("an", "An", PASSWORD, "login_malformed"),
        ("an.peeters", "  ", PASSWORD, "administrator_name_missing"),
        ("an.peeters", "An", "te kort", "password_too_short"),
    ],
)
def test_nobody_is_added_against_a_rule(
    world: World, login: str, name: str, password: str, code: str
) -> None:
    """The refusal names the rule, and nothing is kept."""
    with pytest.raises(Refused) as refused:
        add_administrator(world.context, world.operator, login, name, password)
    assert refused.value.code == code
    assert list_administrators(world.context, world.operator) == []


def test_a_new_password_replaces_the_old(world: World) -> None:
    """Only the new one verifies."""
    add_administrator(world.context, world.operator, "an.peeters", "An", PASSWORD)
    old = _hash(world, "an.peeters")
    set_password(world.context, world.operator, "an.peeters", PASSWORD + "!")
    new = _hash(world, "an.peeters")
    assert new is not None
    assert new != old
    assert PasswordHasher().verify(new, PASSWORD + "!")


def test_roles_are_set_as_a_whole(world: World) -> None:
    """What is not in the new list is taken away, at that school only."""
    an = world.administrator("an.peeters", Role.VIEWER, school=OTHER_SCHOOL)
    both = {Role.ACCOUNT_MANAGER, Role.DATA_MANAGER}
    set_roles(world.context, world.operator, "an.peeters", SCHOOL, both)
    account = set_roles(world.context, world.operator, "an.peeters", SCHOOL, {Role.VIEWER})
    assert account.roles == {SCHOOL: {Role.VIEWER}, OTHER_SCHOOL: {Role.VIEWER}}
    set_roles(world.context, world.operator, "an.peeters", SCHOOL, ())
    assert [school.number for school in schools_of(world.context, an)] == [OTHER_SCHOOL]


def test_a_data_manager_gives_roles_at_his_own_school(world: World) -> None:
    """There he sees who has a role; elsewhere he does neither, and sees nothing of it."""
    manager = world.administrator("bea", Role.DATA_MANAGER)
    world.administrator("an.peeters", Role.VIEWER, school=OTHER_SCHOOL)
    set_roles(world.context, manager, "an.peeters", SCHOOL, {Role.ACCOUNT_MANAGER})
    seen = {one.login: one.roles for one in administrators_of(world.context, manager, SCHOOL)}
    assert seen == {
        "an.peeters": {SCHOOL: {Role.ACCOUNT_MANAGER}},
        "bea": {SCHOOL: {Role.DATA_MANAGER}},
    }
    with pytest.raises(NotAllowed):
        set_roles(world.context, manager, "an.peeters", OTHER_SCHOOL, {Role.DATA_MANAGER})
    with pytest.raises(NotAllowed):
        administrators_of(world.context, manager, OTHER_SCHOOL)


def test_a_school_keeps_its_data_manager(world: World) -> None:
    """Nobody takes that role from himself."""
    manager = world.administrator("bea", Role.DATA_MANAGER)
    with pytest.raises(Refused) as refused:
        set_roles(world.context, manager, "bea", SCHOOL, {Role.VIEWER})
    assert refused.value.code == "own_role_kept"


def test_an_account_manager_gives_no_roles(world: World) -> None:
    """Making accounts is no reason to say who may."""
    manager = world.administrator("bea", Role.ACCOUNT_MANAGER)
    with pytest.raises(NotAllowed):
        set_roles(world.context, manager, "bea", SCHOOL, {Role.DATA_MANAGER})


def test_the_disabled_have_no_rights_until_enabled(world: World) -> None:
    """The roles are kept for when the administrator is let in again."""
    an = world.administrator("an.peeters", Role.VIEWER)
    set_disabled(world.context, world.operator, "an.peeters", disabled=True)
    assert schools_of(world.context, an) == []
    set_disabled(world.context, world.operator, "an.peeters", disabled=False)
    assert [school.number for school in schools_of(world.context, an)] == [SCHOOL]


def test_the_operator_has_every_school(world: World) -> None:
    """Who holds the database needs no role."""
    found = schools_of(world.context, world.operator)
    assert {school.number for school in found} == {SCHOOL, OTHER_SCHOOL}


def test_an_unknown_login_is_said(world: World) -> None:
    """A slip of the pen gives nobody a role."""
    with pytest.raises(NotFound) as missing:
        set_roles(world.context, world.operator, "nobody", SCHOOL, {Role.VIEWER})
    assert missing.value.parameters == {"login": "nobody"}
