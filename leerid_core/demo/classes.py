"""The classes of the two demo schools: how many pupils, how old, in which group."""

from __future__ import annotations

from dataclasses import dataclass

from leerid_core.rules.enrolments import Level


@dataclass(frozen=True, slots=True)
class SchoolClass:
    """One class of a demo school.

    `age` is what most of its pupils become in the year that the school year begins. `names` are
    the class and its subgroups as (sub)klas shows them; a group may have none.
    """

    group: str
    level: Level
    age: int
    size: int
    names: tuple[str, ...]


def primary_classes() -> list[SchoolClass]:
    """Return the 24 classes, 412 pupils, of a school with kleuter and lager onderwijs."""
    kleuter = [
        SchoolClass(
            f"{_ordinal(year)} kleuterklas", Level.KLEUTER, 2 + year, 18, (f"K{year}{name}",)
        )
        for year in (1, 2, 3)
        for name in "AB"
    ]
    lager = [
        SchoolClass(
            f"{_ordinal(year)} leerjaar",
            Level.LAGER,
            5 + year,
            # Two classes of the first year are kept small.
            16 if year == 1 and name != "C" else 17,
            (f"{year}{name}",),
        )
        for year in (1, 2, 3, 4, 5, 6)
        for name in "ABC"
    ]
    return kleuter + lager


def secondary_classes() -> list[SchoolClass]:
    """Return the 40 classes, 688 pupils, of a school with every kind of secundair onderwijs."""
    return [
        SchoolClass(group, Level.SECUNDAIR, age, size, tuple(names.split(", ")) if names else ())
        for group, age, size, names in _SECONDARY
    ]


def _ordinal(year: int) -> str:
    return f"{year}ste" if year == 1 else f"{year}de"


_SECONDARY = (
    ("OKAN", 14, 14, "OKAN1"),
    ("OKAN", 15, 14, "OKAN2, OKAN2.ALF"),
    ("1e lj A", 12, 24, "1A"),
    ("1e lj A", 12, 24, "1B"),
    ("1e lj A", 12, 23, "1C, 1C.WIS"),
    ("1e lj A", 12, 23, "1D, 1D.WIS"),
    ("1e lj B", 12, 16, "1E"),
    ("1e lj B", 12, 15, "1F"),
    ("2e lj A", 13, 24, "2A"),
    ("2e lj A", 13, 24, "2B"),
    ("2e lj A", 13, 22, "2C, 2C.WIS"),
    ("2e lj B", 13, 17, "2E, 2E.HOUT"),
    ("2e lj B", 13, 16, "2F, 2F.VOED"),
    ("1e lj 2e gr Economische wetensch. ASO", 14, 24, "3A"),
    ("1e lj 2e gr Natuurwetensch. ASO", 14, 23, "3B, 3B.WIS"),
    ("1e lj 2e gr Technologische wetensch. TSO", 14, 21, "3T"),
    ("1e lj 2e gr Beeldende vorming KSO", 14, 15, "3K"),
    ("1e lj 2e gr Hout BSO", 14, 15, "3H"),
    ("1e lj 2e gr Elektriciteit BSO", 14, 16, "3E"),
    ("2e lj 2e gr Economische wetensch. ASO", 15, 23, "4A"),
    ("2e lj 2e gr Natuurwetensch. ASO", 15, 22, "4B, 4B.WIS"),
    ("2e lj 2e gr Technologische wetensch. TSO", 15, 20, "4T"),
    ("2e lj 2e gr Beeldende vorming KSO", 15, 15, "4K"),
    ("2e lj 2e gr Hout BSO", 15, 14, "4H"),
    ("2e lj 2e gr Elektriciteit BSO", 15, 15, "4E"),
    ("1e lj 3e gr Economie-wiskunde ASO", 16, 21, "5A, 5A.WIS6"),
    ("1e lj 3e gr Wetensch.-wiskunde ASO", 16, 20, "5B, 5B.WIS6, 5B.LAB"),
    ("1e lj 3e gr Elektri.installatietechn.TSO", 16, 17, "5T"),
    ("1e lj 3e gr Elektr. installaties BSO", 16, 14, "5E"),
    ("2e lj 3e gr Economie-wiskunde ASO", 17, 20, "6A, 6A.WIS6"),
    ("2e lj 3e gr Wetensch.-wiskunde ASO", 17, 19, "6B, 6B.WIS6, 6B.LAB"),
    ("2e lj 3e gr Elektri.installatietechn.TSO", 17, 16, "6T"),
    ("2e lj 3e gr Elektr. installaties BSO", 17, 13, "6E"),
    ("3e lj 3e gr Industriële elektriciteit BSO", 18, 11, "7E"),
    ("1e lj 2e gr AF Winkelmedewerker DL DBSO", 15, 10, "DV-WMWa3, DV2.AVN.3, DV2Win"),
    ("1e lj 2e gr AF Keukenmedewerker DL DBSO", 15, 9, ""),
    ("2e lj 3e gr Lassen-constructie DL DBSO", 17, 10, "MD-LC6, MD3.AVD1, MD3Lassen"),
    ("2e lj 3e gr San. & verw.install. DL DBSO", 17, 9, "MD-SV6, MD3.AVD2"),
    ("Kapper DBSO", 17, 12, "DV-KAP, DV3.AVN.1"),
    ("Kapper DBSO", 18, 8, ""),
)
