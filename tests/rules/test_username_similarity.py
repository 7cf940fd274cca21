"""Usernames in one class that differ in one character."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leerid_core.rules.usernames import confusable_usernames, differs_in_one_character

names = st.text("ab.", max_size=6)


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("jan.peeters", "jan.peeters1", True),
        ("jan.peeters", "jan.peters", True),
        ("jan.peeters", "jan.pieters", True),
        ("jan.peeters1", "jan.peeters2", True),
        ("jan.peeters12", "jan.peeters21", True),
        ("jan.peeters", "nan.peeters", True),
        ("jan.peeters", "jan.peeters", False),
        ("jan.peeters", "jan.peeters12", False),
        ("jan.peeters12", "jan.peeters34", False),
        ("abcd", "dbca", False),
        ("abcd", "bcda", False),
        ("", "a", True),
        ("", "ab", False),
    ],
)
def test_one_slip(a: str, b: str, expected: bool) -> None:
    """One character replaced, added or left out, or two neighbours exchanged."""
    assert differs_in_one_character(a, b) is expected
    assert differs_in_one_character(b, a) is expected


@given(names)
def test_every_slip_is_seen(name: str) -> None:
    """All that one slip can make of a name differs in one character, and nothing else does."""
    slips = {name[:i] + name[i + 1 :] for i in range(len(name))}
    slips |= {name[:i] + new + name[i:] for i in range(len(name) + 1) for new in "ab."}
    slips |= {name[:i] + new + name[i + 1 :] for i in range(len(name)) for new in "ab."}
    slips |= {name[:i] + name[i + 1] + name[i] + name[i + 2 :] for i in range(len(name) - 1)}
    assert all(differs_in_one_character(name, slip) for slip in slips - {name})


@given(st.lists(names, max_size=12))
def test_the_pairs_of_a_class(usernames: list[str]) -> None:
    """The fast search finds the pairs that comparing everyone with everyone finds."""
    expected = [
        (a, b)
        for a, b in combinations(range(len(usernames)), 2)
        if differs_in_one_character(usernames[a], usernames[b])
    ]
    assert confusable_usernames(usernames) == expected
