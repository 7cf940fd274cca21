"""Folding: one spelling for texts that a person would call the same."""

from __future__ import annotations

import unicodedata

from anyascii import anyascii


def fold(text: str) -> str:
    """Return `text` in lower case, in ASCII, without diacritics, with single spaces.

    For searching and for matching column headers: "Süheda", "SUHEDA" and "su\u0308heda" fold to
    the same. Other scripts are transliterated. Folding twice changes nothing.
    """
    # Lower case comes last: 'İ'.lower() would leave a combining dot behind.
    ascii_text = anyascii(unicodedata.normalize("NFKC", text))
    return " ".join(ascii_text.lower().split())
