"""Usernames: made from a name, numbered when taken, checked when typed (manual, chapter 2)."""

from leerid_core.rules.usernames.allocation import Proposal, Register, propose_usernames
from leerid_core.rules.usernames.base import MAX_LENGTH, base_username, is_fallback, numbered
from leerid_core.rules.usernames.manual import RESERVED, normalise_username, username_refusal
from leerid_core.rules.usernames.similarity import confusable_usernames, differs_in_one_character

__all__ = [
    "MAX_LENGTH",
    "RESERVED",
    "Proposal",
    "Register",
    "base_username",
    "confusable_usernames",
    "differs_in_one_character",
    "is_fallback",
    "normalise_username",
    "numbered",
    "propose_usernames",
    "username_refusal",
]
