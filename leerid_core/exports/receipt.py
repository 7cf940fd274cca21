"""The receipt list: who got a card, to tick on paper. Without passwords."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from leerid_core.exports.documents import PAGE_HEIGHT, PAGE_WIDTH, Document, PrintRun
from leerid_core.exports.drawing import GREY, Drawing, Style
from leerid_core.exports.groups import Group
from leerid_core.exports.typeface import printable
from leerid_core.exports.wrapping import fit
from leerid_core.rules.credentials import Credential

_SIDE = 18.0
_RIGHT = PAGE_WIDTH - _SIDE
_FIRST_ROW = 48.0
_ROW = 7.6
_ROWS = 30
_BOX = 4.0
_NUMBER_RIGHT, _NAME, _USERNAME, _TICK, _SIGNATURE = 24.0, 27.0, 85.0, 140.0, 150.0


def receipt_document(run: PrintRun, note: str, groups: Sequence[Group]) -> Document:
    """Return a document with a list for each group, each on its own sheets."""
    document = Document(run, f"Ontvangstlijst {note}")
    for group in groups:
        pages = ceil(len(group.credentials) / _ROWS)
        for page in range(pages):
            drawing = Drawing(PAGE_HEIGHT)
            _draw_head(drawing, run, group.name, f"{note} · {page + 1}/{pages}")
            first = page * _ROWS
            for row, credential in enumerate(group.credentials[first : first + _ROWS]):
                _draw_row(drawing, run, _FIRST_ROW + row * _ROW, first + row + 1, credential)
            document.draw_page(drawing)
    return document


def _draw_head(drawing: Drawing, run: PrintRun, name: str, note: str) -> None:
    size, lines = fit(printable(name, run.bold), run.bold, _RIGHT - _SIDE, ((16, 1), (11, 1)))
    drawing.text(_SIDE, 22, "Ontvangstlijst LeerID-kaartjes", Style(run.regular, 9, GREY))
    drawing.text(_SIDE, 30, lines[0], Style(run.bold, size))
    style = Style(run.regular, 8, GREY)
    for x, title in (
        (_NAME, "Naam"),
        (_USERNAME, "Gebruikersnaam"),
        (_TICK - 5, "Ontvangen"),
        (_SIGNATURE + 10, "Handtekening"),
    ):
        drawing.text(x, _FIRST_ROW - 7, title, style)
    drawing.lines((_SIDE, _FIRST_ROW - 5, _RIGHT, _FIRST_ROW - 5), width=0.4)
    drawing.text(_SIDE, PAGE_HEIGHT - 12, printable(note, run.regular), style)


def _draw_row(
    drawing: Drawing, run: PrintRun, baseline: float, number: int, credential: Credential
) -> None:
    grey = Style(run.regular, 8, GREY)
    drawing.text_to(_NUMBER_RIGHT, baseline, str(number), grey)
    name = printable(f"{credential.first_name} {credential.last_name}", run.regular)
    size, lines = fit(name, run.regular, _USERNAME - _NAME - 3, ((10, 1), (8, 1), (6.5, 1)))
    drawing.text(_NAME, baseline, lines[0], Style(run.regular, size))
    username = printable(credential.username, run.regular)
    size, lines = fit(username, run.regular, _TICK - _USERNAME - 3, ((8, 1), (6, 1), (5, 1)))
    drawing.text(_USERNAME, baseline, lines[0], Style(run.regular, size))
    drawing.box(_TICK, baseline - _BOX + 0.8, _BOX, _BOX, line=0.35)
    drawing.lines((_SIDE, baseline + 2.3, _RIGHT, baseline + 2.3), grey=0.75)
