"""The commonest passwords."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leerid_core.rules.common_passwords import is_common_password

WORDS = ["wachtwoord", "azerty", "motdepasse", "galatasaray", "schoolloket", "welkom"]


@given(st.sampled_from(WORDS), st.text("0123456789!?.", max_size=6), st.randoms())
def test_a_tail_and_capitals_do_not_help(word: str, tail: str, random: object) -> None:
    """A common word stays common with capitals in it and digits or signs behind it."""
    assert is_common_password(word + tail)
    assert is_common_password(word.capitalize() + tail)
    assert is_common_password(word.upper() + tail)


@pytest.mark.parametrize("password", ["123456789", "11111111", "p@ssw0rd", "Passw0rd!", "1q2w3e4r"])
def test_numbers_and_substitutions(password: str) -> None:
    """Rows of digits, and letters replaced in the way that everybody does."""
    assert is_common_password(password)


@pytest.mark.parametrize("password", ["", "2012!", "wachtwoorden van oma", "xwelkom", "19470213"])
def test_others_are_not_common(password: str) -> None:
    """A word inside a longer text, or a number of one's own, is not on the list."""
    assert not is_common_password(password)
