"""The test sheet: shows on plain paper whether the printer meets the labels."""

from __future__ import annotations

from leerid_core.exports.card import CARD_HEIGHT, CARD_WIDTH, SIDE_MARGIN
from leerid_core.exports.documents import PAGE_HEIGHT, Document, PrintRun
from leerid_core.exports.drawing import GREY, Drawing, Style
from leerid_core.exports.options import LABELS_ON_A_SHEET, PrintOptions
from leerid_core.exports.stickers import FULL_SIZE, label_position
from leerid_core.files.wrapping import wrap

_CROSS = 3.0
_RULER = 80
_TEXT_WIDTH = CARD_WIDTH - 2 * SIDE_MARGIN
_FIRST_LINE, _LINE = 8.0, 3.6
_STEPS = (
    "1. Meet deze liniaal. Is ze geen 80 mm lang, dan heeft de printer verkleind of vergroot: "
    "kies 100 %.",
    "2. Leg dit blad op een vel stickers en hou ze samen tegen het licht. Elk kader moet op een "
    "sticker vallen, elk kruisje op het midden ervan.",
    "3. Liggen de kaders 2 mm te hoog, tel dan 2 mm bij de verschuiving naar onder. Liggen ze "
    "2 mm te ver naar links, tel dan 2 mm bij de verschuiving naar rechts.",
)


def calibration_document(run: PrintRun, options: PrintOptions) -> Document:
    """Return one page with the outline and the middle of every label, and a ruler of 80 mm."""
    document = Document(run, "LeerID testblad voor stickers")
    drawing = Drawing(PAGE_HEIGHT)
    number_style = Style(run.bold, 12, GREY)
    for label in range(LABELS_ON_A_SHEET):
        left, top = label_position(label, options)
        drawing.box(left, top, CARD_WIDTH, CARD_HEIGHT)
        _draw_cross(drawing, left + CARD_WIDTH / 2, top + CARD_HEIGHT / 2)
        right, baseline = left + CARD_WIDTH - SIDE_MARGIN, top + CARD_HEIGHT - SIDE_MARGIN
        drawing.text_to(right, baseline, str(label + 1), number_style)
    _draw_explanation(drawing, run, options)
    _draw_ruler(drawing, run, options)
    document.draw_page(drawing)
    return document


def _draw_cross(drawing: Drawing, x: float, y: float) -> None:
    drawing.lines((x - _CROSS, y, x + _CROSS, y), (x, y - _CROSS, x, y + _CROSS), width=0.3)


def _draw_explanation(drawing: Drawing, run: PrintRun, options: PrintOptions) -> None:
    """Write what to do into the labels of the left column, above their crosses."""
    style = Style(run.regular, 7.5)
    shift = (
        f"Nu ingesteld: {_shift(options.offset_x, 'rechts', 'links')} en "
        f"{_shift(options.offset_y, 'onder', 'boven')}."
    )
    left, top = label_position(0, options)
    drawing.text(
        left + SIDE_MARGIN, top + _FIRST_LINE, "Testblad voor stickers", Style(run.bold, 11)
    )
    for row, text in enumerate((f"{FULL_SIZE}, op gewoon papier. {shift}", *_STEPS)):
        baseline = top + row * CARD_HEIGHT + _FIRST_LINE + (_LINE * 1.4 if row == 0 else 0)
        for at, line in enumerate(wrap(text, run.regular, style.size, _TEXT_WIDTH)):
            drawing.text(left + SIDE_MARGIN, baseline + at * _LINE, line, style)


def _shift(offset: float, ahead: str, back: str) -> str:
    millimetres = f"{abs(offset):g}".replace(".", ",")
    return f"{millimetres} mm naar {back if offset < 0 else ahead}"


def _draw_ruler(drawing: Drawing, run: PrintRun, options: PrintOptions) -> None:
    """Draw a ruler of 80 mm below the cross of label 3, with a longer mark each 10 mm."""
    left, top = label_position(2, options)
    left, y = left + SIDE_MARGIN, top + CARD_HEIGHT - 16.5
    marks = [
        (left + at, y, left + at, y - (3 if at % 10 == 0 else 1.5)) for at in range(_RULER + 1)
    ]
    drawing.lines((left, y, left + _RULER, y), *marks, width=0.15)
    for at in range(0, _RULER + 1, 10):
        drawing.text_around(left + at, y + 3.5, str(at), Style(run.regular, 7))
    drawing.text(left + _RULER + 3, y + 3.5, "mm", Style(run.regular, 7))
