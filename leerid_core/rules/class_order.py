"""The order of classes and groups as a school reads them."""

from __future__ import annotations

import re

from leerid_core.rules.folding import fold


def class_order(name: str) -> tuple[tuple[int, int, str], ...]:
    """Return a key that puts 2A before 10A, and both before OKAN."""
    return tuple(
        (0, int(part), "") if part.isdecimal() else (1, 0, part)
        for part in re.split(r"([0-9]+)", fold(name))
        if part
    )
