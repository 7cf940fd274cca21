"""PDF documents of one print run, which share fonts, pictures and ready-drawn cards.

A print run is one zip. Its fonts are read, and cut down to the letters used, once; every card is
drawn and compressed once, then placed in three documents. fpdf2 does neither by itself. So this
module, and no other, extends its `OutputProducer`: it overrides `_add_images` and `_add_fonts` and
uses `_add_pdf_obj` and `pdf_objs`; `tests/exports/test_documents.py` says what that relies on.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import Any, Self, cast

from fpdf import FPDF
from fpdf.fonts import TTFFont
from fpdf.image_datastructures import RasterImageInfo
from fpdf.output import OutputProducer
from fpdf.prefs import ViewerPreferences
from fpdf.syntax import PDFObject

from leerid_core.exports.drawing import Drawing
from leerid_core.exports.pictures import picture_image
from leerid_core.files.typeface import FONTS, POINT, Face

PAGE_WIDTH, PAGE_HEIGHT = 210.0, 297.0
_FIRST_CARD = 1000
"""Names from /I1000 on are cards; fpdf2 numbers pictures from /I1."""


class PrintRun:
    """The fonts and pictures of one zip; `school` and `made_on` go into every document.

    Reads the font files until it is closed, so use it in a `with`.
    """

    def __init__(self, school: str, made_on: date) -> None:
        self.school = school
        self.made_on = datetime.combine(made_on, time(), UTC)
        source = FPDF()
        for name in ("DejaVuSans", "DejaVuSans-Bold", "DejaVuSansMono-Bold"):
            source.add_font(name, fname=FONTS / f"{name}.ttf")
        self.fonts = source.fonts
        self.regular, self.bold, self.mono = (
            Face(cast(TTFFont, font)) for font in self.fonts.values()
        )
        self.pictures: dict[str, RasterImageInfo] = {}
        self.font_objects: list[Any] = []
        self.font_roots: dict[int, Any] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        for font in self.fonts.values():
            cast(TTFFont, font).close()

    def picture(self, key: str) -> str:
        """Return the name under which a card places the picture `key`."""
        if key not in self.pictures:
            info = RasterImageInfo(picture_image(key))
            info.update(i=len(self.pictures) + 1, usages=1, iccp_i=None)
            self.pictures[key] = info
        return f"I{self.pictures[key]['i']}"


class Card(PDFObject):
    """A form XObject, drawn and compressed once, to be placed in any document of its run."""

    def __init__(self, drawing: Drawing, width: float, height: float) -> None:
        super().__init__()
        self._data = zlib.compress(drawing.content)
        self._box = f"0 0 {width:g} {height:g}"
        self.resources = PDFObject()

    def serialize(self, obj_dict: object = None, _security_handler: object = None) -> Any:
        """Return the bytes of the object as they stand in the file."""
        head = (
            f"{self.id} 0 obj\n<</Type /XObject /Subtype /Form /BBox [{self._box}] "
            f"/Resources {self.resources.ref} /Filter /FlateDecode /Length {len(self._data)}>>\n"
        )
        return head.encode() + b"stream\n" + self._data + b"\nendstream\nendobj"


class _CardResources(PDFObject):
    """The fonts and pictures that the cards of one document name."""

    def __init__(self) -> None:
        super().__init__()
        self._named: dict[str, str] = {"Font": "", "XObject": ""}

    def name(self, kind: str, letter: str, objects: Mapping[int, PDFObject]) -> None:
        names = [f"/{letter}{index} {one.ref}" for index, one in objects.items()]
        self._named[kind] = " ".join(names)

    def serialize(self, obj_dict: object = None, _security_handler: object = None) -> str:
        named = " ".join(f"/{kind} <<{names}>>" for kind, names in self._named.items())
        return f"{self.id} 0 obj\n<<{named}>>\nendobj"


class Document(FPDF):
    """An A4 document of `run`, in Dutch, that asks to be printed at 100 %."""

    def __init__(self, run: PrintRun, title: str) -> None:
        super().__init__(format="A4")
        self.print_run = run
        self.cards: dict[Card, int] = {}
        self.fonts.update(run.fonts)
        self.single_resources_object = True
        self.allow_images_transparency = False
        self.set_title(title)
        self.set_author(run.school)
        self.set_creator("LeerID Schoolloket")
        self.set_lang("nl-BE")
        self.creation_date = run.made_on
        self.viewer_preferences = ViewerPreferences(display_doc_title=True, print_scaling="None")

    def add_card(self, card: Card) -> str:
        """Return the name under which a page of this document places `card`."""
        return f"I{self.cards.setdefault(card, _FIRST_CARD + len(self.cards))}"

    def draw_page(self, drawing: Drawing) -> None:
        """Add a page with `drawing` on it."""
        self.add_page()
        contents = cast(bytearray, self.pages[self.page].contents)
        scale = f"{1 / POINT:.6f}"
        contents += f"q {scale} 0 0 {scale} 0 0 cm\n".encode() + drawing.content + b"\nQ\n"

    def to_bytes(self) -> bytes:
        """Return the PDF.

        Draw all documents of a run before the first is written: that fixes the letters that the
        fonts of all of them hold.
        """
        if self.cards:
            self.image_cache.images.update(self.print_run.pictures)
        return bytes(self.output(output_producer_class=_Producer))


class _Producer(OutputProducer):
    """Adds the cards of the document and the fonts of its run to what fpdf2 writes."""

    fpdf: Document

    def _add_images(self) -> dict[int, Any]:
        images: dict[int, Any] = dict(super()._add_images())
        self._card_resources = _CardResources()
        self._card_resources.name("XObject", "I", images)
        self._add_pdf_obj(self._card_resources)
        for card, index in self.fpdf.cards.items():
            card.resources = self._card_resources
            self._add_pdf_obj(card)
            images[index] = card
        return images

    def _add_fonts(self, *others: Any) -> dict[int, Any]:
        run = self.fpdf.print_run
        if run.font_roots:
            for font_object in run.font_objects:
                self._add_pdf_obj(font_object)
        else:
            before = len(self.pdf_objs)
            run.font_roots = dict(super()._add_fonts(*others))
            run.font_objects = self.pdf_objs[before:]
        self._card_resources.name("Font", "F", run.font_roots)
        return run.font_roots
