"""JSON objects one after another: a line each, or the elements of one list; never all at once."""

from __future__ import annotations

import json
from collections.abc import Iterator
from json import JSONDecoder
from typing import Any, Final, TextIO

from leerid_core.errors import UnreadableFile
from leerid_core.intake.bounds import LINE_CHARACTERS

Value = tuple[int, Any]
"""The number of a line or of an element, from 1, and what stands there."""

BROKEN: Final = object()
"""Stands for a line that is no JSON."""
_PIECE: Final = 65_536


def read_lines(text: TextIO) -> Iterator[Value]:
    """Yield what stands on each line that is not empty, `BROKEN` for what is no JSON.

    Raises `UnreadableFile("line_too_long")`.
    """
    row = 0
    while line := text.readline(LINE_CHARACTERS):
        row += 1
        if len(line) == LINE_CHARACTERS:
            raise UnreadableFile("line_too_long", row=row)
        if not line.isspace():
            yield row, _loaded(line)


def _loaded(line: str) -> Any:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return BROKEN


def read_list(text: TextIO) -> Iterator[Value]:
    """Yield the elements of the list that `text` is, as they are read.

    Raises `UnreadableFile("sign_ins_list_broken")` where it stops being a list, and
    `UnreadableFile("line_too_long")` for an element beyond all measure.
    """
    elements = _Elements(text)
    elements.skip("[")
    row = 0
    if elements.peek() == "]":
        return
    while True:
        row += 1
        yield row, elements.value(row)
        sign = elements.peek()
        if sign == "]":
            return
        if sign != ",":
            raise UnreadableFile("sign_ins_list_broken", row=row)
        elements.skip(",")


class _Elements:
    """A text that is read in pieces, and the place in it."""

    def __init__(self, text: TextIO) -> None:
        self._text = text
        self._piece = ""
        self._at = 0
        self._decoder = JSONDecoder()

    def peek(self) -> str:
        """Return the next sign that is no space; empty at the end."""
        while True:
            while self._at < len(self._piece) and self._piece[self._at].isspace():
                self._at += 1
            if self._at < len(self._piece) or not self._more():
                return self._piece[self._at : self._at + 1]

    def skip(self, sign: str) -> None:
        """Go past `sign`, which comes next."""
        if self.peek() == sign:
            self._at += 1

    def value(self, row: int) -> Any:
        """Return the next value whole."""
        self.peek()
        while True:
            try:
                value, end = self._decoder.raw_decode(self._piece, self._at)
            except (ValueError, RecursionError) as error:
                if len(self._piece) - self._at > LINE_CHARACTERS:
                    raise UnreadableFile("line_too_long", row=row) from error
                if not self._more():
                    raise UnreadableFile("sign_ins_list_broken", row=row) from error
            else:
                self._at = end
                return value

    def _more(self) -> bool:
        piece = self._text.read(_PIECE)
        self._piece, self._at = self._piece[self._at :] + piece, 0
        return bool(piece)
