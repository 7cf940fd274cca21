"""The test sheet for stickers."""

from __future__ import annotations

from io import BytesIO

import pdfplumber
import pytest
from card_examples import HAND_OUT, MM, texts

from leerid_core import exports
from leerid_core.exports import PrintOptions


@pytest.mark.parametrize("offset", [(0.0, 0.0), (1.5, -2.0)])
def test_the_outlines_are_the_labels(offset: tuple[float, float]) -> None:
    """Twelve boxes of 105 x 48 mm, where the cards' labels are, within 0.1 mm."""
    x, y = offset
    pdf = exports.test_sheet_pdf(PrintOptions(offset_x=x, offset_y=y), HAND_OUT)
    with pdfplumber.open(BytesIO(pdf)) as document:
        (page,) = document.pages
        boxes = [
            (one["x0"] / MM, one["top"] / MM, one["width"] / MM, one["height"] / MM)
            for one in page.rects
        ]
    assert len(boxes) == 12
    for at, (left, top, width, height) in enumerate(boxes):
        row, column = divmod(at, 2)
        assert left == pytest.approx(column * 105 + x, abs=0.1)
        assert top == pytest.approx(4.5 + row * 48 + y, abs=0.1)
        assert (width, height) == pytest.approx((105, 48), abs=0.1)


def test_the_ruler_is_80_mm_long() -> None:
    """The longest horizontal line on the sheet measures what its scale says."""
    with pdfplumber.open(BytesIO(exports.test_sheet_pdf(PrintOptions(), HAND_OUT))) as document:
        lines = document.pages[0].lines
    assert max(line["width"] for line in lines) / MM == pytest.approx(80, abs=0.05)


def test_the_sheet_says_what_is_set_now() -> None:
    """The user sees which shift he is looking at, with a Dutch decimal comma."""
    (text,) = texts(exports.test_sheet_pdf(PrintOptions(offset_x=-1.5, offset_y=2), HAND_OUT))
    assert "1,5 mm naar links en 2 mm naar onder" in text
