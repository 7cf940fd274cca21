"""The account type that goes with an enrolment: nobody chooses it (manual, chapter 1)."""

from __future__ import annotations

import re

from leerid_core.rules.accounts import AccountType
from leerid_core.rules.enrolments import Level
from leerid_core.rules.folding import fold

_OF_LEVEL = {
    Level.KLEUTER: AccountType.BASIC,
    Level.LAGER: AccountType.BASIC,
    Level.SECUNDAIR: AccountType.ADVANCED,
    Level.HOGER: AccountType.ADVANCED,
}

# "1ste leerjaar A" may be secundair (the A stream) or a class of lager, so nothing may follow.
_BASIC = re.compile(r"kleuter|^[1-6](ste|de|e) leerjaar$")
_ADVANCED = re.compile(r"\b[1-7]e lj\b|\b(dbso|bso|tso|aso|kso|okan|hbo5?)\b")


def account_type_of_level(level: Level) -> AccountType:
    """Return basis for kleuter and lager, gevorderd for secundair and hoger (DOMAIN.md, Type)."""
    return _OF_LEVEL[level]


def account_type_of_group(group: str) -> AccountType | None:
    """Return the type that an administratieve groep's name tells, or None when it is not certain.

    Basis: a name with "kleuter", or no more than "4de leerjaar". Gevorderd: "1e lj", DBSO, BSO,
    TSO, ASO, KSO, OKAN, HBO or HBO5 as words. Signs of both, or of neither, are left to the
    administrator (DOMAIN.md, Type).
    """
    name = fold(group)
    basic, advanced = bool(_BASIC.search(name)), bool(_ADVANCED.search(name))
    if basic == advanced:
        return None
    return AccountType.BASIC if basic else AccountType.ADVANCED


def account_type(level: Level | None, group: str) -> AccountType | None:
    """Return the type by the Niveau code and, failing that, by the group's name.

    None is a finding that the administrator settles for the group (DOMAIN.md, Type).
    """
    if level is None:
        return account_type_of_group(group)
    return account_type_of_level(level)
