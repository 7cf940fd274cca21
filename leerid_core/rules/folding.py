"""Folding: one spelling for texts that a person would call the same."""

from __future__ import annotations

import re
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


def search_key(text: str) -> str:
    """Return `text` folded, with only letters, digits and single spaces left.

    For finding and sorting people: "'t Kindt" is found and sorted as "t kindt", and
    "Marie-Hélène" is found by "marie-helene", "mariehelene" and "helene" alike.
    """
    return " ".join(re.sub(r"[^a-z0-9 ]", "", fold(text)).split())
