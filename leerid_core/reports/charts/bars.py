"""Lying bars, one under the other: groups by share, and applications by number."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING

from leerid_core.reports.charts.canvas import SMALL, nothing, shown, svg, write_lines
from leerid_core.reports.charts.ground import Ground
from leerid_core.reports.dutch import number, percentage

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from pandas import DataFrame

_NAMES, _COUNTS = 2.5, 1.35
_ROW, _AROUND = 0.28, 0.12
_LINE, _LINES = 34, 2


def groups(frame: DataFrame, ground: str = "light") -> bytes:
    """Return a bar for each row of `frame`, lowest share first, as an SVG.

    `frame` has `name`, `part` (who signed in) and `whole` (who could have). A row whose numbers
    are NA is not shown apart: it is left out, and so is a row without a whole. The picture grows
    with the rows. `ground` is "light" or "dark".
    """
    drawn = by_share(frame)
    if drawn.empty:
        return nothing(ground)
    shares = (drawn["part"] / drawn["whole"]).astype(float).tolist()
    texts = [
        f"{number(part)} van {number(whole)} · {percentage(part, whole)}"
        for part, whole in zip(drawn["part"], drawn["whole"], strict=True)
    ]
    return _bars(list(drawn["name"]), shares, texts, ground, outlined=True)


def applications(frame: DataFrame, ground: str = "light") -> bytes:
    """Return a bar for each `application` with its `sign_ins`, most first, as an SVG."""
    drawn = frame[frame["sign_ins"] > 0].sort_values(
        ["sign_ins", "application"], ascending=[False, True]
    )
    if drawn.empty:
        return nothing(ground)
    most, total = float(drawn["sign_ins"].max()), float(drawn["sign_ins"].sum())
    lengths = [float(count) / most for count in drawn["sign_ins"]]
    texts = [f"{number(count)} · {percentage(count, total)}" for count in drawn["sign_ins"]]
    return _bars(list(drawn["application"]), lengths, texts, ground, outlined=False)


def by_share(frame: DataFrame) -> DataFrame:
    """Return the rows that have a share, lowest first, then by name."""
    known = frame.dropna(subset=["part", "whole"])
    known = known[known["whole"] > 0]
    share = known["part"].astype(float) / known["whole"].astype(float)
    return known.assign(share=share).sort_values(["share", "name"], kind="stable")


def _bars(
    names: list[str], lengths: list[float], texts: list[str], ground: str, *, outlined: bool
) -> bytes:
    places = range(len(names))

    def paint(axes: Axes, colours: Ground) -> None:
        axes.set_xlim(0, 1)
        axes.set_ylim(len(names) - 0.5, -0.5)
        axes.set_xticks([])
        axes.set_yticks([])
        if outlined:
            axes.barh(places, 1, 0.62, color="none", edgecolor=colours.soft, linewidth=0.6)
        axes.barh(places, lengths, 0.62, color=colours.strong)
        beside = axes.get_yaxis_transform()
        for place, name, text in zip(places, names, texts, strict=True):
            lines = _in_lines(str(name))
            write_lines(
                axes,
                lines,
                -0.025,
                place,
                transform=beside,
                ha="right",
                va="center",
                color=colours.ink,
            )
            axes.text(
                1.02,
                place,
                text,
                transform=beside,
                va="center",
                fontsize=SMALL,
                color=colours.ink,
            )

    height = _ROW * len(names) + 2 * _AROUND
    return svg(height, (_NAMES, _COUNTS, _AROUND, _AROUND), ground, paint)


def _in_lines(name: str) -> list[str]:
    return wrap(shown(name, _LINE * _LINES), _LINE)[:_LINES]
