"""The test sheet: shows on plain paper whether the printer meets the labels."""

from __future__ import annotations

from leerid_core.exports.card import CARD_HEIGHT, CARD_WIDTH
from leerid_core.exports.documents import PAGE_HEIGHT, PAGE_WIDTH, Document, PrintRun
from leerid_core.exports.drawing import GREY, Drawing, Style
from leerid_core.exports.options import LABELS_ON_A_SHEET, PrintOptions
from leerid_core.exports.stickers import FULL_SIZE, label_position
from leerid_core.exports.typeface import printable

_CROSS = 3.0
_RULER = 100


def calibration_document(run: PrintRun, options: PrintOptions) -> Document:
    """Return one page with the border and the middle of every label, and a ruler of 100 mm."""
    document = Document(run, "Testblad stickers")
    drawing = Drawing(PAGE_HEIGHT)
    for label in range(LABELS_ON_A_SHEET):
        left, top = label_position(label, options)
        drawing.box(left, top, CARD_WIDTH, CARD_HEIGHT)
        _draw_cross(drawing, left + CARD_WIDTH / 2, top + CARD_HEIGHT / 2)
        number = Style(run.bold, 12, GREY)
        drawing.text_around(left + CARD_WIDTH / 2, top + 12, str(label + 1), number)
    _draw_explanation(drawing, run, options)
    _draw_ruler(drawing, run)
    document.draw_page(drawing)
    return document


def _draw_cross(drawing: Drawing, x: float, y: float) -> None:
    drawing.lines((x - _CROSS, y, x + _CROSS, y), (x, y - _CROSS, x, y + _CROSS), width=0.3)


def _draw_explanation(drawing: Drawing, run: PrintRun, options: PrintOptions) -> None:
    style = Style(run.regular, 8, GREY)
    sentences = (
        f"{FULL_SIZE}, op gewoon papier. Leg het blad op een stickervel en hou beide tegen het "
        "licht:",
        "de lijnen moeten op de randen van de stickers vallen. Staan ze te hoog, dan is de "
        "verschuiving naar onder groter nodig.",
    )


def _draw_ruler(drawing: Drawing, run: PrintRun) -> None:
    pass
