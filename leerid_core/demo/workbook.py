"""A demo school as the workbook that its school would upload."""

from __future__ import annotations

from io import BytesIO

from leerid_core.demo.schools import DemoSchool
from leerid_core.rules.enrolments import EnrolmentRow

_HEADERS = (
    "Instellingsnummer",
    "Stamnummer",
    "Voornaam",
    "Naam",
    "Administratieve groep",
    "Niveau",
    "(sub)Klas",
    "Geslacht",
    "Geboortedatum",
    "Rijksregisternummer",
    "Begindatum",
    "Einddatum",
)


def enrolment_workbook(school: DemoSchool) -> bytes:
    """Return `school` as an xlsx file in the shape schoolloket.xlsx (DOMAIN.md, Files).

    Numbers that identify are text and dates are dates, so that reading it gives `school.rows`.
    """
    from openpyxl import Workbook

    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet("Inschrijvingen")
    sheet.append(_HEADERS)
    for row in school.rows:
        sheet.append(_cells(row))
    file = BytesIO()
    workbook.save(file)
    return file.getvalue()


def _cells(row: EnrolmentRow) -> tuple[object, ...]:
    return (
        row.school_number,
        row.stamnummer,
        row.first_name,
        row.last_name,
        row.administrative_group,
        row.level,
        ", ".join(row.school_classes),
        row.sex,
        row.birth_date,
        row.identity_number,
        row.begin_date,
        row.end_date,
    )
