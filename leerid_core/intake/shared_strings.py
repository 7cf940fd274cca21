"""Read the texts of an xlsx: those that the sheets share, and the parts that a text is made of."""

from __future__ import annotations

import re
from typing import IO
from xml.sax.xmlreader import AttributesImpl

from leerid_core.errors import UnreadableFile
from leerid_core.intake.bounds import SHARED_CHARACTERS, SHARED_STRINGS
from leerid_core.intake.xml_stream import TextHandler, local_name, stream_xml

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def read_shared_strings(stream: IO[bytes]) -> list[str]:
    """Return the texts that the sheets refer to by number.

    Raises `UnreadableFile` with `file_too_complex` above a bound, and what `stream_xml` raises.
    """
    strings = _SharedStrings()
    for _ in stream_xml(stream, strings):
        pass
    return strings.read


def unescape(text: str) -> str:
    """Return the text of a cell, in which Excel writes a control character as _x000D_."""
    return _ESCAPED.sub(lambda code: chr(int(code[1], 16)), text) if "_x" in text else text


class TextPartsHandler(TextHandler):
    """Listens to the parts of a text, not to the phonetic guide that East Asian text may have."""

    def __init__(self) -> None:
        super().__init__()
        self._phonetic = False

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802
        """Listen from here when a part of the text begins."""
        if name in {"v", "t"}:
            self.listening = not self._phonetic
        elif name == "rPh":
            self._phonetic = True

    def endElement(self, name: str) -> None:  # noqa: N802
        """Listen no longer when a part of the text ends."""
        if name in {"v", "t"}:
            self.listening = False
        elif name == "rPh":
            self._phonetic = False


class _SharedStrings(TextPartsHandler):
    """Collects the strings in `read`."""

    def __init__(self) -> None:
        super().__init__()
        self.read: list[str] = []
        self._characters = 0

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802
        name = local_name(name)
        if name == "si":
            self.begin_text()
        super().startElement(name, attrs)

    def endElement(self, name: str) -> None:  # noqa: N802
        name = local_name(name)
        if name == "si":
            self._append(unescape(self.text()))
        super().endElement(name)

    def _append(self, text: str) -> None:
        self.read.append(text)
        self._characters += len(text)
        if len(self.read) > SHARED_STRINGS or self._characters > SHARED_CHARACTERS:
            raise UnreadableFile("file_too_complex")
