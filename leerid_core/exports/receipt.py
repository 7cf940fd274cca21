"""The receipt list: who got a card, to tick on paper. Without passwords."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from leerid_core.exports.documents import PAGE_HEIGHT, PAGE_WIDTH, Document, PrintRun
from leerid_core.exports.drawing import GREY, Drawing, Style
from leerid_core.exports.groups import Group
from leerid_core.files.typeface import Face, printable
from leerid_core.files.wrapping import Sizes, fit
from leerid_core.rules.credentials import Credential

_SIDE = 18.0
_RIGHT = PAGE_WIDTH - _SIDE
_FIRST_ROW = 48.0
_ROW = 7.6
_ROWS = 30
_BOX = 4.0
_NUMBER_RIGHT, _NAME, _USERNAME, _TICK, _SIGNATURE = 24.0, 27.0, 82.0, 147.0, 163.0
_NAME_SIZES = ((10, 1), (8, 1), (6.5, 1))
_USERNAME_SIZES = ((8, 1), (6, 1), (5, 1), (4, 1))


def receipt_document(run: PrintRun, note: str, groups: Sequence[Group]) -> Document:
    """Return a document with a list for each group, each on its own sheets."""
    document = Document(run, f"LeerID ontvangstlijst {note}")
    for group in groups:
        pages = ceil(len(group.credentials) / _ROWS)
        for page in range(pages):
            drawing = Drawing(PAGE_HEIGHT)
            _draw_head(drawing, run, group.name)
            first = page * _ROWS
            for row, credential in enumerate(group.credentials[first : first + _ROWS]):
                _draw_row(drawing, run, _FIRST_ROW + row * _ROW, first + row + 1, credential)
            foot, place = f"{note} · {page + 1}/{pages}", (_SIDE, PAGE_HEIGHT - 12, _RIGHT - _SIDE)
            _draw_fitting(drawing, run.regular, place, foot, ((8, 1), (6, 1)))
            document.draw_page(drawing)
    return document


def _draw_head(drawing: Drawing, run: PrintRun, name: str) -> None:
    drawing.text(_SIDE, 22, "Ontvangstlijst LeerID-kaartjes", Style(run.regular, 9, GREY))
    _draw_fitting(drawing, run.bold, (_SIDE, 30, _RIGHT - _SIDE), name, ((16, 1), (11, 1), (8, 1)))
    style, baseline = Style(run.regular, 8, GREY), _FIRST_ROW - 7
    drawing.text(_NAME, baseline, "Naam", style)
    drawing.text(_USERNAME, baseline, "Gebruikersnaam", style)
    drawing.text_around(_TICK + _BOX / 2, baseline, "Ontvangen", style)
    drawing.text(_SIGNATURE, baseline, "Handtekening", style)
    drawing.lines((_SIDE, _FIRST_ROW - 5, _RIGHT, _FIRST_ROW - 5), width=0.4)


def _draw_row(
    drawing: Drawing, run: PrintRun, baseline: float, number: int, credential: Credential
) -> None:
    drawing.text_to(_NUMBER_RIGHT, baseline, str(number), Style(run.regular, 8, GREY))
    name = f"{credential.first_name} {credential.last_name}"
    place = (_NAME, baseline, _USERNAME - _NAME - 3)
    _draw_fitting(drawing, run.regular, place, name, _NAME_SIZES)
    place = (_USERNAME, baseline, _TICK - _USERNAME - 4)
    _draw_fitting(drawing, run.regular, place, credential.username, _USERNAME_SIZES)
    drawing.box(_TICK, baseline - _BOX + 0.8, _BOX, _BOX, line=0.35)
    drawing.lines((_SIDE, baseline + 2.3, _RIGHT, baseline + 2.3), grey=0.75)


def _draw_fitting(
    drawing: Drawing, face: Face, place: tuple[float, float, float], text: str, sizes: Sizes
) -> None:
    """Draw `text` on one line at `place`: x, baseline, and the width it may take."""
    x, baseline, width = place
    size, (line, *_) = fit(printable(text, face), face, width, sizes)
    drawing.text(x, baseline, line, Style(face, size))
