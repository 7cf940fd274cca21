"""The charts of the statistics: what each shows, draws, tells and counts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from leerid_core.reports import alternatives, charts, tables
from leerid_core.reports.dutch import number
from leerid_core.reports.report import Breakdown, last_sign_in, shares
from leerid_core.reports.tables import Table
from leerid_core.rules.figures import DEFINITIONS, LAST_BUCKETS, Figure, Measure
from leerid_core.services.usage import Usage
from leerid_core.services.usage_chapters import chapter_of
from leerid_core.workbench.components.chart import Numbers
from leerid_core.workbench.views.usage_numbers import (
    MOST_BATCHES,
    Opening,
    class_numbers,
    classes,
    group_numbers,
    groups,
    hand_out_numbers,
    hand_outs,
    last_numbers,
    plain_numbers,
)

if TYPE_CHECKING:
    from pandas import DataFrame


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


def _adoption(usage: Usage) -> DataFrame:
    """Return the curve of all batches, and those of the newest where there are several."""
    import pandas as pd

    chapter = chapter_of(usage)
    single = len(usage.adoption) < 2
    return pd.concat([chapter.adoption, chapter.batches.iloc[: 0 if single else None]])


def _tell_hand_outs(frame: DataFrame) -> str:
    if frame.empty:
        return "In deze periode werd er niets uitgedeeld."
    if len(frame) > MOST_BATCHES:
        return f"De {MOST_BATCHES} nieuwste van {number(len(frame))} afdruklijsten."
    return ""


def _of_parts(
    title: str,
    parts: Callable[[Usage], Breakdown],
    numbers: Callable[[Usage, Opening], Numbers],
) -> ChartKind:
    """Return the chart of who signed in, by group or by (sub)klas."""
    return ChartKind(
        title,
        (Measure.SHARE,),
        lambda usage: shares(parts(usage)),
        charts.groups,
        alternatives.groups,
        numbers,
    )


def _of_sign_ins(
    title: str,
    frame: Callable[[Usage], DataFrame],
    draw: Callable[[Any, str], bytes],
    tell: Callable[[Any], str],
    table: Callable[[Any], Table],
) -> ChartKind:
    """Return a chart of sign-ins: no pupils are behind its numbers."""
    return ChartKind(title, (Measure.SIGN_INS,), frame, draw, tell, plain_numbers(table, frame))


GROUPS = _of_parts("Aangemeld per administratieve groep", groups, group_numbers)
CLASSES = _of_parts("Aangemeld per (sub)klas", classes, class_numbers)
ADOPTION = ChartKind(
    "Ingebruikname sinds het uitdelen",
    (Measure.ADOPTION_CURVE,),
    _adoption,
    charts.adoption,
    alternatives.adoption,
    plain_numbers(tables.adoption, _adoption),
)
HAND_OUTS = ChartKind(
    "Afdruklijsten vergeleken",
    (Measure.ADOPTION,),
    hand_outs,
    None,
    _tell_hand_outs,
    hand_out_numbers,
)
LAST = ChartKind(
    "Laatste aanmelding",
    (*LAST_BUCKETS, Figure.NEVER_SIGNED_IN, Figure.TOO_NEW),
    lambda usage: last_sign_in(usage.totals),
    charts.last_sign_in,
    alternatives.last_sign_in,
    last_numbers,
)
PER_DAY = _of_sign_ins(
    "Aanmeldingen per dag",
    lambda usage: usage.per_day,
    charts.per_day,
    alternatives.per_day,
    tables.per_day,
)
PER_HOUR = _of_sign_ins(
    "Aanmeldingen per weekdag en uur",
    lambda usage: usage.per_hour,
    charts.heat_map,
    alternatives.heat_map,
    tables.heat_map,
)
APPLICATIONS = _of_sign_ins(
    "Aanmeldingen per toepassing",
    lambda usage: usage.per_application,
    charts.applications,
    alternatives.applications,
    tables.applications,
)


def chart_kinds(*, shares_classes: bool) -> tuple[ChartKind, ...]:
    """Return the charts in their order; (sub)klassen only where the school shares them."""
    classes = (CLASSES,) if shares_classes else ()
    return (GROUPS, *classes, LAST, ADOPTION, HAND_OUTS, PER_DAY, PER_HOUR, APPLICATIONS)
