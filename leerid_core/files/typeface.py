"""The typefaces: widths of texts, and which characters print."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from anyascii import anyascii

if TYPE_CHECKING:
    from fpdf.fonts import TTFFont

FONTS = Path(__file__).parent / "fonts"
POINT = 25.4 / 72
_RIGHT_TO_LEFT = {"R", "AL"}


class Letters(Protocol):
    """Whatever knows which letters can be drawn."""

    def has(self, letter: str) -> bool:
        """Say whether `letter` can be drawn."""


class Face:
    """One typeface of one print run: measures a text and encodes it for a content stream."""

    def __init__(self, font: TTFFont) -> None:
        self._font = font
        self._widths = font.cw
        self.name = f"F{font.i}"

    def width(self, text: str, size: float) -> float:
        """Return the width in millimetres of `text` at `size` points."""
        widths = self._widths
        return sum([widths[ord(letter)] for letter in text]) * size * POINT / 1000

    def show(self, text: str) -> str:
        """Return the operator that shows `text`, in Latin-1."""
        return self._font.encode_text(text)

    def has(self, letter: str) -> bool:
        """Say whether the font draws `letter`."""
        return ord(letter) in self._font.cmap


def printable(text: str, face: Letters) -> str:
    """Return `text` with what `face` cannot draw well transliterated to Latin letters.

    Latin, Greek and Cyrillic stay as they are. Chinese would print as empty boxes, and Arabic
    and Hebrew unjoined and in the wrong direction: those become Latin letters, and the Excel keeps
    the original. Emoji go; line breaks and other white space become one space.
    """
    if text.isascii() and text.isprintable():
        return text
    composed = unicodedata.normalize("NFC", text)
    return " ".join("".join([_printable_letter(letter, face) for letter in composed]).split())


def _printable_letter(letter: str, face: Letters) -> str:
    if letter.isspace():
        return " "
    if face.has(letter) and _prints_unshaped(letter):
        return letter
    return _in_latin(letter)


@lru_cache(maxsize=4096)
def _prints_unshaped(letter: str) -> bool:
    return letter.isprintable() and unicodedata.bidirectional(letter) not in _RIGHT_TO_LEFT


@lru_cache(maxsize=4096)
def _in_latin(letter: str) -> str:
    if unicodedata.category(letter) == "So" or not letter.isprintable():
        return ""
    return anyascii(letter)
