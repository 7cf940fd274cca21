"""What a pupil types, which field he sees, and how long he waits."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leerid_core.rules.accounts import PasswordKind
from leerid_core.rules.addresses import visitor_network
from leerid_core.rules.passwords import generate_password
from leerid_core.rules.shown_kinds import shows_pictures
from leerid_core.rules.throttling import NO_WAIT, PER_PUPIL, PER_PUPIL_ADDRESS
from leerid_core.rules.typed_passwords import as_compared, as_username
from leerid_core.rules.words import WORDS

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    "typed",
    ["29BOL9", " 29bol9 ", "29 bol 9", "29b0l9", "29bo19", "29-BOL-9", "29bol9.", "２９bol9"],
)
def test_a_word_may_be_typed_as_children_do(typed: str) -> None:
    """Capitals, spaces, signs, a zero for an o and a one for an l."""
    assert as_compared(typed, PasswordKind.WORD) == "29bol9"


@given(st.sampled_from(WORDS), st.text("23456789", min_size=3, max_size=3), st.integers(1, 2))
def test_no_two_words_become_one(word: str, digits: str, before: int) -> None:
    """Every password that a card can have is compared as it is, so what differs stays so."""
    password = digits[:before] + word + digits[before:]
    assert as_compared(password, PasswordKind.WORD) == password


@given(st.text())
def test_what_was_typed_is_compared_in_one_way(typed: str) -> None:
    """Whatever it is, for whatever kind: comparing what is compared changes nothing."""
    for kind in PasswordKind:
        compared = as_compared(typed, kind)
        assert as_compared(compared, kind) == compared


@given(st.integers())
def test_a_temporary_password_is_taken_to_the_letter(seed: int) -> None:
    """Another case, a space or a zero makes it another password."""
    password = generate_password(PasswordKind.TEMPORARY, Random(seed))
    for typed in (password.swapcase(), f" {password}", f"{password}0"):
        assert as_compared(typed, PasswordKind.TEMPORARY) == typed


def test_a_chosen_password_is_one_on_every_keyboard() -> None:
    """An é of one sign and an é of two are the same letter; an E is another."""
    one, two = "caf\u00e9 cafe", "cafe\u0301 cafe"
    assert as_compared(one, PasswordKind.CHOSEN) == as_compared(two, PasswordKind.CHOSEN)
    assert as_compared("Fiets", PasswordKind.CHOSEN) != as_compared("fiets", PasswordKind.CHOSEN)


@pytest.mark.parametrize(
    "typed",
    [
        "jan.peeters",
        " Jan.Peeters",
        "JAN. PEETERS",
        "Ján.Peeters",
        "mijn.leerid.be/jan.peeters",
        "jan\0.peeters",
    ],
)
def test_a_username_may_be_typed_as_children_do(typed: str) -> None:
    """As a name is written, or the address of the card as a whole."""
    assert as_username(typed) == "jan.peeters"


def test_an_unknown_name_has_one_plausible_field() -> None:
    """The same at every visit, and neither field is rare among names that nobody has."""
    hashes = [bytes([first]) + b"\0" * 31 for first in range(256)]
    shown = [shows_pictures(None, one) for one in hashes]
    assert shown == [shows_pictures(None, one) for one in hashes]
    assert 0.2 < sum(shown) / len(shown) < 0.8


def test_a_known_name_has_the_field_of_its_password() -> None:
    """Pictures only for a password of pictures."""
    shown = [kind for kind in PasswordKind if shows_pictures(kind, b"\0")]
    assert shown == [PasswordKind.PICTURES]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("192.0.2.1", "192.0.2.1", True),
        ("192.0.2.1", "192.0.2.2", False),
        ("192.0.2.1", "::ffff:192.0.2.1", True),
        ("2001:db8::1", "2001:db8::ffff:1", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
        ("", "", True),
    ],
)
def test_who_has_a_network_is_one_visitor(one: str, other: str, same: bool) -> None:
    """Nobody gets new attempts from the next of his own addresses."""
    assert (visitor_network(one) == visitor_network(other)) is same


def test_a_child_may_mistype_ten_times() -> None:
    """Then it waits, longer each time, and never longer than an hour."""
    waits = [PER_PUPIL.wait(failures) for failures in range(40)]
    assert waits[9:12] == [NO_WAIT, timedelta(seconds=1), timedelta(seconds=2)]
    assert max(waits) == timedelta(hours=1)
    assert all(one <= other for one, other in pairwise(waits))


def test_a_school_behind_one_address_survives() -> None:
    """Three hundred pupils who all mistype three times in ten minutes wait for nobody."""
    failures, since = 0, NOW
    for attempt in range(900):
        at = NOW + timedelta(minutes=10) * attempt / 900
        failures, since = PER_PUPIL_ADDRESS.drained(failures, since, at)
        failures += 1
        assert PER_PUPIL_ADDRESS.wait(failures) == NO_WAIT


@given(st.integers(0, 2000), st.lists(st.integers(0, 40), max_size=50))
def test_failures_drain_however_often_somebody_asks(failures: int, steps: list[int]) -> None:
    """Asking every second forgives as much as asking once."""
    at, count, since = NOW, failures, NOW
    for step in steps:
        at += timedelta(seconds=step)
        count, since = PER_PUPIL_ADDRESS.drained(count, since, at)
    assert count == PER_PUPIL_ADDRESS.drained(failures, NOW, at)[0]
