"""Sign-ins day after day; in weeks where a period is long."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from leerid_core.reports.charts.canvas import SMALL, nothing, svg
from leerid_core.reports.charts.ground import Ground
from leerid_core.reports.dutch import number

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from pandas import DataFrame

MOST_DAYS = 124
"""A longer period is shown in weeks: thinner bars cannot be read."""

_MOST_TICKS = 9
_MONTHS = ["jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"]


def per_day(frame: DataFrame, ground: str = "light") -> bytes:
    """Return a bar for each day, or each week from Monday on, of `frame` as an SVG.

    `frame` has `day` (dates) and `sign_ins`; a day without a row is a day without sign-ins.
    """
    starts, counts, step = in_steps(frame)
    if not any(counts):
        return nothing(ground)

    def paint(axes: Axes, colours: Ground) -> None:
        from matplotlib.ticker import MaxNLocator

        places = [start.toordinal() for start in starts]
        axes.bar(places, counts, 0.85 * step, align="edge", color=colours.strong)
        axes.axhline(0, color=colours.soft, linewidth=0.8)
        axes.set_xlim(places[0] - 0.5, places[-1] + step + 0.5)
        ticks = _ticks(starts)
        axes.set_xticks([one.toordinal() for one in ticks], [_short_date(one) for one in ticks])
        axes.tick_params(axis="x", pad=6)  # clear of the zero
        axes.set_ylim(0, max(counts) * 1.08)
        axes.yaxis.set_major_locator(MaxNLocator(4, integer=True))
        axes.yaxis.set_major_formatter(lambda value, _: number(value))
        axes.grid(axis="y", color=colours.line, linewidth=0.6)
        axes.set_axisbelow(True)
        unit = "Aanmeldingen per week" if step == 7 else "Aanmeldingen per dag"
        axes.set_ylabel(unit, color=colours.soft, fontsize=SMALL)

    return svg(2.3, (0.75, 0.2, 0.1, 0.35), ground, paint)


def in_steps(frame: DataFrame) -> tuple[list[date], list[int], int]:
    """Return the first day of every bar, its number, and how many days it stands for."""
    found: dict[date, int] = {}
    for day, count in zip(frame["day"], frame["sign_ins"], strict=True):
        plain = date(day.year, day.month, day.day)
        found[plain] = found.get(plain, 0) + int(count)
    if not found:
        return [], [], 1
    first, last = min(found), max(found)
    step = 1 if (last - first).days < MOST_DAYS else 7
    if step == 7:
        first -= timedelta(days=first.weekday())
    starts = [first + timedelta(days=at) for at in range(0, (last - first).days + 1, step)]
    days = [[start + timedelta(days=at) for at in range(step)] for start in starts]
    return starts, [sum(found.get(day, 0) for day in one) for one in days], step


def _ticks(starts: list[date]) -> list[date]:
    """Return the days that are named: all when few, else Mondays, else first days of months."""
    mondays = [day for day in starts if day.weekday() == 0]
    first, last = starts[0], starts[-1]
    months = [
        date(year, month, 1)
        for year in range(first.year, last.year + 1)
        for month in range(1, 13)
        if first <= date(year, month, 1) <= last
    ]
    for chosen in (starts, mondays):
        if 0 < len(chosen) <= _MOST_TICKS:
            return chosen
    return months[:: len(months) // _MOST_TICKS + 1] or mondays[:: len(mondays) // _MOST_TICKS + 1]


def _short_date(day: date) -> str:
    """Return "24 nov", with the year on the first of January."""
    text = f"{day.day} {_MONTHS[day.month - 1]}"
    return f"{text} {day.year}" if (day.month, day.day) == (1, 1) else text
