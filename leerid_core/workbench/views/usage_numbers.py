"""The numbers beneath the charts of the statistics, and what is behind each of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from leerid_core.labels import BATCH_LABELS
from leerid_core.reports import tables
from leerid_core.reports.dutch import number, percentage
from leerid_core.reports.report import BUCKETS, Breakdown, last_sign_in, share_of
from leerid_core.rules.dates import dutch_date
from leerid_core.rules.figures import ADOPTION_DAYS, DEFINITIONS, Figure, Measure
from leerid_core.services.usage import Usage
from leerid_core.services.usage_chapters import NO_GROUP, chapter_of
from leerid_core.services.usage_query import UsageQuery
from leerid_core.store import BatchKind
from leerid_core.workbench.components.chart import Cell, Numbers

if TYPE_CHECKING:
    from pandas import DataFrame

OpenPupils = Callable[[Figure, UsageQuery], None]
"""Opens the pupils behind a figure of a query."""
MOST_BATCHES = 50


@dataclass(frozen=True, slots=True)
class Opening:
    """What the numbers open: the pupils behind one, or a batch."""

    pupils: OpenPupils
    batch: Callable[[int], None]


def groups(usage: Usage) -> Breakdown:
    """Return the administratieve groepen."""
    return chapter_of(usage).breakdowns[0]


def classes(usage: Usage) -> Breakdown:
    """Return the (sub)klassen."""
    frame = usage.by_class
    return Breakdown("", "(sub)Klas", frame.assign(name=frame["school_class"]))


def group_numbers(usage: Usage, opening: Opening) -> Numbers:
    """Return a row for every group."""

    def narrowed(name: str) -> UsageQuery:
        return replace(usage.query, group="" if name == NO_GROUP else name)

    return _part_numbers(groups(usage), narrowed, opening)


def class_numbers(usage: Usage, opening: Opening) -> Numbers:
    """Return a row for every (sub)klas."""

    def narrowed(name: str) -> UsageQuery:
        return replace(usage.query, school_class=name)

    return _part_numbers(classes(usage), narrowed, opening)


_PART_FIGURES = (
    Figure.ENROLLED,
    Figure.WITHOUT_ACCOUNT,
    Figure.WITH_ACCOUNT,
    Figure.SIGNED_IN,
    Figure.NEVER_SIGNED_IN,
)


def _part_numbers(
    parts: Breakdown, narrowed: Callable[[str], UsageQuery], opening: Opening
) -> Numbers:
    """Return a row for every part, those with the lowest share first, without a share last."""
    rows = sorted(parts.frame.to_dict("records"), key=_by_share)
    columns = (
        parts.head,
        *(DEFINITIONS[one].name for one in _PART_FIGURES),
        DEFINITIONS[Measure.SHARE].name,
    )
    return Numbers(columns, tuple(_part_row(row, narrowed, opening) for row in rows))


def _by_share(row: dict[Any, Any]) -> tuple[float, str]:
    part, whole = share_of(row)
    return (part / whole if whole else 2.0, str(row["name"]))


def _part_row(
    row: dict[Any, Any], narrowed: Callable[[str], UsageQuery], opening: Opening
) -> tuple[Cell, ...]:
    name = str(row["name"])
    cells = (_pupils(figure, int(row[figure]), narrowed(name), opening) for figure in _PART_FIGURES)
    share = percentage(*share_of(row))
    return Cell(name), *cells, Cell(share)


def _pupils(figure: Figure, count: int, query: UsageQuery, opening: Opening) -> Cell:
    """Return a number that opens its pupils, when there are any."""
    if not count:
        return Cell("0")
    return Cell(number(count), lambda: opening.pupils(figure, query))


def last_numbers(usage: Usage, opening: Opening) -> Numbers:
    """Return a row for every bar of the last sign-in."""
    table = tables.last_sign_in(last_sign_in(usage.totals))
    figures = {text: figure for figure, text in BUCKETS.items()}
    rows = (
        (
            Cell(text),
            _pupils(figures[text], usage.totals[figures[text]] or 0, usage.query, opening),
        )
        for text, _ in table.rows
    )
    return Numbers(table.columns, tuple(rows))


def hand_outs(usage: Usage) -> DataFrame:
    """Return the batches, newest first."""
    return usage.adoption.sort_values("batch", ascending=False)


def hand_out_numbers(usage: Usage, opening: Opening) -> Numbers:
    """Return a row for each of the newest batches; its number opens it."""
    days = [f"Na {days} {'dag' if days == 1 else 'dagen'}" for days in ADOPTION_DAYS]
    rows = hand_outs(usage).head(MOST_BATCHES).itertuples()
    columns = ("Lijst", "Soort", "Uitgedeeld op", "Leerlingen", "Aangemeld", *days)
    return Numbers(columns, tuple(_hand_out_row(row, opening) for row in rows))


def _hand_out_row(row: Any, opening: Opening) -> tuple[Cell, ...]:
    import pandas as pd

    batch = int(row.batch)
    within = [getattr(row, f"within_{days}") for days in ADOPTION_DAYS]
    texts = (
        BATCH_LABELS[BatchKind(row.kind)],
        dutch_date(row.handed_out.date()),
        number(row.pupils),
        number(row.signed_in),
        *("–" if pd.isna(share) else percentage(float(share)) for share in within),
    )
    return Cell(str(batch), lambda: opening.batch(batch)), *map(Cell, texts)


def plain_numbers(
    made: Callable[[Any], tables.Table], frame: Callable[[Usage], DataFrame]
) -> Callable[[Usage, Opening], Numbers]:
    """Return the numbers that open nothing: sign-ins are no pupils."""

    def numbers(usage: Usage, _opening: Opening) -> Numbers:
        table = made(frame(usage))
        return Numbers(table.columns, tuple(tuple(map(Cell, row)) for row in table.rows))

    return numbers
