"""The report as a PDF: a title page, what matters, then charts, tables and definitions."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from leerid_core.reports import alternatives, charts
from leerid_core.reports.dutch import listed, percentage
from leerid_core.reports.paper.grid import draw_table
from leerid_core.reports.paper.pages import (
    BLUE,
    BOTTOM,
    INK,
    SIDE,
    SOFT,
    TINT,
    WIDTH,
    Heading,
    Pages,
)
from leerid_core.reports.report import (
    Breakdown,
    Chapter,
    Report,
    hidden_buckets,
    in_words,
    last_sign_in,
    shares,
)
from leerid_core.reports.summary import attention, summary
from leerid_core.reports.tables import Table
from leerid_core.reports.title_page import title_page
from leerid_core.reports.wording import (
    HIDDEN_NOTE,
    breakdown_table,
    figure_name,
    hand_out_table,
    hides,
)
from leerid_core.rules.figures import DEFINITIONS, Figure, Measure

if TYPE_CHECKING:
    from pandas import DataFrame

Step = Callable[[], None]

BARS_ON_A_PAGE = 28
_TILES = (Figure.ENROLLED, Figure.WITH_ACCOUNT, Figure.SIGNED_IN, Figure.NEVER_SIGNED_IN)
_SHARES_OF = {
    Figure.WITH_ACCOUNT: Figure.ENROLLED,
    Figure.SIGNED_IN: Figure.WITH_ACCOUNT,
    Figure.NEVER_SIGNED_IN: Figure.WITH_ACCOUNT,
}
_TILE, _GAP = 24.0, 4.0
_BAR = 7.1


def report_pdf(report: Report, step: Step = lambda: None) -> bytes:
    """Return the report as a PDF; `step` is called once before each chapter.

    The same report gives the same bytes.
    """
    foot = f"LeerID: {report.subject} · {report.period}"
    with Pages(report.title, report.made_by, report.made_at, foot) as pages:
        step()
        contents = title_page(pages, report)
        pages.room(BOTTOM)
        _summary(pages, report.main)
        _chapter(pages, report.main, together=report.overall is not None)
        if report.overall is not None:
            for school in report.schools:
                step()
                pages.add_page()
                pages.y = pages.t_margin
                pages.heading(school.name, 1)
                _summary(pages, school)
                _chapter(pages, school)
        _definitions(pages, report)
        contents.write(_in_contents(pages))
        return bytes(pages.output())


def _in_contents(pages: Pages) -> list[Heading]:
    """Return the parts of the report, and the sections of the first of them."""
    first = pages.headings[0].page
    after = [heading for heading in pages.headings if heading.page > first]
    parts = [at for at, heading in enumerate(after) if heading.level == 1]
    sections = parts[0] if parts else len(after)
    return [
        heading
        for at, heading in enumerate(after)
        if heading.level == 1 or (heading.level == 2 and at < sections)
    ]


def _summary(pages: Pages, chapter: Chapter) -> None:
    pages.heading("Samenvatting", 2, keep=_TILE + 20)
    _tiles(pages, chapter)
    for text in summary(chapter):
        pages.paragraph(text)
    asks = attention(chapter)
    if asks:
        pages.heading("Wat aandacht vraagt", 2)
        for text in asks:
            pages.paragraph(f"•  {text}")


def _tiles(pages: Pages, chapter: Chapter) -> None:
    """Draw the four figures that tell most."""
    pages.room(_TILE)
    width = (WIDTH - _GAP * (len(_TILES) - 1)) / len(_TILES)
    for at, figure in enumerate(_TILES):
        left = SIDE + at * (width + _GAP)
        known = chapter.totals.get(figure) is not None
        with pages.untagged():
            pages.set_fill_color(TINT)
            pages.rect(left, pages.y, width, _TILE, style="F")
        with pages.tagged("P"):
            pages.write_at(left + 3, pages.y + 6, figure_name(figure), 8, SOFT)
            size = 17 if known else 10
            shown = in_words(chapter, figure)
            pages.write_at(left + 3, pages.y + 15, shown, size, BLUE, bold=True)
            share = _share(chapter, figure)
            if share:
                pages.write_at(left + 3, pages.y + 20.5, share, 7.5, INK)
    pages.space(_TILE + 2)


def _share(chapter: Chapter, figure: Figure) -> str:
    whole = _SHARES_OF.get(figure)
    part, all_of_it = chapter.totals.get(figure), whole and chapter.totals.get(whole)
    if whole is None or part is None or not all_of_it:
        return ""
    of = "van de leerlingen" if whole is Figure.ENROLLED else "van de accounts"
    return f"{percentage(part, all_of_it)} {of}"


def _chapter(pages: Pages, chapter: Chapter, *, together: bool = False) -> None:
    """Write the charts and tables; of schools `together`, first how they compare."""
    if not chapter.totals.get(Figure.ENROLLED):
        return
    compared, *others = chapter.breakdowns
    if together:
        _breakdown(pages, compared)
    _adoption(pages, chapter, by_batch=not together)
    for breakdown in others if together else chapter.breakdowns:
        _breakdown(pages, breakdown)
    if hides([one.frame for one in chapter.breakdowns]):
        pages.paragraph(HIDDEN_NOTE, 8, SOFT)
    last = last_sign_in(chapter.totals)
    if last["pupils"].sum():
        _chart(pages, "Laatste aanmelding", charts.last_sign_in, alternatives.last_sign_in, last)
    if hidden := hidden_buckets(chapter.totals):
        pages.paragraph(f"Niet getoond: {listed(hidden)}.", 8, SOFT)
    _sign_ins(pages, chapter)


def _adoption(pages: Pages, chapter: Chapter, *, by_batch: bool) -> None:
    if chapter.adoption.empty:
        return
    _chart(
        pages,
        "Aanmelden na het uitdelen",
        charts.adoption,
        alternatives.adoption,
        chapter.adoption,
        Measure.ADOPTION_CURVE,
    )
    if not by_batch:
        return
    if chapter.batches["series"].nunique() > 1:
        _chart(
            pages,
            "Afdruklijsten vergeleken",
            charts.adoption,
            alternatives.adoption,
            chapter.batches,
        )
    if not chapter.hand_outs.empty:
        pages.heading("Per afdruklijst", 3)
        draw_table(pages, hand_out_table(chapter.hand_outs))
        pages.paragraph(DEFINITIONS[Measure.ADOPTION].text, 8, SOFT)


def _breakdown(pages: Pages, breakdown: Breakdown) -> None:
    """Write a breakdown: bars where there are several to compare, and the table."""
    table, ordered = breakdown_table(breakdown), charts.by_share(shares(breakdown))
    several = len(ordered) > 1
    tall = min(len(ordered), BARS_ON_A_PAGE) * _BAR + 12 if several else 30.0
    pages.heading(breakdown.title, 2, keep=tall)
    if several:
        for first in range(0, len(ordered), BARS_ON_A_PAGE):
            some = ordered.iloc[first : first + BARS_ON_A_PAGE]
            pages.picture(charts.groups(some, "print"), alternatives.groups(some))
        pages.paragraph(f"{figure_name(Measure.SHARE)}: {DEFINITIONS[Measure.SHARE].text}", 8, SOFT)
    draw_table(pages, table)


def _sign_ins(pages: Pages, chapter: Chapter) -> None:
    if not chapter.sign_ins:
        return
    day, hour, used = chapter.per_day, chapter.per_hour, chapter.per_application
    _chart(
        pages,
        "Aanmeldingen in de tijd",
        charts.per_day,
        alternatives.per_day,
        day,
        Measure.SIGN_INS,
    )
    _chart(pages, "Aanmeldingen per weekdag en uur", charts.heat_map, alternatives.heat_map, hour)
    _chart(
        pages, "Aanmeldingen per toepassing", charts.applications, alternatives.applications, used
    )


def _chart(
    pages: Pages,
    title: str,
    draw: Callable[[DataFrame, str], bytes],
    tell: Callable[[DataFrame], str],
    frame: DataFrame,
    figure: Figure | Measure | None = None,
) -> None:
    """Write a chart with its title, its words and what it counts, all on one page."""
    svg, words = draw(frame, "print"), tell(frame)
    counts = f"{figure_name(figure)}: {DEFINITIONS[figure].text}" if figure is not None else ""
    below = pages.height_of_text(words, 8.5) + pages.height_of_text(counts, 8)
    pages.heading(title, 2, keep=pages.height_of(svg) + below + 6)
    pages.picture(svg, words)
    pages.paragraph(words, 8.5)
    if counts:
        pages.paragraph(counts, 8, SOFT)


def _definitions(pages: Pages, report: Report) -> None:
    pages.heading("Wat de cijfers tellen", 1 if report.overall else 2, keep=200)
    rows = tuple((one.name, one.text) for one in DEFINITIONS.values())
    draw_table(pages, Table(("Cijfer", "Wat het telt"), rows), (0.3, 0.7), numbers=False)
