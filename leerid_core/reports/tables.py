"""The numbers of a chart as a table of texts: beneath it on a page, or read out.

Each function takes the frame of its namesake in `charts`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from leerid_core.reports.charts.bars import by_share
from leerid_core.reports.charts.days import in_steps
from leerid_core.reports.charts.heat_map import WEEKDAYS, by_weekday, hours_used
from leerid_core.reports.dutch import number, percentage
from leerid_core.rules.dates import dutch_date

if TYPE_CHECKING:
    from pandas import DataFrame


@dataclass(frozen=True, slots=True)
class Table:
    """Column heads and rows; the first column names its row."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def adoption(frame: DataFrame) -> Table:
    """Return a row for each number of days and a column for each curve; a dash where not known."""
    names = list(dict.fromkeys(map(str, frame["series"])))
    shares = {
        (str(name), int(days)): share
        for name, days, share in frame.dropna(subset=["share"])[
            ["series", "days", "share"]
        ].itertuples(index=False)
    }
    days = sorted({day for _, day in shares})
    rows = (
        (str(day), *(_share(shares.get((name, day))) for name in names)) for day in _thinned(days)
    )
    return Table(("Dagen sinds het uitdelen", *names), tuple(rows))


def groups(frame: DataFrame) -> Table:
    """Return a row for each group, lowest share first."""
    rows = by_share(frame)
    return Table(
        ("Groep", "Aangemeld", "Van", "Aandeel"),
        tuple(
            (str(name), number(part), number(whole), percentage(part, whole))
            for name, part, whole in zip(rows["name"], rows["part"], rows["whole"], strict=True)
        ),
    )


def heat_map(frame: DataFrame) -> Table:
    """Return a row for each hour that the chart shows and a column for each weekday."""
    counts = by_weekday(frame)
    columns = ("Uur", *(day.capitalize() for day in WEEKDAYS))
    if not any(map(any, counts)):
        return Table(columns, ())
    first, last = hours_used(counts)
    rows = (
        (f"{hour}-{hour + 1}", *(number(row[hour]) for row in counts))
        for hour in range(first, last + 1)
    )
    return Table(columns, tuple(rows))


def last_sign_in(frame: DataFrame) -> Table:
    """Return a row for each bar."""
    pairs = zip(frame["bucket"], frame["pupils"].fillna(0), strict=True)
    rows = tuple((str(bucket), number(int(count))) for bucket, count in pairs)
    return Table(("Laatste aanmelding", "Leerlingen"), rows)


def per_day(frame: DataFrame) -> Table:
    """Return a row for each bar: a day, or a week by its first day."""
    starts, counts, step = in_steps(frame)
    head = "Dag" if step == 1 else "Week vanaf"
    rows = tuple(
        (dutch_date(start), number(count)) for start, count in zip(starts, counts, strict=True)
    )
    return Table((head, "Aanmeldingen"), rows)


def applications(frame: DataFrame) -> Table:
    """Return a row for each application, most first."""
    total = int(frame["sign_ins"].sum())
    ordered = frame.sort_values("sign_ins", ascending=False, kind="stable")
    pairs = zip(ordered["application"], ordered["sign_ins"], strict=True)
    rows = tuple((str(name), number(count), percentage(count, total)) for name, count in pairs)
    return Table(("Toepassing", "Aanmeldingen", "Aandeel"), rows)


_MARKED = (1, 3, 7, 14, 30)
_MOST_ROWS = 12


def _thinned(days: list[int]) -> list[int]:
    """Return the days that are worth a row: all when few, else the marked ones and the last."""
    if len(days) <= _MOST_ROWS:
        return days
    return [day for day in days if day in _MARKED or day % 30 == 0 or day == days[-1]]


def _share(share: float | None) -> str:
    return "–" if share is None else percentage(float(share))
