"""What a chart shows, in a sentence or two: for who cannot see it, and below it in print.

Each function takes the frame of its namesake in `charts`.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from leerid_core.reports.charts.bars import by_share
from leerid_core.reports.charts.canvas import NO_DATA
from leerid_core.reports.charts.days import in_steps
from leerid_core.reports.charts.heat_map import WEEKDAYS, by_weekday
from leerid_core.reports.dutch import counted, listed, number, percentage, pupils
from leerid_core.rules.dates import dutch_date

if TYPE_CHECKING:
    from pandas import DataFrame

NOTHING = f"{NO_DATA}."
_NAMED = 3


def adoption(frame: DataFrame) -> str:
    """Return where each curve ends."""
    known = frame.dropna(subset=["share"]).reset_index(drop=True)
    if known.empty:
        return NOTHING
    ends = known.loc[known.groupby("series", sort=False, observed=True)["days"].idxmax()]
    parts = [
        f"{name}: {percentage(float(share))} na {int(days)} {'dag' if days == 1 else 'dagen'}"
        for name, days, share in zip(ends["series"], ends["days"], ends["share"], strict=True)
    ]
    return f"Aandeel dat zich aanmeldde sinds het uitdelen. {'; '.join(parts)}."


def groups(frame: DataFrame) -> str:
    """Return the groups with the lowest and the highest share."""
    rows = by_share(frame)
    if rows.empty:
        return NOTHING
    parts = [
        f"{name} ({number(part)} van {number(whole)}, {percentage(part, whole)})"
        for name, part, whole in zip(rows["name"], rows["part"], rows["whole"], strict=True)
    ]
    if len(parts) <= 2 * _NAMED:
        return (
            f"Aangemelde leerlingen, van het kleinste aandeel naar het grootste: {listed(parts)}."
        )
    lowest, highest = parts[:_NAMED], parts[: -_NAMED - 1 : -1]
    return (
        f"Het aandeel aangemelde leerlingen is het kleinst bij {listed(lowest)}, "
        f"en het grootst bij {listed(highest)}."
    )


def heat_map(frame: DataFrame) -> str:
    """Return the busiest moment, and how much falls in the weekend and in the evening."""
    counts = by_weekday(frame)
    total = sum(map(sum, counts))
    if not total:
        return NOTHING
    most, weekday, hour = max(
        (count, -day, -hour) for day, row in enumerate(counts) for hour, count in enumerate(row)
    )
    weekend = sum(map(sum, counts[5:]))
    evening = sum(sum(row[18:]) for row in counts)
    late = percentage(evening, total)
    return (
        f"Het vaakst wordt er aangemeld op {WEEKDAYS[-weekday]} van {-hour} tot {-hour + 1} uur: "
        f"{_sign_ins(most)} van de {number(total)}. In het weekend gebeurt "
        f"{percentage(weekend, total)} van de aanmeldingen, vanaf 18 uur {late}."
    )


def last_sign_in(frame: DataFrame) -> str:
    """Return every bar that there is with its number."""
    if frame.empty or not frame["pupils"].sum():
        return NOTHING
    parts = [
        f"{bucket}: {pupils(int(count))}"
        for bucket, count in zip(frame["bucket"], frame["pupils"].fillna(0), strict=True)
        if count
    ]
    return f"Laatste aanmelding. {'; '.join(parts)}."


def per_day(frame: DataFrame) -> str:
    """Return how many there were in all, and the busiest day or week."""
    starts, counts, step = in_steps(frame)
    if not any(counts):
        return NOTHING
    last: date = max(frame["day"])
    if len(starts) == 1:
        return f"Op {dutch_date(last)} waren er {_sign_ins(sum(counts))}."
    most, at = max((count, -at) for at, count in enumerate(counts))
    busiest = "De drukste dag was" if step == 1 else "De drukste week begon op"
    return (
        f"Van {dutch_date(starts[0])} tot {dutch_date(last)} waren er "
        f"{_sign_ins(sum(counts))}. {busiest} {WEEKDAYS[starts[-at].weekday()]} "
        f"{dutch_date(starts[-at])}, met {_sign_ins(most)}."
    )


def applications(frame: DataFrame) -> str:
    """Return every application with its number."""
    total = int(frame["sign_ins"].sum())
    if not total:
        return NOTHING
    ordered = frame[frame["sign_ins"] > 0].sort_values("sign_ins", ascending=False, kind="stable")
    parts = [
        f"{name}: {number(count)} ({percentage(count, total)})"
        for name, count in zip(ordered["application"], ordered["sign_ins"], strict=True)
    ]
    return f"Aanmeldingen per toepassing. {'; '.join(parts)}."


def _sign_ins(count: int) -> str:
    return counted(count, "aanmelding", "aanmeldingen")
