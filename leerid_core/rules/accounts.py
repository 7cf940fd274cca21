"""Accounts: their type, their kinds of password, and whether they are active."""

from __future__ import annotations

from enum import StrEnum


class AccountType(StrEnum):
    """Basis for lager onderwijs, gevorderd for secundair (manual, chapter 1)."""

    BASIC = "basic"
    ADVANCED = "advanced"


class PasswordKind(StrEnum):
    """The kinds of password (manual, chapter 1); CHOSEN is set by the pupil."""

    PICTURES = "pictures"
    WORD = "word"
    TEMPORARY = "temporary"
    CHOSEN = "chosen"
