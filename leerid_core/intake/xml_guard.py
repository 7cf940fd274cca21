"""Look through XML before a tree is built of it, in memory that does not grow with the file.

Both openpyxl and ElementTree keep what they read: a small archive can hold a sheet whose one row
has fifty million cells. defusedxml refuses entities but does not count. Here expat only counts.
"""

from __future__ import annotations

from typing import IO
from xml.parsers import expat

from leerid_core.errors import UnreadableFile
from leerid_core.intake.bounds import (
    XML_DEPTH,
    XML_LIST_ELEMENTS,
    XML_PART_CHARACTERS,
    XML_ROW_ELEMENTS,
    XML_TEXT_CHARACTERS,
    XML_TOKEN_BYTES,
)

_CHUNK = 64 * 1024
_ROW_DEPTH = 3  # worksheet, sheetData, row


def check_xml(stream: IO[bytes]) -> None:
    """Read `stream` to its end and refuse what would cost memory out of proportion.

    Where the XML breaks off, or is none, the check stops without complaint: whoever reads it stops
    at the same byte.
    Raises `UnreadableFile` with `xml_forbidden` for a document type, `file_too_complex` above a
    bound of `bounds`.
    """
    parser = expat.ParserCreate()
    tally = _Tally()
    parser.StartDoctypeDeclHandler = _refuse_document_type
    parser.StartElementHandler = tally.start
    parser.EndElementHandler = tally.end
    parser.CharacterDataHandler = tally.text
    fed = 0
    try:
        while chunk := stream.read(_CHUNK):
            fed += len(chunk)
            parser.Parse(chunk)
            if fed - parser.CurrentByteIndex > XML_TOKEN_BYTES:
                raise UnreadableFile("file_too_complex")
    except expat.ExpatError:
        return


def _refuse_document_type(*_: object) -> None:
    raise UnreadableFile("xml_forbidden")


class _Tally:
    """Elements and characters so far: in the whole, and since the last row or text began."""

    def __init__(self) -> None:
        self.depth = 0
        self.in_list = 0
        self.in_row = 0
        self.in_text = 0
        self.in_part = 0

    def start(self, _name: str, _attributes: object) -> None:
        self.depth += 1
        self.in_part += self.in_text
        self.in_text = 0
        if self.depth > _ROW_DEPTH:
            self.in_row += 1
        else:
            self.in_row = 0
            self.in_list += 1
        if (
            self.in_row > XML_ROW_ELEMENTS
            or self.in_list > XML_LIST_ELEMENTS
            or self.in_part > XML_PART_CHARACTERS
            or self.depth > XML_DEPTH
        ):
            raise UnreadableFile("file_too_complex")

    def end(self, _name: str) -> None:
        self.depth -= 1

    def text(self, piece: str) -> None:
        self.in_text += len(piece)
        if self.in_text > XML_TEXT_CHARACTERS:
            raise UnreadableFile("file_too_complex")
