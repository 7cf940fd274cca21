"""A4 pages in Dutch, written from top to bottom; every text is tagged, every picture described."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import cast

from fpdf import FPDF
from fpdf.fonts import TTFFont
from fpdf.prefs import ViewerPreferences
from fpdf.structure_tree import StructElem

from leerid_core.files.typeface import FONTS, POINT, Face, printable
from leerid_core.files.wrapping import wrap
from leerid_core.reports.dutch import NO_BREAK
from leerid_core.reports.paper.tags import Structure

FAMILY = "DejaVu Sans"
"""The name under which the charts' texts ask for the typeface, too."""

INK, SOFT, BLUE, LINE, TINT = "#17202c", "#4d5b6c", "#0b57a8", "#d3dae3", "#f3f5f9"
SIDE, TOP, BOTTOM = 14.0, 18.0, 276.0
WIDTH = 210.0 - 2 * SIDE
_FOOT = 285.0
_SIZES = {1: 17.0, 2: 12.5, 3: 10.0}
_LEADING = 1.42


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the outline, and where it stands."""

    text: str
    level: int
    page: int
    top: float


class Pages(FPDF):
    """The pages of one document; `foot` stands at the bottom of each."""

    def __init__(self, title: str, author: str, made_at: datetime, foot: str) -> None:
        super().__init__(format="A4")
        for style, name in (("", "DejaVuSans"), ("B", "DejaVuSans-Bold")):
            self.add_font(FAMILY, style, FONTS / f"{name}.ttf")
        self.regular, self.bold = (Face(cast(TTFFont, font)) for font in self.fonts.values())
        self.headings: list[Heading] = []
        self.structure = Structure()
        self.struct_builder = self.structure
        self.set_auto_page_break(False)
        self.set_margins(SIDE, TOP, SIDE)
        self.set_title(title)
        self.set_author(author)
        self.set_creator("LeerID Schoolloket")
        self.set_lang("nl-BE")
        self.creation_date = made_at
        self.viewer_preferences = ViewerPreferences(display_doc_title=True)
        self._foot = foot

    def __enter__(self) -> Pages:
        return self

    def __exit__(self, *exception: object) -> None:
        for font in self.fonts.values():
            cast(TTFFont, font).close()

    def footer(self) -> None:
        """Write the bottom line of a page, which is no part of what is read out."""
        with self.untagged():
            self.set_draw_color(LINE)
            self.line(SIDE, _FOOT - 4.5, SIDE + WIDTH, _FOOT - 4.5)
            self.write_at(SIDE, _FOOT, self.cut(self._foot, 7.5, WIDTH - 35), 7.5, SOFT)
            self.set_xy(SIDE + WIDTH - 35, _FOOT - 2.6)
            self.cell(35, 3.5, f"Pagina {self.page} van {{nb}}", align="R")  # {nb}: by fpdf2

    def room(self, height: float) -> None:
        """Begin a new page unless so many millimetres are left on this one."""
        if not self.page or self.y + height > BOTTOM:
            self.add_page()
            self.y = TOP

    @contextmanager
    def gone_back(self) -> Iterator[None]:
        """Let what is in the `with` write on pages that were left, and go on where this one was."""
        here = self.page, self.y
        yield
        self.turn_to(here[0])
        self.y = here[1]

    def turn_to(self, page: int) -> None:
        """Write on a page that is there; its letters are those that are set from now on."""
        self.page = page
        self.current_font_is_set_on_page = False

    def space(self, height: float) -> None:
        """Leave so many millimetres free."""
        self.y += height

    def heading(
        self,
        text: str,
        level: int,
        *,
        keep: float = 30.0,
        outline: bool = True,
        size: float | None = None,
    ) -> None:
        """Write a heading of level 1 to 3, on the same page as the `keep` mm that follow it."""
        size = size or _SIZES[level]
        lines = self.lines(text, size, WIDTH, bold=True)
        height = len(lines) * size * POINT * _LEADING
        before = {1: 8.0, 2: 5.0, 3: 3.0}[level]
        self.room(before + height + keep)
        self.y += before if self.y > TOP else 0
        if outline:
            self.headings.append(Heading(text, level, self.page, self.y))
            self.start_section(text, level - 1, strict=False)
        with self.tagged(f"H{level}"):
            self._write_lines(lines, size, BLUE if level < 3 else INK, bold=True)
        self.y += 1.2

    def paragraph(self, text: str, size: float = 9.5, colour: str = INK) -> None:
        """Write running text, on the next page where this one ends."""
        lines = self.lines(text, size, WIDTH)
        while lines:
            self.room(min(len(lines), 2) * size * POINT * _LEADING)
            fitting = max(int((BOTTOM - self.y) / (size * POINT * _LEADING)), 1)
            with self.tagged("P"):
                self._write_lines(lines[:fitting], size, colour)
            lines = lines[fitting:]
        self.y += 1.6

    def picture(self, svg: bytes, alternative: str) -> None:
        """Place a chart over the whole width, with the words for who cannot see it."""
        tall = self.height_of(svg)
        self.room(tall)
        self.image(BytesIO(svg), x=SIDE, y=self.y, w=WIDTH, alt_text=alternative)
        self.y += tall + 1.5

    def height_of(self, svg: bytes) -> float:
        """Return how high a chart is on the page."""
        _, _, width, height = (float(part) for part in _view_box(svg))
        return WIDTH * height / width

    def height_of_text(self, text: str, size: float) -> float:
        """Return how high a paragraph is on the page."""
        return len(self.lines(text, size, WIDTH)) * size * POINT * _LEADING

    def write_at(
        self, x: float, baseline: float, text: str, size: float, colour: str, *, bold: bool = False
    ) -> None:
        """Write `text` on one line, as it is."""
        self.set_font(FAMILY, "B" if bold else "", size)
        self.set_text_color(colour)
        self.text(x, baseline, text)

    def lines(self, text: str, size: float, width: float, *, bold: bool = False) -> list[str]:
        """Return `text` in letters that print, as lines that fit: between words where it can."""
        face = self.bold if bold else self.regular
        lines: list[str] = []
        for word in _words(text, face):
            longer = f"{lines[-1]} {word}" if lines else word
            if lines and face.width(longer, size) <= width:
                lines[-1] = longer
            else:
                lines += wrap(word, face, size, width)
        return lines or [""]

    def cut(self, text: str, size: float, width: float) -> str:
        """Return as much of `text` as fits on one line."""
        lines = self.lines(text, size, width)
        return lines[0] if len(lines) == 1 else f"{lines[0][:-2].rstrip()}…"

    @contextmanager
    def tagged(self, kind: str, parent: StructElem | None = None) -> Iterator[None]:
        """Tag what is written in the `with`."""
        mcid = self.structure.mark(kind, self.page, parent)
        self.pages[self.page].struct_parents = self.structure.spid_per_page_number[self.page]
        self._out(f"/{kind} <</MCID {mcid}>> BDC")
        yield
        self._out("EMC")

    @contextmanager
    def untagged(self) -> Iterator[None]:
        """Say that what is written in the `with` is no part of the text."""
        self._out("/Artifact BMC")
        yield
        self._out("EMC")

    def _write_lines(
        self, lines: list[str], size: float, colour: str, *, bold: bool = False
    ) -> None:
        for line in lines:
            self.y += size * POINT * _LEADING
            self.write_at(SIDE, self.y - size * POINT * 0.35, line, size, colour, bold=bold)


def _words(text: str, face: Face) -> list[str]:
    """Return the words of `text`; "45 %" is one."""
    parts = [printable(part, face) for part in text.split(NO_BREAK)]
    return NO_BREAK.join(parts).split(" ")


def _view_box(svg: bytes) -> list[str]:
    start = svg.index(b'viewBox="') + len(b'viewBox="')
    return svg[start : svg.index(b'"', start)].decode().split()
