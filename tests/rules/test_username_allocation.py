"""Unique usernames for a whole plan."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leerid_core.rules.usernames import (
    MAX_LENGTH,
    RESERVED,
    Proposal,
    numbered,
    propose_usernames,
    username_refusal,
)


class CountingRegister:
    """A register in memory that counts what it is asked."""

    def __init__(self, manual: Iterable[str] = ()) -> None:
        self.names = set(manual)
        self.highest: dict[str, int] = defaultdict(int)
        self.calls = 0
        self.asked = 0

    def taken(self, usernames: Collection[str]) -> set[str]:
        """Return what is taken, and count the question and its names."""
        self.calls += 1
        self.asked += len(usernames)
        return self.names & set(usernames)

    def highest_numbers(self, bases: Collection[str]) -> Mapping[str, int]:
        """Return the numbers issued so far, and count the question."""
        self.calls += 1
        return {base: self.highest[base] for base in bases if base in self.highest}

    def issue(self, proposals: Iterable[Proposal]) -> None:
        """Take the proposed names, as the store does when accounts are made."""
        for proposal in proposals:
            self.names.add(proposal.username)
            if proposal.number:
                highest = max(self.highest[proposal.base], proposal.number)
                self.highest[proposal.base] = highest


def _usernames(bases: list[str], register: CountingRegister) -> list[str]:
    return [proposal.username for proposal in propose_usernames(bases, register)]


def test_namesakes_are_numbered_from_one() -> None:
    """Who comes first has the name itself, then 1, 2, 3."""
    usernames = _usernames(
        ["jan.peeters", "an.maes", "jan.peeters", "jan.peeters"], CountingRegister()
    )
    assert usernames == ["jan.peeters", "an.maes", "jan.peeters1", "jan.peeters2"]


def test_a_manual_name_is_passed_over() -> None:
    """jan.peeters twice and a manual jan.peeters1 never collide."""
    register = CountingRegister(["jan.peeters1"])
    assert _usernames(["jan.peeters"] * 2, register) == ["jan.peeters", "jan.peeters2"]


def test_a_name_that_looks_numbered_is_passed_over() -> None:
    """A pupil called Peeters1 in the same plan keeps his name, before or after the namesakes."""
    bases = ["jan.peeters", "jan.peeters", "jan.peeters1"]
    assert _usernames(bases, CountingRegister()) == ["jan.peeters", "jan.peeters2", "jan.peeters1"]


def test_two_bases_may_spell_the_same_name() -> None:
    """Number 11 of jan and number 1 of jan1 are one name: only one of them gets it."""
    usernames = _usernames(["jan"] * 40 + ["jan1"] * 40, CountingRegister())
    assert len(set(usernames)) == 80


def test_numbering_goes_on_above_the_highest() -> None:
    """A later plan asks for the numbers after those issued, not for all of them again."""
    register = CountingRegister()
    register.issue(propose_usernames(["jan.peeters"] * 1000, register))
    register.calls = register.asked = 0
    assert _usernames(["jan.peeters"], register) == ["jan.peeters1000"]
    assert (register.calls, register.asked) == (3, 2)


def test_reserved_words_count_as_taken() -> None:
    """Nobody is called Admin and nothing else and becomes the administrator."""
    assert _usernames(["admin"], CountingRegister()) == ["admin1"]


def test_without_namesakes_one_question_is_asked() -> None:
    """The register is asked once for a plan in which every name is free."""
    register = CountingRegister()
    propose_usernames([f"jan.peeters.{number}" for number in range(1000)], register)
    assert (register.calls, register.asked) == (1, 1000)


def test_an_empty_plan() -> None:
    """Nobody to name gives no names."""
    assert propose_usernames([], CountingRegister()) == []


@pytest.mark.parametrize("base", ["jan.peeters", "a" * 50, "a" * 48 + ".b"])
def test_a_thousand_namesakes(base: str) -> None:
    """They get a thousand different valid names, and each is asked for about once."""
    register = CountingRegister()
    usernames = _usernames([base] * 1000, register)
    assert len(set(usernames)) == 1000
    assert [name for name in usernames if username_refusal(name)] == []
    assert register.asked <= 1001
    assert register.calls <= 6


@pytest.mark.parametrize("count", [500, 5000])
def test_the_questions_grow_with_the_namesakes(count: int) -> None:
    """Ten times the namesakes is ten times the names asked for: time is linear."""
    register = CountingRegister()
    propose_usernames(["jan.peeters"] * count, register)
    assert register.asked <= count + 1


def test_manual_names_in_between_are_skipped_in_strides() -> None:
    """Five thousand manual numbers cost a few questions, not five thousand."""
    register = CountingRegister(f"jan.peeters{number}" for number in range(1, 5001))
    usernames = _usernames(["jan.peeters"] * 3, register)
    assert len(set(usernames) - register.names) == 3
    assert register.calls <= 25
    assert register.asked <= 3 * 5000


def test_long_bases_that_are_cut_to_one_stem() -> None:
    """A thousand different names of fifty characters that need a number share its places."""
    bases = [f"{'a' * 46}{number:04}" for number in range(1000)]
    register = CountingRegister(bases)
    usernames = _usernames(bases, register)
    assert len(set(usernames) - register.names) == 1000
    assert max(map(len, usernames)) <= MAX_LENGTH
    assert register.asked <= 10 * 1000
    assert register.calls <= 10


bases = st.lists(
    st.sampled_from(["jan", "jan1", "jan.p", "test", "a" * 50, "a" * 49 + "b", "a" * 48 + ".c"]),
    max_size=40,
)
numbers = st.sets(st.tuples(st.sampled_from(["jan", "jan1", "a" * 50]), st.integers(0, 120)))


@given(st.lists(bases, max_size=4), numbers)
def test_nobody_gets_a_name_of_another(
    plans: list[list[str]], manual: set[tuple[str, int]]
) -> None:
    """Plan after plan, with manual names in between, every name is new, valid and as described."""
    register = CountingRegister(numbered(base, number) for base, number in manual)
    for plan in plans:
        proposals = propose_usernames(plan, register)
        usernames = [proposal.username for proposal in proposals]
        assert [proposal.base for proposal in proposals] == plan
        assert usernames == [numbered(made.base, made.number) for made in proposals]
        assert len(set(usernames)) == len(plan)
        assert register.names.isdisjoint(usernames)
        assert RESERVED.isdisjoint(usernames)
        register.issue(proposals)


@given(bases, numbers)
def test_only_who_must_gets_a_number(plan: list[str], manual: set[tuple[str, int]]) -> None:
    """The first of each base has the base itself, unless that is taken or reserved."""
    register = CountingRegister(numbered(base, number) for base, number in manual)
    proposals = propose_usernames(plan, register)
    for base in set(plan):
        first = proposals[plan.index(base)]
        is_free = base not in RESERVED and base not in register.names
        assert (first.number == 0) == is_free
