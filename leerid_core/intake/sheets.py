"""Read the rows of a sheet of an xlsx as it streams by."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import IO
from xml.sax.xmlreader import AttributesImpl

from leerid_core.errors import UnreadableFile
from leerid_core.intake.bounds import COLUMNS, SHEET_COLUMNS, SHEET_ROWS
from leerid_core.intake.shared_strings import TextPartsHandler, unescape
from leerid_core.intake.tables import Record
from leerid_core.intake.xml_stream import local_name, stream_xml

_DAY_ZERO = date(1899, 12, 30)
_DAY_ZERO_1904 = date(1904, 1, 1)
_DATE_SERIALS = range(61, 73_416)  # March 1900 to 2100; before that Excel counts a day too many


def read_rows(
    stream: IO[bytes], strings: Sequence[str], date_styles: Container[str], *, from_1904: bool
) -> Iterator[Record]:
    """Yield the rows of a sheet that are not empty, with their numbers, up to column 201.

    `date_styles` are the styles (the `s` of a cell) that show a number as a date; `from_1904` says
    that the workbook counts its days from 1904. A formula gives the value that Excel saved. Raises
    `UnreadableFile` with `file_too_complex` for more rows or columns than Excel has, and what
    `stream_xml` raises.
    """
    sheet = _Sheet(strings, date_styles, _DAY_ZERO_1904 if from_1904 else _DAY_ZERO)
    for _ in stream_xml(stream, sheet):
        yield from sheet.read
        sheet.read.clear()


class _Sheet(TextPartsHandler):
    """Collects the rows that are complete in `read`."""

    def __init__(self, strings: Sequence[str], date_styles: Container[str], day_zero: date) -> None:
        super().__init__()
        self.read: list[Record] = []
        self._strings = strings
        self._date_styles = date_styles
        self._day_zero = day_zero
        self._rows = 0
        self._row = 0
        self._cells: list[object] = []
        self._column = -1
        self._kind = "n"
        self._style = ""

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802
        name = local_name(name)
        if name == "c":
            self._begin_cell(attrs)
        elif name == "row":
            self._begin_row(attrs)
        else:
            super().startElement(name, attrs)

    def endElement(self, name: str) -> None:  # noqa: N802
        name = local_name(name)
        if name == "c":
            self._end_cell()
        elif name == "row":
            if any(cell is not None for cell in self._cells):
                self.read.append((self._row, self._cells))
        else:
            super().endElement(name)

    def _begin_row(self, attrs: AttributesImpl) -> None:
        self._rows += 1
        self._row = int(attrs.get("r") or self._row + 1)
        self._cells = []
        self._column = -1
        if self._rows > SHEET_ROWS or not 0 < self._row <= SHEET_ROWS:
            raise UnreadableFile("file_too_complex")

    def _begin_cell(self, attrs: AttributesImpl) -> None:
        reference = attrs.get("r")
        self._column = _column(reference.rstrip("0123456789")) if reference else self._column + 1
        self._kind = attrs.get("t", "n")
        self._style = attrs.get("s", "")
        self.begin_text()
        if not 0 <= self._column < SHEET_COLUMNS:
            raise UnreadableFile("file_too_complex")

    def _end_cell(self) -> None:
        if self._column > COLUMNS:
            return
        self._cells += [None] * (self._column + 1 - len(self._cells))
        self._cells[self._column] = self._value(self.text())

    def _value(self, text: str) -> object:
        if not text:
            return None
        if self._kind == "n":
            return self._number(text)
        if self._kind == "s":
            return self._strings[int(text)]
        return text == "1" if self._kind == "b" else unescape(text)

    def _number(self, text: str) -> object:
        number = int(text) if text.isdecimal() else float(text)
        if self._style in self._date_styles and int(number) in _DATE_SERIALS:
            return self._day_zero + timedelta(days=int(number))
        return number


@lru_cache(maxsize=SHEET_COLUMNS)
def _column(letters: str) -> int:
    """Return the place of a column, A being 0."""
    place = 0
    for letter in letters[:4]:
        place = place * 26 + ord(letter) - ord("A") + 1
    return place - 1
