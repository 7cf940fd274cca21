"""What the charts of the statistics show, and what is behind their numbers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from leerid_core.labels import BATCH_LABELS
from leerid_core.reports import alternatives, charts, tables
from leerid_core.reports.dutch import number, percentage
from leerid_core.reports.report import BUCKETS, Breakdown, last_sign_in, share_of, shares
from leerid_core.rules.dates import dutch_date
from leerid_core.rules.figures import (
    ADOPTION_DAYS,
    DEFINITIONS,
    LAST_BUCKETS,
    Figure,
    Measure,
)
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


@dataclass(frozen=True, slots=True, eq=False)
class Drawn:
    """A chart that is drawn; `frame` tells whether it must be drawn again."""

    frame: DataFrame
    alternative: str
    light: bytes
    dark: bytes


@dataclass(frozen=True, slots=True)
class ChartKind:
    """One chart: its frame, how it is drawn and told, and its numbers."""

    title: str
    terms: tuple[Figure | Measure, ...]
    frame: Callable[[Usage], DataFrame]
    draw: Callable[[Any, str], bytes] | None
    tell: Callable[[Any], str]
    numbers: Callable[[Usage, Opening], Numbers]

    @property
    def definitions(self) -> list[tuple[str, str]]:
        """The names and the texts of what it counts."""
        return [(DEFINITIONS[term].name, DEFINITIONS[term].text) for term in self.terms]

    def drawn(self, usage: Usage, before: Drawn | None) -> Drawn:
        """Return the chart of these statistics; the one of `before` where nothing changed."""
        frame = self.frame(usage)
        if before is not None and frame.equals(before.frame):
            return before
        light, dark = (
            self.draw(frame, ground) if self.draw else b"" for ground in ("light", "dark")
        )
        return Drawn(frame, self.tell(frame), light, dark)


def _groups(usage: Usage) -> Breakdown:
    return chapter_of(usage).breakdowns[0]


def _classes(usage: Usage) -> Breakdown:
    frame = usage.by_class
    return Breakdown("", "(sub)Klas", frame.assign(name=frame["school_class"]))


def _group_numbers(usage: Usage, opening: Opening) -> Numbers:
    def narrowed(name: str) -> UsageQuery:
        return replace(usage.query, group="" if name == NO_GROUP else name)

    return _part_numbers(_groups(usage), narrowed, opening)


def _class_numbers(usage: Usage, opening: Opening) -> Numbers:
    def narrowed(name: str) -> UsageQuery:
        return replace(usage.query, school_class=name)

    return _part_numbers(_classes(usage), narrowed, opening)


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


def _adoption(usage: Usage) -> DataFrame:
    """Return the curve of all batches, and those of the newest where there are several."""
    import pandas as pd

    chapter = chapter_of(usage)
    single = len(usage.adoption) < 2
    return pd.concat([chapter.adoption, chapter.batches.iloc[: 0 if single else None]])


def _last(usage: Usage) -> DataFrame:
    return last_sign_in(usage.totals)


def _last_numbers(usage: Usage, opening: Opening) -> Numbers:
    table = tables.last_sign_in(_last(usage))
    figures = {text: figure for figure, text in BUCKETS.items()}
    rows = (
        (
            Cell(text),
            _pupils(figures[text], usage.totals[figures[text]] or 0, usage.query, opening),
        )
        for text, _ in table.rows
    )
    return Numbers(table.columns, tuple(rows))


def _plain(
    made: Callable[[Any], tables.Table], frame: Callable[[Usage], DataFrame]
) -> Callable[[Usage, Opening], Numbers]:
    """Return the numbers that open nothing: sign-ins are no pupils."""

    def numbers(usage: Usage, _opening: Opening) -> Numbers:
        table = made(frame(usage))
        return Numbers(table.columns, tuple(tuple(map(Cell, row)) for row in table.rows))

    return numbers


def _hand_outs(usage: Usage) -> DataFrame:
    return usage.adoption.sort_values("batch", ascending=False)


def _told_hand_outs(frame: DataFrame) -> str:
    if frame.empty:
        return "In deze periode werd er niets uitgedeeld."
    if len(frame) > MOST_BATCHES:
        return f"De {MOST_BATCHES} nieuwste van {number(len(frame))} afdruklijsten."
    return ""


def _hand_out_numbers(usage: Usage, opening: Opening) -> Numbers:
    days = [f"Na {days} {'dag' if days == 1 else 'dagen'}" for days in ADOPTION_DAYS]
    rows = _hand_outs(usage).head(MOST_BATCHES).itertuples()
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


def _per_day(usage: Usage) -> DataFrame:
    return usage.per_day


def _per_hour(usage: Usage) -> DataFrame:
    return usage.per_hour


def _per_application(usage: Usage) -> DataFrame:
    return usage.per_application


GROUPS = ChartKind(
    "Aangemeld per administratieve groep",
    (Measure.SHARE,),
    lambda usage: shares(_groups(usage)),
    charts.groups,
    alternatives.groups,
    _group_numbers,
)
CLASSES = ChartKind(
    "Aangemeld per (sub)klas",
    (Measure.SHARE,),
    lambda usage: shares(_classes(usage)),
    charts.groups,
    alternatives.groups,
    _class_numbers,
)
ADOPTION = ChartKind(
    "Ingebruikname sinds het uitdelen",
    (Measure.ADOPTION_CURVE,),
    _adoption,
    charts.adoption,
    alternatives.adoption,
    _plain(tables.adoption, _adoption),
)
HAND_OUTS = ChartKind(
    "Afdruklijsten vergeleken",
    (Measure.ADOPTION,),
    _hand_outs,
    None,
    _told_hand_outs,
    _hand_out_numbers,
)
LAST = ChartKind(
    "Laatste aanmelding",
    (*LAST_BUCKETS, Figure.NEVER_SIGNED_IN, Figure.TOO_NEW),
    _last,
    charts.last_sign_in,
    alternatives.last_sign_in,
    _last_numbers,
)
PER_DAY = ChartKind(
    "Aanmeldingen per dag",
    (Measure.SIGN_INS,),
    _per_day,
    charts.per_day,
    alternatives.per_day,
    _plain(tables.per_day, _per_day),
)
PER_HOUR = ChartKind(
    "Aanmeldingen per weekdag en uur",
    (Measure.SIGN_INS,),
    _per_hour,
    charts.heat_map,
    alternatives.heat_map,
    _plain(tables.heat_map, _per_hour),
)
APPLICATIONS = ChartKind(
    "Aanmeldingen per toepassing",
    (Measure.SIGN_INS,),
    _per_application,
    charts.applications,
    alternatives.applications,
    _plain(tables.applications, _per_application),
)


def chart_kinds(*, shares_classes: bool) -> tuple[ChartKind, ...]:
    """Return the charts in their order; (sub)klassen only where the school shares them."""
    classes = (CLASSES,) if shares_classes else ()
    return (GROUPS, *classes, LAST, ADOPTION, HAND_OUTS, PER_DAY, PER_HOUR, APPLICATIONS)
