"""Sticker sheets: A4, 2 x 6 labels of 105 x 48 mm (manual, chapter 3)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from leerid_core.exports.card import CARD_HEIGHT, CARD_WIDTH, SIDE_MARGIN, TOP_MARGIN
from leerid_core.exports.documents import PAGE_HEIGHT, PAGE_WIDTH, Card, Document, PrintRun
from leerid_core.exports.drawing import GREY, Drawing, Style
from leerid_core.exports.options import LABELS_ON_A_SHEET, PrintOptions
from leerid_core.files.typeface import printable
from leerid_core.files.wrapping import fit

COLUMNS = 2
SHEET_TOP = 4.5
"""Where the first label begins: HERMA 4457, Avery Zweckform 3424 (DOMAIN.md, Stickers)."""

EDGE = 7.0
"""What is printed stays this far from the sheet's edge, which most printers cannot reach."""

FULL_SIZE = "Afdrukken op 100 % (werkelijke grootte)"


def sticker_document(
    run: PrintRun, title: str, note: str, cards: Sequence[Card], options: PrintOptions
) -> Document:
    """Return a document with `cards` in reading order, from label `options.start_at` on."""
    document = Document(run, title)
    sheets = list(_sheets(cards, options.start_at))
    for number, sheet in enumerate(sheets, start=1):
        drawing = Drawing(PAGE_HEIGHT)
        for label, card in sheet:
            left, top = card_position(label, options)
            drawing.place(document.add_card(card), left, top + CARD_HEIGHT)
        _draw_note(drawing, run, f"{FULL_SIZE} · {note} · {number}/{len(sheets)}", options)
        document.draw_page(drawing)
    return document


def label_position(label: int, options: PrintOptions) -> tuple[float, float]:
    """Return the left and top in millimetres of `label`, which counts from 0."""
    row, column = divmod(label, COLUMNS)
    left = column * CARD_WIDTH + options.offset_x
    return left, SHEET_TOP + row * CARD_HEIGHT + options.offset_y


def card_position(label: int, options: PrintOptions) -> tuple[float, float]:
    """Return where the card goes: on its label, but its content 7 mm from the sheet's edge."""
    left, top = label_position(label, options)
    return (
        min(max(left, EDGE - SIDE_MARGIN), PAGE_WIDTH - EDGE - CARD_WIDTH + SIDE_MARGIN),
        min(max(top, EDGE - TOP_MARGIN), PAGE_HEIGHT - EDGE - CARD_HEIGHT + TOP_MARGIN),
    )


def _sheets(cards: Sequence[Card], start_at: int) -> Iterator[list[tuple[int, Card]]]:
    sheet: list[tuple[int, Card]] = []
    for place, card in enumerate(cards, start=start_at - 1):
        label = place % LABELS_ON_A_SHEET
        if sheet and label == 0:
            yield sheet
            sheet = []
        sheet.append((label, card))
    if sheet:
        yield sheet


def _draw_note(drawing: Drawing, run: PrintRun, note: str, options: PrintOptions) -> None:
    """Write a line in the strip above or below the labels, whichever is the higher."""
    labels_bottom = SHEET_TOP + CARD_HEIGHT * LABELS_ON_A_SHEET / COLUMNS + options.offset_y
    above, below = SHEET_TOP + options.offset_y, PAGE_HEIGHT - labels_bottom
    baseline = above - 1 if above > below else labels_bottom + 2.9
    face = run.regular
    size, (line, *_) = fit(printable(note, face), face, PAGE_WIDTH - 2 * EDGE, ((5.5, 1), (4, 1)))
    drawing.text_around(PAGE_WIDTH / 2, baseline, line, Style(face, size, GREY))
