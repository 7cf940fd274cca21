"""The pictures as they are printed."""

from __future__ import annotations

import zlib
from typing import Any

import pytest

from leerid_core.exports.pictures import picture_image
from leerid_core.rules.pictures import CATALOGUE

KEYS = [picture.key for picture in CATALOGUE]


def _rows(info: dict[str, Any]) -> list[bytes]:
    """Return the rows of palette indexes; each begins with the number of its PNG filter."""
    data, width = zlib.decompress(info["data"]), info["w"]
    return [data[at + 1 : at + 1 + width] for at in range(0, len(data), width + 1)]


@pytest.mark.parametrize("key", KEYS)
def test_every_picture_fills_its_square_on_white(key: str) -> None:
    """It is square, touches two opposite sides, and its corners are not tinted paper."""
    info: dict[str, Any] = picture_image(key)
    assert info["w"] == info["h"]
    rows = _rows(info)
    colours = [bytes(info["pal"][at : at + 3]) for at in range(0, len(info["pal"]), 3)]
    white = colours.index(b"\xff\xff\xff")
    assert rows[0][0] == rows[0][-1] == white or key == "boek"
    drawn_rows = [at for at, row in enumerate(rows) if set(row) != {white}]
    drawn_columns = [
        at for at, column in enumerate(zip(*rows, strict=True)) if set(column) != {white}
    ]
    height = drawn_rows[-1] - drawn_rows[0]
    width = drawn_columns[-1] - drawn_columns[0]
    assert max(height, width) >= info["w"] - 5


@pytest.mark.parametrize("key", KEYS)
def test_every_picture_has_dark_outlines(key: str) -> None:
    """On a black-and-white printer the shape remains: near-black is among its colours."""
    info: dict[str, Any] = picture_image(key)
    colours = [tuple(info["pal"][at : at + 3]) for at in range(0, len(info["pal"]), 3)]
    assert min(sum(colour) for colour in colours) < 60


def test_pictures_are_rasterised_once() -> None:
    """A second card with the same picture costs nothing."""
    assert picture_image("zon") is picture_image("zon")


def test_the_pictures_are_small() -> None:
    """All 24 together add less than 80 kB to a PDF."""
    images: list[Any] = [picture_image(key) for key in KEYS]
    assert sum(len(image["data"]) for image in images) < 80_000
