"""The texts of a card, made to fit: their sizes, their lines and how far down they stand."""

from __future__ import annotations

from dataclasses import dataclass

from leerid_core.exports.documents import PrintRun
from leerid_core.exports.drawing import BLUE, GREY, INK, Colour, Style
from leerid_core.files.typeface import POINT, Face, printable
from leerid_core.files.wrapping import Sizes, fit
from leerid_core.rules.accounts import AccountType, PasswordKind
from leerid_core.rules.credentials import Credential

HEADING: Sizes = ((7.5, 1), (6.5, 1), (6, 1))
LONG_HEADING: Sizes = ((6, 2), (5.5, 3))
NAME: Sizes = ((14, 1), (12, 1), (11, 2), (9, 2), (8, 3))
LINK: Sizes = ((7, 1), (6, 1), (6, 2), (5, 3), (4, 5))
LABEL: Sizes = ((7.5, 1),)
USERNAME: Sizes = ((11, 1), (10, 1), (9, 2), (8, 3))
SECRET: Sizes = ((18, 1), (14, 1), (10, 1), (9, 2), (8, 3))
_SCALES = (1.0, 0.92, 0.85, 0.78, 0.7)
_LEADING = 1.2 * POINT
_DESCENT = 0.24 * POINT
_LARGEST_GAP = 2.6


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text; `gap` is its share of the empty space above it."""

    text: str
    style: Style
    gap: float = 0.0

    @property
    def height(self) -> float:
        """The height in millimetres without the gap."""
        return self.style.size * _LEADING


@dataclass(frozen=True, slots=True)
class _Block:
    text: str
    face: Face
    sizes: Sizes
    width: float
    colour: Colour = INK
    gap: float = 0.0
    shrinks: bool = True

    def lines(self, scale: float) -> list[Line]:
        factor = scale if self.shrinks else 1.0
        sizes = [(size * factor, most) for size, most in self.sizes]
        size, texts = fit(self.text, self.face, self.width, sizes)
        style = Style(self.face, size, self.colour)
        return [Line(text, style, 0.0 if at else self.gap) for at, text in enumerate(texts)]


@dataclass(frozen=True, slots=True)
class Layout:
    """The lines with their baselines below the top, where they end, and how much they shrank."""

    lines: list[tuple[float, Line]]
    end: float
    scale: float


def lay_out(
    run: PrintRun, credential: Credential, width: float, heading_width: float, height: float
) -> Layout:
    """Return the texts of a card in a column `width` wide and `height` high, in millimetres.

    The username and a written password keep their size; when the rest does not fit, that becomes
    smaller. Space that is left goes between the lines. The end lies below `height` only for texts
    that fit at no scale.
    """
    blocks = _blocks(run, credential, width, heading_width)
    for scale in _SCALES:
        lines = [line for block in blocks for line in block.lines(scale)]
        left = height - sum([line.height for line in lines])
        if left >= 0:
            break
    gap = min(_LARGEST_GAP, max(0.0, left) / sum([line.gap for line in lines]))
    placed, y = [], 0.0
    for line in lines:
        y += gap * line.gap + line.height
        placed.append((y - line.style.size * _DESCENT, line))
    return Layout(placed, y, scale)


def password_label(credential: Credential) -> str:
    """Return the manual's word for the password of this type of account (manual, chapter 1)."""
    if credential.account_type is AccountType.ADVANCED:
        return "Tijdelijk wachtwoord:"
    return "Wachtwoord:"


def heading(credential: Credential) -> str:
    """Return the (sub)klassen, where known, and the administrative group."""
    classes = ", ".join(credential.school_classes)
    return " · ".join(part for part in (classes, credential.administrative_group) if part)


def _blocks(
    run: PrintRun, credential: Credential, width: float, heading_width: float
) -> list[_Block]:
    plain, bold, mono = run.regular, run.bold, run.mono
    name = f"{credential.first_name} {credential.last_name}"
    blocks = [
        _heading_block(run, credential, width, heading_width),
        _Block(printable(name, bold), bold, NAME, width, gap=0.4),
        _Block(printable(credential.link, plain), plain, LINK, width, BLUE, gap=0.3),
        _Block("Gebruikersnaam:", plain, LABEL, width, GREY, gap=1.0),
        _Block(printable(credential.username, mono), mono, USERNAME, width, shrinks=False),
        _Block(password_label(credential), plain, LABEL, width, GREY, gap=1.0),
    ]
    if credential.password_kind is not PasswordKind.PICTURES:
        secret = printable(credential.password, mono)
        blocks.append(_Block(secret, mono, SECRET, width, gap=0.2, shrinks=False))
    return blocks


def _heading_block(
    run: PrintRun, credential: Credential, width: float, heading_width: float
) -> _Block:
    """Return the heading: one line above the QR code, or more lines beside it."""
    text = printable(heading(credential), run.regular)
    if run.regular.width(text, HEADING[-1][0]) <= heading_width:
        return _Block(text, run.regular, HEADING, heading_width, GREY)
    return _Block(text, run.regular, LONG_HEADING, width, GREY)
