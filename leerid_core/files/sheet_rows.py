"""Rows added to the XML of a sheet that openpyxl laid out.

openpyxl writes every sheet to a temporary file; what must not be on disk, passwords and the names
of pupils, is added to its XML here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from xml.sax.saxutils import escape

Value = str | date | None
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_DAY_ONE = date(1899, 12, 30)


def with_rows(
    sheet: bytes,
    rows: Sequence[Sequence[Value]],
    first: int,
    *,
    text_style: int,
    day_style: int = 0,
) -> bytes:
    """Return the sheet's XML with `rows` from row `first` on: the first after its last.

    A style is the index of a cell format in the workbook. Every text is a text, never a formula.
    """
    added = "".join(
        _row(number, row, text_style, day_style) for number, row in enumerate(rows, start=first)
    )
    size = rb'<dimension ref="A1:\g<last>%d"' % (first + len(rows) - 1)
    sheet = re.sub(rb'<dimension ref="A1:(?P<last>[A-Z]+)[0-9]+"', size, sheet, count=1)
    return sheet.replace(b"</sheetData>", added.encode() + b"</sheetData>")


def _row(number: int, values: Iterable[Value], text_style: int, day_style: int) -> str:
    cells = (
        _cell(f"{chr(ord('A') + at)}{number}", value, text_style, day_style)
        for at, value in enumerate(values)
    )
    return f'<row r="{number}">{"".join(cells)}</row>'


def _cell(place: str, value: Value, text_style: int, day_style: int) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return f'<c r="{place}" s="{day_style}"><v>{(value - _DAY_ONE).days}</v></c>'
    text = escape(_NOT_IN_XML.sub("", value))
    start = f'<c r="{place}" s="{text_style}" t="inlineStr">'
    return f'{start}<is><t xml:space="preserve">{text}</t></is></c>'
