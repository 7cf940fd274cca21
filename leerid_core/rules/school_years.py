"""School years: 1 September to 31 August (manual, chapter 2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Self


@dataclass(frozen=True, order=True, slots=True)
class SchoolYear:
    """The school year that starts on 1 September of `start`."""

    start: int

    @classmethod
    def of(cls, day: date) -> Self:
        """Return the school year that `day` falls in."""
        return cls(day.year if day.month >= 9 else day.year - 1)

    @property
    def begin(self) -> date:
        """The first day, 1 September."""
        return date(self.start, 9, 1)

    @property
    def end(self) -> date:
        """The last day, 31 August."""
        return date(self.start + 1, 8, 31)

    @property
    def next(self) -> SchoolYear:
        """The year that starts on the coming 1 September."""
        return SchoolYear(self.start + 1)

    def __str__(self) -> str:
        return f"{self.start}-{self.start + 1}"
