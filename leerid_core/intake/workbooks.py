"""Read the sheets of an xlsx row by row, after a look at what the archive would expand to."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from leerid_core.errors import LeerIDError, UnreadableFile
from leerid_core.intake.bounds import (
    ARCHIVE_BYTES,
    ARCHIVE_PARTS,
    ARCHIVE_RATIO,
    COLUMNS,
    EMPTY_ROWS,
    MEBIBYTE,
)
from leerid_core.intake.tables import Record
from leerid_core.intake.xml_guard import check_xml

if TYPE_CHECKING:
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet

_ENCRYPTED_FLAG = 0x1


def read_sheets(data: bytes) -> Iterator[Iterator[Record]]:
    """Yield the records of each visible sheet, in the workbook's order.

    Read a sheet's records before asking for the next one. Formulas give the value that Excel
    saved. Raises `UnreadableFile` for an archive that is no workbook, is encrypted or damaged, or
    expands beyond a bound.
    """
    with _damage_reported():
        _check_archive(data)
        workbook = _open(data)
    try:
        for sheet in workbook.worksheets:
            if sheet.sheet_state == "visible":
                yield _read_rows(sheet)
    finally:
        workbook.close()


@contextmanager
def _damage_reported() -> Iterator[None]:
    """Turn what zipfile and openpyxl answer damage with, almost any exception, into ours."""
    try:
        yield
    except LeerIDError:
        raise
    except Exception as error:
        raise UnreadableFile("file_damaged") from error


def _open(data: bytes) -> Any:
    import openpyxl

    # It warns about missing styles and impossible dates; the findings say what matters of it.
    warnings.filterwarnings("ignore", category=UserWarning, module=r"openpyxl\.")
    return openpyxl.load_workbook(
        io.BytesIO(data), read_only=True, data_only=True, keep_links=False
    )


def _read_rows(sheet: ReadOnlyWorksheet) -> Iterator[Record]:
    sheet.reset_dimensions()  # what a sheet declares is often wrong
    rows = sheet.iter_rows(max_col=COLUMNS + 1, values_only=True)
    empty = 0
    number = 0
    while True:
        with _damage_reported():
            row = next(rows, None)
        if row is None:
            return
        number += 1
        empty = 0 if any(cell is not None for cell in row) else empty + 1
        if empty > EMPTY_ROWS:
            return
        if not empty:
            yield number, row


def _check_archive(data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = archive.infolist()
        _check_kind(parts)
        _check_expansion(parts, len(data))
        for part in parts:
            with archive.open(part) as stream:
                check_xml(stream)


def _check_kind(parts: list[zipfile.ZipInfo]) -> None:
    if any(part.flag_bits & _ENCRYPTED_FLAG for part in parts):
        raise UnreadableFile("file_is_encrypted")
    names = {part.filename for part in parts}
    if "xl/workbook.xml" not in names:
        raise UnreadableFile("archive_is_no_workbook")


def _check_expansion(parts: list[zipfile.ZipInfo], size: int) -> None:
    """Compare what the archive declares; zipfile never gives more bytes than a part declares."""
    expanded = sum(part.file_size for part in parts)
    bomb = expanded > ARCHIVE_BYTES or expanded > max(ARCHIVE_RATIO * size, MEBIBYTE)
    if bomb or len(parts) > ARCHIVE_PARTS:
        raise UnreadableFile("archive_too_large", limit=ARCHIVE_BYTES // MEBIBYTE)
