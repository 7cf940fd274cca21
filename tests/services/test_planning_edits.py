"""Changes to a plan before it is carried out."""

from __future__ import annotations

import pytest
from service_world import SCHOOL, World

from leerid_core.errors import Refused
from leerid_core.rules.accounts import PasswordKind
from leerid_core.services.issuing import create_accounts
from leerid_core.services.planning_edits import change_kind, only, rename_planned, renew_planned
from leerid_core.services.plans import Plan


@pytest.fixture
def plan(world: World) -> Plan:
    """A plan for three pupils of one class."""
    world.enrol_names("Jan Peeters", "Mia Claes", "Ali Can")
    return world.plan()


def key(plan: Plan, username: str) -> int:
    """The pupil who gets this name in the plan."""
    return next(row.pupil.pupil_id for row in plan.rows if row.username == username)


def test_a_typed_name_is_held_instead_of_the_old_one(world: World, plan: Plan) -> None:
    """The new name is taken for everybody else, the old one is free again."""
    changed = rename_planned(
        world.context, world.operator, plan, key(plan, "jan.peeters"), " Janneke.P "
    )
    assert {row.username for row in changed.rows} == {"janneke.p", "mia.claes", "ali.can"}
    with world.context.database.read() as uow:
        assert uow.usernames.reserved(plan.token) == {"janneke.p", "mia.claes", "ali.can"}
    create_accounts(world.context, world.operator, changed)
    assert "janneke.p" in world.accounts()


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("mia.claes", "username_taken"),
        ("admin", "username_reserved"),
        ("j@n", "username_at_sign"),
        ("", "username_empty"),
    ],
)
def test_a_name_that_cannot_be_changes_nothing(
    world: World, plan: Plan, typed: str, code: str
) -> None:
    """The rule is told, and the plan holds what it held."""
    with pytest.raises(Refused, match=code):
        rename_planned(world.context, world.operator, plan, key(plan, "jan.peeters"), typed)
    with world.context.database.read() as uow:
        assert uow.usernames.reserved(plan.token) == {row.username for row in plan.rows}


def test_a_name_that_looks_like_another_is_warned_of(world: World, plan: Plan) -> None:
    """Both rows say it, and neither does once the names lie apart again."""
    pupil = key(plan, "jan.peeters")
    alike = rename_planned(world.context, world.operator, plan, pupil, "mia.claas")
    warned = {row.username for row in alike.rows if row.findings}
    assert warned == {"mia.claas", "mia.claes"}
    apart = rename_planned(world.context, world.operator, alike, pupil, "jan")
    assert not any(row.findings for row in apart.rows)


def test_the_kind_changes_for_whom_it_can(world: World, plan: Plan) -> None:
    """Who has the kind already keeps the password; a temporary one is not for basis."""
    everybody = [row.pupil.pupil_id for row in plan.rows]
    first = everybody[0]
    some = change_kind(world.context, world.operator, plan, [first], PasswordKind.PICTURES)
    every = change_kind(world.context, world.operator, some, everybody, PasswordKind.PICTURES)
    assert {row.password_kind for row in every.rows} == {PasswordKind.PICTURES}
    assert every.rows[0].password == some.rows[0].password
    same = change_kind(world.context, world.operator, every, everybody, PasswordKind.TEMPORARY)
    assert same == every


def test_a_new_password_is_of_the_same_kind(world: World, plan: Plan) -> None:
    """Only the chosen row changes."""
    first, *others = plan.rows
    fresh = renew_planned(world.context, world.operator, plan, [first.pupil.pupil_id])
    assert fresh.rows[0].password_kind is first.password_kind
    assert fresh.rows[0].password != first.password
    assert list(fresh.rows[1:]) == others


def test_who_is_unticked_gets_nothing_and_frees_the_name(world: World, plan: Plan) -> None:
    """The names of the others are free once the plan is carried out."""
    kept = only(plan, [key(plan, "jan.peeters")])
    create_accounts(world.context, world.operator, kept)
    assert set(world.accounts()) == {"jan.peeters"}
    with world.context.database.read() as uow:
        assert uow.usernames.taken(["mia.claes", "ali.can"]) == set()


def test_a_renewal_keeps_its_names(world: World) -> None:
    """A plan of new passwords has no names to change."""
    world.enrol_names("Jan Peeters")
    world.create()
    plan = world.plan_renewal()
    with pytest.raises(Refused, match="plan_outdated"):
        rename_planned(world.context, world.operator, plan, key(plan, "jan.peeters"), "jan")
    assert plan.school.number == SCHOOL
