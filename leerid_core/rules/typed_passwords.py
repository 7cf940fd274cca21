"""A password as it was typed, and as it is compared with the one on the card."""

from __future__ import annotations

import unicodedata

from leerid_core.rules.accounts import PasswordKind
from leerid_core.rules.folding import fold

# A WORD has the digits 2 to 9 only (DOMAIN.md, Passwords), so these two can only be letters.
_MEANT = str.maketrans({"0": "o", "1": "l"})


def as_compared(typed: str, kind: PasswordKind) -> str:
    """Return what is compared when `typed` is given for a password of `kind`.

    A first-reader types "29 BAN 9" or "29-b0s-9": in a WORD, capitals, spaces and signs do not
    count, 0 is an o and 1 an l. Every WORD that can be on a card is left as it is, so no two of
    them become equal. TEMPORARY is taken to the letter, and so is CHOSEN but for the one spelling
    of characters that a keyboard can make in two ways (NFKC, NIST 800-63B-4).
    """
    if kind is PasswordKind.WORD:
        letters = unicodedata.normalize("NFKC", typed).casefold().translate(_MEANT)
        return "".join(one for one in letters if one.isascii() and one.isalnum())
    if kind is PasswordKind.CHOSEN:
        return unicodedata.normalize("NFKC", typed)
    return typed


def as_username(typed: str) -> str:
    """Return the username that was meant by `typed`, as usernames are kept.

    Capitals, accents, spaces, what no keyboard has, and the address of the card before it do not
    count: none of them can be in a username.
    """
    meant = fold(typed.rsplit("/", 1)[-1])
    return "".join(one for one in meant if one.isprintable() and one != " ")
