"""An xlsx as an archive of parts that refer to one another (ECMA-376, part 2)."""

from __future__ import annotations

import io
import posixpath
import zipfile
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
)
from leerid_core.intake.xml_stream import local_name, stream_xml

_ENCRYPTED = 0x1
_PART_SIGNATURE = b"PK\x01\x02"
_COMPRESSIONS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}  # LZMA takes the memory it asks for
_ELEMENTS = frozenset({"Relationship", "workbookPr", "sheet", "numFmt", "cellXfs", "xf"})

Element = tuple[str, dict[str, str]]  # name and attributes, without prefixes


def open_package(data: bytes) -> zipfile.ZipFile:
    """Return the archive, after a look at what it would expand to.

    zipfile never gives more bytes than a part declares, so what is declared can be trusted. Raises
    `UnreadableFile` with `file_is_encrypted`, `file_damaged` for a compression that no workbook
    has, or `archive_too_large`.
    """
    # zipfile lists all parts at once, so they are counted first.
    if data.count(_PART_SIGNATURE) > ARCHIVE_PARTS:
        raise UnreadableFile("archive_too_large", limit=ARCHIVE_BYTES // MEBIBYTE)
    archive = zipfile.ZipFile(io.BytesIO(data))
    parts = archive.infolist()
    if any(part.flag_bits & _ENCRYPTED for part in parts):
        raise UnreadableFile("file_is_encrypted")
    if any(part.compress_type not in _COMPRESSIONS for part in parts):
        raise UnreadableFile("file_damaged")
    expanded = sum(part.file_size for part in parts)
    if expanded > min(ARCHIVE_BYTES, max(ARCHIVE_RATIO * len(data), MEBIBYTE)):
        raise UnreadableFile("archive_too_large", limit=ARCHIVE_BYTES // MEBIBYTE)
    return archive


def related_parts(archive: zipfile.ZipFile, part: str, kind: str) -> dict[str, str]:
    """Return the parts of one kind that `part` refers to, by the id it uses for them.

    `kind` is the last word of the relation's type; the archive itself is the part "".
    """
    folder, name = posixpath.split(part)
    relations = posixpath.join(folder, "_rels", f"{name}.rels")
    if relations not in archive.namelist():
        return {}
    return {
        element["Id"]: posixpath.normpath(posixpath.join(folder, element["Target"])).lstrip("/")
        for _, element in read_elements(archive, relations)
        if element.get("Type", "").endswith(f"/{kind}")
    }


def read_elements(archive: zipfile.ZipFile, part: str) -> list[Element]:
    """Return the elements of a part that matter to the intake, in their order.

    Raises `UnreadableFile` with `file_too_complex` above a bound, and what `stream_xml` raises.
    """
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
        self.read: list[Element] = []

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802
        name = local_name(name)
        if name in _ELEMENTS:
            attributes = {local_name(key): value for key, value in attrs.items()}
            self.read.append((name, attributes))
        if len(self.read) > DESCRIPTION_ELEMENTS:
            raise UnreadableFile("file_too_complex")
