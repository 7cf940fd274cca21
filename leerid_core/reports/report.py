"""What a report is made of: figures with Dutch names, and what stands around them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from leerid_core.reports.dutch import number
from leerid_core.rules.dates import dutch_date
from leerid_core.rules.figures import Figure

if TYPE_CHECKING:
    from pandas import DataFrame


HIDDEN = "niet getoond"
"""Stands for a total about fewer than five pupils, or from which one would follow."""


@dataclass(frozen=True, slots=True, eq=False)
class Breakdown:
    """The figures by group, class or something else: a row each, with its `name`.

    `head` is the heading of the names ("Administratieve groep"). `frame` also has a column for
    every `Figure`, and `sign_ins`; NA is what may not be shown, or is not known.
    """

    title: str
    head: str
    frame: DataFrame


@dataclass(frozen=True, slots=True, eq=False)
class Chapter:
    """The figures of one school, or of several together.

    `totals` and `sign_ins` are None where they may not be shown; `shown` says "minder dan 5" or
    the like instead. `adoption` has the columns of
    `charts.adoption`: one curve for all; `batches` likewise, a curve for each hand-out.
    `hand_outs` has a row for each (`name`, `pupils`, and `within_1` to `within_30`). `per_day`,
    `per_hour` and `per_application` are as `charts` take them.
    """

    name: str
    totals: Mapping[Figure, int | None]
    shown: Mapping[Figure, str]
    sign_ins: int | None
    breakdowns: tuple[Breakdown, ...]
    adoption: DataFrame
    batches: DataFrame
    hand_outs: DataFrame
    per_day: DataFrame
    per_hour: DataFrame
    per_application: DataFrame
    several: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Report:
    """A report on one school, or on several: then `overall` is about them together.

    `narrowed` tells in Dutch which part of the pupils it is about, "" for all. `made_at` has the
    time zone of the schools.
    """

    schools: tuple[Chapter, ...]
    overall: Chapter | None
    first: date
    last: date
    made_at: datetime
    made_by: str
    narrowed: str = ""

    @property
    def subject(self) -> str:
        """The school, or how many there are."""
        if self.overall is None:
            return self.schools[0].name
        return f"{len(self.schools)} instellingen"

    @property
    def main(self) -> Chapter:
        """The chapter that tells of everything."""
        return self.overall or self.schools[0]

    @property
    def title(self) -> str:
        """The title of the document."""
        return f"Gebruiksstatistieken LeerID: {self.subject}"

    @property
    def period(self) -> str:
        """The period in words."""
        return f"{dutch_date(self.first)} tot en met {dutch_date(self.last)}"

    @property
    def made(self) -> str:
        """When and by whom."""
        moment = f"{dutch_date(self.made_at.date())} om {self.made_at:%H.%M} uur"
        return f"Gemaakt op {moment} door {self.made_by}"


def in_words(chapter: Chapter, figure: Figure) -> str:
    """Return a total as it may be shown."""
    count = chapter.totals.get(figure)
    return chapter.shown.get(figure, HIDDEN) if count is None else number(count)


def parts(chapter: Chapter) -> DataFrame:
    """Return the groups, the first breakdown, as `charts.groups` takes them."""
    return shares(chapter.breakdowns[0])


def shares(breakdown: Breakdown) -> DataFrame:
    """Return who signed in, as `charts.groups` takes them: of who had the time to.

    An account that is too new to count as never signed in does not make a group look late.
    """
    frame = breakdown.frame
    signed, never = frame[Figure.SIGNED_IN.value], frame[Figure.NEVER_SIGNED_IN.value]
    return frame[["name"]].assign(part=signed, whole=signed + never)


def share_of(row: Mapping[Any, Any]) -> tuple[Any, Any]:
    """Return the part and the whole of `shares` for one row of a breakdown."""
    signed = row[Figure.SIGNED_IN.value]
    return signed, signed + row[Figure.NEVER_SIGNED_IN.value]


BUCKETS = {
    Figure.LAST_TODAY: "Vandaag",
    Figure.LAST_7_DAYS: "1 tot 7 dagen geleden",
    Figure.LAST_30_DAYS: "8 tot 30 dagen geleden",
    Figure.LAST_90_DAYS: "31 tot 90 dagen geleden",
    Figure.LAST_LONGER: "Langer geleden",
    Figure.NEVER_SIGNED_IN: "Nooit aangemeld",
    Figure.TOO_NEW: "Te nieuw om te tellen",
}
"""The bars of the last sign-in, in order: together they are who has an account."""


def hidden_buckets(totals: Mapping[Figure, int | None]) -> list[str]:
    """Return the bars of the last sign-in that may not be shown."""
    return [text for figure, text in BUCKETS.items() if totals.get(figure) is None]


def last_sign_in(totals: Mapping[Figure, int | None]) -> DataFrame:
    """Return the bars of the last sign-in, as `charts.last_sign_in` takes them.

    What may not be shown is left out.
    """
    import pandas as pd

    known = [(text, totals.get(figure)) for figure, text in BUCKETS.items()]
    rows = [(text, count) for text, count in known if count is not None]
    return pd.DataFrame(rows, columns=["bucket", "pupils"])
