"""Follow XML as it streams by, so that memory does not grow with the file.

A tree, even one that is cleared as it is read, keeps what stands inside one element: one row of
fifty million cells fits in a small archive. openpyxl reads through such trees. So nothing here
builds one: a handler is told of each tag and keeps what it needs.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO
from xml.sax import SAXException
from xml.sax.handler import ContentHandler, property_interning_dict

from leerid_core.errors import UnreadableFile
from leerid_core.intake.bounds import CELL_CHARACTERS, XML_CHUNK_BYTES, XML_NAMES, XML_TAG_CHUNKS


class TextHandler(ContentHandler):
    """Collects text while `listening`: one character beyond the bound, so that it can be told."""

    def __init__(self) -> None:
        super().__init__()
        self.listening = False
        self._pieces: list[str] = []
        self._room = 0

    def begin_text(self) -> None:
        """Forget the text so far."""
        self._pieces.clear()
        self._room = CELL_CHARACTERS + 1

    def text(self) -> str:
        """Return the text since `begin_text`."""
        return "".join(self._pieces)

    def characters(self, content: str) -> None:
        """Keep what there is still room for."""
        if self.listening and self._room > 0:
            self._pieces.append(content[: self._room])
            self._room -= len(content)


def local_name(name: str) -> str:
    """Return the name of an element without its prefix."""
    return name.rpartition(":")[2]


def stream_xml(stream: IO[bytes], handler: ContentHandler) -> Iterator[None]:
    """Tell `handler` what `stream` holds; yields after every chunk, for it to hand over.

    Raises `UnreadableFile` with `xml_forbidden` for a document type and thus for every entity,
    `file_too_complex` for a tag or a number of names beyond the bound, `file_damaged` where the XML
    breaks off.
    """
    from defusedxml.common import DefusedXmlException
    from defusedxml.expatreader import DefusedExpatParser

    parser = DefusedExpatParser(forbid_dtd=True)
    parser.setContentHandler(handler)
    names: dict[str, str] = {}
    parser.setProperty(property_interning_dict, names)
    place, unmoved = None, 0
    try:
        while chunk := stream.read(XML_CHUNK_BYTES):
            parser.feed(chunk)
            before, place = place, (parser.getLineNumber(), parser.getColumnNumber())
            unmoved = unmoved + 1 if place == before else 0
            if unmoved > XML_TAG_CHUNKS or len(names) > XML_NAMES:
                raise UnreadableFile("file_too_complex")
            yield
        parser.close()
    except DefusedXmlException as error:
        raise UnreadableFile("xml_forbidden") from error
    except (SAXException, LookupError, ValueError) as error:
        raise UnreadableFile("file_damaged") from error
