"""The follow-up list as an Excel file, to filter and to write in."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile

from leerid_core.files.dated_zip import DatedZip
from leerid_core.files.sheet_rows import Value, with_rows
from leerid_core.reports.excel.books import DAY, head, new_book, print_well, set_head, undated
from leerid_core.reports.follow_up import FollowUp, by_group

if TYPE_CHECKING:
    from openpyxl.cell import Cell

_SHEET, _HEAD_ROW = "xl/worksheets/sheet1.xml", 3
_WIDTHS = {
    "Voornaam": 20,
    "Naam": 26,
    "Stamnummer": 14,
    "Administratieve groep": 34,
    "Gebruikersnaam": 32,
    "Wachtwoord type": 24,
    "Uitgedeeld op": 20,
    "Opmerking": 40,
}


def follow_up_workbook(follow_up: FollowUp) -> bytes:
    """Return the list as an .xlsx with one table, the remarks still empty.

    The same list gives the same bytes.
    """
    rows = _rows(follow_up)
    template, text_style, day_style = _template(follow_up, len(rows))
    with ZipFile(BytesIO(template)) as parts, DatedZip(follow_up.made_at.date()) as book:
        for name in parts.namelist():
            part = parts.read(name)
            if name == _SHEET:
                part = with_rows(
                    part, rows, _HEAD_ROW + 1, text_style=text_style, day_style=day_style
                )
            book.add(name, part, ZIP_DEFLATED)
    return book.data


def _rows(follow_up: FollowUp) -> list[tuple[Value, ...]]:
    return [
        (
            name,
            pupil.first_name,
            pupil.last_name,
            pupil.stamnummer,
            pupil.administrative_group,
            pupil.username,
            pupil.password_kind,
            pupil.handed_out,
            "",
        )
        for name, waiting in by_group(follow_up.pupils)
        for pupil in waiting
    ]


def _template(follow_up: FollowUp, rows: int) -> tuple[bytes, int, int]:
    """Return the workbook without its rows, and the styles of a text and of a day in it."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.table import Table, TableStyleInfo

    book = new_book(follow_up.title, follow_up.made_by, follow_up.made_at)
    page = book.create_sheet("Nog niet aangemeld")
    head(page, follow_up.title, follow_up.made)
    columns = {follow_up.head: 20, **_WIDTHS}
    text, day = (_style(page[place], form) for place, form in (("B2", "@"), ("C2", DAY)))
    for at, (column, width) in enumerate(columns.items(), start=1):
        set_head(page.cell(_HEAD_ROW, at), column)
        page.column_dimensions[get_column_letter(at)].width = width
    if rows:
        last = f"{get_column_letter(len(columns))}{_HEAD_ROW + rows}"
        table = Table(displayName="NogNietAangemeld", ref=f"A{_HEAD_ROW}:{last}")
        table.tableStyleInfo = TableStyleInfo(name="TableStyleMedium2", showRowStripes=True)
        page.add_table(table)
    page.freeze_panes = page.cell(_HEAD_ROW + 1, 1)
    print_well(page, follow_up.title)
    page.print_title_rows = f"{_HEAD_ROW}:{_HEAD_ROW}"
    return undated(book), text, day


def _style(cell: Cell, form: str) -> int:
    """Return the style of a number format, by the empty cell that has it: openpyxl keeps it so."""
    cell.number_format = form
    return int(cell.style_id)
