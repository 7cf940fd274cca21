"""The username that a name gives, and the same with a number behind it."""

from __future__ import annotations

import re
import unicodedata

from leerid_core.rules.folding import fold

MAX_LENGTH = 50
"""The manual's limit, number included (chapter 2)."""

SEPARATORS = "._-"

_FALLBACK = "leerling"


def base_username(first_name: str, last_name: str, stamnummer: str | None) -> str:
    """Return voornaam.naam in [a-z0-9], at most `MAX_LENGTH` long: "milan.debremme".

    Diacritics become the base letter; spaces, hyphens and apostrophes are dropped; other scripts
    are transliterated (manual, chapter 2; DOMAIN.md, Username). A part of which nothing is left
    is left out; if both are, the result is "leerling.<stamnummer>", or "leerling" without one.
    """
    parts = [part for part in (_letters(first_name), _letters(last_name)) if part]
    return stem(".".join(parts) or _fallback(stamnummer or ""), 0)


def is_fallback(base: str) -> bool:
    """Say whether `base` stands in for a name that could not be transliterated."""
    return re.fullmatch(rf"{_FALLBACK}(\.[a-z]*[0-9][a-z0-9]*)?", base) is not None


def numbered(base: str, number: int) -> str:
    """Return `base` with `number` behind it, cut so that both fit; 0 is the base itself."""
    suffix = str(number) if number else ""
    return stem(base, len(suffix)) + suffix


def stem(base: str, digits: int) -> str:
    """Return what is left of `base` when a number of `digits` digits must fit behind it."""
    return base[: MAX_LENGTH - digits].rstrip(SEPARATORS)


def _letters(name: str) -> str:
    """Return the letters and digits of `name` in [a-z0-9]; an emoji is no letter."""
    letters = (char for char in name if unicodedata.category(char)[0] in "LMN")
    return re.sub(r"[^a-z0-9]", "", fold("".join(letters)))


def _fallback(stamnummer: str) -> str:
    kept = _letters(stamnummer)
    return f"{_FALLBACK}.{kept}" if re.search(r"[0-9]", kept) else _FALLBACK
