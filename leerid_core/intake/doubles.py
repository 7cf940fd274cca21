"""Pupils who stand in one file more than once (DOMAIN.md, Words: a stamnummer is the school's own).

The same pupil has the same stamnummer in the same school; without one the same identity number;
without that the same name and birth date.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from leerid_core.rules.enrolments import EnrolmentRow
from leerid_core.rules.findings import Finding, Severity
from leerid_core.rules.folding import fold
from leerid_core.rules.school_years import SchoolYear


def settle_doubles(rows: Sequence[EnrolmentRow]) -> tuple[list[EnrolmentRow], list[Finding]]:
    """Return one row per pupil and school year, in the order of `rows`, and what was left out.

    - one number for two people: an error for each, and none is kept;
    - the same row again: a warning, the first is kept;
    - other periods (a change of group during the year): the latest is kept, with a note;
    - the same but for the classes: one row with the classes of both, with a note;
    - other differences: a warning, the first is kept.
    """
    pupils: defaultdict[object, list[EnrolmentRow]] = defaultdict(list)
    for row in rows:
        pupils[_key(row)].append(row)
    kept: list[EnrolmentRow] = []
    findings: list[Finding] = []
    for same in pupils.values():
        if len(same) == 1:
            kept += same
        elif other := _other_person(same):
            findings += (_conflict(row, same[0] if row is not same[0] else other) for row in same)
        else:
            kept += (_settle(year, findings) for year in _by_school_year(same))
    return sorted(kept, key=lambda row: row.row), findings


def rows_of_school(
    rows: Sequence[EnrolmentRow], school_number: str
) -> tuple[list[EnrolmentRow], list[Finding]]:
    """Return the rows of one school, and what was left out; a row without school counts for it.

    A pupil can stand in a file once with and once without the number of the school.
    """
    own = [row for row in rows if row.school_number in {None, school_number}]
    if len({row.school_number for row in own}) < 2:
        return own, []
    return settle_doubles([replace(row, school_number=school_number) for row in own])


def _key(row: EnrolmentRow) -> object:
    if row.stamnummer:
        return "stamnummer", row.school_number, row.stamnummer
    if row.identity_number:
        return "identity", row.school_number, row.identity_number
    if row.birth_date:
        return "name", row.school_number, _name(row), row.birth_date
    return replace(row, row=0)  # nothing tells two namesakes apart, so only the same row again


def _name(row: EnrolmentRow) -> tuple[str, str]:
    return fold(row.first_name), fold(row.last_name)


def _other_person(rows: Sequence[EnrolmentRow]) -> EnrolmentRow | None:
    return next((row for row in rows[1:] if not _same_person(rows[0], row)), None)


def _same_person(one: EnrolmentRow, other: EnrolmentRow) -> bool:
    if one.stamnummer and one.identity_number and other.identity_number:
        return one.identity_number == other.identity_number
    births = {one.birth_date, other.birth_date} - {None}
    return _name(one) == _name(other) and len(births) < 2


def _conflict(row: EnrolmentRow, other: EnrolmentRow) -> Finding:
    code = "stamnummer_of_two" if row.stamnummer else "identity_number_of_two"
    return Finding(code, Severity.ERROR, row.row, None, {"other": other.row})


def _by_school_year(rows: Iterable[EnrolmentRow]) -> Iterable[list[EnrolmentRow]]:
    """A row without a begin date counts for the latest year that the others give."""
    years: defaultdict[SchoolYear | None, list[EnrolmentRow]] = defaultdict(list)
    for row in rows:
        years[SchoolYear.of(row.begin_date) if row.begin_date else None].append(row)
    known = [year for year in years if year is not None]
    if None in years and known:
        years[max(known)] += years.pop(None)
    return years.values()


def _settle(rows: Sequence[EnrolmentRow], findings: list[Finding]) -> EnrolmentRow:
    latest = max(map(_period, rows))
    kept, *others = sorted(rows, key=lambda row: _period(row) != latest)  # stable: file order
    classes = dict.fromkeys(kept.school_classes)
    for row in others:
        code, severity = _difference(kept, row)
        findings.append(Finding(code, severity, row.row, None, {"other": kept.row}))
        if code == "classes_joined":
            classes |= dict.fromkeys(row.school_classes)
    return replace(kept, school_classes=tuple(classes))


def _difference(kept: EnrolmentRow, row: EnrolmentRow) -> tuple[str, Severity]:
    if row == replace(kept, row=row.row):
        return "double_row", Severity.WARNING
    if row == replace(kept, row=row.row, school_classes=row.school_classes):
        return "classes_joined", Severity.INFO
    if _period(row) != _period(kept):
        return "earlier_period", Severity.INFO
    return "double_differs", Severity.WARNING


def _period(row: EnrolmentRow) -> tuple[date, date]:
    return row.begin_date or date.min, row.end_date or date.max
