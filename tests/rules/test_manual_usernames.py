"""Usernames that an administrator types."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leerid_core.rules.usernames import (
    MAX_LENGTH,
    RESERVED,
    normalise_username,
    username_refusal,
)


@pytest.mark.parametrize(
    ("username", "code"),
    [
        ("", "username_empty"),
        ("a" * 51, "username_too_long"),
        ("jan@school.be", "username_at_sign"),
        ("jan peeters", "username_characters"),
        ("Jan.peeters", "username_characters"),
        ("süheda", "username_characters"),
        ("jan\n", "username_characters"),
        ("jan١", "username_characters"),
        (".jan", "username_ends"),
        ("jan_", "username_ends"),
        ("-", "username_ends"),
        ("jan..peeters", "username_signs_in_a_row"),
        ("jan.-peeters", "username_signs_in_a_row"),
        ("admin", "username_reserved"),
        ("leerid", "username_reserved"),
    ],
)
def test_the_reason_of_a_refusal(username: str, code: str) -> None:
    """Each broken rule has its own reason, with a sentence for it."""
    refusal = username_refusal(username)
    assert refusal is not None
    assert refusal.code == code
    assert refusal.message


@pytest.mark.parametrize(
    "username", ["jan", "a", "7", "abdulghani.bogdannnn", "jan_p-2.x", "a" * 50]
)
def test_what_is_allowed(username: str) -> None:
    """Letters, digits and single signs between them, up to fifty characters."""
    assert username_refusal(username) is None


def test_typed_capitals_are_lowered() -> None:
    """Usernames are kept in lower case, without the spaces around them."""
    assert normalise_username(" Jan.Peeters\t") == "jan.peeters"


@given(st.text())
def test_nothing_invalid_is_accepted(text: str) -> None:
    """Whatever is typed, what is not refused has the shape of a username."""
    username = normalise_username(text)
    if username_refusal(username) is None:
        assert re.fullmatch(r"[a-z0-9]+([._-][a-z0-9]+)*", username)
        assert len(username) <= MAX_LENGTH


@given(st.from_regex(r"[a-z0-9]{1,9}([._-][a-z0-9]{1,9}){0,3}", fullmatch=True))
def test_nothing_valid_is_refused(username: str) -> None:
    """A username of that shape is refused only when it is reserved."""
    assert (username_refusal(username) is None) == (username not in RESERVED)


def test_reserved_words_are_usernames_otherwise() -> None:
    """Every reserved word could be typed: one that could not would reserve nothing."""
    others = {word for word in RESERVED if not re.fullmatch(r"[a-z0-9]+([._-][a-z0-9]+)*", word)}
    assert others == set()
    assert {"admin", "root", "beheer", "leerid", "test"} <= RESERVED
