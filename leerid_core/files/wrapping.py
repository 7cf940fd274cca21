"""Making a text fit a width: smaller letters first, then more lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from leerid_core.files.typeface import Face

Sizes = Sequence[tuple[float, int]]
"""Sizes in points to try, each with the most lines it may take."""

_PIECES = re.compile(r"[^ /.\-_@·,]*[ /.\-_@·,]*")
"""A break may come after a space, and after what separates the parts of a link or a username."""


def fit(text: str, face: Face, width: float, sizes: Sizes) -> tuple[float, list[str]]:
    """Return the first of `sizes` at which `text` fits, and its lines.

    When none does, the last is taken and the end is cut off with an ellipsis.
    """
    natural = face.width(text, 1.0)
    for size, most in sizes:
        if natural * size <= width:
            return size, [text]
        if most > 1 and len(lines := wrap(text, face, size, width)) <= most:
            return size, lines
    size, most = sizes[-1]
    return size, _cut(wrap(text, face, size, width), most, face, size, width)


def wrap(text: str, face: Face, size: float, width: float) -> list[str]:
    """Return `text` as lines no wider than `width` mm; a piece wider than that is broken."""
    lines = [""]
    for piece in _pieces(text, face, size, width):
        if face.width((lines[-1] + piece).rstrip(), size) <= width:
            lines[-1] += piece
        else:
            lines.append(piece)
    return [stripped for line in lines if (stripped := line.strip())] or [""]


def _pieces(text: str, face: Face, size: float, width: float) -> Iterator[str]:
    for piece in _PIECES.findall(text):
        if face.width(piece.rstrip(), size) <= width:
            yield piece
        else:
            yield from piece


def _cut(lines: list[str], most: int, face: Face, size: float, width: float) -> list[str]:
    if len(lines) <= most:
        return lines
    last = lines[most - 1]
    while last and face.width(last + "…", size) > width:
        last = last[:-1]
    return [*lines[: most - 1], last + "…"]
