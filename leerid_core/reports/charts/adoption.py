"""The adoption curve: what share has signed in, so many days after the cards were handed out."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from leerid_core.reports.charts.canvas import SMALL, nothing, shown, svg
from leerid_core.reports.charts.ground import Ground
from leerid_core.reports.dutch import NO_BREAK, percentage

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from pandas import DataFrame

MOST = 6
"""More curves than this cannot be told apart; the first ones are drawn."""

_DASHES = ("-", (0, (5, 2)), (0, (1.2, 1.6)), (0, (6, 2, 1.2, 2)), (0, (3, 1.5)), (0, (8, 3)))
_MARKERS = "os^DvP"
_MARKED = (1, 3, 7, 14, 30)
_LABEL_DISTANCE = 0.075


def adoption(frame: DataFrame, ground: str = "light") -> bytes:
    """Return the curves of `frame` as an SVG.

    `frame` has a row for each `series` (a name, in the order in which they are drawn) and number
    of `days` since the hand-out, with the `share` (0 to 1, NA where so many days have not passed).
    At most `MOST` series are drawn. `ground` is "light" or "dark".
    """
    known = frame.dropna(subset=["share"])
    if known.empty:
        return nothing(ground)
    curves = [
        (str(name), rows.sort_values("days"))
        for name, rows in known.groupby("series", sort=False, observed=True)
    ][:MOST]

    def paint(axes: Axes, colours: Ground) -> None:
        _scale(axes, colours, max(int(known["days"].max()), 1))
        ends = _spread([float(rows["share"].iloc[-1]) for _, rows in curves])
        for at, ((name, rows), height) in enumerate(zip(curves, ends, strict=True)):
            colour = colours.series[at]
            marked = [day in _MARKED for day in rows["days"]]
            axes.plot(
                rows["days"],
                rows["share"],
                color=colour,
                linewidth=2,
                linestyle=_DASHES[at],
                marker=_MARKERS[at],
                markersize=5,
                markevery=marked,
                clip_on=False,
            )
            end = rows.iloc[-1]
            label = f"{shown(name, 28)} · {percentage(float(end['share']))}"
            axes.annotate(
                label,
                (float(end["days"]), float(end["share"])),
                (1.02, height),
                xycoords="data",
                textcoords=axes.get_yaxis_transform(),
                va="center",
                color=colour,
                fontsize=SMALL,
                arrowprops={"arrowstyle": "-", "color": colours.line, "linewidth": 0.6},
            )

    return svg(3.1, (0.5, 2.25, 0.15, 0.5), ground, paint)


def _scale(axes: Axes, colours: Ground, last: int) -> None:
    axes.set_xlim(0, last)
    axes.set_ylim(0, 1)
    marks = [day for day in (0, *_MARKED, 60, 90, 180, 365) if day <= last]
    spaced = [day for day in marks if day == 0 or day >= last / 30]
    axes.set_xticks(spaced, [str(day) for day in spaced])
    axes.set_yticks(
        [0, 0.25, 0.5, 0.75, 1], [f"{part}{NO_BREAK}%" for part in (0, 25, 50, 75, 100)]
    )
    axes.grid(color=colours.line, linewidth=0.6)
    axes.set_axisbelow(True)
    axes.set_xlabel("Dagen sinds het uitdelen", color=colours.soft, fontsize=SMALL)


def _spread(heights: list[float]) -> list[float]:
    """Return where labels at `heights` go, so that none lies over another."""
    order = sorted(range(len(heights)), key=heights.__getitem__)
    places = list(heights)
    for below, above in pairwise(order):
        places[above] = max(places[above], places[below] + _LABEL_DISTANCE)
    highest = 1.0
    for at in reversed(order):
        places[at] = min(places[at], highest)
        highest = places[at] - _LABEL_DISTANCE
    return places
