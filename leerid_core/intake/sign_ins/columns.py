"""Under which headers or keys sign-ins stand; case, accents and punctuation do not count."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from leerid_core.errors import UnreadableFile
from leerid_core.intake.sign_ins.rows import Written
from leerid_core.rules.folding import search_key

_USERNAME, _TIME, _APPLICATION = range(3)
_NAMES = {
    _USERNAME: (
        "gebruikersnaam",
        "leerid gebruikersnaam",
        "leerid",
        "gebruiker",
        "username",
        "user name",
        "user",
        "login",
        "preferred_username",
    ),
    _TIME: (
        "tijdstip",
        "datum en tijd",
        "aangemeld op",
        "aanmelding",
        "tijd",
        "datum",
        "timestamp",
        "time",
        "datetime",
        "date",
        "at",
    ),
    _APPLICATION: (
        "toepassing",
        "applicatie",
        "application",
        "app",
        "dienst",
        "service",
        "client",
        "client_id",
    ),
}
_MEANINGS = {search_key(name): column for column, names in _NAMES.items() for name in names}


def find_columns(headers: Sequence[str]) -> tuple[int, int, int | None]:
    """Return where username, time and application stand; a file may name no application.

    Raises `UnreadableFile("sign_in_columns_missing")` when one of the first two is not there.
    """
    found: dict[int, int] = {}
    for place, header in enumerate(headers):
        meaning = _meaning(header)
        if meaning is not None:
            found.setdefault(meaning, place)
    if _USERNAME not in found or _TIME not in found:
        shown = ", ".join(header[:40] for header in headers[:20] if header)
        raise UnreadableFile("sign_in_columns_missing", headers=shown)
    return found[_USERNAME], found[_TIME], found.get(_APPLICATION)


def written_by_keys(row: int, values: Mapping[str, Any]) -> Written:
    """Return the sign-in that an object with such keys tells; what it lacks is None."""
    found = _found(values.items())
    return Written(row, found.get(_USERNAME), found.get(_TIME), found.get(_APPLICATION))


def _found(items: Iterable[tuple[str, Any]]) -> dict[int, Any]:
    found: dict[int, Any] = {}
    for key, value in items:
        meaning = _meaning(key)
        if meaning is not None:
            found.setdefault(meaning, value)
    return found


@lru_cache(maxsize=1_024)
def _meaning(header: str) -> int | None:
    return _MEANINGS.get(search_key(header[:100]))
