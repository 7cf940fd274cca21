"""The username that a name gives."""

from __future__ import annotations

import re

import pytest
from faker import Faker
from hypothesis import given
from hypothesis import strategies as st

from leerid_core.rules.usernames import (
    MAX_LENGTH,
    base_username,
    is_fallback,
    numbered,
    username_refusal,
)

LOCALES = ["nl_BE", "fr_BE", "tr_TR", "pl_PL", "ar_AA", "ru_RU", "zh_CN"]


@pytest.mark.parametrize(
    ("first_name", "last_name", "base"),
    [
        ("Süheda", "Carabin", "suheda.carabin"),
        ("Aurelian", "Appels", "aurelian.appels"),
        ("Milan", "De Bremme", "milan.debremme"),
        ("Jean", "De Cock", "jean.decock"),
        ("Jean-Pierre", "D'Hondt", "jeanpierre.dhondt"),
        ("Anne–Marie", "D’Hondt", "annemarie.dhondt"),
        ("İsmail", "Yıldız", "ismail.yildiz"),
        ("Søren", "Großmann", "soren.grossmann"),
        ("Zoe\u0308", "Łuczak", "zoe.luczak"),
        ("Иван", "Йорданов", "ivan.yordanov"),
        ("李", "王", "li.wang"),
        ("Lotte 🌸", "Claes", "lotte.claes"),
    ],
)
def test_voornaam_punt_naam(first_name: str, last_name: str, base: str) -> None:
    """Lower case, base letters, no spaces, hyphens or apostrophes: as in the manual."""
    assert base_username(first_name, last_name, None) == base


@pytest.mark.parametrize(
    ("first_name", "last_name", "base"),
    [("Madonna", "", "madonna"), ("", "Appels", "appels"), ("?", "Appels", "appels")],
)
def test_one_part_is_enough(first_name: str, last_name: str, base: str) -> None:
    """A name with one usable part is that part, without a dot."""
    assert base_username(first_name, last_name, "2300063") == base


@pytest.mark.parametrize(
    ("stamnummer", "base"),
    [
        ("2300063", "leerling.2300063"),
        ("AB 12", "leerling.ab12"),
        (None, "leerling"),
        ("", "leerling"),
        ("???", "leerling"),
        ("geen", "leerling"),
    ],
)
def test_a_name_without_letters(stamnummer: str | None, base: str) -> None:
    """What cannot be transliterated falls back to the stamnummer, and is known as a fallback."""
    assert base_username("🌸", "???", stamnummer) == base
    assert is_fallback(base)


@pytest.mark.parametrize(
    "base", ["leerling.peeters", "suheda.carabin", "leerlinge", "jan.leerling"]
)
def test_a_name_is_no_fallback(base: str) -> None:
    """A pupil whose first name is Leerling is not taken for someone without a name."""
    assert not is_fallback(base)


@pytest.mark.parametrize("locale", LOCALES)
def test_names_of_the_world(locale: str) -> None:
    """Every name that Faker knows in the languages of our pupils gives a valid username."""
    names = Faker(locale)
    names.seed_instance(20240816)
    for _ in range(500):
        first_name, last_name = names.first_name(), names.last_name()
        base = base_username(first_name, last_name, "2300063")
        assert username_refusal(base) is None, (first_name, last_name)
        assert not is_fallback(base), (first_name, last_name)


@given(st.text(), st.text(), st.none() | st.text(), st.integers(0, 10**9))
def test_any_name_with_any_number_is_valid(
    first_name: str, last_name: str, stamnummer: str | None, number: int
) -> None:
    """Whatever the file holds, the username is letters and digits around at most one dot."""
    username = numbered(base_username(first_name, last_name, stamnummer), number)
    assert re.fullmatch(r"[a-z0-9]+(\.[a-z0-9]+)?", username)
    assert len(username) <= MAX_LENGTH


@pytest.mark.parametrize(
    ("base", "number", "username"),
    [
        ("jan.peeters", 0, "jan.peeters"),
        ("jan.peeters", 1, "jan.peeters1"),
        ("a" * 60, 0, "a" * 50),
        ("a" * 50, 12, "a" * 48 + "12"),
        ("a" * 48 + ".b", 1, "a" * 48 + "1"),
        ("a" * 49 + ".b", 0, "a" * 49),
    ],
)
def test_a_number_behind(base: str, number: int, username: str) -> None:
    """The base is cut so that the number fits, and never ends in a dot."""
    assert numbered(base, number) == username
