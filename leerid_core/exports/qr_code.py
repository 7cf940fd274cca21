"""The QR code of a link, as a path of rectangles."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

QUIET_ZONE = 4
"""The empty modules that ISO/IEC 18004 asks for on every side."""

_CHUNK = 6


@dataclass(frozen=True, slots=True)
class QRCode:
    """A QR code of `size` modules a side; `path` fills the dark ones, one unit each, y upwards.

    All rectangles stand in one path, so a viewer that smooths edges leaves no seams between them.
    """

    size: int
    path: str


def qr_code(text: str) -> QRCode:
    """Return the QR code of `text` with error level M: 15 % may be dirty or torn."""
    from zxingcpp import BarcodeFormat, create_barcode, write_barcode_to_image

    barcode = create_barcode(text, BarcodeFormat.QRCode, ec_level="M")
    image: Any = write_barcode_to_image(barcode, scale=1, add_quiet_zones=False)
    size, pixels = image.shape[0], bytes(memoryview(image))
    rectangles = [
        _rectangles(pixels[y * size + x : y * size + min(x + _CHUNK, size)], x, size - 1 - y)
        for y in range(size)
        for x in range(0, size, _CHUNK)
    ]
    return QRCode(size, "".join(rectangles))


@lru_cache(maxsize=32_768)
def _rectangles(pixels: bytes, x: int, y: int) -> str:
    """Return the rectangles of a few modules in a row; the same few come back in every code."""
    runs = []
    start = None
    for at, pixel in enumerate((*pixels, 255)):
        if pixel == 0 and start is None:
            start = at
        elif pixel and start is not None:
            runs.append(f"{x + start} {y} {at - start} 1 re\n")
            start = None
    return "".join(runs)
