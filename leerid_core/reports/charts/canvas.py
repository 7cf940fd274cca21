"""From a painted pair of axes to an SVG: the same numbers give the same bytes.

matplotlib keeps settings and fonts for the whole process, so one chart is drawn at a time; pyplot,
which also keeps every figure, is never used.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from io import BytesIO
from threading import Lock
from typing import TYPE_CHECKING, Any

from leerid_core.files.typeface import printable
from leerid_core.reports.charts.ground import GROUNDS, Ground

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WIDTH = 7.2
"""Inches: the width of the text on an A4 page."""

Margins = tuple[float, float, float, float]
"""Inches that axis labels take at the left, right, top and bottom."""

NO_DATA = "Geen gegevens om te tonen"
SMALL, TEXT = 7.5, 9.0
_SETTINGS: Any = {
    "font.family": "DejaVu Sans",
    "font.size": TEXT,
    "svg.hashsalt": "leerid",
    "text.parse_math": False,  # a class may be called $A$
}
_NO_METADATA = dict.fromkeys(("Creator", "Date", "Format", "Type"))
_FONT_SIZE = re.compile(rb"(font-size: [0-9.]+)px;")
_ONE_AT_A_TIME = Lock()


def svg(
    height: float, margins: Margins, ground: str, paint: Callable[[Axes, Ground], None]
) -> bytes:
    """Return an SVG of `WIDTH` by `height` inches, without ground, that `paint` draws on."""
    from matplotlib import rc_context
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure

    colours = GROUNDS[ground]
    letters: Any = {"svg.fonttype": "path" if colours.as_outlines else "none"}
    left, right, top, bottom = margins
    width = WIDTH - left - right
    box = (left / WIDTH, bottom / height, width / WIDTH, (height - top - bottom) / height)
    target = BytesIO()
    with _ONE_AT_A_TIME, rc_context(_SETTINGS | letters):
        figure = Figure((WIDTH, height))
        FigureCanvasSVG(figure)
        axes = figure.add_axes(box)
        _quiet(axes, colours)
        paint(axes, colours)
        figure.savefig(target, format="svg", metadata=_NO_METADATA, transparent=True)
    drawn = target.getvalue()
    drawn = drawn[drawn.index(b"<svg") :]
    # matplotlib's px are units of the view box, which for fpdf2 are points; its own px are smaller.
    return drawn if colours.as_outlines else _FONT_SIZE.sub(rb"\1pt;", drawn)


def nothing(ground: str) -> bytes:
    """Return what stands where there is nothing to draw."""

    def paint(axes: Axes, colours: Ground) -> None:
        axes.set_axis_off()
        axes.text(0.5, 0.5, NO_DATA, ha="center", va="center", color=colours.soft)

    return svg(1.2, (0.1, 0.1, 0.1, 0.1), ground, paint)


def _quiet(axes: Axes, ground: Ground) -> None:
    """Take the frame away and soften what is left of the axes."""
    for spine in axes.spines.values():
        spine.set_visible(False)
    axes.tick_params(colors=ground.soft, labelsize=SMALL, length=0)


def write_lines(
    axes: Axes, lines: list[str], x: float, y: float, *, transform: Any = None, **style: Any
) -> None:
    """Write `lines` about (x, y), or below it, each a text of its own so that it is aligned."""
    height = style.get("fontsize", SMALL) * 1.05
    below = style.get("va") == "top"
    for at, line in enumerate(lines):
        down = at * height if below else (at - (len(lines) - 1) / 2) * height
        axes.annotate(
            line,
            (x, y),
            (0, -down - (3 if below else 0)),
            xycoords=transform or "data",
            textcoords="offset points",
            annotation_clip=False,
            **{"fontsize": SMALL} | style,
        )


def shown(text: str, longest: int) -> str:
    """Return `text` in letters that the typeface has, cut to `longest` of them."""
    letters = printable(text, _Typeface())
    return letters if len(letters) <= longest else letters[: longest - 1].rstrip() + "…"


class _Typeface:
    """Knows which letters matplotlib's own copy of the typeface draws."""

    def has(self, letter: str) -> bool:
        return ord(letter) in _letters()


@lru_cache(maxsize=1)
def _letters() -> frozenset[int]:
    from matplotlib.font_manager import findfont, get_font

    return frozenset(get_font(findfont("DejaVu Sans")).get_charmap())
