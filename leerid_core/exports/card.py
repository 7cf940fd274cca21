"""One card of 105 x 48 mm: what a pupil needs to sign in, drawn once for all PDFs."""

from __future__ import annotations

from collections.abc import Sequence

from leerid_core.exports.card_texts import lay_out
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
_TEXT_HEIGHT = 39.5
_QR_TOP, _QR_SIDE, _LARGEST_MODULE = 10.5, 23.0, 0.8
_LARGEST_PICTURE = 10.5
_PICTURE_GAP, _PICTURE_NAME = 0.6, 2.8


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
        _draw_texts(drawing, run, credential, width, _TEXT_HEIGHT)
    return Card(drawing, CARD_WIDTH, CARD_HEIGHT)


def _draw_qr_code(drawing: Drawing, link: str) -> float:
    """Draw the QR code and return where its quiet zone begins."""
    code = qr_code(link)
    module = min(_QR_SIDE / code.size, _LARGEST_MODULE)
    side = module * code.size
    drawing.fill(code.path, _RIGHT - side, _QR_TOP + side, module)
    return _RIGHT - side - QUIET_ZONE * module


def _draw_texts(
    drawing: Drawing, run: PrintRun, credential: Credential, width: float, height: float
) -> tuple[float, float]:
    """Draw the texts; return where they end and how much of `height` is left."""
    lines, end, left = lay_out(run, credential, width, _HEADING_WIDTH, height)
    for baseline, line in lines:
        drawing.text(SIDE_MARGIN, TOP_MARGIN + baseline, line.text, line.style)
    return TOP_MARGIN + end, left


def _draw_with_pictures(
    drawing: Drawing, run: PrintRun, credential: Credential, width: float
) -> None:
    """Draw the texts, and below them the pictures, as large as the space allows."""
    needed = _PICTURE_GAP + _PICTURE_NAME
    height = _TEXT_HEIGHT - needed - _LARGEST_PICTURE
    end, left = _draw_texts(drawing, run, credential, width, height)
    side = _LARGEST_PICTURE + min(left, 0)
    _draw_pictures(drawing, run, credential.password.split(), end + _PICTURE_GAP, side, width)


def _draw_pictures(
    drawing: Drawing, run: PrintRun, keys: Sequence[str], top: float, side: float, width: float
) -> None:
    """Draw the pictures from left to right, each with its number and name below."""
    pitch = width / max(len(keys), 1)
    name_style, number_style = Style(run.regular, 7), Style(run.bold, 7, GREY)
    for at, key in enumerate(keys):
        left, bottom = SIDE_MARGIN + at * pitch, top + side
        drawing.place(run.picture(key), left, bottom, side, side)
        number, name = f"{at + 1} ", picture(key).name
        start = left + (side - number_style.width(number) - name_style.width(name)) / 2
        drawing.text(start, bottom + 2.3, number, number_style)
        drawing.text(start + number_style.width(number), bottom + 2.3, name, name_style)
