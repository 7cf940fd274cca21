"""Read a text file with separators, by its own separator and with the lines the user sees."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from leerid_core.errors import UnreadableFile
from leerid_core.intake.bounds import LINE_CHARACTERS
from leerid_core.intake.tables import Record

SEPARATORS = (";", ",", "\t")


def read_records(data: bytes, encoding: str, separator: str) -> Iterator[Record]:
    """Yield the records that are not empty, each with the number of its first line.

    Quoted fields may hold separators and line breaks. Raises `UnreadableFile` with
    `line_too_long` or `quote_not_closed` where the file is no list.
    """
    text = io.TextIOWrapper(io.BytesIO(data), encoding=encoding, newline="")
    reader = csv.reader(_lines(text), delimiter=separator)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise UnreadableFile("quote_not_closed", row=line) from error
        if cells is None:
            return
        if any(cells):
            yield line, cells


def _lines(text: io.TextIOWrapper) -> Iterator[str]:
    number = 0
    while line := text.readline(LINE_CHARACTERS):
        number += 1
        if len(line) == LINE_CHARACTERS:
            raise UnreadableFile("line_too_long", row=number)
        yield line
