"""How a hand-out is taken up: what share of a batch signed in, by day since it was handed out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from leerid_core.rules.figures import ADOPTION_DAYS
from leerid_core.rules.school_time import school_day
from leerid_core.store import HandOut

if TYPE_CHECKING:
    from pandas import DataFrame

LONGEST = 90
"""Curves end after so many days."""


@dataclass(frozen=True, slots=True)
class _Taken:
    """A batch in days of school: how many of its pupils first signed in so many days after it."""

    hand_out: HandOut
    day: date
    after: Counter[int]
    over: int
    """How many days since the hand-out are over; 1 when it was yesterday: day 0 is."""

    def signed_in(self, days: int) -> int:
        """How many signed in on the day of the hand-out or within `days` after."""
        return sum(count for after, count in self.after.items() if after <= days)

    def share(self, days: int) -> float | None:
        """The share within `days`; None until those are over."""
        return self.signed_in(days) / self.hand_out.pupils if self.over > days else None


def adoption_tables(hand_outs: Sequence[HandOut], today: date) -> dict[str, DataFrame]:
    """Return the tables of adoption, by the names that `Usage` has for them."""
    import pandas as pd

    taken = [_taken(one, today) for one in hand_outs]
    within = [f"within_{days}" for days in ADOPTION_DAYS]
    adoption = pd.DataFrame(
        [_row(one) for one in taken],
        columns=[
            *("batch", "school_number", "kind", "handed_out", "pupils", "signed_in"),
            *within,
        ],
    )
    adoption["handed_out"] = pd.to_datetime(adoption["handed_out"]).astype("datetime64[s]")
    shares = {"share": "Float64"}
    return {
        "adoption": adoption.astype(
            {"batch": "Int64", "school_number": "string", "pupils": "Int64", "signed_in": "Int64"}
            | {"kind": pd.CategoricalDtype(["creation", "renewal"])}
            | dict.fromkeys(within, "Float64")
        ),
        "batch_curves": pd.DataFrame(
            [point for one in taken for point in _points(one)],
            columns=["batch", "days", "signed_in", "share"],
        ).astype({"batch": "Int64", "days": "Int64", "signed_in": "Int64"} | shares),
        "adoption_curve": pd.DataFrame(
            list(_curve(taken)), columns=["days", "at_risk", "signed_in", "share"]
        ).astype({"days": "Int64", "at_risk": "Int64", "signed_in": "Int64"} | shares),
    }


def _taken(hand_out: HandOut, today: date) -> _Taken:
    day = school_day(hand_out.created_at)
    after = Counter((school_day(at) - day).days for at in hand_out.first_sign_ins)
    return _Taken(hand_out, day, after, (today - day).days)


def _row(one: _Taken) -> tuple[object, ...]:
    hand_out = one.hand_out
    shares = [one.share(days) for days in ADOPTION_DAYS]
    signed_in = len(hand_out.first_sign_ins)
    return (
        hand_out.batch,
        hand_out.school_number,
        hand_out.kind,
        one.day,
        hand_out.pupils,
        signed_in,
        *shares,
    )


def _points(one: _Taken) -> Iterator[tuple[int, int, int, float]]:
    for days in range(min(one.over, LONGEST + 1)):
        signed_in = one.signed_in(days)
        yield one.hand_out.batch, days, signed_in, signed_in / one.hand_out.pupils


def _curve(taken: Sequence[_Taken]) -> Iterator[tuple[int, int, int, float]]:
    """Kaplan and Meier's estimate: each day, the share of those still waiting who signed in.

    So the curve never falls where a young batch drops out of it.
    """
    waiting = 1.0
    signed_in = 0
    for days in range(min(max((one.over for one in taken), default=0), LONGEST + 1)):
        seen = [one for one in taken if one.over > days]
        at_risk = sum(one.hand_out.pupils - one.signed_in(days - 1) for one in seen)
        new = sum(one.after[days] for one in seen)
        signed_in += new
        waiting *= 1 - new / at_risk if at_risk else 1
        yield days, at_risk, signed_in, 1 - waiting
