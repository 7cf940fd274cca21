"""The report as an Excel file: a sheet with a table for each kind of figures, and native charts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from leerid_core.reports.charts.heat_map import WEEKDAYS, by_weekday
from leerid_core.reports.excel.books import (
    COUNT,
    DAY,
    HEAD_ROW,
    LINE,
    SHARE,
    Sheet,
    add_sheet,
    new_book,
    to_bytes,
    write_below,
)
from leerid_core.reports.excel.native_charts import MOST_BARS, add_bars, add_lines
from leerid_core.reports.report import Breakdown, Report, in_words, last_sign_in, shares
from leerid_core.reports.summary import attention, summary
from leerid_core.reports.wording import HIDDEN, HIDDEN_NOTE, counted_days, figure_name, known
from leerid_core.rules.figures import DEFINITIONS, Figure, Measure

if TYPE_CHECKING:
    from openpyxl import Workbook
    from pandas import DataFrame

SCHOOL = "Instelling"
_WHOLE = (
    Figure.SIGNED_IN,
    Figure.NEVER_SIGNED_IN,
    Figure.TOO_NEW,
    Figure.WITHOUT_ACCOUNT,
)
"""Together they are everybody who is enrolled."""
_SHOWN = (Figure.ENROLLED, *_WHOLE, *(figure for figure in Figure if figure not in _WHOLE))
_FIGURES = tuple(dict.fromkeys(_SHOWN))
_FIRST = 1 + len(_WHOLE)
"""So many figures stand first, then the share and the sign-ins: they are printed on one page."""


def report_workbook(report: Report, step: Callable[[], None] = lambda: None) -> bytes:
    """Return the report as an .xlsx; `step` is called once, before it is begun.

    The same report gives the same bytes.
    """
    step()
    book = new_book(report.title, report.made_by, report.made_at)
    _add_summary(book, report)
    for title in _titles(report):
        _add_breakdown(book, report, title)
    _add_last_sign_in(book, report)
    _add_adoption(book, report)
    _add_hand_outs(book, report)
    _add_sign_ins(book, report)
    _add_definitions(book)
    return to_bytes(book, report.made_at.date())


def _add_summary(book: Workbook, report: Report) -> None:
    """Add the first sheet: every figure, and below it the summary in words."""
    chapter = report.main
    counts = [(one, chapter.totals[one]) for one in _FIGURES]
    rows = [
        (figure_name(one), in_words(chapter, one) if count is None else count)
        for one, count in counts
    ]
    about = f"{report.period}. {report.made}. {report.narrowed}".strip()
    sheet = Sheet("Overzicht", report.title, about, ("Cijfer", "Aantal"), rows, (None, COUNT))
    write_below(add_sheet(book, sheet), [*summary(chapter), *attention(chapter)])


def _titles(report: Report) -> list[str]:
    chapters = [report.main, *report.schools]
    return list(dict.fromkeys(one.title for chapter in chapters for one in chapter.breakdowns))


def _add_breakdown(book: Workbook, report: Report, title: str) -> None:
    """Add a sheet with one kind of breakdown, of all schools that have it."""
    several = report.overall is not None and title != report.overall.breakdowns[0].title
    found = [
        (chapter, one)
        for chapter in (report.schools if several else (report.main,))
        for one in chapter.breakdowns
        if one.title == title
    ]
    signed = any(Measure.SIGN_INS.value in one.frame for _, one in found)
    first: list[Measure] = [Measure.SHARE, *([Measure.SIGN_INS] if signed else [])]
    measures: list[Figure | Measure] = [*_FIGURES[:_FIRST], *first, *_FIGURES[_FIRST:]]
    rows = [
        (
            *((row.name, chapter.name) if several else (row.name,)),
            *(
                _ratio(part, whole)
                if measure is Measure.SHARE
                else _count(getattr(row, measure.value, None))
                for measure in measures
            ),
        )
        for chapter, one in found
        for row, part, whole in _with_shares(one)
    ]
    heads = list(map(figure_name, measures))
    keys = [found[0][1].head, *([SCHOOL] if several else [])]
    shown = (SHARE if measure is Measure.SHARE else COUNT for measure in measures)
    formats = [*([None] * len(keys)), *shown]
    note = f"{report.period}. {HIDDEN_NOTE}"
    sheet = Sheet(title, f"{title}: {report.subject}", note, [*keys, *heads], rows, formats)
    page = add_sheet(book, sheet)
    if 1 < len(rows) <= MOST_BARS:
        start = len(keys) + 1 + measures.index(_WHOLE[0])
        add_bars(page, title, len(rows), tuple(range(start, start + len(_WHOLE))), lying=True)


def _add_last_sign_in(book: Workbook, report: Report) -> None:
    frame = last_sign_in(report.main.totals)
    rows = [(str(text), int(count)) for text, count in frame.itertuples(index=False)]
    _add_pairs(book, report, "Laatste aanmelding", ("Laatste aanmelding", "Leerlingen"), rows)


def _add_adoption(book: Workbook, report: Report) -> None:
    """Add the share that signed in by day since the hand-out, a column for each chapter."""
    curves = [
        (chapter.name, {int(row.days): known(row.share) for row in chapter.adoption.itertuples()})
        for chapter in dict.fromkeys([report.main, *report.schools])
    ]
    days = sorted({day for _, curve in curves for day in curve})
    names = ["Alle afdruklijsten" if len(curves) == 1 else name for name, _ in curves]
    sheet = Sheet(
        "Na het uitdelen",
        f"{figure_name(Measure.ADOPTION_CURVE)}: {report.subject}",
        DEFINITIONS[Measure.ADOPTION_CURVE].text,
        ("Dagen", *names),
        [(day, *(_share(curve.get(day)) for _, curve in curves)) for day in days],
        (None, *([SHARE] * len(names))),
    )
    page = add_sheet(book, sheet)
    if days:
        add_lines(page, "Aangemeld sinds het uitdelen", len(days), min(len(names), 12), "Dagen")


def _add_hand_outs(book: Workbook, report: Report) -> None:
    several = report.overall is not None
    rows: list[Sequence[Any]] = []
    within: list[str] = []
    for chapter in report.schools:
        within = [name for name in chapter.hand_outs if name.startswith("within_")]
        for row in chapter.hand_outs.to_dict("records"):
            keys = (row["name"], *([chapter.name] if several else []), row["kind"])
            rows.append((*keys, int(row["pupils"]), *(_share(row[name]) for name in within)))
    keyed = ("Afdruklijst", *([SCHOOL] if several else []), "Soort")
    sheet = Sheet(
        "Afdruklijsten",
        f"{figure_name(Measure.ADOPTION)}: {report.subject}",
        DEFINITIONS[Measure.ADOPTION].text,
        (*keyed, "Leerlingen", *(f"Binnen {counted_days(name)}" for name in within)),
        rows,
        (*([None] * len(keyed)), COUNT, *([SHARE] * len(within))),
    )
    add_sheet(book, sheet)


def _add_sign_ins(book: Workbook, report: Report) -> None:
    """Add the sign-ins by day, by hour and by application."""
    chapter, counted = report.main, figure_name(Measure.SIGN_INS)
    days = [
        (date(day.year, day.month, day.day), int(count))
        for day, count in _pairs(chapter.per_day, "day")
    ]
    _add_pairs(book, report, "Per dag", ("Dag", counted), days)
    _add_hours(book, report, chapter.per_hour)
    used = [
        (str(name), int(count)) for name, count in _pairs(chapter.per_application, "application")
    ]
    _add_pairs(book, report, "Per toepassing", ("Toepassing", counted), used)


def _add_hours(book: Workbook, report: Report, frame: DataFrame) -> None:
    from openpyxl.formatting.rule import ColorScaleRule

    counts = by_weekday(frame)
    known_hours = len(frame) > 0
    rows = [(f"{hour} - {hour + 1} uur", *(row[hour] for row in counts)) for hour in range(24)]
    sheet = Sheet(
        "Weekdag en uur",
        f"Aanmeldingen per weekdag en uur: {report.subject}",
        report.period,
        ("Uur", *(day.capitalize() for day in WEEKDAYS)),
        rows if known_hours else [],
        (None, *([COUNT] * 7)),
    )
    page = add_sheet(book, sheet)
    if known_hours:
        scale = ColorScaleRule("min", None, "FFFFFF", "max", None, "2F78BF")
        page.conditional_formatting.add(f"B{HEAD_ROW + 1}:H{HEAD_ROW + 24}", scale)


def _add_pairs(
    book: Workbook,
    report: Report,
    name: str,
    columns: tuple[str, str],
    rows: Sequence[tuple[Any, int]],
) -> None:
    """Add a sheet with one number a row, and bars of it."""
    days = name == "Per dag"
    form = DAY if days else None
    title = f"{columns[1]}, {name[:1].lower()}{name[1:]}: {report.subject}"
    page = add_sheet(book, Sheet(name, title, report.period, columns, rows, (form, COUNT)))
    if rows:
        add_bars(page, name, len(rows), (2,), lying=not days)


def _add_definitions(book: Workbook) -> None:
    from openpyxl.styles import Alignment

    rows = [(one.name, one.text) for one in DEFINITIONS.values()]
    columns = ("Cijfer", "Wat het telt")
    page = add_sheet(
        book, Sheet("Definities", "Wat de cijfers tellen", "", columns, rows, (None, None))
    )
    page.column_dimensions["B"].width = 110
    for at, (_, text) in enumerate(rows, start=HEAD_ROW + 1):
        page.row_dimensions[at].height = LINE * len(wrap(text, 110))
        for cell in page[at]:
            cell.alignment = Alignment(wrap_text=True, vertical="top")


def _pairs(frame: DataFrame, key: str) -> Iterator[tuple[Any, Any]]:
    yield from zip(frame[key], frame["sign_ins"], strict=True)


def _count(value: Any) -> int | str:
    return HIDDEN if known(value) is None else int(value)


def _with_shares(breakdown: Breakdown) -> Iterator[tuple[Any, Any, Any]]:
    counted = shares(breakdown)
    yield from zip(breakdown.frame.itertuples(), counted["part"], counted["whole"], strict=True)


def _ratio(part: Any, whole: Any) -> float | str | None:
    if known(whole) is None:
        return HIDDEN
    return int(part) / int(whole) if whole else None


def _share(value: Any) -> float | None:
    return None if known(value) is None else float(value)
