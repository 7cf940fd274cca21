"""Rijksregister- and bisnummers: valid or not, and whether they agree with the rest of the row."""

from __future__ import annotations

import re
from datetime import date

from stdnum.be import bis, nn

from leerid_core.rules.enrolments import Sex
from leerid_core.rules.findings import Finding, Severity


def parse_identity_number(text: str) -> str | None:
    """Return the 11 digits of a valid rijksregister- or bisnummer, or None.

    Spaces and the signs . - / are dropped. A number that stood in a numeric cell may have lost up
    to five leading zeros, or gained ".0" (DOMAIN.md, Identity).
    """
    digits = re.sub(r"[\s./-]", "", text.strip().removesuffix(".0"))
    if not re.fullmatch(r"[0-9]{6,11}", digits):
        return None
    number = digits.zfill(11)
    return number if nn.is_valid(number) or bis.is_valid(number) else None


def identity_findings(number: str, birth_date: date | None, sex: Sex | None) -> list[Finding]:
    """Return a warning for the birth date and for the sex that contradict `number`.

    `number` is what `parse_identity_number` returned. What the number or the row does not tell is
    not compared: a birth date of which a part is unknown is compared as far as it goes, and a
    bisnummer says nothing about the sex (DOMAIN.md, Identity).
    """
    codes = []
    if birth_date and not _may_be_born_on(number, birth_date):
        codes.append("identity_birth_date_differs")
    if sex in (Sex.MALE, Sex.FEMALE) and _sex(number) not in (None, sex):
        codes.append("identity_sex_differs")
    return [Finding(code, Severity.WARNING) for code in codes]


def _may_be_born_on(number: str, day: date) -> bool:
    known = nn.get_birth_date(number)
    if known:
        return bool(known == day)
    return nn.get_birth_year(number) in (None, day.year) and nn.get_birth_month(number) in (
        None,
        day.month,
    )


def _sex(number: str) -> Sex | None:
    if bis.is_valid(number):
        return None
    return Sex.MALE if nn.get_gender(number) == "M" else Sex.FEMALE
