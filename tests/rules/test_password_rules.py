"""Passwords that we make, and those that pupils choose."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import product
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leerid_core.rules.accounts import AccountType, PasswordKind
from leerid_core.rules.offensive import is_offensive
from leerid_core.rules.passwords import (
    default_kind,
    entropy_bits,
    generate_password,
    kinds_for,
    password_refusal,
    temporary_expiry,
)
from leerid_core.rules.pictures import CATALOGUE
from leerid_core.rules.words import WORDS

ALPHABET = "23456789adefhmntACDEFHKLMNPRTUWXY"
MONTHS = re.compile(
    "jan|feb|fév|mrt|mar|maart|apr|avr|mei|mai|may|jun|juin|jul|juil|aug|aoû|sep|okt|oct|nov|dec"
    "|déc|dez"
)

seeds = st.integers(0, 2**64).map(Random)


def _made(kind: PasswordKind, count: int) -> Iterator[str]:
    random = Random(20240816)
    for _ in range(count):
        yield generate_password(kind, random)


@given(seeds)
def test_a_word_with_digits(random: Random) -> None:
    """Six characters: a word with one digit before and two behind it, or the other way round."""
    password = generate_password(PasswordKind.WORD, random)
    assert re.fullmatch(r"[2-9]{1,2}[a-z]{3}[2-9]{1,2}", password)
    assert len(password) == 6
    assert password.strip("23456789") in WORDS


def test_every_word_and_both_ways_are_used() -> None:
    """Nothing of what the entropy counts is left out."""
    passwords = list(_made(PasswordKind.WORD, 5000))
    assert {password.strip("23456789") for password in passwords} == set(WORDS)
    assert {len(password.lstrip("23456789")) for password in passwords} == {4, 5}


@given(seeds)
def test_a_temporary_password(random: Random) -> None:
    """Eight characters with a digit, a small letter and a capital."""
    password = generate_password(PasswordKind.TEMPORARY, random)
    assert re.fullmatch(r"(?=.*[2-9])(?=.*[a-z])(?=.*[A-Z])[2-9A-Za-z]{8}", password)


def test_a_temporary_password_has_no_look_alikes() -> None:
    """Of every group that a reader confuses only one character is used, and all others are."""
    used = set("".join(_made(PasswordKind.TEMPORARY, 2000)))
    assert used == set(ALPHABET)
    look_alikes = ["0OoQD", "1lIiJjL", "vVwW", "2Zz", "5Ss", "6Gb", "8B", "9gq", "Cc", "Kk", "Xx"]
    assert [group for group in look_alikes if len(used & set(group)) > 1] == []


def test_a_temporary_password_is_text_to_a_spreadsheet() -> None:
    """It holds no month in the languages of our schools, and is no number or power of ten."""
    passwords = [password.lower() for password in _made(PasswordKind.TEMPORARY, 20_000)]
    assert [text for text in passwords if MONTHS.search(text)] == []
    assert [text for text in passwords if re.fullmatch(r"[0-9]+(e[0-9]+)?", text)] == []


@given(seeds)
def test_four_pictures_in_order(random: Random) -> None:
    """Four different keys of the catalogue with one space between them."""
    keys = generate_password(PasswordKind.PICTURES, random).split(" ")
    assert len(set(keys)) == len(keys) == 4
    assert set(keys) <= {picture.key for picture in CATALOGUE}


@pytest.mark.parametrize("kind", [PasswordKind.WORD, PasswordKind.TEMPORARY])
def test_nothing_offensive_is_made(kind: PasswordKind) -> None:
    """Among 20,000 passwords, of which hundreds would be by chance, none spells anything."""
    assert [password for password in _made(kind, 20_000) if is_offensive(password)] == []


@pytest.mark.parametrize(
    "text",
    [
        "8kut42",
        "KuT",
        "p0rn",
        "n4z1",
        "1ul",
        "6ite",
        "5let22",
        "7wat33",
        "aMk34eRt",
        "2kam69",
        "4n4l",
        "6ek",
    ],
)
def test_what_is_offensive(text: str) -> None:
    """In any case, anywhere in the text, and with digits read as letters."""
    assert is_offensive(text)


@pytest.mark.parametrize("text", ["29ban9", "4mam38", "52mam2", "pgu9J7Zn", "KRgJNnRZ", "sVJGhQNe"])
def test_the_passwords_of_the_manual_are_harmless(text: str) -> None:
    """What the manual shows could be made here."""
    assert not is_offensive(text)


def test_a_chosen_password_is_not_made() -> None:
    """Only a pupil makes one."""
    with pytest.raises(ValueError, match="chosen"):
        generate_password(PasswordKind.CHOSEN, Random(1))
    with pytest.raises(ValueError, match="chosen"):
        entropy_bits(PasswordKind.CHOSEN)


def test_the_entropy_of_a_word() -> None:
    """It counts every password there is; what is thrown away costs less than a tenth of a bit."""
    possible = {
        f"{a}{word}{b}{c}" if before == 1 else f"{a}{b}{word}{c}"
        for word in WORDS
        for a, b, c in product("23456789", repeat=3)
        for before in (1, 2)
    }
    assert entropy_bits(PasswordKind.WORD) == math.log2(len(possible))
    harmless = sum(not is_offensive(password) for password in possible)
    assert entropy_bits(PasswordKind.WORD) - math.log2(harmless) < 0.1


def test_the_entropy_of_pictures() -> None:
    """255,024 sequences of four out of twenty-four."""
    assert entropy_bits(PasswordKind.PICTURES) == math.log2(255_024)


def test_the_entropy_of_a_temporary_password() -> None:
    """Forty bits: the share of all strings that have the three groups, as chance confirms."""
    random = Random(20240816)
    strings = ["".join(random.choices(ALPHABET, k=8)) for _ in range(20_000)]
    allowed = sum(bool(re.match(r"(?=.*[2-9])(?=.*[a-z])(?=.*[A-Z])", text)) for text in strings)
    share = 2 ** entropy_bits(PasswordKind.TEMPORARY) / len(ALPHABET) ** 8
    assert share == pytest.approx(allowed / len(strings), abs=0.02)
    assert round(entropy_bits(PasswordKind.TEMPORARY)) == 40


def test_the_kinds_of_an_account() -> None:
    """Basis: a word unless pictures are asked for. Gevorderd: a temporary password, no choice."""
    assert kinds_for(AccountType.BASIC) == (PasswordKind.PICTURES, PasswordKind.WORD)
    assert kinds_for(AccountType.ADVANCED) == (PasswordKind.TEMPORARY,)
    assert default_kind(AccountType.BASIC) is PasswordKind.WORD
    assert default_kind(AccountType.ADVANCED) is PasswordKind.TEMPORARY


def test_a_temporary_password_dies() -> None:
    """After as many days as are set."""
    now = datetime(2024, 8, 16, 12, tzinfo=UTC)
    assert temporary_expiry(now, 30) - now == timedelta(days=30)


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("", "password_too_short"),
        ("kort123", "password_too_short"),
        ("x7" * 65, "password_too_long"),
        ("Jan.Peeters", "password_is_username"),
        ("wachtwoord", "password_common"),
        ("WELKOM01", "password_common"),
        ("azerty123", "password_common"),
        ("Welkom2024!", "password_common"),
        ("12345678", "password_common"),
        ("aaaaaaaa", "password_common"),
        ("LeerID2024", "password_common"),
    ],
)
def test_the_reason_of_a_refused_password(password: str, code: str) -> None:
    """Too short, too long, the username or too common; the finding never repeats it."""
    refusal = password_refusal(password, "jan.peeters")
    assert refusal is not None
    assert refusal.code == code
    assert refusal.message
    assert not password or password not in repr(refusal)


@pytest.mark.parametrize(
    "password",
    ["paarse sloep onder water", "😀" * 8, "x7" * 64, "ssssssst", "19470213", "  spaties  "],
)
def test_any_character_will_do(password: str) -> None:
    """No composition is asked: spaces, emoji or digits alone are fine."""
    assert password_refusal(password, "jan.peeters") is None


@given(st.text())
def test_the_length_is_counted_in_characters(password: str) -> None:
    """What is accepted has 8 to 128 characters, whatever they are."""
    if password_refusal(password, "jan.peeters") is None:
        assert 8 <= len(password) <= 128
