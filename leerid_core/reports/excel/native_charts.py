"""Charts that Excel draws itself, from the table beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from leerid_core.reports.excel.books import HEAD_ROW, SHARE

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

BLUE, GREY = "0B57A8", "A9B6C5"
MOST_BARS = 80
"""More bars than this cannot be read in one chart."""
_BESIDE = 8
"""A table of more columns has its chart below it."""


def add_bars(
    page: Worksheet, title: str, rows: int, columns: tuple[int, ...], *, lying: bool = False
) -> None:
    """Add bars over the first `rows` of the table, stacked where there are several `columns`."""
    from openpyxl.chart import BarChart

    chart = BarChart()
    chart.type = "bar" if lying else "col"
    chart.gapWidth = 40
    if len(columns) > 1:
        chart.grouping, chart.overlap = "stacked", 100
    for column, colour in zip(columns, (BLUE, GREY, "E0A030", "FFFFFF"), strict=False):
        chart.add_data(_column(page, column, rows), titles_from_data=True)
        series = chart.series[-1]
        series.graphicalProperties.solidFill = colour
        series.graphicalProperties.line.solidFill = "17202C"
    if lying:
        chart.y_axis.scaling.min = 0
        chart.x_axis.scaling.orientation = "maxMin"
        chart.height = max(7.5, 1.8 + 0.55 * rows)
    _finish(page, chart, title, rows, legend=len(columns) > 1)


def add_lines(page: Worksheet, title: str, rows: int, columns: int, across: str) -> None:
    """Add a line for each of the `columns` after the first, which is told by `across`."""
    from openpyxl.chart import LineChart

    chart = LineChart()
    for column in range(2, columns + 2):
        chart.add_data(_column(page, column, rows), titles_from_data=True)
        chart.series[-1].smooth = False
    if columns == 1:
        chart.series[0].graphicalProperties.line.solidFill = BLUE
    chart.y_axis.scaling.min, chart.y_axis.scaling.max = 0, 1
    chart.y_axis.number_format = SHARE
    chart.x_axis.title = across
    _finish(page, chart, title, rows, legend=columns > 1)


def _column(page: Worksheet, column: int, rows: int) -> Any:
    from openpyxl.chart import Reference

    return Reference(page, min_col=column, min_row=HEAD_ROW, max_row=HEAD_ROW + rows)


def _finish(page: Worksheet, chart: Any, title: str, rows: int, *, legend: bool) -> None:
    from openpyxl.chart import Reference

    names = Reference(page, min_col=1, min_row=HEAD_ROW + 1, max_row=HEAD_ROW + rows)
    chart.set_categories(names)
    chart.title, chart.width = title, 22
    if not legend:
        chart.legend = None
    # openpyxl leaves the axes out unless it is said that they are there.
    chart.x_axis.delete = chart.y_axis.delete = False
    page.add_chart(chart, _place(page, rows))


def _place(page: Worksheet, rows: int) -> str:
    """Return where a chart goes: beside its table, or below one that fills the page by itself.

    Not below the first column, which is printed again on every page.
    """
    from openpyxl.utils import get_column_letter

    if page.max_column > _BESIDE:
        return f"B{HEAD_ROW + rows + 3}"
    return f"{get_column_letter(page.max_column + 2)}{HEAD_ROW}"
