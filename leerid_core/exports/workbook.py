"""The Excel in the zip: the columns that schools' own scripts and mail merges read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile

from leerid_core.exports.options import HandOut
from leerid_core.files.dated_zip import DatedZip
from leerid_core.files.sheet_rows import with_rows
from leerid_core.rules.accounts import AccountType, PasswordKind
from leerid_core.rules.credentials import Credential

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

COLUMNS = {
    "Stamnummer": 14,
    "Voornaam": 20,
    "Achternaam": 26,
    "Administratieve groep": 34,
    "LeerID Gebruikersnaam": 32,
    "LeerID Wachtwoord": 24,
    "(sub)Klas": 16,
    "Type": 12,
    "Link": 46,
}
"""The headers and widths; the first six are the real Schoolloket's (DOMAIN.md)."""

USE_THE_PDF = "Afbeeldingen: zie pdf"
"""Stands for a picture password, which a cell cannot show (manual, chapter 3)."""

_TYPES = {AccountType.BASIC: "Basis", AccountType.ADVANCED: "Gevorderd"}
_TEXT_STYLE = 1
_SHEET = "xl/worksheets/sheet1.xml"


def make_workbook(hand_out: HandOut, credentials: Sequence[Credential]) -> bytes:
    """Return an .xlsx with a line for each of `credentials`, every cell a text.

    openpyxl lays out the sheet and its header row. The pupils' rows are added to the sheet's XML
    here, because openpyxl writes every sheet to a temporary file, and passwords must not be there.
    """
    rows = [_texts(credential) for credential in credentials]
    source = BytesIO(_template(hand_out, len(credentials) + 1))
    with ZipFile(source) as template, DatedZip(hand_out.made_on) as workbook:
        for name in template.namelist():
            part = template.read(name)
            if name == _SHEET:
                part = with_rows(part, rows, first=2, text_style=_TEXT_STYLE)
            workbook.add(name, part, ZIP_DEFLATED)
    return workbook.data


def _template(hand_out: HandOut, rows: int) -> bytes:
    from openpyxl import Workbook
    from openpyxl.writer.excel import ExcelWriter

    workbook = Workbook()
    made_on = datetime.combine(hand_out.made_on, time())
    workbook.properties.creator = hand_out.school_name
    workbook.properties.title = hand_out.name
    workbook.properties.created = workbook.properties.modified = made_on
    sheet = workbook.active
    sheet.title = "LeerID"
    _lay_out(sheet, hand_out, rows)
    target = BytesIO()
    # workbook.save() would write the time of day into the file.
    ExcelWriter(workbook, ZipFile(target, "w")).save()
    return target.getvalue()


def _lay_out(sheet: Worksheet, hand_out: HandOut, rows: int) -> None:
    """Write the header row and say how the sheet looks on the screen and on paper."""
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    for column, (header, width) in enumerate(COLUMNS.items(), start=1):
        cell = sheet.cell(row=1, column=column, value=header)
        cell.font = Font(name="Calibri", size=11, bold=True)
        dimension = sheet.column_dimensions[get_column_letter(column)]
        dimension.width, dimension.number_format = width, "@"
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(COLUMNS))}{rows}"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.oddHeader.left.text = hand_out.school_name.replace("&", "&&")
    sheet.oddHeader.right.text = hand_out.name
    sheet.oddFooter.center.text = "Pagina &P van &N"


def _texts(credential: Credential) -> tuple[str, ...]:
    pictures = credential.password_kind is PasswordKind.PICTURES
    return (
        credential.stamnummer or "",
        credential.first_name,
        credential.last_name,
        credential.administrative_group,
        credential.username,
        USE_THE_PDF if pictures else credential.password,
        ", ".join(credential.school_classes),
        _TYPES[credential.account_type],
        credential.link,
    )
