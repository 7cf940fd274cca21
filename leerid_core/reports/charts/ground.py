"""The colours of a chart: the dashboards', on light and on dark ground.

Nothing is told by colour alone: lines also differ in dash and marker and carry their name, bars
carry their number, and the ramp of the heat map grows steadily darker (or lighter), so that a
copy in grey and a colour-blind reader see the same.
"""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Ground:
    """What a chart is painted with; `ramp` goes from nothing to most, `series` is in order.

    `as_outlines` makes shapes of the letters, so that they look the same in every browser.
    """

    paper: str
    ink: str
    soft: str
    line: str
    strong: str
    series: tuple[str, ...]
    ramp: tuple[str, ...]
    as_outlines: bool = True


_LIGHT = Ground(
    paper="#ffffff",
    ink="#17202c",
    soft="#4d5b6c",
    line="#d3dae3",
    strong="#0b57a8",
    series=("#0b57a8", "#b3470a", "#0a6344", "#7a3aa8", "#8a6d00", "#17202c"),
    ramp=("#ffffff", "#cfe2f6", "#7fb0e0", "#2f78bf", "#0b57a8", "#06305e"),
)

GROUNDS = {
    "light": _LIGHT,
    "print": replace(_LIGHT, as_outlines=False),
    "dark": Ground(
        paper="#1b222c",
        ink="#e8edf3",
        soft="#a9b6c5",
        line="#364252",
        strong="#7fb7f5",
        series=("#7fb7f5", "#ffb27a", "#7fdcb2", "#d0b3ff", "#f2d675", "#e8edf3"),
        ramp=("#1b222c", "#234263", "#34689e", "#5a98d6", "#8fc3fa", "#d6eaff"),
    ),
}
"""By the name that callers give: light and dark pages, and print for our PDF."""
