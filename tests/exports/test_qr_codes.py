"""QR codes as paths of rectangles."""

from __future__ import annotations

import re

import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from leerid_core.exports.qr_code import QUIET_ZONE, QRCode, qr_code

_RECTANGLE = re.compile(r"(\d+) (\d+) (\d+) 1 re\n")
_PIXELS = 4

links = st.text("abcdefghijklmnopqrstuvwxyz0123456789.-_", min_size=1, max_size=50).map(
    "https://mijn.leerid.be/".__add__
)


def _painted(code: QRCode) -> Image.Image:
    """Return `code` as paper would show it, four pixels a module, with its quiet zone."""
    paper = Image.new("L", (code.size + 2 * QUIET_ZONE,) * 2, 255)
    for x, y, width in (map(int, found) for found in _RECTANGLE.findall(code.path)):
        left, top = QUIET_ZONE + x, QUIET_ZONE + code.size - 1 - y
        paper.paste(0, (left, top, left + width, top + 1))
    return paper.resize((paper.width * _PIXELS,) * 2, Image.Resampling.NEAREST)


@given(links)
def test_every_link_reads_back(link: str) -> None:
    """A reader finds one code in the drawn path, and it says the link."""
    found = zxingcpp.read_barcodes(_painted(qr_code(link)))
    assert [code.text for code in found] == [link]


@given(links)
def test_a_path_is_rectangles_and_nothing_else(link: str) -> None:
    """No operator can slip into the content stream through a link."""
    code = qr_code(link)
    assert _RECTANGLE.sub("", code.path) == ""


def test_the_error_level_is_m() -> None:
    """About 15 % of a code may be damaged, which is what a card in a pencil case needs."""
    (found,) = zxingcpp.read_barcodes(_painted(qr_code("https://mijn.leerid.be/jan.peeters")))
    assert found.ec_level == "M"
