"""Signing in, sessions, their limits, and the waits after wrong passwords."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from service_world import World
from sqlalchemy import text

from leerid_core.errors import Refused
from leerid_core.rules.throttling import FORGOTTEN_AFTER, PER_ACCOUNT, PER_ADDRESS
from leerid_core.services import hashing as module
from leerid_core.services.administrators import add_administrator, set_disabled, set_password
from leerid_core.services.hashing import HASHER
from leerid_core.services.sessions import (
    SessionLimits,
    Standing,
    end_session,
    find_session,
    touch_session,
)
from leerid_core.services.sign_in import sign_in
from leerid_core.store import Session

LOGIN, PASSWORD = "an.peeters", "een heel lang wachtwoord"
HERE, ELSEWHERE = "192.0.2.1", "192.0.2.2"
LIMITS = SessionLimits(idle=timedelta(minutes=60), absolute=timedelta(hours=12))


@pytest.fixture
def world(world: World) -> World:
    """The world with one administrator."""
    add_administrator(world.context, world.operator, LOGIN, "An Peeters", PASSWORD)
    return world


def _enter(world: World, password: str = PASSWORD, origin: str = HERE) -> tuple[str, Session]:
    return sign_in(world.context, LOGIN, password, origin, LIMITS)


def _refusal(world: World, login: str, password: str = "iets anders", origin: str = HERE) -> str:
    with pytest.raises(Refused) as refused:
        sign_in(world.context, login, password, origin, LIMITS)
    return refused.value.code


def _standing(world: World, token: str) -> Standing:
    return find_session(world.context, token, LIMITS)[0]


def _audit(world: World) -> list[tuple[str, str]]:
    with world.context.database.read() as uow:
        return [(entry.action, entry.origin) for entry in uow.audit.of_school(None)]


def test_the_right_password_begins_a_session(world: World) -> None:
    """The token finds the administrator; the database does not hold it."""
    token, session = _enter(world)
    assert (session.login, session.name, session.origin) == (LOGIN, "An Peeters", HERE)
    assert find_session(world.context, token, LIMITS) == (Standing.SIGNED_IN, session)
    with world.context.database._reading.connect() as connection:
        kept = connection.execute(text("SELECT * FROM sessions")).one()
    assert token not in map(str, kept)
    assert token.encode() not in tuple(kept)


def test_a_login_may_be_typed_in_capitals(world: World) -> None:
    """Nobody waits for having caps lock on for his name."""
    assert sign_in(world.context, " An.Peeters", PASSWORD, HERE, LIMITS)[1].login == LOGIN


@pytest.mark.parametrize("token", [None, "", "x", "x" * 43])
def test_a_made_up_token_is_nobody(world: World, token: str | None) -> None:
    """Whatever a browser sends."""
    assert find_session(world.context, token, LIMITS) == (Standing.SIGNED_OUT, None)


def test_a_wrong_password_an_unknown_and_a_disabled_login_are_told_apart_by_nobody(
    world: World,
) -> None:
    """The same code, whichever it was."""
    add_administrator(world.context, world.operator, "bea", "Bea", PASSWORD)
    set_disabled(world.context, world.operator, "bea", disabled=True)
    assert _refusal(world, LOGIN) == "sign_in_failed"
    assert _refusal(world, "nobody") == "sign_in_failed"
    assert _refusal(world, "bea", PASSWORD) == "sign_in_failed"


def test_an_unknown_login_takes_the_same_work(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """For each of them one hash with the same parameters is calculated."""
    hashes: list[str] = []

    class Counting:
        def verify(self, password_hash: str, password: str) -> bool:
            hashes.append(password_hash)
            return HASHER.verify(password_hash, password)

    monkeypatch.setattr(module, "HASHER", Counting())
    _refusal(world, LOGIN)
    _refusal(world, "nobody")
    assert len(hashes) == 2
    assert not any(HASHER.check_needs_rehash(one) for one in hashes)


def test_wrong_passwords_for_an_account_take_longer_and_longer(world: World) -> None:
    """Also from other addresses, also with the right password, until the wait is over."""
    for _ in range(PER_ACCOUNT.free):
        assert _refusal(world, LOGIN) == "sign_in_failed"
    assert _refusal(world, LOGIN, PASSWORD, ELSEWHERE) == "sign_in_throttled"
    world.clock.forward(seconds=1)
    assert _refusal(world, LOGIN) == "sign_in_failed"
    with pytest.raises(Refused) as refused:
        _enter(world)
    assert refused.value.parameters == {"seconds": 2}
    world.clock.forward(seconds=2)
    assert _enter(world)


def test_an_unknown_login_is_throttled_likewise(world: World) -> None:
    """Else the waits would tell which logins there are."""
    codes = [_refusal(world, "nobody") for _ in range(PER_ACCOUNT.free + 1)]
    assert codes == ["sign_in_failed"] * PER_ACCOUNT.free + ["sign_in_throttled"]


def test_an_address_that_tries_many_logins_is_throttled(world: World) -> None:
    """Others are not."""
    codes = [_refusal(world, f"nobody{at}") for at in range(PER_ADDRESS.free + 1)]
    assert codes == ["sign_in_failed"] * PER_ADDRESS.free + ["sign_in_throttled"]
    assert _enter(world, origin=ELSEWHERE)


def test_an_own_account_makes_no_room_for_guesses(world: World) -> None:
    """A sign-in that succeeds forgives the account, not the address."""
    for at in range(PER_ADDRESS.free - 1):
        _refusal(world, f"nobody{at}")
        _enter(world)
    assert _refusal(world, "nobody") == "sign_in_failed"
    assert _refusal(world, "somebody") == "sign_in_throttled"


def test_failures_are_forgotten(world: World) -> None:
    """After a day without any."""
    for _ in range(PER_ACCOUNT.free):
        _refusal(world, LOGIN)
    world.clock.now += FORGOTTEN_AFTER + timedelta(seconds=1)
    for _ in range(PER_ACCOUNT.free):
        assert _refusal(world, LOGIN) == "sign_in_failed"


def test_attempts_at_the_same_moment_do_not_pass_together(world: World) -> None:
    """However many come at once, no more are looked at than are free."""
    with ThreadPoolExecutor(8) as threads:
        codes = list(threads.map(lambda _: _refusal(world, LOGIN), range(16)))
    assert codes.count("sign_in_failed") == PER_ACCOUNT.free


def test_the_trail_has_every_attempt_and_no_unknown_login(world: World) -> None:
    """What was typed where the login belongs may have been a password."""
    _enter(world)
    _refusal(world, LOGIN)
    _refusal(world, "mijn-wachtwoord-hier")
    assert _audit(world)[-3:] == [
        ("signed_in", HERE),
        ("sign_in_refused", HERE),
        ("sign_in_refused", HERE),
    ]
    with world.context.database._reading.connect() as connection:
        tables = ("audit", "sign_in_failures")
        rows = [
            str(tuple(row))
            for table in tables
            for row in connection.execute(text(f"SELECT * FROM {table}"))
        ]
    assert not any("mijn-wachtwoord-hier" in row for row in rows)


def test_an_idle_session_expires(world: World) -> None:
    """Doing something keeps it, and only that."""
    token, session = _enter(world)
    world.clock.forward(minutes=59)
    touch_session(world.context, session)
    world.clock.forward(minutes=59)
    assert _standing(world, token) is Standing.SIGNED_IN
    world.clock.forward(minutes=1)
    assert _standing(world, token) is Standing.EXPIRED


def test_a_session_ends_however_busy(world: World) -> None:
    """After the absolute limit a password is asked again."""
    token, _ = _enter(world)
    for _ in range(12):
        _, session = find_session(world.context, token, LIMITS)
        assert session is not None
        world.clock.forward(hours=1, seconds=-1)
        touch_session(world.context, session)
    world.clock.forward(minutes=1)
    assert _standing(world, token) is Standing.EXPIRED


def test_signing_out_ends_the_session_only(world: World) -> None:
    """Another browser of the same administrator goes on."""
    token, session = _enter(world)
    other, _ = _enter(world)
    end_session(world.context, session)
    assert _standing(world, token) is Standing.SIGNED_OUT
    assert _standing(world, other) is Standing.SIGNED_IN
    assert _audit(world)[-1] == ("signed_out", HERE)


def test_disabling_and_a_new_password_end_every_session(world: World) -> None:
    """Enabling again brings none of them back."""
    token, _ = _enter(world)
    set_disabled(world.context, world.operator, LOGIN, disabled=True)
    set_disabled(world.context, world.operator, LOGIN, disabled=False)
    assert _standing(world, token) is Standing.SIGNED_OUT
    token, _ = _enter(world)
    set_password(world.context, world.operator, LOGIN, PASSWORD + "!")
    assert _standing(world, token) is Standing.SIGNED_OUT
