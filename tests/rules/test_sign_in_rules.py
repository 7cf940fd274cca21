"""Logins and passwords of administrators, and the waits after wrong ones."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leerid_core.rules.administrators import (
    administrator_password_refusal,
    login_refusal,
    normalise_login,
)
from leerid_core.rules.throttling import NO_WAIT, PER_ACCOUNT, PER_ADDRESS, Throttle


@pytest.mark.parametrize("login", ["an.peeters", "an@school.be", "a12", "AN.Peeters "])
def test_a_login_may_be_a_name_or_an_address(login: str) -> None:
    """Case and the spaces around it do not matter."""
    assert login_refusal(normalise_login(login)) is None


@pytest.mark.parametrize("login", ["", "an", ".an", "an.", "an peeters", "jérôme", "a" * 101])
def test_another_login_is_refused(login: str) -> None:
    """What cannot be typed on every keyboard, or looks like nothing, is no login."""
    refusal = login_refusal(normalise_login(login))
    assert refusal is not None
    assert refusal.code == "login_malformed"


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("elf tekens!", "password_too_short"),
        ("an.peeters@school.be", "password_is_username"),
        ("azertyazerty", "password_common"),
        ("x" * 129, "password_too_long"),
    ],
)
def test_a_weak_password_is_refused(password: str, code: str) -> None:
    """At least twelve characters, not the login, not one that is tried first."""
    refusal = administrator_password_refusal(password, "an.peeters@school.be")
    assert refusal is not None
    assert refusal.code == code
    assert password not in refusal.message


@given(st.text(min_size=12, max_size=12).filter(lambda text: not text.isalnum()))
def test_any_character_may_be_in_a_password(password: str) -> None:
    """Nothing but length is required: spaces and signs are welcome."""
    refusal = administrator_password_refusal(password, "an.peeters@school.be")
    assert refusal is None or refusal.code == "password_common"


@given(st.sampled_from([PER_ACCOUNT, PER_ADDRESS]), st.integers(0, 10_000))
def test_waits_grow_up_to_the_longest(throttle: Throttle, failures: int) -> None:
    """One more failure never shortens the wait, and no wait is longer than the longest."""
    wait = throttle.wait(failures)
    assert wait <= throttle.wait(failures + 1) <= throttle.longest
    assert (wait == NO_WAIT) == (failures < throttle.free)


def test_the_first_waits_double() -> None:
    """A person who mistypes hardly notices; a program does."""
    waits = [PER_ACCOUNT.wait(failures) for failures in range(8)]
    assert waits == [timedelta(seconds=seconds) for seconds in (0, 0, 0, 0, 1, 2, 4, 8)]
