"""Which account goes with a Niveau code or a group."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leerid_core.rules.account_types import (
    account_type,
    account_type_of_group,
    account_type_of_level,
)
from leerid_core.rules.accounts import AccountType
from leerid_core.rules.enrolments import Level

BASIC, ADVANCED = AccountType.BASIC, AccountType.ADVANCED


@pytest.mark.parametrize(
    ("level", "expected"),
    [
        (Level.KLEUTER, BASIC),
        (Level.LAGER, BASIC),
        (Level.SECUNDAIR, ADVANCED),
        (Level.HOGER, ADVANCED),
    ],
)
def test_the_level_decides(level: Level, expected: AccountType) -> None:
    """Kleuter and lager have a basis account, secundair and hoger a gevorderd one."""
    assert account_type_of_level(level) is expected


@pytest.mark.parametrize(
    "group",
    [
        "4de leerjaar",
        "1ste leerjaar",
        "6DE LEERJAAR",
        " 2e  leerjaar ",
        "2de kleuterklas",
        "Kleuters",
    ],
)
def test_groups_of_basisonderwijs(group: str) -> None:
    """A leerjaar by itself and anything with kleuter are basis."""
    assert account_type_of_group(group) is BASIC


@pytest.mark.parametrize(
    "group",
    [
        "2e lj 3e gr Elektri.installatietechn.TSO",
        "1e lj 2e gr Hout BSO",
        "1e lj A",
        "Kapper DBSO",
        "OKAN",
        "Onthaaljaar (OKAN)",
        "HBO5 Verpleegkunde",
        "Verpleegkunde HBO",
        "Latijn ASO",
        "Dans KSO",
        "2de leerjaar van de 3de graad TSO",
    ],
)
def test_groups_of_secundair(group: str) -> None:
    """The "e lj" of the manual, and the forms of secundair and OKAN as words, are gevorderd."""
    assert account_type_of_group(group) is ADVANCED


@pytest.mark.parametrize(
    "group",
    [
        "",
        "Klas van juf An",
        "1ste leerjaar A",
        "1e leerjaar B",
        "7de leerjaar",
        "14de leerjaar",
        "Basofiel",
        "Tsonga voor beginners",
        "Kleuterzorg TSO",
        "leerjaar",
    ],
)
def test_uncertain_groups(group: str) -> None:
    """What may be both, or says nothing, is left to the administrator."""
    assert account_type_of_group(group) is None


@given(st.sampled_from(Level), st.text())
def test_the_level_wins(level: Level, group: str) -> None:
    """With a Niveau code the group's name is not read."""
    assert account_type(level, group) is account_type_of_level(level)


@given(st.text())
def test_without_a_level_the_group_is_read(group: str) -> None:
    """Failing a Niveau code the group's name decides, whatever it holds."""
    assert account_type(None, group) is account_type_of_group(group)
