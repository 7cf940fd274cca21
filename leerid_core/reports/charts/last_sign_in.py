"""How long ago pupils last signed in."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING

from leerid_core.reports.charts.canvas import SMALL, TEXT, nothing, shown, svg, write_lines
from leerid_core.reports.charts.ground import Ground
from leerid_core.reports.dutch import number

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from pandas import DataFrame


def last_sign_in(frame: DataFrame, ground: str = "light") -> bytes:
    """Return a standing bar for each `bucket` with its `pupils` on top, in order, as an SVG."""
    if frame.empty or not frame["pupils"].sum():
        return nothing(ground)
    counts = [int(count) for count in frame["pupils"].fillna(0)]
    places = range(len(counts))

    def paint(axes: Axes, colours: Ground) -> None:
        axes.bar(places, counts, 0.7, color=colours.strong)
        axes.axhline(0, color=colours.soft, linewidth=0.8)
        axes.set_ylim(0, max(counts) * 1.15)
        axes.set_yticks([])
        axes.set_xticks([])
        for place, bucket in enumerate(frame["bucket"]):
            lines = wrap(shown(str(bucket), 40), 14)
            write_lines(axes, lines, place, 0, ha="center", va="top", color=colours.ink)
        for place, count in zip(places, counts, strict=True):
            axes.annotate(
                number(count),
                (place, count),
                (0, 3),
                textcoords="offset points",
                ha="center",
                color=colours.ink,
                fontsize=TEXT,
            )
        axes.set_ylabel("Leerlingen", color=colours.soft, fontsize=SMALL)

    return svg(2.6, (0.35, 0.1, 0.1, 0.5), ground, paint)
