"""pandas and matplotlib take a second to import: in a kernel that waits, before anybody comes."""

from __future__ import annotations

from functools import cache
from threading import Lock, Timer

WAIT = 1.0
"""Seconds: what a visitor waits for goes first."""
_ONE_AT_A_TIME = Lock()


def preload_later() -> None:
    """Import them in a while, in a thread that ends with it; for a kernel that may draw charts."""
    timer = Timer(WAIT, preload)
    timer.daemon = True
    timer.start()


def preload() -> None:
    """Import them now, or wait until that is done.

    Two threads that import the same packages at once can meet them half made: this is the one way
    in.
    """
    with _ONE_AT_A_TIME:
        _load()


@cache
def _load() -> None:
    from pandas import DataFrame

    from leerid_core.reports import charts

    charts.applications(DataFrame({"application": [""], "sign_ins": [1]}))
