"""One card of 105 x 48 mm: what a pupil needs to sign in, drawn once for all PDFs."""

from __future__ import annotations

from collections.abc import Sequence

from leerid_core.exports.card_texts import Layout, lay_out
from leerid_core.exports.documents import Card, PrintRun
from leerid_core.exports.drawing import BLUE, GREY, Drawing, Style
from leerid_core.exports.qr_code import QUIET_ZONE, qr_code
from leerid_core.rules.accounts import PasswordKind
from leerid_core.rules.credentials import Credential
from leerid_core.rules.pictures import picture

CARD_WIDTH, CARD_HEIGHT = 105.0, 48.0
SIDE_MARGIN, TOP_MARGIN = 8.5, 4.0
"""The empty border of a card, also at the right and at the bottom."""

_RIGHT = CARD_WIDTH - SIDE_MARGIN
_HEADING_WIDTH = 71.0
_HEIGHT = 39.5
_QR_TOP, _QR_SIDE, _LARGEST_MODULE = 10.5, 23.0, 0.8
_PICTURE, _SMALL_PICTURE = 10.5, 9.0
_BESIDE_PICTURE = 3.4
"""The space above a picture and for its name below."""


def draw_card(run: PrintRun, credential: Credential) -> Card:
    """Return the card of `credential` (manual, chapter 1; DOMAIN.md, Card).

    Long texts wrap or shrink; none runs into the quiet zone of the QR code or leaves the card.
    """
    drawing = Drawing(CARD_HEIGHT)
    drawing.text_to(_RIGHT, TOP_MARGIN + 2.5, "LeerID", Style(run.bold, 9.5, BLUE))
    width = _draw_qr_code(drawing, credential.link) - SIDE_MARGIN
    if credential.password_kind is PasswordKind.PICTURES:
        _draw_with_pictures(drawing, run, credential, width)
    else:
        _draw_lines(drawing, lay_out(run, credential, width, _HEADING_WIDTH, _HEIGHT))
    return Card(drawing, CARD_WIDTH, CARD_HEIGHT)


def _draw_qr_code(drawing: Drawing, link: str) -> float:
    """Draw the QR code and return where its quiet zone begins."""
    code = qr_code(link)
    module = min(_QR_SIDE / code.size, _LARGEST_MODULE)
    side = module * code.size
    drawing.fill(code.path, _RIGHT - side, _QR_TOP + side, module)
    return _RIGHT - side - QUIET_ZONE * module


def _draw_lines(drawing: Drawing, layout: Layout) -> None:
    for baseline, line in layout.lines:
        drawing.text(SIDE_MARGIN, TOP_MARGIN + baseline, line.text, line.style)


def _draw_with_pictures(
    drawing: Drawing, run: PrintRun, credential: Credential, width: float
) -> None:
    """Draw the texts and below them the pictures, which become a little smaller for long texts."""
    for side in (_PICTURE, _SMALL_PICTURE):
        height = _HEIGHT - _BESIDE_PICTURE - side
        layout = lay_out(run, credential, width, _HEADING_WIDTH, height)
        if layout.scale == 1:
            break
    _draw_lines(drawing, layout)
    side += min(0.0, height - layout.end)
    bottom = TOP_MARGIN + layout.end + 0.6 + side
    _draw_pictures(drawing, run, credential.password.split(), bottom, side, width)


def _draw_pictures(
    drawing: Drawing, run: PrintRun, keys: Sequence[str], bottom: float, side: float, width: float
) -> None:
    """Draw the pictures from left to right, each with its number and name below."""
    pitch = width / max(len(keys), 1)
    name_style, number_style = Style(run.regular, 7), Style(run.bold, 7, GREY)
    for at, key in enumerate(keys):
        left, baseline = SIDE_MARGIN + at * pitch, bottom + 2.3
        drawing.place(run.picture(key), left, bottom, side, side)
        number, name = f"{at + 1} ", picture(key).name
        number_width = number_style.width(number)
        start = left + (side - number_width - name_style.width(name)) / 2
        drawing.text(start, baseline, number, number_style)
        drawing.text(start + number_width, baseline, name, name_style)
