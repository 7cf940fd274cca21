"""Frames to draw, for the tests of the charts and of what is told about them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pandas as pd

FIRST_DAY = date(2026, 11, 2)


def adoption() -> pd.DataFrame:
    """Two curves; of the second, no more than three days have passed."""
    shares: dict[str, dict[int, float | None]] = {
        "Alle leerlingen": {0: 0.1, 1: 0.4, 7: 0.8, 14: 1.0},
        "Lijst 2": {0: 0.0, 1: 0.2, 3: 0.5, 7: None},
    }
    rows = [(name, day, share) for name, one in shares.items() for day, share in one.items()]
    return pd.DataFrame(rows, columns=["series", "days", "share"])


def groups(names: int = 3) -> pd.DataFrame:
    """Groups that do better one after the other, and one too small to be shown apart."""
    rows = [(f"{at}A", at, 10) for at in range(names, 0, -1)] + [("klein", None, None)]
    return pd.DataFrame(rows, columns=["name", "part", "whole"]).astype(
        {"part": "Int64", "whole": "Int64"}
    )


def heat_map() -> pd.DataFrame:
    """Most on Tuesday from 9 to 10; some on Sunday evening."""
    rows = [(1, 9, 60), (0, 8, 20), (6, 20, 20)]
    return pd.DataFrame(rows, columns=["weekday", "hour", "sign_ins"])


def last_sign_in() -> pd.DataFrame:
    """Three bars, one of them empty."""
    return pd.DataFrame(
        {"bucket": ["Vandaag", "Langer geleden", "Nooit aangemeld"], "pupils": [1, 0, 1234]}
    )


def per_day(days: int = 14) -> pd.DataFrame:
    """More every day."""
    rows = [(FIRST_DAY + timedelta(days=at), at + 1) for at in range(days)]
    return pd.DataFrame(rows, columns=["day", "sign_ins"])


def applications() -> pd.DataFrame:
    """One that nearly all use, and one that hardly anybody does."""
    return pd.DataFrame({"application": ["Mijn LeerID", "Smartschool"], "sign_ins": [1, 999]})


FRAMES: dict[str, Callable[[], pd.DataFrame]] = {
    make.__name__: make
    for make in (adoption, groups, heat_map, last_sign_in, per_day, applications)
}
