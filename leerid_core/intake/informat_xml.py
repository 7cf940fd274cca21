"""Read the answer of Informat's older web service: a list of wsInschrijving."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

from leerid_core.errors import UnreadableFile
from leerid_core.intake.tables import Record
from leerid_core.intake.xml_guard import check_xml

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_RECORD = "wsinschrijving"

# Written out, because the service leaves elements without a value away (DOMAIN.md).
_COLUMNS = (
    "p_persoon",
    "Naam",
    "Voornaam",
    "geslacht",
    "geboortedatum",
    "rijksregnr",
    "stamnr",
    "instelnr",
    "begindatum",
    "einddatum",
    "afdeling",
    "leerjaar",
    "graad",
    "voorlopig",
    "Klas",
    "Klasnr",
    "nr_admgr",
    "Klascode",
)


def read_records(data: bytes) -> Iterator[Record]:
    """Yield the column names as record 0, then the enrolments, numbered from 1.

    Raises `UnreadableFile` with `xml_forbidden` or `file_too_complex` before a tree is built, and
    with `file_damaged` where the XML breaks off.
    """
    check_xml(io.BytesIO(data))
    yield 0, _COLUMNS
    for number, element in enumerate(_elements(data), start=1):
        values = {_local_name(child): child.text for child in element}
        element.clear()
        yield number, [values.get(column) for column in _COLUMNS]


def _elements(data: bytes) -> Iterator[Element]:
    from defusedxml.ElementTree import ParseError, iterparse

    try:
        for _, element in iterparse(io.BytesIO(data), forbid_dtd=True):
            if _local_name(element).lower() == _RECORD:
                yield element
    except (ParseError, ValueError, LookupError) as error:
        raise UnreadableFile("file_damaged") from error


def _local_name(element: Element) -> str:
    return element.tag.rpartition("}")[2]
