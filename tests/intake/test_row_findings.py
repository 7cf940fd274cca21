"""Rows: what is wrong with one is said of that row, and the others are read."""

from __future__ import annotations

from datetime import date

import pytest
from intake_files import text_file, workbook

from leerid_core.errors import UnreadableFile
from leerid_core.intake import EnrolmentFile, Field, read_enrolments
from leerid_core.rules.enrolments import Sex
from leerid_core.rules.findings import Severity

SOUND = {
    Field.SCHOOL_NUMBER: "30569",
    Field.STAMNUMMER: "2300063",
    Field.FIRST_NAME: "Elis",
    Field.LAST_NAME: "Ademova",
    Field.ADMINISTRATIVE_GROUP: "6de leerjaar",
    Field.LEVEL: "2",
    Field.SEX: "V",
    Field.BIRTH_DATE: "20/07/2012",
    Field.IDENTITY_NUMBER: "12.07.20-002.19",
    Field.BEGIN_DATE: "1/9/2024",
    Field.END_DATE: "31/8/2025",
}


def with_row(**changes: object) -> EnrolmentFile:
    """Read a sound row, then the same pupil's with changes under another stamnummer."""
    other = SOUND | {Field.STAMNUMMER: "9"} | {Field(name): cell for name, cell in changes.items()}
    headers = [field.label for field in other]
    first = [SOUND.get(field, "") for field in other]
    return read_enrolments(workbook([headers, first, list(other.values())]))


@pytest.mark.parametrize(
    ("field", "cell", "code"),
    [
        ("first_name", "", "name_missing"),
        ("last_name", None, "name_missing"),
        ("last_name", "x" * 1_001, "cell_too_long"),
        ("school_number", "1234567", "school_number_invalid"),
        ("begin_date", "vorig jaar", "date_unreadable"),
        ("end_date", "31/6/2025", "date_unreadable"),
        ("end_date", "31/8/2024", "period_reversed"),
        ("birth_date", "20/7/2025", "birth_date_after_begin"),
    ],
)
def test_an_error_keeps_its_row_out(field: str, cell: object, code: str) -> None:
    """The finding names row and column, and the other row is read."""
    file = with_row(**{field: cell})
    assert [row.row for row in file.rows] == [2]
    assert (file.read, file.skipped) == (2, 0)
    errors = [f for f in file.findings if f.severity is Severity.ERROR]
    assert [(f.code, f.row, f.column) for f in errors] == [(code, 3, Field(field).label)]
    assert errors[0].message


@pytest.mark.parametrize(
    ("field", "cell", "code", "value"),
    [
        ("birth_date", "20/7/12", "birth_date_unreadable", None),
        ("birth_date", "20/7/1982", "birth_date_implausible", date(1982, 7, 20)),
        ("sex", "Q", "sex_unreadable", None),
        ("level", "7", "level_unreadable", None),
        ("identity_number", "12072000218", "identity_number_invalid", None),
        ("administrative_group", "#N/A", "cell_unreadable", ""),
        ("administrative_group", date(2024, 2, 1), "cell_unreadable", ""),
        ("first_name", "?layda", "name_damaged", "?layda"),
    ],
)
def test_a_warning_leaves_its_row_in(field: str, cell: object, code: str, value: object) -> None:
    """What could not be read is empty; the row stays."""
    file = with_row(**{field: cell})
    assert [row.row for row in file.rows] == [2, 3]
    assert getattr(file.rows[1], field) == value
    warnings = [(f.code, f.severity, f.row, f.column) for f in file.findings]
    assert (code, Severity.WARNING, 3, Field(field).label) in warnings


def test_the_number_is_compared_with_birth_date_and_sex() -> None:
    """A contradiction is a warning at the number; it never changes the row."""
    file = with_row(birth_date="21/7/2012", sex="M")
    assert [(f.code, f.row, f.column) for f in file.findings] == [
        ("identity_birth_date_differs", 3, "Rijksregisternummer"),
        ("identity_sex_differs", 3, "Rijksregisternummer"),
    ]
    assert (file.rows[1].sex, file.rows[1].birth_date) == (Sex.MALE, date(2012, 7, 21))


def test_an_identity_number_gets_its_zeros_back() -> None:
    """A numeric cell loses leading zeros; the number is padded to 11 digits."""
    file = with_row(identity_number=6071400372, birth_date="14/7/2006", sex="M")
    assert file.rows[1].identity_number == "06071400372"
    assert file.findings == ()


def test_no_finding_shows_an_identity_number() -> None:
    """The number is not stored, so nothing that is shown or logged holds it."""
    file = with_row(identity_number="12072000218")
    assert "120720" not in repr(file) + "".join(f.message for f in file.findings)


@pytest.mark.parametrize(
    "changes",
    [{"provisional": 1}, {"provisional": "ja"}, {"begin_date": "2/9/2024", "end_date": 45537}],
)
def test_annulled_and_provisional_rows_are_skipped(changes: dict[str, object]) -> None:
    """They are counted, not read, and nothing is said about them."""
    file = with_row(**changes)
    assert (len(file.rows), file.read, file.skipped, file.findings) == (1, 2, 1, ())


def test_lines_that_are_no_pupil_are_passed_over() -> None:
    """Empty lines, a repeated header and totals are neither read nor found wanting."""
    file = read_enrolments(
        text_file(
            ("Naam", "Voornaam", "Klas"),
            ("Maes", "An", "5A"),
            ("", "", "5A"),
            ("Naam", "Voornaam", "Klas"),
            ("Peeters", "Jan", "5B"),
            ("Totaal: 2", "", ""),
        )
    )
    assert ([row.row for row in file.rows], file.read, file.findings) == ([2, 5], 2, ())


def test_a_list_without_pupils_is_refused() -> None:
    """A header alone would look like a school that everybody left."""
    with pytest.raises(UnreadableFile) as refusal:
        read_enrolments(text_file(("Naam", "Voornaam"), ("", "")))
    assert refusal.value.code == "no_pupils"
