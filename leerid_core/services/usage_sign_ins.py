"""The sign-ins of the statistics, from the counts that are kept as they arrive."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from leerid_core.rules.accounts import AccountType
from leerid_core.rules.enrolments import Level
from leerid_core.services.usage_query import UsageQuery, period
from leerid_core.store import CountBy, SignInQuery, UnitOfWork

if TYPE_CHECKING:
    from pandas import DataFrame

Rows = Sequence[tuple[Any, ...]]
Key = TypeVar("Key", bound=Hashable)
Row = TypeVar("Row", bound=tuple[Any, ...])


class SignedIn(NamedTuple):
    """How often the pupils that no table tells apart signed in to an application."""

    school_number: str
    school_year: int
    administrative_group: str
    level: Level | None
    account_type: AccountType | None
    school_classes: tuple[str, ...]
    application: str
    sign_ins: int


@dataclass(frozen=True, slots=True)
class CountedSignIns:
    """How many sign-ins there were; `hours` are of day and hour, and end with the number.

    Each is one question to the database, and every table adds up its own rows of them.
    """

    parts: Sequence[SignedIn]
    hours: Rows

    @property
    def total(self) -> int:
        """How many there were in all."""
        return sum(part.sign_ins for part in self.parts)


def counted_sign_ins(uow: UnitOfWork, query: UsageQuery) -> CountedSignIns | None:
    """Return the sign-ins of a query that is filled in.

    None for a query on the kind of password: the counts do not know it.
    """
    if query.password_kind is not None:
        return None
    chosen = _chosen(query)
    return CountedSignIns(
        parts=[SignedIn(*row) for row in uow.sign_ins.counts(_PARTS, chosen)],
        hours=uow.sign_ins.counts((CountBy.DAY, CountBy.HOUR), chosen),
    )


_PARTS = (
    CountBy.SCHOOL,
    CountBy.SCHOOL_YEAR,
    CountBy.GROUP,
    CountBy.LEVEL,
    CountBy.TYPE,
    CountBy.CLASSES,
    CountBy.APPLICATION,
)


def count_sign_ins(uow: UnitOfWork, query: UsageQuery) -> int | None:
    """Return only how many there were in all; None where `counted_sign_ins` is."""
    if query.password_kind is not None:
        return None
    counts: Rows = uow.sign_ins.counts((CountBy.SCHOOL,), _chosen(query))
    return sum(int(row[-1]) for row in counts)


def _chosen(query: UsageQuery) -> SignInQuery:
    first, last = period(query)
    return SignInQuery(
        query.school_numbers or (),
        first,
        last,
        query.account_type,
        query.level,
        query.group,
        query.school_class,
    )


def _summed(rows: Sequence[Row], key: Callable[[Row], Key]) -> dict[Key, int]:
    """Return the sum of the numbers at the end of rows, by a key of each row."""
    sums: dict[Key, int] = {}
    for row in rows:
        of_row = key(row)
        sums[of_row] = sums.get(of_row, 0) + row[-1]
    return sums


def sign_in_tables(signed: CountedSignIns | None, query: UsageQuery) -> dict[str, DataFrame]:
    """Return the tables of sign-ins, by the names that `Usage` has for them.

    They have no rows where sign-ins are not known.
    """
    import pandas as pd

    per_day = pd.DataFrame(_days(signed, query), columns=["day", "sign_ins"])
    per_day["day"] = pd.to_datetime(per_day["day"]).astype("datetime64[s]")
    per_hour = pd.DataFrame(_hours(signed), columns=["weekday", "hour", "sign_ins"])
    used = sorted(_applications(signed).items(), key=_most_first)
    per_application = pd.DataFrame(used, columns=["application", "sign_ins"])
    return {
        "per_day": per_day.astype({"sign_ins": "Int64"}),
        "per_hour": per_hour.astype("Int64"),
        "per_application": per_application.astype({"application": "string", "sign_ins": "Int64"}),
    }


def _days(signed: CountedSignIns | None, query: UsageQuery) -> list[tuple[date, int]]:
    if signed is None:
        return []
    first, last = period(query)
    counts = _summed(signed.hours, lambda row: row[0])
    every = (first + timedelta(days=at) for at in range((last - first).days + 1))
    return [(day, counts.get(day, 0)) for day in every]


def _hours(signed: CountedSignIns | None) -> list[tuple[int, int, int]]:
    if signed is None:
        return []
    counts = _summed(signed.hours, lambda row: (row[0].weekday(), row[1]))
    every = [(weekday, hour) for weekday in range(7) for hour in range(24)]
    return [(*one, counts.get(one, 0)) for one in every]


def _applications(signed: CountedSignIns | None) -> dict[str, int]:
    return _summed(signed.parts, lambda part: part.application) if signed else {}


def _most_first(row: tuple[str, int]) -> tuple[int, str]:
    application, count = row
    return -count, application
