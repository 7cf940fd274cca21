"""From a record to an enrolment: every field in its own type, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from enum import Enum, auto
from typing import Final, TypeVar

from leerid_core.intake.bounds import CELL_CHARACTERS, FIELD_CHARACTERS
from leerid_core.intake.columns import ColumnMatch
from leerid_core.intake.fields import Field
from leerid_core.intake.values import (
    read_classes,
    read_date,
    read_digits,
    read_level,
    read_sex,
    read_text,
    read_truth,
)
from leerid_core.rules.enrolments import EnrolmentRow, Sex
from leerid_core.rules.findings import Finding, Severity
from leerid_core.rules.identity_numbers import identity_findings, parse_identity_number
from leerid_core.rules.school_numbers import parse_school_number

PLAUSIBLE_AGES: Final = range(2, 31)  # at the begin of the enrolment; older pupils draw a warning

_Value = TypeVar("_Value")
_FOOTERS = ("totaal", "aantal")
_DAMAGE = ("?", "\ufffd")
_SHOWN_CHARACTERS = 40


class LeftOut(Enum):
    """Why a record gives no enrolment."""

    NO_PUPIL = auto()  # an empty line, a repeated header, a total
    SKIPPED = auto()  # annulled or provisional (DOMAIN.md, Enrolment data)
    WRONG = auto()  # an error says what


def read_row(
    row: int, cells: Sequence[object], columns: Mapping[Field, ColumnMatch]
) -> tuple[EnrolmentRow | LeftOut, list[Finding]]:
    """Return the enrolment of one record, or why there is none, and the findings about it.

    `row` is the number that the user sees, `columns` where each field stands; the columns of both
    names must be there. An error keeps the row out; what a warning is about is left empty, except
    a name.
    """
    reading = _Reading(row, cells, columns)
    first_name, last_name = reading.name(Field.FIRST_NAME), reading.name(Field.LAST_NAME)
    if reading.is_no_pupil(first_name, last_name):
        return LeftOut.NO_PUPIL, []
    begin, end = reading.period()
    if (begin is not None and begin == end) or reading.value(Field.PROVISIONAL, read_truth):
        return LeftOut.SKIPPED, []
    reading.check_names(first_name, last_name)
    birth_date = reading.birth_date(begin)
    sex = reading.value(Field.SEX, read_sex, "sex_unreadable")
    enrolment = EnrolmentRow(
        row=row,
        first_name=first_name,
        last_name=last_name,
        school_number=reading.school_number(),
        stamnummer=reading.value(Field.STAMNUMMER, read_digits),
        administrative_group=reading.value(Field.ADMINISTRATIVE_GROUP, read_text) or "",
        level=reading.value(Field.LEVEL, read_level, "level_unreadable"),
        school_classes=reading.value(Field.SCHOOL_CLASSES, read_classes) or (),
        sex=sex,
        birth_date=birth_date,
        identity_number=reading.identity_number(birth_date, sex),
        begin_date=begin,
        end_date=end,
    )
    wrong = any(finding.severity is Severity.ERROR for finding in reading.findings)
    return LeftOut.WRONG if wrong else enrolment, reading.findings


class _Reading:
    """One record being read, field by field."""

    __slots__ = ("cells", "columns", "findings", "row")

    def __init__(
        self, row: int, cells: Sequence[object], columns: Mapping[Field, ColumnMatch]
    ) -> None:
        self.row = row
        self.cells = cells
        self.columns = columns
        self.findings: list[Finding] = []

    def report(
        self, code: str, field: Field, severity: Severity = Severity.WARNING, **parameters: object
    ) -> None:
        header = self.columns[field].header
        self.findings.append(Finding(code, severity, self.row, header, parameters))

    def cell(self, field: Field) -> object:
        """The cell of a field; None when the file, or this row, does not have it."""
        column = self.columns.get(field)
        if column is None or column.index >= len(self.cells):
            return None
        return self.cells[column.index]

    def value(
        self,
        field: Field,
        read: Callable[[object], _Value],
        code: str = "cell_unreadable",
        severity: Severity = Severity.WARNING,
    ) -> _Value | None:
        """The value of a field; None with a finding when `read` cannot make one of it."""
        cell = self.cell(field)
        if cell is None or cell == "":
            return None
        limit = CELL_CHARACTERS if field is Field.SCHOOL_CLASSES else FIELD_CHARACTERS
        if isinstance(cell, str) and len(cell) > limit:
            self.report("cell_too_long", field, Severity.ERROR, limit=limit)
            return None
        try:
            return read(cell) or None
        except ValueError:
            self.report(code, field, severity, value=str(cell)[:_SHOWN_CHARACTERS])
            return None

    def name(self, field: Field) -> str:
        return self.value(field, read_text) or ""

    def is_no_pupil(self, first_name: str, last_name: str) -> bool:
        if first_name:
            headers = [self.columns[field].header for field in (Field.FIRST_NAME, Field.LAST_NAME)]
            return [first_name, last_name] == headers
        if last_name and not last_name.lower().startswith(_FOOTERS):
            return False
        marks = (Field.STAMNUMMER, Field.IDENTITY_NUMBER, Field.BIRTH_DATE)
        return not self.findings and all(self.cell(field) in {None, ""} for field in marks)

    def check_names(self, first_name: str, last_name: str) -> None:
        for field, name in ((Field.FIRST_NAME, first_name), (Field.LAST_NAME, last_name)):
            if not name and not self._is_wrong(field):
                self.report("name_missing", field, Severity.ERROR, name=field.label.lower())
            elif any(mark in name for mark in _DAMAGE):
                self.report("name_damaged", field, value=name[:_SHOWN_CHARACTERS])

    def _is_wrong(self, field: Field) -> bool:
        header = self.columns[field].header
        return any(f.column == header and f.severity is Severity.ERROR for f in self.findings)

    def period(self) -> tuple[date | None, date | None]:
        """Begin and end; they decide whether an account is active, so a wrong one is an error."""
        begin, end = (
            self.value(field, read_date, "date_unreadable", Severity.ERROR)
            for field in (Field.BEGIN_DATE, Field.END_DATE)
        )
        if begin and end and end < begin:
            self.report("period_reversed", Field.END_DATE, Severity.ERROR)
        return begin, end

    def birth_date(self, begin: date | None) -> date | None:
        born = self.value(Field.BIRTH_DATE, read_date, "birth_date_unreadable")
        if born and begin and born >= begin:
            self.report("birth_date_after_begin", Field.BIRTH_DATE, Severity.ERROR)
        elif born and begin and _age(born, begin) not in PLAUSIBLE_AGES:
            self.report("birth_date_implausible", Field.BIRTH_DATE, age=_age(born, begin))
        return born

    def school_number(self) -> str | None:
        text = self.value(Field.SCHOOL_NUMBER, read_digits)
        number = parse_school_number(text) if text else None
        if text and number is None:
            self.report("school_number_invalid", Field.SCHOOL_NUMBER, Severity.ERROR)
        return number

    def identity_number(self, birth_date: date | None, sex: Sex | None) -> str | None:
        text = self.value(Field.IDENTITY_NUMBER, read_digits)
        if not text:
            return None
        number = parse_identity_number(text)
        if number is None:
            self.report("identity_number_invalid", Field.IDENTITY_NUMBER)
            return None
        column = self.columns[Field.IDENTITY_NUMBER].header
        for finding in identity_findings(number, birth_date, sex):
            self.findings.append(replace(finding, row=self.row, column=column))
        return number


def _age(born: date, day: date) -> int:
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
