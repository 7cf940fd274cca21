"""The fields of an enrolment, and the shapes of file that administrators have."""

from __future__ import annotations

from enum import StrEnum


class Field(StrEnum):
    """What a column of a file can hold (DOMAIN.md, Files that administrators have)."""

    SCHOOL_NUMBER = "school_number"
    STAMNUMMER = "stamnummer"
    FIRST_NAME = "first_name"
    LAST_NAME = "last_name"
    ADMINISTRATIVE_GROUP = "administrative_group"
    LEVEL = "level"
    SCHOOL_CLASSES = "school_classes"
    SEX = "sex"
    BIRTH_DATE = "birth_date"
    IDENTITY_NUMBER = "identity_number"
    BEGIN_DATE = "begin_date"
    END_DATE = "end_date"
    PROVISIONAL = "provisional"
    IGNORE = "ignore"

    @property
    def label(self) -> str:
        """The Dutch name, as in the header of schoolloket.xlsx."""
        return _LABELS[self]


_LABELS = {
    Field.SCHOOL_NUMBER: "Instellingsnummer",
    Field.STAMNUMMER: "Stamnummer",
    Field.FIRST_NAME: "Voornaam",
    Field.LAST_NAME: "Naam",
    Field.ADMINISTRATIVE_GROUP: "Administratieve groep",
    Field.LEVEL: "Niveau",
    Field.SCHOOL_CLASSES: "(sub)Klas",
    Field.SEX: "Geslacht",
    Field.BIRTH_DATE: "Geboortedatum",
    Field.IDENTITY_NUMBER: "Rijksregisternummer",
    Field.BEGIN_DATE: "Begindatum",
    Field.END_DATE: "Einddatum",
    Field.PROVISIONAL: "Voorlopig",
    Field.IGNORE: "Niet gebruiken",
}


class Shape(StrEnum):
    """The kinds of file in DOMAIN.md; OTHER is any list with a column for each name."""

    SCHOOLLOKET = "schoolloket"
    INFORMAT_XLSX = "informat_xlsx"
    INFORMAT_XML = "informat_xml"
    WISA_CSV = "wisa_csv"
    WISA_BESTAND = "wisa_bestand"
    OTHER = "other"
