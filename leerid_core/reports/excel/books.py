"""Workbooks whose bytes depend on their content only, and the sheets in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from math import ceil
from textwrap import wrap
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile

from leerid_core.files.dated_zip import DatedZip

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

COUNT, SHARE, DAY = "#,##0", "0%", "[$-813]d mmmm yyyy"
"""Number formats; 813 is Dutch as in Belgium, whatever the computer speaks."""

HEAD_ROW = 4
"""The title, what it is about and an empty row stand above the head of a table."""

_NUMBER = (9, 16)
_TEXT = (11, 60)
"""The narrowest and the widest column of numbers, and of texts."""
_FILTER = 3
"""So many letters a filter's button takes of the head of its column."""
_PAGE = 150
"""So many letters can be read on one page."""
FACE, LINE = "Calibri", 15


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table on a sheet of its own; `formats` has a number format for each column that needs one.

    `name` is on its tab, `title` and `note` stand above the table. None in a row is an empty cell.
    """

    name: str
    title: str
    note: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Any]]
    formats: Sequence[str | None]


def new_book(title: str, author: str, made_at: datetime) -> Workbook:
    """Return a workbook without sheets."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    plain = made_at.replace(tzinfo=None, microsecond=0)
    book.properties.title, book.properties.creator = title, clean(author)
    book.properties.created = book.properties.modified = plain
    book.properties.language = "nl-BE"
    return book


def to_bytes(book: Workbook, made_on: date) -> bytes:
    """Return the file; what openpyxl dates by the clock gets the day `made_on`."""
    with ZipFile(BytesIO(undated(book))) as parts, DatedZip(made_on) as dated:
        for name in parts.namelist():
            dated.add(name, parts.read(name), ZIP_DEFLATED)
    return dated.data


def undated(book: Workbook) -> bytes:
    """Return the file, its parts dated by the clock."""
    from openpyxl.writer.excel import ExcelWriter

    target = BytesIO()
    # book.save() would write the time of day into the properties, too.
    ExcelWriter(book, ZipFile(target, "w")).save()
    return target.getvalue()


def add_sheet(book: Workbook, sheet: Sheet) -> Worksheet:
    """Add a sheet with its title and its table, ready to be filtered and printed."""
    page = book.create_sheet(sheet.name[:31])
    head(page, sheet.title, sheet.note)
    for column, text in enumerate(sheet.columns, start=1):
        set_head(page.cell(HEAD_ROW, column), text)
    for at, row in enumerate(sheet.rows, start=HEAD_ROW + 1):
        for column, (value, form) in enumerate(zip(row, sheet.formats, strict=True), start=1):
            _set(page.cell(at, column), value, form)
    if sheet.rows:
        _make_table(page, sheet, len(book.worksheets))
    page.freeze_panes = page.cell(HEAD_ROW + 1, 2)
    _set_widths(page, sheet)
    print_well(page, sheet.title)
    page.print_title_rows = f"{HEAD_ROW}:{HEAD_ROW}"
    _spread(page)
    return page


def head(page: Worksheet, title: str, note: str) -> None:
    """Write what a sheet is about, above its table."""
    from openpyxl.styles import Font

    _set(page["A1"], title, None)
    page["A1"].font = Font(name=FACE, bold=True, size=14, color="0B57A8")
    _set(page["A2"], note, None)
    page["A2"].font = Font(name=FACE, color="4D5B6C")


def set_head(cell: Cell, text: str) -> None:
    """Put the head of a column in a cell: as Excel's own tables look, for what knows no tables."""
    from openpyxl.styles import Alignment, Font, PatternFill

    set_text(cell, text)
    cell.font = Font(name=FACE, bold=True, color="FFFFFF")
    cell.fill = PatternFill("solid", start_color="0B57A8")
    cell.alignment = Alignment(wrap_text=True, vertical="center")


def write_below(page: Worksheet, texts: Sequence[str], letters: int = 110) -> None:
    """Write running text below the table, over so many letters of width."""
    from openpyxl.styles import Alignment, Font

    last = _column_at(page, letters)
    for at, text in enumerate(texts, start=page.max_row + 2):
        cell = page.cell(at, 1)
        set_text(cell, text)
        cell.font = Font(name=FACE)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        page.merge_cells(start_row=at, end_row=at, start_column=1, end_column=last)
        page.row_dimensions[at].height = LINE * len(wrap(text, letters) or [""])


def _column_at(page: Worksheet, letters: int) -> int:
    """Return the first column that ends so many letters from the left."""
    from openpyxl.utils import get_column_letter

    column = 0
    while letters > 0:
        column += 1
        letters -= page.column_dimensions[get_column_letter(column)].width
    return column


def print_well(page: Worksheet, title: str) -> None:
    """Lay the sheet on A4, one page wide, with its title and page numbers."""
    page.sheet_view.showGridLines = False
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", 9
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.oddHeader.left.text = clean(title).replace("&", "&&")
    page.oddFooter.center.text = "Pagina &P van &N"


def _spread(page: Worksheet) -> None:
    """Print a wide table over pages side by side, each with the names of the rows."""
    wide = sum(dimension.width for dimension in page.column_dimensions.values())
    if wide > _PAGE:
        page.page_setup.fitToWidth = ceil(wide / _PAGE)
        page.print_title_cols = "A:A"


def clean(text: str) -> str:
    """Return `text` without the control characters that no spreadsheet can hold."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    return str(ILLEGAL_CHARACTERS_RE.sub("", text))


def set_text(cell: Cell, text: str) -> None:
    """Put a text in a cell; it stays a text when it begins with =."""
    cell.value, cell.data_type = clean(text), "s"


def _set(cell: Cell, value: Any, form: str | None) -> None:
    """Put a value in a cell; a text among numbers stands at the right, as they do."""
    from openpyxl.styles import Alignment

    if isinstance(value, str):
        set_text(cell, value)
        if form is not None:
            cell.alignment = Alignment(horizontal="right")
    else:
        cell.value = value
        if form is not None:
            cell.number_format = form


def _make_table(page: Worksheet, sheet: Sheet, number: int) -> None:
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.table import Table, TableStyleInfo

    last = f"{get_column_letter(len(sheet.columns))}{HEAD_ROW + len(sheet.rows)}"
    table = Table(displayName=f"Tabel{number}", ref=f"A{HEAD_ROW}:{last}")
    table.tableStyleInfo = TableStyleInfo(name="TableStyleMedium2", showRowStripes=True)
    page.add_table(table)


def _set_widths(page: Worksheet, sheet: Sheet) -> None:
    """Make columns of numbers as narrow as their longest word lets them: many fit on a page."""
    from openpyxl.utils import get_column_letter

    lines = 1
    for column, (head_text, form) in enumerate(zip(sheet.columns, sheet.formats, strict=True)):
        words = [f"{word}{' ' * _FILTER}" for word in head_text.split()]
        texts = [row[column] for row in sheet.rows if isinstance(row[column], str)]
        if form == DAY:
            texts.append("30 september 2026")
        narrowest, widest = _NUMBER if form in (COUNT, SHARE) else _TEXT
        width = min(max(narrowest, *(len(text) + 2 for text in [*words, *texts])), widest)
        page.column_dimensions[get_column_letter(column + 1)].width = width
        lines = max(lines, len(wrap(head_text, width - _FILTER)))
    page.row_dimensions[HEAD_ROW].height = LINE * lines + 4
