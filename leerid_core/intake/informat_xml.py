"""Read the answer of Informat's older web service: a list of wsInschrijving."""

from __future__ import annotations

import io
from collections.abc import Iterator
from xml.sax.xmlreader import AttributesImpl

from leerid_core.errors import UnreadableFile
from leerid_core.intake.tables import Record
from leerid_core.intake.xml_stream import TextHandler, local_name, stream_xml

_RECORD = "wsInschrijving"

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

    Raises `UnreadableFile` with `xml_unknown` where there is no enrolment, and what `stream_xml`
    raises.
    """
    yield 0, _COLUMNS
    enrolments = _Enrolments()
    number = 0
    for _ in stream_xml(io.BytesIO(data), enrolments):
        for values in enrolments.read:
            number += 1
            yield number, [values.get(column) for column in _COLUMNS]
        enrolments.read.clear()
    if not number:
        raise UnreadableFile("xml_unknown")


class _Enrolments(TextHandler):
    """Collects the values of each enrolment by column; `read` holds those that are complete."""

    def __init__(self) -> None:
        super().__init__()
        self.listening = True
        self.read: list[dict[str, str]] = []
        self._current: dict[str, str] | None = None

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802
        if local_name(name) == _RECORD:
            self._current = {}
        self.begin_text()

    def endElement(self, name: str) -> None:  # noqa: N802
        name = local_name(name)
        if self._current is None:
            return
        if name == _RECORD:
            self.read.append(self._current)
            self._current = None
        elif name in _COLUMNS:
            self._current[name] = self.text()
