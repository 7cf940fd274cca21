"""Open an xlsx: where its sheets are, which texts they share, how they show dates."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import dropwhile, islice
from typing import NamedTuple

from leerid_core.errors import UnreadableFile
from leerid_core.intake.bounds import SHEETS
from leerid_core.intake.package import open_package, read_elements, related_parts
from leerid_core.intake.shared_strings import read_shared_strings
from leerid_core.intake.sheets import read_rows
from leerid_core.intake.tables import Record

_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    KeyError,
    IndexError,
    NotImplementedError,
    OverflowError,
    ValueError,
)
# The formats that Excel has built in and that show a date or a time (ECMA-376, 18.8.30).
_DATE_FORMATS = frozenset(
    map(str, [*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)])
)
_NOT_SHOWN = re.compile(r'"[^"]*"|\[[^\]]*\]|[\\_*].')


def read_sheets(data: bytes) -> Iterator[Iterator[Record]]:
    """Yield the rows of each visible sheet, in the workbook's order.

    Raises `UnreadableFile` for an archive that is no workbook, is encrypted or damaged, or would
    expand beyond a bound; so does reading the rows.
    """
    with _damage_reported():
        archive = open_package(data)
        workbook = _read_workbook(archive)
    for sheet in islice(workbook.sheets, SHEETS):
        yield _rows(archive, sheet, workbook)


class _Workbook(NamedTuple):
    sheets: list[str]
    strings: list[str]
    date_styles: frozenset[str]
    from_1904: bool


@contextmanager
def _damage_reported() -> Iterator[None]:
    try:
        yield
    except _DAMAGE as error:
        raise UnreadableFile("file_damaged") from error


def _rows(archive: zipfile.ZipFile, sheet: str, workbook: _Workbook) -> Iterator[Record]:
    with _damage_reported(), archive.open(sheet) as stream:
        yield from read_rows(
            stream, workbook.strings, workbook.date_styles, from_1904=workbook.from_1904
        )


def _read_workbook(archive: zipfile.ZipFile) -> _Workbook:
    book = next(iter(related_parts(archive, "", "officeDocument").values()), "")
    if not book.endswith(".xml"):
        raise UnreadableFile("archive_is_no_workbook")
    elements = read_elements(archive, book)
    sheets = related_parts(archive, book, "worksheet")
    return _Workbook(
        [
            sheets[element["id"]]
            for name, element in elements
            if name == "sheet"
            and element.get("state", "visible") == "visible"
            and element.get("id") in sheets
        ],
        _shared_strings(archive, related_parts(archive, book, "sharedStrings").values()),
        _date_styles(archive, related_parts(archive, book, "styles").values()),
        any(element.get("date1904") in {"1", "true"} for _, element in elements),
    )


def _shared_strings(archive: zipfile.ZipFile, parts: Iterable[str]) -> list[str]:
    for part in parts:
        with archive.open(part) as stream:
            return read_shared_strings(stream)
    return []


def _date_styles(archive: zipfile.ZipFile, parts: Iterable[str]) -> frozenset[str]:
    """Return the numbers of the cell styles that show a number as a date."""
    elements = [element for part in parts for element in read_elements(archive, part)]
    formats = _DATE_FORMATS | {
        element["numFmtId"]
        for name, element in elements
        if name == "numFmt" and _shows_date(element["formatCode"])
    }
    after_start = dropwhile(lambda element: element[0] != "cellXfs", elements)
    styles = (element for name, element in after_start if name == "xf")
    return frozenset(
        str(number) for number, style in enumerate(styles) if style.get("numFmtId") in formats
    )


def _shows_date(code: str) -> bool:
    return not set("dmyhs").isdisjoint(_NOT_SHOWN.sub("", code).lower())
