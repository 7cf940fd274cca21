"""The pictures of a picture password."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture: its key in a password, its Dutch name, and its OpenMoji code."""

    key: str
    name: str
    hexcode: str


_HEXCODES = {
    "zon": "2600",
    "maan": "1F319",
    "ster": "2B50",
    "huis": "1F3E0",
    "boom": "1F333",
    "bloem": "1F33C",
    "appel": "1F34E",
    "kat": "1F431",
    "vis": "1F41F",
    "vogel": "1F426",
    "kikker": "1F438",
    "egel": "1F994",
    "olifant": "1F418",
    "auto": "1F697",
    "fiets": "1F6B2",
    "boot": "26F5",
    "trein": "1F682",
    "bal": "26BD",
    "ballon": "1F388",
    "kroon": "1F451",
    "paraplu": "2602",
    "sleutel": "1F511",
    "boek": "1F4D5",
    "taart": "1F382",
}

CATALOGUE: tuple[Picture, ...] = tuple(
    Picture(name, name, code) for name, code in _HEXCODES.items()
)
"""The 24 pictures to choose from (DOMAIN.md, Passwords)."""

_BY_KEY = {picture.key: picture for picture in CATALOGUE}


def picture(key: str) -> Picture:
    """Return the picture of `key`; raises `KeyError` for a key outside the catalogue."""
    return _BY_KEY[key]
