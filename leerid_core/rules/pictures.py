"""The pictures of a picture password."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture: its key in a password, its Dutch name, and its OpenMoji code."""

    key: str
    name: str
    hexcode: str


# Chosen for how far their shapes lie apart when printed in grey, and their names when read aloud:
# so no key beside the pencil, no banana beside the moon, no boom beside boot.
_HEXCODES = {
    "zon": "2600",
    "maan": "1F319",
    "ster": "2B50",
    "bloem": "1F33C",
    "appel": "1F34E",
    "kat": "1F431",
    "hond": "1F436",
    "vis": "1F41F",
    "vogel": "1F426",
    "vlinder": "1F98B",
    "slak": "1F40C",
    "olifant": "1F418",
    "auto": "1F697",
    "boot": "26F5",
    "trein": "1F682",
    "bal": "26BD",
    "kroon": "1F451",
    "paraplu": "2602",
    "boek": "1F4D5",
    "schaar": "2702",
    "bril": "1F453",
    "klok": "23F0",
    "hart": "2764",
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
