"""When pupils sign in: weekday by hour."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leerid_core.reports.charts.canvas import SMALL, nothing, svg
from leerid_core.reports.charts.ground import Ground
from leerid_core.reports.dutch import number

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from pandas import DataFrame

WEEKDAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
_SCHOOL_HOURS = (7, 18)
_NUMBER_SIZE = 6.0


def heat_map(frame: DataFrame, ground: str = "light") -> bytes:
    """Return a field for every weekday and hour as an SVG, its number in it.

    `frame` has `weekday` (0 is Monday), `hour` (0 to 23, as in the schools) and `sign_ins`; what
    has no row is nothing. Hours at either end of the day in which nobody signs in are left out.
    """
    counts = by_weekday(frame)
    if not any(map(any, counts)):
        return nothing(ground)
    first, last = hours_used(counts)

    def paint(axes: Axes, colours: Ground) -> None:
        from matplotlib.colors import LinearSegmentedColormap

        fields = [row[first : last + 1] for row in counts]
        most = max(map(max, fields))
        ramp = LinearSegmentedColormap.from_list("", colours.ramp)
        mesh = axes.pcolormesh(
            fields, cmap=ramp, vmin=0, vmax=most, edgecolors=colours.line, linewidth=0.6
        )
        mesh.set_rasterized(False)
        axes.set_ylim(7, 0)
        axes.set_yticks([day + 0.5 for day in range(7)], WEEKDAYS)
        hours = range(first, last + 1)
        axes.set_xticks([hour - first + 0.5 for hour in hours], [f"{hour}" for hour in hours])
        axes.xaxis.tick_top()
        axes.xaxis.set_label_position("top")
        axes.set_xlabel("Uur van de dag", color=colours.soft, fontsize=SMALL)
        for day, row in enumerate(fields):
            for hour, count in enumerate(row):
                if count:
                    _write(axes, colours, hour, day, count, ramp(count / most))

    return svg(2.5, (0.85, 0.1, 0.5, 0.1), ground, paint)


def _write(
    axes: Axes, colours: Ground, hour: int, day: int, count: int, field: tuple[float, ...]
) -> None:
    """Write the number of a field in ink or in paper, whichever stands out."""
    from matplotlib.colors import to_rgb

    pair = (colours.ink, colours.paper)
    colour = max(pair, key=lambda one: abs(_lightness(to_rgb(one)) - _lightness(field)))
    axes.text(
        hour + 0.5,
        day + 0.5,
        _short(count),
        ha="center",
        va="center",
        fontsize=_NUMBER_SIZE,
        color=colour,
    )


def _lightness(colour: tuple[float, ...]) -> float:
    red, green, blue = colour[:3]
    return 0.299 * red + 0.587 * green + 0.114 * blue


def _short(count: int) -> str:
    if count < 1000:
        return str(count)
    if count < 999_500:
        return f"{number(count / 1000, 1 if count < 9950 else 0)}k"
    return f"{number(count / 1_000_000, 1)}M"


def by_weekday(frame: DataFrame) -> list[list[int]]:
    """Return seven rows, Monday first, of 24 numbers."""
    counts = [[0] * 24 for _ in range(7)]
    for weekday, hour, count in zip(
        frame["weekday"], frame["hour"], frame["sign_ins"], strict=True
    ):
        counts[int(weekday)][int(hour)] += int(count)
    return counts


def hours_used(counts: list[list[int]]) -> tuple[int, int]:
    """Return the first and last hour that are shown: school hours, and more where needed."""
    used = [hour for hour in range(24) if any(row[hour] for row in counts)]
    return min(used[0], _SCHOOL_HOURS[0]), max(used[-1], _SCHOOL_HOURS[1])
