"""What the statistics are about: a period, and which part of the pupils."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

import traitlets

from leerid_core.rules.accounts import AccountType
from leerid_core.rules.figures import Figure
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
_FIGURE, _PARTS = "cijfer", ("van_groep", "van_klas")
_BACK = {Period.MONTH: 30, Period.QUARTER: 90}


@dataclass(frozen=True, slots=True)
class Drilled:
    """A figure whose pupils are shown; of one group or (sub)klas, or of all that the filter has."""

    figure: Figure
    group: str | None = None
    school_class: str | None = None


class UsageFilter(traitlets.HasTraits):
    """The filter of the statistics, and what was opened of them; an empty field filters nothing.

    `first` and `last` are only of account in a period of one's `OWN`.
    """

    fields = (*FILTER, "drilled")
    steps = (_FIGURE, *_PARTS)
    drilled = traitlets.Instance(Drilled, allow_none=True)
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

    def drill(self, figure: Figure, query: UsageQuery) -> None:
        """Show the pupils behind a figure of `query`, which may be about a part of these."""
        self.drilled = Drilled(
            figure,
            query.group if query.group != (self.group or None) else None,
            query.school_class if query.school_class != (self.school_class or None) else None,
        )

    def drilled_query(self, query: UsageQuery) -> UsageQuery:
        """Return what the figure that is opened counts, given what the filter asks."""
        if self.drilled is None:
            return query
        group, school_class = self.drilled.group, self.drilled.school_class
        return replace(
            query,
            group=query.group if group is None else group,
            school_class=query.school_class if school_class is None else school_class,
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
            self.first = self.last = self.drilled = None

    def parameters(self) -> dict[str, str]:
        """Return the filter as the address keeps it."""
        texts = {name: str(getattr(self, field)) for field, name in _TEXTS.items()}
        days = {name: getattr(self, field) for field, name in _DAYS.items()}
        if self.period != Period.OWN:
            days = {}
        kept = texts | {name: day.isoformat() for name, day in days.items() if day}
        return {name: value for name, value in kept.items() if value} | self._opened()

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
            self.go_to(parameters)

    def go_to(self, parameters: Mapping[str, object]) -> None:
        """Open what an address says was opened, and leave the filter."""
        figure = str(parameters.get(_FIGURE, ""))
        if figure not in {*Figure}:
            self.drilled = None
            return
        parts = (parameters.get(name) for name in _PARTS)
        self.drilled = Drilled(
            Figure(figure), *(None if part is None else str(part)[:200] for part in parts)
        )

    def _opened(self) -> dict[str, str]:
        if self.drilled is None:
            return {}
        parts = (self.drilled.group, self.drilled.school_class)
        named = zip(_PARTS, parts, strict=True)
        return {_FIGURE: self.drilled.figure.value} | {
            name: part for name, part in named if part is not None
        }


_TYPES = tuple(AccountType)


def _day(value: object) -> date | None:
    try:
        day = date.fromisoformat(str(value))
    except ValueError:
        return None
    return day if day >= EARLIEST else None
