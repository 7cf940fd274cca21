"""The first page of a report: what it is about, one figure that matters, and what is in it."""

from __future__ import annotations

from leerid_core.reports.dutch import NO_BREAK, percentage
from leerid_core.reports.paper.contents import Contents
from leerid_core.reports.paper.pages import BLUE, INK, LINE, SIDE, SOFT, TINT, WIDTH, Pages
from leerid_core.reports.report import Report
from leerid_core.reports.summary import Headline, headline

_SECTIONS = 15
"""The most headings that the contents have of one school, or of several together."""
_NAMED = 8
_FIGURE, _BAR = 46.0, 7.0


def title_page(pages: Pages, report: Report) -> Contents:
    """Write the first page, but for the contents: those are returned, to be written in the end."""
    pages.room(100)
    with pages.untagged():
        pages.set_fill_color(BLUE)
        pages.rect(SIDE, pages.y, WIDTH, 1.6, style="F")
    pages.space(9)
    with pages.tagged("P"):
        pages.write_at(SIDE, pages.y, "LeerID Schoolloket", 9, SOFT)
    pages.space(10)
    pages.heading("Gebruiksstatistieken LeerID", 1, size=25)
    pages.heading(report.subject, 2, outline=False, size=15)
    _about(pages, report)
    pages.space(9)
    _draw(pages, headline(report.main))
    pages.space(8)
    schools = len(report.schools) if report.overall else 0
    return Contents(pages, _SECTIONS + schools)


def _about(pages: Pages, report: Report) -> None:
    if report.overall is not None:
        names = [school.name for school in report.schools]
        left = len(names) - _NAMED
        more = [f"en nog {left} andere"] if left > 0 else []
        pages.paragraph(" · ".join([*names[:_NAMED], *more]), 9, SOFT)
    pages.paragraph(f"Van {report.period}", 11)
    if report.narrowed:
        pages.paragraph(report.narrowed, 11)
    pages.paragraph(report.made, 9, SOFT)


def _draw(pages: Pages, told: Headline) -> None:
    """Draw the figure in big type with its bar, or say why there is none."""
    if told.share is None:
        pages.paragraph(told.words, 15, BLUE)
        return
    figure = percentage(told.share).replace(NO_BREAK, " ")
    wide = pages.bold.width(figure, _FIGURE)
    with pages.tagged("P"):
        pages.write_at(SIDE, pages.y + 14, figure, _FIGURE, BLUE, bold=True)
        pages.write_at(SIDE + wide + 6, pages.y + 7.5, told.words, 11, INK)
        pages.write_at(SIDE + wide + 6, pages.y + 13.6, told.counted, 9, SOFT)
    pages.space(20)
    with pages.untagged():
        pages.set_fill_color(TINT)
        pages.set_draw_color(LINE)
        pages.rect(SIDE, pages.y, WIDTH, _BAR, style="DF")
        pages.set_fill_color(BLUE)
        pages.rect(SIDE, pages.y, WIDTH * told.share, _BAR, style="F")
    pages.space(_BAR)
