"""One card of 105 x 48 mm: what a pupil needs to sign in, drawn once for all PDFs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from leerid_core.exports.documents import Card, PrintRun
from leerid_core.exports.drawing import BLUE, GREY, Drawing, Style
from leerid_core.exports.qr_code import QUIET_ZONE, qr_code
from leerid_core.exports.typeface import POINT, Face, printable
from leerid_core.exports.wrapping import fit
from leerid_core.rules.accounts import AccountType, PasswordKind
from leerid_core.rules.credentials import Credential
from leerid_core.rules.pictures import picture

CARD_WIDTH, CARD_HEIGHT = 105.0, 48.0
SIDE_MARGIN, TOP_MARGIN = 8.5, 4.5
"""The empty border: content stays within, so labels may shift by it without losing anything."""

_RIGHT = CARD_WIDTH - SIDE_MARGIN
_QR_SIDE = 23.0
_QR_TOP = 11.0
_HEADING_RIGHT = 79.0
_NAME_SIZES = ((14, 1), (12, 1), (11, 2), (9, 2), (8, 3))
_LINK_SIZES = ((7, 1), (6, 1), (6, 2), (5, 3), (4, 5))
_USERNAME_SIZES = ((11, 1), (10, 1), (9, 2), (8, 3))
_SECRET_SIZES = ((18, 1), (14, 1), (10, 1), (9, 2), (8, 3))
_HEADING_SIZES = ((7.5, 1), (6.5, 1), (6, 1), (6, 2))
_LABEL_SIZE = 7.5
_PICTURE_NAME_SIZE = 7.0
_LARGEST_PICTURE, _SMALLEST_PICTURE = 12.5, 9.0
_LARGEST_GAP = 2.6


@dataclass(frozen=True)
class _Line:
    text: str
    style: Style
    leading: float = 1.2
    gap: float = 0.0

    @property
    def height(self) -> float:
        return self.style.size * POINT * self.leading


def draw_card(run: PrintRun, credential: Credential) -> Card:
    """Return the card of `credential` (manual, chapter 1; DOMAIN.md, Card).

    Long texts wrap or shrink; none runs into the quiet zone of the QR code or leaves the card.
    """
    drawing = Drawing(CARD_HEIGHT)
    drawing.text_to(_RIGHT, TOP_MARGIN + 3.0, "LeerID", Style(run.bold, 10, BLUE))
    text_right = _draw_qr_code(drawing, credential.link)
    _draw_texts(drawing, run, credential, text_right - SIDE_MARGIN)
    return Card(drawing, CARD_WIDTH, CARD_HEIGHT)


def _draw_qr_code(drawing: Drawing, link: str) -> float:
    """Draw the QR code and return where its quiet zone begins."""
    code = qr_code(link)
    module = _QR_SIDE / code.size
    drawing.fill(code.path, _RIGHT - _QR_SIDE, _QR_TOP + _QR_SIDE, module)
    return _RIGHT - _QR_SIDE - QUIET_ZONE * module


def _draw_texts(drawing: Drawing, run: PrintRun, credential: Credential, width: float) -> None:
    height = CARD_HEIGHT - 2 * TOP_MARGIN
    pictures = credential.password_kind is PasswordKind.PICTURES
    needed = _picture_height(_SMALLEST_PICTURE) if pictures else 0
    for scale in (1.0, 0.92, 0.85, 0.78, 0.7):
        lines = _lines(run, credential, width, scale)
        left = height - needed - sum(line.height for line in lines)
        if left >= 0:
            break
    side = min(_LARGEST_PICTURE, _SMALLEST_PICTURE + left * 0.75) if pictures else 0
    left -= side - _SMALLEST_PICTURE if pictures else 0
    gap = min(_LARGEST_GAP, max(0.0, left) / 2)
    y = TOP_MARGIN
    for line in lines:
        y += line.height + gap * line.gap
        drawing.text(SIDE_MARGIN, y - line.height * 0.2, line.text, line.style)
    if pictures:
        _draw_pictures(drawing, run, credential.password.split(), y, side, width)


def _lines(run: PrintRun, credential: Credential, width: float, scale: float) -> list[_Line]:
    """Return every line of text, the secret's too unless that is pictures."""

    def block(
        text: str, face: Face, sizes: Sequence[tuple[float, int]], gap: float = 0.0, **more: object
    ) -> list[_Line]:
        shown = printable(text, face)
        size, parts = fit(shown, face, more.get("width", width), sizes)
        style = Style(face, size, more.get("colour", (0.07, 0.09, 0.13)))
        return [_Line(part, style, gap=gap if not at else 0.0) for at, part in enumerate(parts)]

    def label(text: str) -> _Line:
        return _Line(text, Style(run.regular, _LABEL_SIZE * scale, GREY), gap=1.0)

    def scaled(sizes: Sequence[tuple[float, int]]) -> list[tuple[float, int]]:
        return [(size * scale, lines) for size, lines in sizes]

    lines = block(
        heading(credential),
        run.regular,
        scaled(_HEADING_SIZES),
        colour=GREY,
        width=_HEADING_RIGHT - SIDE_MARGIN,
    )
    name = f"{credential.first_name} {credential.last_name}"
    lines += block(name, run.bold, scaled(_NAME_SIZES))
    lines += block(credential.link, run.regular, scaled(_LINK_SIZES), colour=BLUE)
    lines += [label("Gebruikersnaam:")]
    lines += block(credential.username, run.mono, _USERNAME_SIZES)
    lines += [label(password_label(credential))]
    if credential.password_kind is not PasswordKind.PICTURES:
        lines += block(credential.password, run.mono, _SECRET_SIZES)
    return lines


def heading(credential: Credential) -> str:
    """Return the (sub)klassen, where known, and the administrative group."""
    classes = ", ".join(credential.school_classes)
    return " · ".join(part for part in (classes, credential.administrative_group) if part)


def password_label(credential: Credential) -> str:
    """Return the manual's word for the password of this type of account (manual, chapter 1)."""
    if credential.account_type is AccountType.ADVANCED:
        return "Tijdelijk wachtwoord:"
    return "Wachtwoord:"


def _picture_height(side: float) -> float:
    return 0.8 + side + _PICTURE_NAME_SIZE * POINT * 1.2


def _draw_pictures(
    drawing: Drawing, run: PrintRun, keys: Sequence[str], top: float, side: float, width: float
) -> None:
    """Draw the pictures in order with their names below, each in an equal part of the width."""
    slot = width / max(len(keys), 1)
    style = Style(run.regular, _PICTURE_NAME_SIZE)
    for number, key in enumerate(keys):
        bottom = top + 0.8 + side
        left = SIDE_MARGIN + number * slot
        drawing.place(run.picture(key), left, bottom, side, side)
        drawing.text_around(left + side / 2, bottom + 2.4, picture(key).name, style)
