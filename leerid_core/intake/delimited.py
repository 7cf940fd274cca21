"""Read a text file with separators, by its own separator and with the lines the user sees."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from typing import Self

from leerid_core.errors import UnreadableFile
from leerid_core.intake.bounds import LINE_CHARACTERS, RECORD_CHARACTERS, RECORD_LINES
from leerid_core.intake.tables import Record
from leerid_core.rules.findings import Finding, Severity

SEPARATORS = (";", ",", "\t")


def read_records(data: bytes, encoding: str, separator: str) -> Iterator[Record]:
    """Yield the records that are not empty, each with the number of its first line.

    Quoted fields may hold separators and line breaks. Raises `UnreadableFile` with
    `line_too_long` or `quote_not_closed` where the file is no list.
    """
    return records(io.TextIOWrapper(io.BytesIO(data), encoding=encoding, newline=""), separator)


def records(text: io.TextIOWrapper, separator: str) -> Iterator[Record]:
    """Yield the records of a text as `read_records` does, reading no further than is asked."""
    lines = _Lines(text)
    reader = csv.reader(lines, delimiter=separator)
    while True:
        lines.begin_record()
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise UnreadableFile("quote_not_closed", row=lines.record) from error
        if cells is None:
            return
        if any(cells):
            yield lines.record, cells


def check_record(row: int, cells: Sequence[object], width: int) -> Finding | None:
    """Return what shows that a record of a text file was split wrongly, None when nothing does.

    `width` is the number of columns of the header. More cells than that come from a separator
    without quotes, many lines in one cell from a quote that was never closed: the pupils on those
    lines are not read, so the finding names them.
    """
    if len(cells) > width and any(cells[width:]):
        return Finding("row_too_wide", Severity.ERROR, row)
    lines = sum(cell.count("\n") for cell in cells if isinstance(cell, str))
    if lines > RECORD_LINES:
        return Finding("row_over_lines", Severity.ERROR, row, None, {"last": row + lines})
    return None


class _Lines:
    """The lines of a text, with a bound on each and on those of one record."""

    def __init__(self, text: io.TextIOWrapper) -> None:
        self.record = 0
        self._text = text
        self._number = 0
        self._characters = 0

    def begin_record(self) -> None:
        """Count from here; `record` is the number of the line that comes."""
        self.record = self._number + 1
        self._characters = 0

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> str:
        line = self._text.readline(LINE_CHARACTERS)
        if not line:
            raise StopIteration
        self._number += 1
        self._characters += len(line)
        if len(line) == LINE_CHARACTERS:
            raise UnreadableFile("line_too_long", row=self._number)
        if self._characters > RECORD_CHARACTERS:
            raise UnreadableFile("quote_not_closed", row=self.record)
        return line
