"""PDF documents of one print run, which share fonts, pictures and ready-drawn cards.

A print run is one zip. Its fonts are read and cut down to the letters used once, and every card
is drawn and compressed once, then placed in three documents. fpdf2 does neither by itself, so
this module, and no other, overrides `OutputProducer._add_fonts` and `_add_images` and calls
`_add_pdf_obj`; `tests/exports/test_documents.py` says what it relies on.
"""

from __future__ import annotations

import zlib
from datetime import UTC, date, datetime, time
from typing import Any
from fpdf import FPDF
from fpdf.fonts import TTFFont
from fpdf.image_datastructures import RasterImageInfo
from fpdf.output import OutputProducer
from fpdf.prefs import ViewerPreferences
from fpdf.syntax import PDFObject

from leerid_core.exports.drawing import Drawing
from leerid_core.exports.pictures import picture_image
from leerid_core.exports.typeface import FONTS, POINT, Face

PAGE_WIDTH, PAGE_HEIGHT = 210.0, 297.0
_FIRST_CARD = 1000
"""Names /I1000 and up are cards; fpdf2 counts pictures from /I1."""


class PrintRun:
    """The fonts and pictures of one zip; `school` and `made_on` go into every document."""

    def __init__(self, school: str, made_on: date) -> None:
        self.school = school
        self.made_on = datetime.combine(made_on, time(), UTC)
        source = FPDF()
        for name in ("DejaVuSans", "DejaVuSans-Bold", "DejaVuSansMono-Bold"):
            source.add_font(name, fname=FONTS / f"{name}.ttf")
        self.fonts = source.fonts
        self.regular, self.bold, self.mono = map(Face, self._true_type())
        self.pictures: dict[str, RasterImageInfo] = {}
        self.font_objects: list[PDFObject] = []
        self.font_roots: dict[int, PDFObject] = {}

    def _true_type(self) -> list[TTFFont]:
        return [font for font in self.fonts.values() if isinstance(font, TTFFont)]

    def picture(self, key: str) -> str:
        """Return the name under which a card places the picture `key`."""
        if key not in self.pictures:
            info = RasterImageInfo(picture_image(key))
            info.update(i=len(self.pictures) + 1, usages=1, iccp_i=None)
            self.pictures[key] = info
        return f"I{self.pictures[key]['i']}"


class Card(PDFObject):
    """A card as a form XObject: drawn and compressed once, placed in any document of its run."""

    def __init__(self, drawing: Drawing, width: float, height: float) -> None:
        super().__init__()
        self._data = zlib.compress(drawing.content)
        self._box = f"0 0 {width} {height}"
        self.resources = _CardResources()

    def serialize(self, obj_dict: object = None, _security_handler: object = None) -> bytes:  # type: ignore[override]
        """Return the object's bytes; no dictionary is built, as there are thousands."""
        head = (
            f"{self.id} 0 obj\n<</Type /XObject /Subtype /Form /BBox [{self._box}] "
            f"/Resources {self.resources.ref} /Filter /FlateDecode /Length {len(self._data)}>>\n"
        )
        return head.encode() + b"stream\n" + self._data + b"\nendstream\nendobj"


class _CardResources(PDFObject):
    """The fonts and pictures that the cards of one document name."""

    def __init__(self) -> None:
        super().__init__()
        self.fonts: dict[int, PDFObject] = {}
        self.images: dict[int, PDFObject] = {}

    def serialize(self, obj_dict: object = None, _security_handler: object = None) -> str:  # type: ignore[override]
        fonts = " ".join(f"/F{index} {font.ref}" for index, font in self.fonts.items())
        images = " ".join(f"/I{index} {image.ref}" for index, image in self.images.items())
        return f"{self.id} 0 obj\n<</Font <<{fonts}>> /XObject <<{images}>>>>\nendobj"


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
        scale = f"{1 / POINT:.6f}"
        contents = self.pages[self.page].contents
        contents += f"q {scale} 0 0 {scale} 0 0 cm\n".encode() + drawing.content + b"\nQ\n"

    def to_bytes(self) -> bytes:
        """Return the PDF. Draw every document of the run first: the fonts' letters are fixed here."""
        if self.cards:
            self.image_cache.images.update(self.print_run.pictures)
        return bytes(self.output(output_producer_class=_Producer))


class _Producer(OutputProducer):
    """Adds the cards of the document and the fonts of its run to what fpdf2 writes."""

    fpdf: Document

    def _add_images(self) -> dict[int, Any]:
        images = super()._add_images()
        if not self.fpdf.cards:
            return images
        self._card_resources = _CardResources()
        self._card_resources.images = dict(images)
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
            run.font_roots = super()._add_fonts(*others)
            run.font_objects = self.pdf_objs[before:]
        if self.fpdf.cards:
            self._card_resources.fonts = run.font_roots
        return run.font_roots
