"""Files for the tests of the intake, made in memory."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from openpyxl import Workbook

SAMPLES = Path(__file__).parents[2] / "data" / "samples"
SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def text_file(*rows: Sequence[object], separator: str = ";", encoding: str = "utf-8") -> bytes:
    """Return a file with separators, its fields quoted where that is needed."""
    text = io.StringIO()
    csv.writer(text, delimiter=separator).writerows(rows)
    return text.getvalue().encode(encoding)


def workbook(*sheets: Iterable[Sequence[object]]) -> bytes:
    """Return an xlsx as openpyxl writes it."""
    book = Workbook()
    book.remove(book.active)
    for rows in sheets:
        sheet = book.create_sheet()
        for row in rows:
            sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def raw_workbook(
    *sheets: Iterable[bytes], strings: str = "", styles: str = "", properties: str = ""
) -> bytes:
    """Return an xlsx of which the XML inside is given, a sheet's as what stands in `sheetData`."""
    parts = [f'<sheet name="S{n}" sheetId="{n}" r:id="s{n}"/>' for n in range(1, len(sheets) + 1)]
    relations = [
        f'<Relationship Id="s{n}" Type="{DOCUMENT}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in range(1, len(sheets) + 1)
    ] + [
        f'<Relationship Id="{kind}" Type="{DOCUMENT}/{kind}" Target="/xl/{kind}.xml"/>'
        for kind, content in (("sharedStrings", strings), ("styles", styles))
        if content
    ]
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{RELATIONS}"><Relationship Id="r" '
            f'Type="{DOCUMENT}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{RELATIONS}">{"".join(relations)}</Relationships>',
        )
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{SPREADSHEET}" xmlns:r="{DOCUMENT}">{properties}'
            f"<sheets>{''.join(parts)}</sheets></workbook>",
        )
        if strings:
            archive.writestr("xl/sharedStrings.xml", f'<sst xmlns="{SPREADSHEET}">{strings}</sst>')
        if styles:
            archive.writestr(
                "xl/styles.xml", f'<styleSheet xmlns="{SPREADSHEET}">{styles}</styleSheet>'
            )
        for number, pieces in enumerate(sheets, start=1):
            with archive.open(f"xl/worksheets/sheet{number}.xml", "w") as sheet:
                sheet.write(f'<worksheet xmlns="{SPREADSHEET}"><sheetData>'.encode())
                for piece in pieces:
                    sheet.write(piece)
                sheet.write(b"</sheetData></worksheet>")
    return file.getvalue()


def inline_row(*texts: str) -> bytes:
    """Return the XML of a sheet row with these texts."""
    cells = "".join(f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in texts)
    return f"<row>{cells}</row>".encode()
