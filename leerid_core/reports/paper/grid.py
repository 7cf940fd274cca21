"""A table over as many pages as it takes, its head repeated on each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fpdf.structure_tree import StructElem

from leerid_core.files.typeface import POINT
from leerid_core.reports.paper.pages import BOTTOM, INK, LINE, SIDE, SOFT, TINT, WIDTH, Pages
from leerid_core.reports.tables import Table

_LEADING = 1.3
_PAD = 1.1
_GAP, _EDGE = 1.4, 0.7
_NUMBER = 0.123


def draw_table(
    pages: Pages, table: Table, shares: Sequence[float] = (), *, numbers: bool = True
) -> None:
    """Draw `table`; a column takes its part of the width: `shares` add up to 1.

    Without `shares`, the first column gets what is over. It is text; the others are `numbers`, at
    the right of their column, or texts as well.
    """
    others = len(table.columns) - 1
    grid = _Grid(pages, table, shares or [1 - others * _NUMBER, *([_NUMBER] * others)])
    grid.numbers = numbers
    grid.head()
    for row in table.rows:
        grid.row(row)
    pages.space(3)


@dataclass(frozen=True, slots=True)
class _Look:
    size: float
    colour: str
    bold: bool = False


_HEAD, _BODY = _Look(6.8, SOFT, bold=True), _Look(8.0, INK)


class _Grid:
    def __init__(self, pages: Pages, table: Table, shares: Sequence[float]) -> None:
        self._pages, self._table = pages, table
        self._widths = [share * WIDTH for share in shares]
        self._heads = [
            pages.lines(column, _HEAD.size, width - _GAP, bold=True)
            for column, width in zip(table.columns, self._widths, strict=True)
        ]
        self._element: StructElem | None = None
        self._even = False
        self.numbers = True

    def head(self) -> None:
        """Draw the head, and on a later page again, but then unread."""
        pages = self._pages
        tall = max(map(len, self._heads)) * _HEAD.size * POINT * _LEADING + 2 * _PAD
        if self._element is None:
            pages.room(tall + 15)
            self._element = pages.structure.group("Table", pages.page)
            row = pages.structure.group("TR", pages.page, self._element)
            self._cells(self._heads, tall, _HEAD, row)
        else:
            with pages.untagged():
                self._cells(self._heads, tall, _HEAD, None)
        pages.y += tall
        with pages.untagged():
            pages.set_draw_color(SOFT)
            pages.line(SIDE, pages.y, SIDE + WIDTH, pages.y)

    def row(self, texts: Sequence[str]) -> None:
        """Draw one row, with a new head where it begins a page."""
        pages = self._pages
        cells = [
            pages.lines(text, _BODY.size, width - _GAP)
            for text, width in zip(texts, self._widths, strict=True)
        ]
        tall = max(map(len, cells)) * _BODY.size * POINT * _LEADING + 2 * _PAD
        if pages.y + tall > BOTTOM:
            pages.room(BOTTOM)
            self.head()
        row = pages.structure.group("TR", pages.page, self._element)
        with pages.untagged():
            if self._even:
                pages.set_fill_color(TINT)
                pages.rect(SIDE, pages.y, WIDTH, tall, style="F")
            pages.set_draw_color(LINE)
            pages.line(SIDE, pages.y + tall, SIDE + WIDTH, pages.y + tall)
        self._even = not self._even
        self._cells(cells, tall, _BODY, row)
        pages.y += tall

    def _cells(
        self, cells: list[list[str]], tall: float, look: _Look, row: StructElem | None
    ) -> None:
        """Write the cells of a row; without `row`, they are not read out."""
        left = SIDE
        for at, (lines, width) in enumerate(zip(cells, self._widths, strict=True)):
            if row is None:
                self._cell(lines, (left, width, tall), look, first=at == 0)
            else:
                with self._pages.tagged("TH" if look.bold or at == 0 else "TD", row):
                    self._cell(lines, (left, width, tall), look, first=at == 0)
            left += width

    def _cell(
        self, lines: list[str], place: tuple[float, float, float], look: _Look, *, first: bool
    ) -> None:
        left, width, tall = place
        pages, high = self._pages, look.size * POINT * _LEADING
        face = pages.bold if look.bold else pages.regular
        top = pages.y + _PAD + (tall - 2 * _PAD - len(lines) * high if look.bold else 0)
        for at, line in enumerate(lines):
            x = (
                left + _EDGE
                if first or not self.numbers
                else left + width - _EDGE - face.width(line, look.size)
            )
            baseline = top + (at + 0.78) * high
            pages.write_at(x, baseline, line, look.size, look.colour, bold=look.bold)
