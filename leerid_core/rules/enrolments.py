"""An enrolment as a school's file gives it, and the period and school year it is for."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum, StrEnum

from leerid_core.rules.accounts import AccountType
from leerid_core.rules.school_years import SchoolYear


class Level(IntEnum):
    """The Niveau code of an enrolment (DOMAIN.md, Rules, Type)."""

    KLEUTER = 1
    LAGER = 2
    SECUNDAIR = 3
    HOGER = 4


class Sex(StrEnum):
    """The sex as the school's file gives it."""

    MALE = "M"
    FEMALE = "V"
    OTHER = "X"


@dataclass(frozen=True, slots=True)
class EnrolmentRow:
    """One valid row of an enrolment file, with every field in its own type.

    `row` is the number the user sees in the file. `identity_number` holds the 11 digits of a valid
    rijksregister- or bisnummer; it is never stored. What a file does not give is None (or empty).
    """

    row: int
    first_name: str
    last_name: str
    school_number: str | None = None
    stamnummer: str | None = None
    administrative_group: str = ""
    level: Level | None = None
    school_classes: tuple[str, ...] = ()
    sex: Sex | None = None
    birth_date: date | None = None
    identity_number: str | None = field(default=None, repr=False)
    begin_date: date | None = None
    end_date: date | None = None


def enrolment_period(
    begin: date | None, end: date | None, today: date
) -> tuple[SchoolYear, date, date]:
    """Return the school year an enrolment counts for, and its begin and end within what is known.

    The year is the one of the day nearest to `today` on which the enrolment runs: a file of
    August with rows from 1 September is about the coming year, one without dates about this one.
    A missing date is the first or last day of that year (DOMAIN.md, decision).
    """
    nearest = max(today, begin) if begin else today
    nearest = min(nearest, end) if end else nearest
    year = SchoolYear.of(nearest)
    return year, begin or year.begin, end or year.end


@dataclass(frozen=True, slots=True)
class Enrolment:
    """An enrolment as it is kept: pupil x school x school year.

    `enrolment_id` is None before it is kept. `identity` is the keyed hash of the
    pupil's identity number, None without official data. An enrolment that was annulled before it
    began ends before its begin.
    """

    pupil_id: int
    school_year: SchoolYear
    first_name: str
    last_name: str
    begin_date: date
    end_date: date
    stamnummer: str | None = None
    administrative_group: str = ""
    level: Level | None = None
    school_classes: tuple[str, ...] = ()
    sex: Sex | None = None
    birth_date: date | None = None
    account_type: AccountType | None = None
    identity: bytes | None = field(default=None, repr=False)
    enrolment_id: int | None = None
