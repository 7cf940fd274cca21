"""A list without passwords as an Excel file ("Exporteer naar Excel")."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO

_WIDTHS = (8, 50)


def list_workbook(title: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Return an .xlsx with a header and a line for each of `rows`; every cell is a text.

    So a name that begins with = is no formula, and a stamnummer keeps its leading zeros.
    """
    from openpyxl import Workbook
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    workbook = Workbook()
    sheet = workbook.active
    sheet.title = title[:31]
    lines = [tuple(columns), *rows]
    for number, line in enumerate(lines, start=1):
        for column, text in enumerate(line, start=1):
            cell = sheet.cell(row=number, column=column, value=text)
            cell.data_type, cell.number_format = "s", "@"
            cell.font = Font(bold=number == 1)
    for column, texts in enumerate(zip(*lines, strict=True), start=1):
        width = min(max(map(len, texts), default=0) + 3, _WIDTHS[1])
        sheet.column_dimensions[get_column_letter(column)].width = max(width, _WIDTHS[0])
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{len(lines)}"
    target = BytesIO()
    workbook.save(target)
    return target.getvalue()
