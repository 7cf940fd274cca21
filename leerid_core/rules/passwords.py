"""Passwords: the ones we make, by kind, and the ones a pupil may choose (manual, chapter 1)."""

from __future__ import annotations

import math
import re
from datetime import datetime, timedelta
from itertools import combinations
from random import Random

from leerid_core.rules.accounts import AccountType, PasswordKind
from leerid_core.rules.common_passwords import is_common_password
from leerid_core.rules.findings import Finding, Severity
from leerid_core.rules.offensive import is_offensive
from leerid_core.rules.pictures import CATALOGUE
from leerid_core.rules.words import WORDS

CHOSEN_LENGTH = range(8, 129)
"""The lengths in characters of a password that a pupil chooses (OWASP ASVS 5, NIST 800-63B-4)."""

_DIGITS = "23456789"
# No look-alikes (DOMAIN.md): no 0 O o Q, 1 l I i J j; no small r, v, w, because rn reads as m and
# vv as w; of b/6, g/9, B/8, G/6, S/5 and Z/2 only the digit; and only the capital of letters that
# have one shape in both cases.
_LOWER = "adefhmnt"
_UPPER = "ACDEFHKLMNPRTUWXY"
_ALPHABET = _DIGITS + _LOWER + _UPPER
_TEMPORARY_LENGTH = 8
_PICTURES_IN_ORDER = 4

# Excel makes a date of "3mAR2024". The months left out have a letter that is not in the alphabet.
_MONTHS = re.compile("apr|dec|feb|maart|mar|may|mrt")

_KINDS = {
    AccountType.BASIC: (PasswordKind.PICTURES, PasswordKind.WORD),
    AccountType.ADVANCED: (PasswordKind.TEMPORARY,),
}
_DEFAULTS = {
    AccountType.BASIC: PasswordKind.WORD,
    AccountType.ADVANCED: PasswordKind.TEMPORARY,
}


def kinds_for(account_type: AccountType) -> tuple[PasswordKind, ...]:
    """Return the kinds that an administrator may give, in the order of the manual (chapter 2)."""
    return _KINDS[account_type]


def default_kind(account_type: AccountType) -> PasswordKind:
    """Return the kind that is given when nobody chooses one."""
    return _DEFAULTS[account_type]


def generate_password(kind: PasswordKind, random: Random) -> str:
    """Return a new password of `kind`, never one that spells something offensive.

    WORD is a word with three digits around it, "29ban9"; TEMPORARY eight letters and digits,
    "pgu9J7Zn", that no spreadsheet takes for a number or a date; PICTURES four picture keys with
    one space between them (manual, chapter 1; DOMAIN.md, Passwords). `random` must be a
    `secrets.SystemRandom` outside tests. Raises `ValueError` for CHOSEN, which only a pupil makes.
    """
    if kind is PasswordKind.CHOSEN:
        raise ValueError(kind)
    if kind is PasswordKind.PICTURES:
        chosen = random.sample(CATALOGUE, _PICTURES_IN_ORDER)
        return " ".join(picture.key for picture in chosen)
    make = _word if kind is PasswordKind.WORD else _temporary
    while is_offensive(password := make(random)):
        pass
    return password


def entropy_bits(kind: PasswordKind) -> float:
    """Return log2 of how many passwords `generate_password` chooses from, all equally likely.

    The few that are thrown away for what they spell are counted: less than a tenth of a bit.
    """
    if kind is PasswordKind.PICTURES:
        return math.log2(math.perm(len(CATALOGUE), _PICTURES_IN_ORDER))
    if kind is PasswordKind.WORD:
        return math.log2(2 * len(WORDS) * len(_DIGITS) ** 3)
    if kind is PasswordKind.TEMPORARY:
        return math.log2(_temporary_count())
    raise ValueError(kind)


def temporary_expiry(set_at: datetime, days: int) -> datetime:
    """Return the moment from which a temporary password set at `set_at` is refused.

    After so many `days` without a change it dies (DOMAIN.md, decision).
    """
    return set_at + timedelta(days=days)


def password_refusal(password: str, username: str) -> Finding | None:
    """Return why a pupil with `username` may not choose `password`, or None when he may.

    Any character is allowed and none is required (OWASP ASVS 5, NIST 800-63B-4). The finding
    holds no part of the password.
    """
    code = _broken_rule(password, username)
    if code is None:
        return None
    parameters = {"minimum": CHOSEN_LENGTH[0], "maximum": CHOSEN_LENGTH[-1]}
    return Finding(code, Severity.ERROR, parameters=parameters)


def _broken_rule(password: str, username: str) -> str | None:
    if len(password) < CHOSEN_LENGTH[0]:
        return "password_too_short"
    if len(password) > CHOSEN_LENGTH[-1]:
        return "password_too_long"
    if password.casefold() == username.casefold():
        return "password_is_username"
    return "password_common" if is_common_password(password) else None


def _word(random: Random) -> str:
    digits = "".join(random.choices(_DIGITS, k=3))
    before = random.choice((1, 2))
    return digits[:before] + random.choice(WORDS) + digits[before:]


def _temporary(random: Random) -> str:
    while True:
        password = "".join(random.choices(_ALPHABET, k=_TEMPORARY_LENGTH))
        mixed = all(set(password) & set(group) for group in (_DIGITS, _LOWER, _UPPER))
        if mixed and not _MONTHS.search(password.lower()):
            return password


def _temporary_count() -> int:
    """Count the strings over the alphabet that hold a digit, a small letter and a capital."""
    groups = (len(_DIGITS), len(_LOWER), len(_UPPER))
    return sum(
        (-1) ** len(missing) * (len(_ALPHABET) - sum(missing)) ** _TEMPORARY_LENGTH
        for size in range(len(groups))
        for missing in combinations(groups, size)
    )
