"""The report as one CSV, for who calculates further: a line for each part of each breakdown."""

from __future__ import annotations

import csv
from io import StringIO
from typing import Any

from leerid_core.reports.report import Chapter, Report
from leerid_core.reports.wording import figure_name, known
from leerid_core.rules.figures import Figure, Measure

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
ALL = "Alles"
_MEASURES = (*Figure, Measure.SIGN_INS)
COLUMNS = (
    "Instelling",
    "Van",
    "Tot en met",
    "Uitsplitsing",
    "Deel",
    *(figure_name(one) for one in _MEASURES),
)


def report_csv(report: Report) -> bytes:
    """Return what a Dutch Excel opens: UTF-8 with its mark, semicolons, days as 2026-11-24.

    A text that a spreadsheet would take for a formula gets a quote. A number that may not be shown
    is empty.
    """
    target = StringIO()
    writer = csv.writer(target, delimiter=";", lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for chapter in dict.fromkeys([report.main, *report.schools]):
        for line in _lines(chapter):
            texts = [chapter.name, report.first, report.last, *line]
            writer.writerow([_cell(text) for text in texts])
    return target.getvalue().encode("utf-8-sig")


def _lines(chapter: Chapter) -> list[list[Any]]:
    totals = [*(chapter.totals[figure] for figure in Figure), chapter.sign_ins]
    lines: list[list[Any]] = [[ALL, ALL, *totals]]
    for breakdown in chapter.breakdowns:
        for row in breakdown.frame.to_dict("records"):
            counts = [row.get(one.value) for one in _MEASURES]
            lines.append([breakdown.head, row["name"], *counts])
    return lines


def _cell(value: Any) -> str:
    text = "" if known(value) is None else str(value)
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text
