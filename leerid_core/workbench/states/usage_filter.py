"""What the statistics are about: a period, and which part of the pupils."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum

import traitlets

from leerid_core.rules.accounts import AccountType
from leerid_core.rules.school_years import SchoolYear
from leerid_core.services.usage_query import EARLIEST, UsageQuery


class Period(StrEnum):
    """The periods that are one choice; each moves on with today, but for `OWN`."""

    YEAR = ""
    MONTH = "30"
    QUARTER = "90"
    PREVIOUS = "vorig"
    OWN = "eigen"


FILTER = ("period", "first", "last", "account_type", "group", "school_class")
_TEXTS = {
    "period": "periode",
    "account_type": "type",
    "group": "groep",
    "school_class": "klas",
}
_DAYS = {"first": "van", "last": "tot"}
_BACK = {Period.MONTH: 30, Period.QUARTER: 90}


class UsageFilter(traitlets.HasTraits):
    """The filter of the statistics; an empty field filters nothing.

    `first` and `last` are only of account in a period of one's `OWN`.
    """

    fields = FILTER
    period = traitlets.Enum(tuple(Period), Period.YEAR)
    first = traitlets.Instance(date, allow_none=True)
    last = traitlets.Instance(date, allow_none=True)
    account_type = traitlets.Enum(("", *AccountType), "")
    group = traitlets.Unicode()
    school_class = traitlets.Unicode()

    def days(self, today: date) -> tuple[date, date]:
        """Return the first and the last day of the period, as it is today."""
        year = SchoolYear.of(today)
        if self.period == Period.OWN:
            last = self.last or today
            return self.first or SchoolYear.of(last).begin, last
        if self.period == Period.PREVIOUS:
            before = SchoolYear(year.start - 1)
            return before.begin, before.end
        if self.period in _BACK:
            return today - timedelta(days=_BACK[self.period] - 1), today
        return year.begin, today

    def own_period(self, first: date | None, last: date | None) -> None:
        """Take a period that was filled in; one with a day that cannot be meant is left unheard."""
        if min(first or EARLIEST, last or EARLIEST) < EARLIEST:
            return
        with self.hold_trait_notifications():
            self.period = Period.OWN
            self.first, self.last = first, last

    def query(self, school_number: str, today: date) -> UsageQuery:
        """Return what is asked of the statistics of one school."""
        first, last = self.days(today)
        return UsageQuery(
            school_numbers=(school_number,),
            first=first,
            last=last,
            account_type=AccountType(self.account_type) if self.account_type else None,
            group=self.group or None,
            school_class=self.school_class or None,
        )

    @property
    def narrows(self) -> bool:
        """Whether it is about part of the pupils only."""
        return bool(self.account_type or self.group or self.school_class)

    def forget(self) -> None:
        """Filter nothing, as for another school: its groups and classes are others."""
        with self.hold_trait_notifications():
            for field in _TEXTS:
                setattr(self, field, "")
            self.first = self.last = None

    def parameters(self) -> dict[str, str]:
        """Return the filter as the address keeps it."""
        texts = {name: str(getattr(self, field)) for field, name in _TEXTS.items()}
        days = {name: getattr(self, field) for field, name in _DAYS.items()}
        if self.period != Period.OWN:
            days = {}
        kept = texts | {name: day.isoformat() for name, day in days.items() if day}
        return {name: value for name, value in kept.items() if value}

    def restore(self, parameters: Mapping[str, object]) -> None:
        """Set the filter from an address; what is no filter is left out."""
        given = {field: str(parameters.get(name, ""))[:200] for field, name in _TEXTS.items()}
        with self.hold_trait_notifications():
            for field, value in given.items():
                known: tuple[str, ...] = {"period": tuple(Period), "account_type": _TYPES}.get(
                    field, (value,)
                )
                if value in known:
                    setattr(self, field, value)
            for field, name in _DAYS.items():
                setattr(self, field, _day(parameters.get(name)))


_TYPES = tuple(AccountType)


def _day(value: object) -> date | None:
    try:
        day = date.fromisoformat(str(value))
    except ValueError:
        return None
    return day if day >= EARLIEST else None
