"""Open an xlsx: what the archive would expand to, where its sheets are, how it shows dates."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import dropwhile, islice
from typing import NamedTuple
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl

from leerid_core.errors import UnreadableFile
from leerid_core.intake.bounds import (
    ARCHIVE_BYTES,
    ARCHIVE_PARTS,
    ARCHIVE_RATIO,
    DESCRIPTION_BYTES,
    DESCRIPTION_ELEMENTS,
    MEBIBYTE,
    SHEETS,
)
from leerid_core.intake.sheets import read_rows, read_shared_strings
from leerid_core.intake.tables import Record
from leerid_core.intake.xml_stream import local_name, stream_xml

_ENCRYPTED = 0x1
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
_ELEMENTS = frozenset({"Relationship", "workbookPr", "sheet", "numFmt", "cellXfs", "xf"})
_NOT_SHOWN = re.compile(r'"[^"]*"|\[[^\]]*\]|[\\_*].')

_Element = tuple[str, dict[str, str]]  # name and attributes, without prefixes


def read_sheets(data: bytes) -> Iterator[Iterator[Record]]:
    """Yield the rows of each visible sheet, in the workbook's order.

    Raises `UnreadableFile` for an archive that is no workbook, is encrypted or damaged, or would
    expand beyond a bound; so does reading the rows.
    """
    with _damage_reported():
        archive = zipfile.ZipFile(io.BytesIO(data))
        _check(archive, len(data))
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


def _check(archive: zipfile.ZipFile, size: int) -> None:
    """Refuse a bomb by what it declares: zipfile never gives more bytes than a part declares."""
    parts = archive.infolist()
    if any(part.flag_bits & _ENCRYPTED for part in parts):
        raise UnreadableFile("file_is_encrypted")
    expanded = sum(part.file_size for part in parts)
    bomb = expanded > ARCHIVE_BYTES or expanded > max(ARCHIVE_RATIO * size, MEBIBYTE)
    if bomb or len(parts) > ARCHIVE_PARTS:
        raise UnreadableFile("archive_too_large", limit=ARCHIVE_BYTES // MEBIBYTE)


def _read_workbook(archive: zipfile.ZipFile) -> _Workbook:
    book = next(iter(_related(archive, "", "officeDocument").values()), "")
    if not book.endswith(".xml"):
        raise UnreadableFile("archive_is_no_workbook")
    elements = _elements(archive, book)
    sheets = _related(archive, book, "worksheet")
    return _Workbook(
        [
            sheets[element["id"]]
            for name, element in elements
            if name == "sheet"
            and element.get("state", "visible") == "visible"
            and element.get("id") in sheets
        ],
        _shared_strings(archive, _related(archive, book, "sharedStrings").values()),
        _date_styles(archive, _related(archive, book, "styles").values()),
        any(element.get("date1904") in {"1", "true"} for _, element in elements),
    )


def _related(archive: zipfile.ZipFile, part: str, kind: str) -> dict[str, str]:
    """Return the parts of one kind that `part` refers to, by the id it uses for them."""
    folder, name = posixpath.split(part)
    relations = posixpath.join(folder, "_rels", f"{name}.rels")
    if relations not in archive.namelist():
        return {}
    return {
        element["Id"]: posixpath.normpath(posixpath.join(folder, element["Target"])).lstrip("/")
        for _, element in _elements(archive, relations)
        if element.get("Type", "").endswith(f"/{kind}")
    }


def _shared_strings(archive: zipfile.ZipFile, parts: Iterable[str]) -> list[str]:
    for part in parts:
        with archive.open(part) as stream:
            return read_shared_strings(stream)
    return []


def _date_styles(archive: zipfile.ZipFile, parts: Iterable[str]) -> frozenset[str]:
    """Return the numbers of the cell styles that show a number as a date."""
    elements = [element for part in parts for element in _elements(archive, part)]
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


def _elements(archive: zipfile.ZipFile, part: str) -> list[_Element]:
    if archive.getinfo(part).file_size > DESCRIPTION_BYTES:
        raise UnreadableFile("file_too_complex")
    elements = _Elements()
    with archive.open(part) as stream:
        for _ in stream_xml(stream, elements):
            pass
    return elements.read


class _Elements(ContentHandler):
    """Collects the few elements that matter, in `read`."""

    def __init__(self) -> None:
        super().__init__()
        self.read: list[_Element] = []

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802
        name = local_name(name)
        if name in _ELEMENTS:
            attributes = {local_name(key): value for key, value in attrs.items()}
            self.read.append((name, attributes))
        if len(self.read) > DESCRIPTION_ELEMENTS:
            raise UnreadableFile("file_too_complex")
