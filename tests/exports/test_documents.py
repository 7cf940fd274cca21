"""What the print run relies on in fpdf2, and what every PDF says of itself."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from typing import Any

import pypdf
import pytest
from card_examples import HAND_OUT, pupil, pupils, texts, with_pictures
from fpdf.output import OutputProducer

from leerid_core.exports import cards_pdf, receipt_pdf, stickers_pdf
from leerid_core.exports.card import draw_card
from leerid_core.exports.documents import Card, Document, PrintRun
from leerid_core.exports.drawing import Drawing, Style


def _document(run: PrintRun, text: str, card: Card | None = None) -> Document:
    document, drawing = Document(run, "Titel"), Drawing(297)
    drawing.text(20, 20, text, Style(run.regular, 12))
    if card is not None:
        drawing.place(document.add_card(card), 20, 100)
    document.draw_page(drawing)
    return document


@pytest.fixture
def run() -> Iterator[PrintRun]:
    """Yield a new run: a run's fonts are used up when its documents are written."""
    with PrintRun("TEST School 1", date(2026, 11, 23)) as opened:
        yield opened


def _streams(pdf: bytes, key: str, value: str) -> list[bytes]:
    """Return the raw streams of the objects with `key`, and `value` there unless that is empty."""
    reader = pypdf.PdfReader(BytesIO(pdf))
    objects: list[Any] = [reader.get_object(number) for number in range(1, len(reader.xref[0]))]
    return [one._data for one in objects if hasattr(one, "_data") and one.get(key) == value]


def test_fpdf2_still_calls_what_we_extend() -> None:
    """Adding resources calls `_add_images` before `_add_fonts`, each object by `_add_pdf_obj`."""
    source = inspect.getsource(OutputProducer._insert_resources)
    assert source.index("self._add_images()") < source.index("self._add_fonts(")
    assert list(inspect.signature(OutputProducer._add_pdf_obj).parameters)[:2] == [
        "self",
        "pdf_obj",
    ]


def test_documents_of_a_run_share_one_subset_of_the_fonts(run: PrintRun) -> None:
    """The font files are the same in each, and hold the letters of all."""
    first, second = _document(run, "aeiou"), _document(run, "Łódź")
    first_pdf, second_pdf = first.to_bytes(), second.to_bytes()
    assert (texts(first_pdf), texts(second_pdf)) == (["aeiou"], ["Łódź"])
    files = [_font_files(pdf) for pdf in (first_pdf, second_pdf)]
    assert len(files[0]) == 3
    assert files[0] == files[1]


def _font_files(pdf: bytes) -> list[bytes]:
    reader = pypdf.PdfReader(BytesIO(pdf))
    objects: list[Any] = [reader.get_object(number) for number in range(1, len(reader.xref[0]))]
    descriptors = [one for one in objects if isinstance(one, dict) and "/FontFile2" in one]
    return [one["/FontFile2"].get_data() for one in descriptors]


def test_a_card_is_the_same_bytes_in_every_document(run: PrintRun) -> None:
    """It is drawn and compressed once; documents differ in where they place it."""
    card = draw_card(run, with_pictures())
    pdfs = [_document(run, "een", card).to_bytes(), _document(run, "twee", card).to_bytes()]
    forms = [_streams(pdf, "/Subtype", "/Form") for pdf in pdfs]
    assert len(forms[0]) == 1
    assert forms[0] == forms[1]
    assert all("Süheda Carabin" in texts(pdf)[0] for pdf in pdfs)


def test_a_card_placed_twice_is_in_the_file_once(run: PrintRun) -> None:
    """Two places on paper share one object."""
    document, drawing = Document(run, "Titel"), Drawing(297)
    card = draw_card(run, pupil())
    for y in (60, 120):
        drawing.place(document.add_card(card), 0, y)
    document.draw_page(drawing)
    pdf = document.to_bytes()
    assert len(_streams(pdf, "/Subtype", "/Form")) == 1
    assert texts(pdf)[0].count("Süheda Carabin") == 2


@pytest.mark.parametrize("make", [cards_pdf, stickers_pdf, receipt_pdf])
def test_a_pdf_says_what_it_is(make: Any) -> None:
    """Title, Dutch as its language, its date, and that it wants to be printed at 100 %."""
    reader = pypdf.PdfReader(BytesIO(make(HAND_OUT, pupils(2))))
    assert reader.metadata is not None
    assert "lijst 12" in str(reader.metadata.title)
    assert str(reader.metadata.creation_date_raw).startswith("D:20261123")
    catalogue: Any = reader.trailer["/Root"]
    assert catalogue["/Lang"] == "nl-BE"
    assert catalogue["/ViewerPreferences"]["/PrintScaling"] == "/None"
    assert catalogue["/ViewerPreferences"]["/DisplayDocTitle"]


def test_all_fonts_are_embedded() -> None:
    """A computer without these fonts prints the same cards."""
    assert all(_font_files(stickers_pdf(HAND_OUT, [pupil()])))
