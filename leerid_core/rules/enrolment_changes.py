"""What a file changes: it is the full picture of a school's year (DOMAIN.md, Enrolment data)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from leerid_core.rules.account_types import account_type
from leerid_core.rules.accounts import AccountType
from leerid_core.rules.enrolments import Enrolment, EnrolmentRow, Level, enrolment_period
from leerid_core.rules.pupil_matching import Match
from leerid_core.rules.school_years import SchoolYear

LARGE_CHANGE = 0.10  # more than this share of a school's enrolments ended: stop and ask

# What a file may give; a field that the file has no column for is kept as it was.
PERIOD = ("begin_date", "end_date")
COMPARED = (
    "stamnummer",
    "first_name",
    "last_name",
    "administrative_group",
    "level",
    "school_classes",
    "sex",
    "birth_date",
    *PERIOD,
)


class Change(StrEnum):
    """What happens to one enrolment."""

    NEW = "new"
    CHANGED = "changed"
    ENDED = "ended"
    RETURNED = "returned"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that changes; `field` is the name of an attribute of `Enrolment`."""

    field: str
    old: object
    new: object


@dataclass(frozen=True, slots=True)
class EnrolmentChange:
    """What happens to one enrolment: the enrolment as it will be, and what is different.

    `match` is None for an enrolment that ends because the file no longer has it, `before` for one
    that is new.
    """

    change: Change
    enrolment: Enrolment
    differences: tuple[Difference, ...] = ()
    match: Match | None = None
    before: Enrolment | None = None


@dataclass(frozen=True, slots=True)
class SchoolRules:
    """What a school settled about types: per group, and for pupils without level and group."""

    group_types: Mapping[str, AccountType]
    level: Level | None = None

    def account_type(self, level: Level | None, group: str) -> AccountType | None:
        """Return the type; None where the administrator has to settle it for the group."""
        if level is None and not group:
            level = self.level
        return account_type(level, group) or self.group_types.get(group)


NEW_PUPIL = -1  # stands for the id of a pupil who gets one when the change is written


def compare(
    matches: Iterable[Match],
    current: Sequence[Enrolment],
    given: Collection[str],
    rules: SchoolRules,
    today: date,
) -> list[EnrolmentChange]:
    """Return what each row of a file changes, in the order of `matches`.

    `current` holds the enrolments that this school has, of any year; `given` the fields (names of
    `COMPARED`) that the file has a column for.
    """
    kept = {(enrolment.pupil_id, enrolment.school_year): enrolment for enrolment in current}
    changes = []
    for match in matches:
        year, begin, end = enrolment_period(match.row.begin_date, match.row.end_date, today)
        old = kept.get((match.pupil_id, year)) if match.pupil_id is not None else None
        if old is None:
            new = _new_enrolment(match, year, begin, end, rules)
            changes.append(EnrolmentChange(Change.NEW, new, match=match))
        else:
            changes.append(_compared(old, match, _given(given, old, today), rules, today))
    return changes


def missing(
    changes: Sequence[EnrolmentChange], current: Iterable[Enrolment], today: date
) -> list[Enrolment]:
    """Return the running enrolments of the years of the file that the file does not have."""
    years = {change.enrolment.school_year for change in changes}
    found = {(change.enrolment.pupil_id, change.enrolment.school_year) for change in changes}
    return [
        enrolment
        for enrolment in current
        if enrolment.school_year in years
        and (enrolment.pupil_id, enrolment.school_year) not in found
        and not is_over(enrolment, today)
    ]


def ended(enrolment: Enrolment, today: date) -> EnrolmentChange:
    """Return the change that ends an enrolment yesterday, so that it is over today."""
    yesterday = today - timedelta(days=1)
    return EnrolmentChange(
        Change.ENDED,
        replace(enrolment, end_date=yesterday),
        (Difference("end_date", enrolment.end_date, yesterday),),
        before=enrolment,
    )


def is_large(changes: Iterable[EnrolmentChange], current: Iterable[Enrolment], today: date) -> bool:
    """Tell whether more than a tenth of the running enrolments of the same years would end."""
    endings = [change for change in changes if change.change is Change.ENDED]
    years = {change.enrolment.school_year for change in endings}
    running = sum(e.school_year in years and not is_over(e, today) for e in current)
    return len(endings) > running * LARGE_CHANGE


def is_over(enrolment: Enrolment, today: date) -> bool:
    """Tell whether an enrolment has ended, or was annulled before it began."""
    return enrolment.end_date < max(today, enrolment.begin_date)


def _given(given: Collection[str], old: Enrolment, today: date) -> frozenset[str]:
    """A begin without an end is the day of the last change of class, not of the enrolment."""
    fields = frozenset(given)
    if "end_date" in fields:
        return fields
    # The pupil is in the file again: an enrolment that was ended runs on.
    return fields - {"begin_date"} | ({"end_date"} if is_over(old, today) else set())


def _new_enrolment(
    match: Match, year: SchoolYear, begin: date, end: date, rules: SchoolRules
) -> Enrolment:
    row = match.row
    return Enrolment(
        pupil_id=NEW_PUPIL if match.pupil_id is None else match.pupil_id,
        school_year=year,
        begin_date=begin,
        end_date=end,
        account_type=rules.account_type(row.level, row.administrative_group),
        identity=match.identity,
        **{name: getattr(row, name) for name in COMPARED if name not in PERIOD},
    )


def _compared(
    old: Enrolment, match: Match, given: Collection[str], rules: SchoolRules, today: date
) -> EnrolmentChange:
    differences = tuple(_differences(old, match.row, given, today))
    values: dict[str, Any] = {difference.field: difference.new for difference in differences}
    new = replace(old, **values)
    new = replace(new, account_type=rules.account_type(new.level, new.administrative_group))
    return EnrolmentChange(_kind(old, new, today), new, differences, match, old)


def _differences(
    old: Enrolment, row: EnrolmentRow, given: Collection[str], today: date
) -> Iterator[Difference]:
    _, begin, end = enrolment_period(row.begin_date, row.end_date, today)
    period = dict(zip(PERIOD, (begin, end), strict=True))
    for name in COMPARED:
        before = getattr(old, name)
        after = period.get(name, getattr(row, name))
        if name in given and after != before and not _is_damage(before, after):
            yield Difference(name, before, after)


def _is_damage(before: object, after: object) -> bool:
    """Tell whether the file only lost what was known: a number, or letters that became "?"."""
    if not isinstance(before, str):
        return False
    if after is None:
        return True
    pattern = re.escape(str(after)).replace(r"\?", ".")
    return "?" in str(after) and re.fullmatch(pattern, before) is not None


def _kind(old: Enrolment, new: Enrolment, today: date) -> Change:
    if is_over(new, today) and not is_over(old, today):
        return Change.ENDED
    if is_over(old, today) and not is_over(new, today):
        return Change.RETURNED
    return Change.UNCHANGED if new == old else Change.CHANGED
