"""A data manager lets colleagues in, and can reach nobody of another school."""

from __future__ import annotations

import pytest
from service_world import OTHER_SCHOOL, SCHOOL, World

from leerid_core.errors import NotFound, Refused
from leerid_core.rules.administrators import START_PASSWORD_DAYS
from leerid_core.rules.roles import Role
from leerid_core.services.actors import Administrator
from leerid_core.services.administrators import add_administrator
from leerid_core.services.colleagues import Colleague, add_colleague, renew_start_password
from leerid_core.services.own_password import change_own_password
from leerid_core.services.sessions import SessionLimits, find_session
from leerid_core.services.sign_in import sign_in
from leerid_core.store import Session

ORIGIN = "127.0.0.1"
LIMITS = SessionLimits()
OWN = "mijn eigen lange zin"


@pytest.fixture
def bea(world: World) -> Administrator:
    """The data manager of the school."""
    return world.administrator("bea", Role.DATA_MANAGER)


def let_in(
    world: World, bea: Administrator, login: str = "ann", name: str = "An Maes"
) -> Colleague:
    """Let somebody in who may read."""
    return add_colleague(world.context, bea, SCHOOL, login, name, [Role.VIEWER])


def enter(world: World, login: str, password: str | None) -> tuple[str, Session]:
    """Sign in."""
    return sign_in(world.context, login, password or "", ORIGIN, LIMITS)


def refusal(world: World, login: str, password: str | None) -> str:
    """Why somebody cannot sign in."""
    with pytest.raises(Refused) as refused:
        enter(world, login, password)
    return refused.value.code


def test_a_new_colleague_changes_the_start_password(world: World, bea: Administrator) -> None:
    """Until then the session says that he must; afterwards the start password is dead."""
    added = let_in(world, bea, "An@school.be")
    assert added.account.roles == {SCHOOL: {Role.VIEWER}}
    _, session = enter(world, "an@school.be", added.start_password)
    assert session.must_change_password
    change_own_password(world.context, session, added.start_password or "", OWN, OWN)
    assert refusal(world, "an@school.be", added.start_password) == "sign_in_failed"
    _, session = enter(world, "an@school.be", OWN)
    assert not session.must_change_password
    assert {"administrator_added", "roles_set"} <= set(world.trail())


def test_a_start_password_dies_of_age(world: World, bea: Administrator) -> None:
    """Who knows it is told so; who guesses is told what every guesser is told."""
    added = let_in(world, bea)
    world.clock.forward(days=START_PASSWORD_DAYS)
    assert refusal(world, "ann", added.start_password) == "start_password_expired"
    assert refusal(world, "ann", "iets anders dan dat") == "sign_in_failed"


def test_who_has_a_login_keeps_his_password(world: World, bea: Administrator) -> None:
    """He gets the roles here beside those elsewhere, when he is called by his name."""
    add_administrator(world.context, world.operator, "jos", "Jos Öz", OWN)
    with pytest.raises(Refused) as refused:
        let_in(world, bea, "jos", "Jef Oz")
    assert refused.value.code == "login_of_another_name"
    assert let_in(world, bea, "JOS", "jos oz").start_password is None
    assert not enter(world, "jos", OWN)[1].must_change_password


@pytest.mark.parametrize(
    ("login", "name", "roles", "code"),
    [
        ("a", "An", [Role.VIEWER], "login_malformed"),
        ("ann", " ", [Role.VIEWER], "administrator_name_missing"),
        ("ann", "An", [], "roles_missing"),
        ("bea", "Bea", [Role.VIEWER], "colleague_known"),
    ],
)
def test_nobody_is_let_in_against_a_rule(
    world: World, bea: Administrator, login: str, name: str, roles: list[Role], code: str
) -> None:
    """The refusal names the rule."""
    with pytest.raises(Refused) as refused:
        add_colleague(world.context, bea, SCHOOL, login, name, roles)
    assert refused.value.code == code


def test_a_lost_password_is_replaced(world: World, bea: Administrator) -> None:
    """Whatever was open ends, and the old password with it."""
    let_in(world, bea)
    added = renew_start_password(world.context, bea, SCHOOL, "ann")
    token, session = enter(world, "ann", added.start_password)
    change_own_password(world.context, session, added.start_password or "", OWN, OWN)
    again = renew_start_password(world.context, bea, SCHOOL, "ann")
    assert find_session(world.context, token, LIMITS)[1] is None
    assert refusal(world, "ann", OWN) == "sign_in_failed"
    assert enter(world, "ann", again.start_password)[1].must_change_password


def test_nobody_of_another_school_is_reached(world: World, bea: Administrator) -> None:
    """Not who works there only, not who works there too, and not oneself."""
    world.administrator("zoe", Role.VIEWER, school=OTHER_SCHOOL)
    with pytest.raises(NotFound):
        renew_start_password(world.context, bea, SCHOOL, "zoe")
    let_in(world, bea, "zoe", "Zoe")
    with pytest.raises(Refused) as elsewhere:
        renew_start_password(world.context, bea, SCHOOL, "zoe")
    assert elsewhere.value.code == "colleague_elsewhere"
    with pytest.raises(Refused) as own:
        renew_start_password(world.context, bea, SCHOOL, "bea")
    assert own.value.code == "own_password_apart"


def test_a_changed_password_ends_the_other_sessions(world: World) -> None:
    """The one in which it was changed goes on."""
    add_administrator(world.context, world.operator, "ann", "An Maes", OWN)
    elsewhere, _ = enter(world, "ann", OWN)
    here, session = enter(world, "ann", OWN)
    change_own_password(world.context, session, OWN, OWN + "!", OWN + "!")
    assert find_session(world.context, elsewhere, LIMITS)[1] is None
    assert find_session(world.context, here, LIMITS)[1] is not None


@pytest.mark.parametrize(
    ("current", "new", "again", "code"),
    [
        ("fout fout fout", "nog een lange zin", "nog een lange zin", "current_password_wrong"),
        (OWN, "kort", "kort", "password_too_short"),
        (OWN, "nog een lange zin", "en nog een lange", "passwords_differ"),
        (OWN, OWN, OWN, "password_not_new"),
    ],
)
def test_a_password_is_not_changed_against_a_rule(
    world: World, current: str, new: str, again: str, code: str
) -> None:
    """The refusal names the rule, and the old one still works."""
    add_administrator(world.context, world.operator, "ann", "An Maes", OWN)
    _, session = enter(world, "ann", OWN)
    with pytest.raises(Refused) as refused:
        change_own_password(world.context, session, current, new, again)
    assert refused.value.code == code
    assert enter(world, "ann", OWN)


def test_guessing_on_a_page_left_open_is_slowed_down(world: World) -> None:
    """As signing in is."""
    add_administrator(world.context, world.operator, "ann", "An Maes", OWN)
    _, session = enter(world, "ann", OWN)
    codes = []
    for _ in range(12):
        with pytest.raises(Refused) as refused:
            change_own_password(world.context, session, "fout fout fout", OWN + "!", OWN + "!")
        codes.append(refused.value.code)
    assert codes[0] == "current_password_wrong"
    assert codes[-1] == "sign_in_throttled"
