"""Instellingsnummers: the six digits that name a school."""

from __future__ import annotations

import re


def parse_school_number(text: str) -> str | None:
    """Return the six digits of an instellingsnummer, or None when `text` is not one.

    Spreadsheets lose leading zeros, so "30569" is "030569" (DOMAIN.md, Words).
    """
    digits = text.strip()
    if not re.fullmatch(r"[0-9]{1,6}", digits) or int(digits) == 0:
        return None
    return digits.zfill(6)
