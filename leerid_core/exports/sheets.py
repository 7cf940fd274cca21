"""The A4 PDF: the same cards on plain paper, with lines to cut along."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from leerid_core.exports.card import CARD_HEIGHT, CARD_WIDTH, SIDE_MARGIN
from leerid_core.exports.documents import PAGE_HEIGHT, PAGE_WIDTH, Card, Document, PrintRun
from leerid_core.exports.drawing import GREY, Drawing, Style
from leerid_core.files.typeface import printable
from leerid_core.files.wrapping import Sizes, fit

_COLUMNS, _ROWS = 2, 6
_ON_A_SHEET = _COLUMNS * _ROWS
_PITCH = 46.5
_TOP = 7.0
_LINE_END = 5.0
_BOTTOM = _TOP + _ROWS * _PITCH
_FOOTER_SIZES: Sizes = ((7, 1), (6, 1), (5, 1))


def sheet_document(
    run: PrintRun, title: str, note: str, groups: Sequence[tuple[str, Sequence[Card]]]
) -> Document:
    """Return a document with each group on its own sheets.

    The cards run down through the stack: cut the sheets of a group as one stack, lay the twelve
    piles on each other from the top left one on, and the cards are in order.
    """
    document = Document(run, title)
    pages = [(name, page) for name, cards in groups for page in _stacked(cards)]
    for number, (name, page) in enumerate(pages, start=1):
        drawing = Drawing(PAGE_HEIGHT)
        for place, card in enumerate(page):
            row, column = divmod(place, _COLUMNS)
            bottom = _TOP + row * _PITCH + (_PITCH + CARD_HEIGHT) / 2
            drawing.place(document.add_card(card), column * CARD_WIDTH, bottom)
        _draw_cutting_lines(drawing)
        _draw_footer(drawing, run, name, f"{note} · {number}/{len(pages)}")
        document.draw_page(drawing)
    return document


def _stacked(cards: Sequence[Card]) -> list[Sequence[Card]]:
    sheets = ceil(len(cards) / _ON_A_SHEET)
    return [cards[sheet::sheets] for sheet in range(sheets)]


def _draw_cutting_lines(drawing: Drawing) -> None:
    middle = PAGE_WIDTH / 2
    across = [_TOP + row * _PITCH for row in range(_ROWS + 1)]
    drawing.lines(
        *((_LINE_END, y, PAGE_WIDTH - _LINE_END, y) for y in across),
        (middle, _TOP, middle, _BOTTOM),
        dash="1.5 1.5",
    )


def _draw_footer(drawing: Drawing, run: PrintRun, name: str, note: str) -> None:
    """Write the group at the left and the rest at the right, each in its half of the sheet."""
    face, width, baseline = run.regular, PAGE_WIDTH / 2 - SIDE_MARGIN - 2, _BOTTOM + 3.4
    size, (line, *_) = fit(printable(name, face), face, width, _FOOTER_SIZES)
    drawing.text(SIDE_MARGIN, baseline, line, Style(face, size, GREY))
    size, (line, *_) = fit(printable(note, face), face, width, _FOOTER_SIZES)
    drawing.text_to(PAGE_WIDTH - SIDE_MARGIN, baseline, line, Style(face, size, GREY))
