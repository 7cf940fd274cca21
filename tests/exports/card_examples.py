"""Pupils to make cards for, and eyes to read the made files with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any

import pdfplumber
import pypdfium2
import zxingcpp

from leerid_core.exports import HandOut
from leerid_core.rules.accounts import AccountType, PasswordKind
from leerid_core.rules.credentials import Credential

HAND_OUT = HandOut("030569", "TEST School 1", 12, date(2026, 11, 23), by_class=False)
BY_CLASS = HandOut("030569", "TEST School 1", 12, date(2026, 11, 23), by_class=True)
MM = 72 / 25.4
_DPI = 200


def pupil(first_name: str = "Süheda", last_name: str = "Carabin", **changes: Any) -> Credential:
    """Return a pupil with a basic account; the username and the link follow from the others."""
    username = changes.pop("username", "suheda.carabin")
    fields: dict[str, Any] = {
        "administrative_group": "4de leerjaar",
        "account_type": AccountType.BASIC,
        "password_kind": PasswordKind.WORD,
        "password": "29ban9",
        "link": f"https://mijn.leerid.be/{username}",
        "stamnummer": "0012345",
    }
    return Credential(first_name, last_name, username=username, **(fields | changes))


def pupils(number: int, **changes: Any) -> list[Credential]:
    """Return `number` pupils whose names and usernames differ."""
    return [pupil(f"Jan{at:03}", username=f"jan{at:03}.carabin", **changes) for at in range(number)]


def with_pictures(keys: str = "zon maan ster kat", **changes: Any) -> Credential:
    """Return a pupil with a picture password."""
    return pupil(password_kind=PasswordKind.PICTURES, password=keys, **changes)


@dataclass(frozen=True)
class Letter:
    """One printed letter and its box, in millimetres from the top left corner of its page."""

    text: str
    font: str
    size: float
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class ReadCode:
    """One QR code as a camera finds it: what it says, and the box of its symbol."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


def pages_of_letters(pdf: bytes) -> list[list[Letter]]:
    """Return every letter on every page."""
    with pdfplumber.open(BytesIO(pdf)) as document:
        return [[_letter(one) for one in page.chars] for page in document.pages]


def _letter(char: dict[str, Any]) -> Letter:
    box = (char[side] / MM for side in ("x0", "top", "x1", "bottom"))
    return Letter(char["text"], char["fontname"], char["size"], *box)


def texts(pdf: bytes) -> list[str]:
    """Return the text of every page, in the order in which it was drawn."""
    return ["".join(letter.text for letter in page) for page in pages_of_letters(pdf)]


def images(pdf: bytes, dpi: int = _DPI) -> Iterator[Any]:
    """Yield every page as a grey picture."""
    document = pypdfium2.PdfDocument(pdf)
    for page in document:
        yield page.render(scale=dpi / 72, grayscale=True).to_pil()
    document.close()


def read_codes(pdf: bytes) -> list[list[ReadCode]]:
    """Return the QR codes that a reader finds on every rendered page, in reading order."""
    pages = [[_code(found) for found in zxingcpp.read_barcodes(page)] for page in images(pdf)]
    return [sorted(page, key=lambda code: (round(code.top), code.left)) for page in pages]


def _code(found: Any) -> ReadCode:
    corners = found.position
    points = (corners.top_left, corners.top_right, corners.bottom_left, corners.bottom_right)
    across = [point.x / _DPI * 25.4 for point in points]
    down = [point.y / _DPI * 25.4 for point in points]
    return ReadCode(found.text, min(across), min(down), max(across), max(down))
