"""The A4 PDF: the same cards on plain paper, with lines to cut along."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from leerid_core.exports.card import CARD_HEIGHT, CARD_WIDTH
from leerid_core.exports.documents import PAGE_HEIGHT, PAGE_WIDTH, Card, Document, PrintRun
from leerid_core.exports.drawing import GREY, Drawing, Style
from leerid_core.exports.typeface import printable

_COLUMNS, _ROWS = 2, 6
_ON_A_SHEET = _COLUMNS * _ROWS
_PITCH = 46.5
_TOP = 7.0
_SIDE = 5.0
_BOTTOM = _TOP + _ROWS * _PITCH


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
        *((_SIDE, y, PAGE_WIDTH - _SIDE, y) for y in across),
        (middle, _TOP, middle, _BOTTOM),
        dash="1.5 1.5",
    )


def _draw_footer(drawing: Drawing, run: PrintRun, name: str, note: str) -> None:
    style = Style(run.regular, 7, GREY)
    drawing.text(SIDE, _BOTTOM + 3.4, printable(name, run.regular), style)
    drawing.text_to(PAGE_WIDTH - SIDE, _BOTTOM + 3.4, printable(note, run.regular), style)


SIDE = 8.5
