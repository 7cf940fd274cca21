"""The table of contents: room is kept for it, and it is written once all pages are there."""

from __future__ import annotations

from collections.abc import Sequence

from leerid_core.reports.paper.pages import (
    BOTTOM,
    INK,
    LINE,
    SIDE,
    SOFT,
    TOP,
    WIDTH,
    Heading,
    Pages,
)

_ROW, _SIZE = 5.9, 9.5
_NUMBER = 12.0


class Contents:
    """Where the contents come: from here on, on as many pages as so many lines take."""

    def __init__(self, pages: Pages, lines: int) -> None:
        self._pages = pages
        pages.heading("Inhoud", 2, keep=_ROW * 4, outline=False)
        self._element = pages.structure.group("TOC", pages.page)
        self._rows: list[tuple[int, float]] = []
        while len(self._rows) < lines:
            if pages.y + _ROW > BOTTOM:
                pages.add_page()
                pages.y = TOP
            self._rows.append((pages.page, pages.y))
            pages.y += _ROW

    def write(self, headings: Sequence[Heading]) -> None:
        """Write a line for each heading, with its page; a click on it leads there."""
        pages = self._pages
        with pages.gone_back():
            for heading, (page, top) in zip(headings, self._rows, strict=False):
                pages.turn_to(page)
                self._line(heading, top)

    def _line(self, heading: Heading, top: float) -> None:
        pages, number = self._pages, str(heading.page)
        baseline = top + _ROW * 0.68
        text = pages.cut(heading.text, _SIZE, WIDTH - _NUMBER)
        item = pages.structure.group("TOCI", pages.page, self._element)
        with pages.tagged("Reference", item):
            pages.write_at(SIDE, baseline, text, _SIZE, INK)
            left = SIDE + WIDTH - pages.regular.width(number, _SIZE)
            pages.write_at(left, baseline, number, _SIZE, SOFT)
        with pages.untagged():
            pages.set_draw_color(LINE)
            pages.line(SIDE, top + _ROW, SIDE + WIDTH, top + _ROW)
        target = pages.add_link(y=heading.top, page=heading.page)
        pages.link(SIDE, top, WIDTH, _ROW, target, contents=f"{heading.text}, pagina {number}")
