"""Figures as cells: a number, a share, or a sign that it may not be shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from leerid_core.reports.dutch import number, percentage
from leerid_core.reports.report import Breakdown, shares
from leerid_core.reports.tables import Table
from leerid_core.rules.figures import DEFINITIONS, Figure, Measure

if TYPE_CHECKING:
    from pandas import DataFrame

HIDDEN = "*"
HIDDEN_NOTE = (
    "* Niet getoond: het gaat om minder dan 5 leerlingen, of dat aantal is anders af te leiden."
)
SHOWN = (
    Figure.ENROLLED,
    Figure.WITH_ACCOUNT,
    Figure.SIGNED_IN,
    Figure.NEVER_SIGNED_IN,
)
"""The figures that a table on paper has room for."""


def figure_name(figure: Figure | Measure) -> str:
    """Return the Dutch name of a figure."""
    return DEFINITIONS[figure].name


def breakdown_table(breakdown: Breakdown) -> Table:
    """Return the figures of a breakdown that fit on paper, and the share that signed in."""
    columns = [figure_name(figure) for figure in SHOWN]
    signed = Measure.SIGN_INS.value in breakdown.frame.columns
    extra = [figure_name(Measure.SHARE), *([figure_name(Measure.SIGN_INS)] if signed else [])]
    rows = []
    counted = shares(breakdown)
    pairs = zip(counted["part"], counted["whole"], strict=True)
    for row, (part, whole) in zip(breakdown.frame.to_dict("records"), pairs, strict=True):
        counts = [cell(row[figure.value]) for figure in SHOWN]
        share = _share(part, whole)
        last = [cell(row[Measure.SIGN_INS.value])] if signed else []
        rows.append((str(row["name"]), *counts, share, *last))
    return Table((breakdown.head, *columns, *extra), tuple(rows))


def hand_out_table(frame: DataFrame) -> Table:
    """Return what share of each hand-out had signed in after so many days."""
    within = [name for name in frame.columns if name.startswith("within_")]
    heads = [f"Binnen {counted_days(name)}" for name in within]
    rows = [
        (
            str(row["name"]),
            cell(row["pupils"]),
            *("–" if known(row[name]) is None else percentage(row[name]) for name in within),
        )
        for row in frame.to_dict("records")
    ]
    return Table(("Afdruklijst", "Leerlingen", *heads), tuple(rows))


def counted_days(name: str) -> str:
    """Return "7 dagen" for the column `within_7`."""
    days = name.removeprefix("within_")
    return f"{days} dag" if days == "1" else f"{days} dagen"


def cell(count: Any) -> str:
    """Return a count as it stands in a table."""
    return HIDDEN if known(count) is None else number(int(count))


def known(value: Any) -> Any:
    """Return a value of a frame, or None for what pandas calls NA."""
    import pandas as pd

    return None if value is None or pd.isna(value) else value


def hides(report_frames: list[DataFrame]) -> bool:
    """Say whether any count in these frames is hidden."""
    columns = [figure.value for figure in Figure]
    return any(bool(frame[columns].isna().any(axis=None)) for frame in report_frames)


def _share(part: Any, whole: Any) -> str:
    if known(whole) is None:
        return HIDDEN
    return percentage(int(part), int(whole))
