"""Numbers and counted words as one writes them in Flanders."""

from __future__ import annotations

NO_BREAK = "\u00a0"


def number(value: float, decimals: int = 0) -> str:
    """Return 1234.5 as "1.234,5": a point between thousands, a comma before decimals."""
    return f"{value:,.{decimals}f}".translate(str.maketrans(",.", ".,"))


def percentage(part: float, whole: float = 1.0) -> str:
    """Return the share of `part` in `whole` as "45 %".

    All but one is never "100 %" and a single one never "0 %", whatever rounding says. Without a
    whole there is no share: a dash.
    """
    if not whole > 0:
        return "–"
    share = 100 * part / whole
    rounded = 0 if share <= 0 else 100 if share >= 100 else min(max(round(share), 1), 99)
    return f"{rounded}{NO_BREAK}%"


def counted(value: int, one: str, more: str) -> str:
    """Return "1 leerling", "2 leerlingen", and "geen leerlingen" for none."""
    if value == 0:
        return f"geen {more}"
    return f"{number(value)}{NO_BREAK}{one if value == 1 else more}"


def pupils(value: int) -> str:
    """Return how many pupils."""
    return counted(value, "leerling", "leerlingen")


def listed(names: list[str]) -> str:
    """Return "a", "a en b" or "a, b en c"."""
    *before, last = names
    return f"{', '.join(before)} en {last}" if before else last


def capital(text: str) -> str:
    """Return `text` with a capital first, as a sentence begins."""
    return text[:1].upper() + text[1:]
