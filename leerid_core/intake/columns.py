"""Which column of a file holds which field: matched by header, shown to the user, corrected by him.

The headers are those of DOMAIN.md, read off importers that schools published, with the variants
that administrators type themselves. Case, accents and punctuation do not count.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from leerid_core.errors import Refused
from leerid_core.intake.fields import Field, Shape
from leerid_core.rules.folding import fold

WISA_BESTAND_COLUMNS = (
    "naam",
    "voornaam",
    "geslacht",
    "geboortedatum",
    "rijksregister",
    "geboorteplaats",
    "nationaliteit",
    "stamnummer",
    "wisaID",
    "schoolID",
    "klas",
    "klasomschrijving",
    "klasnummer",
    "admingroepnr",
    "wijziging vanaf",
    "straat",
    "nr",
    "bus",
    "postcode",
    "gemeente",
)

_HEADERS: Mapping[Field, tuple[str, ...]] = {
    Field.SCHOOL_NUMBER: (
        "Instellingsnummer",
        "Instellingsnr.",
        "instelnr",
        "schoolID",
        "Schoolnummer",
    ),
    Field.STAMNUMMER: ("Stamnummer", "stamnr", "STAMBOEKNUMMER", "Stamboeknr."),
    Field.FIRST_NAME: ("Voornaam", "Voornaam leerling", "VOORNAAM"),
    Field.LAST_NAME: ("Naam", "Achternaam", "Familienaam", "Naam leerling", "NAAM"),
    Field.ADMINISTRATIVE_GROUP: (
        "Administratieve groep",
        "Adm. groep",
        "KLASGROEP",
        "klasomschrijving",
        "afdeling",
    ),
    Field.LEVEL: ("Niveau", "Onderwijsniveau"),
    Field.SCHOOL_CLASSES: ("(sub)Klas", "Klas", "KLAS", "Klassen", "(sub)Klassen"),
    Field.SEX: ("Geslacht", "geslacht", "GESLACHT", "M/V"),
    Field.BIRTH_DATE: ("Geboortedatum", "geboortedatum", "GEBOORTEDATUM", "Geb.datum"),
    Field.IDENTITY_NUMBER: (
        "Rijksregisternummer",
        "Rijksregisternr.",
        "rijksregnr",
        "RIJKSREGISTERNR",
        "rijksregister",
        "Rijksregister- of bisnummer",
        "INSZ",
        "INSZ-nummer",
    ),
    Field.BEGIN_DATE: ("Begindatum", "begindatum", "Startdatum", "Datum inschrijving"),
    Field.END_DATE: ("Einddatum", "einddatum", "Datum uitschrijving"),
    Field.PROVISIONAL: ("voorlopig",),
}

# The day a pupil came into his class: it gives the school year where nothing better does.
_SUBSTITUTES: Mapping[Field, tuple[str, ...]] = {
    Field.BEGIN_DATE: ("KLASWIJZIGING", "wijziging vanaf"),
}

_SIGNATURES: Mapping[Shape, tuple[str, ...]] = {
    Shape.SCHOOLLOKET: (
        "Instellingsnummer",
        "Stamnummer",
        "Voornaam",
        "Naam",
        "Administratieve groep",
        "Niveau",
    ),
    Shape.INFORMAT_XLSX: ("Klas", "Klasnummer", "Voornaam", "Naam", "Rijksregisternr."),
    Shape.INFORMAT_XML: ("p_persoon", "Naam", "Voornaam", "instelnr"),
    Shape.WISA_CSV: ("KLAS", "NAAM", "VOORNAAM", "WISAID", "STAMBOEKNUMMER"),
    Shape.WISA_BESTAND: WISA_BESTAND_COLUMNS,
}


class Match(StrEnum):
    """How a column came by its field."""

    EXACT = "exact"
    BY_NAME = "by name"
    BY_USER = "by the user"
    POSITION = "position"


@dataclass(frozen=True, slots=True)
class ColumnMatch:
    """One column of the file: its header as shown, its field, and how that was found.

    `field` and `how` are None for a column that is not used; a column that the user left out has
    the field IGNORE. `index` counts the columns from 0.
    """

    header: str
    field: Field | None
    how: Match | None
    index: int


@lru_cache(maxsize=4_096)
def header_key(header: str) -> str:
    """Return what two spellings of one header have in common."""
    return "".join(filter(str.isalnum, fold(header)))


def _by_name(headers: Mapping[Field, tuple[str, ...]]) -> Mapping[str, Field]:
    return {header_key(name): field for field, names in headers.items() for name in names}


_LITERAL = {name: field for field, names in _HEADERS.items() for name in names}
_NAMED = _by_name(_HEADERS)
_SUBSTITUTED = _by_name(_SUBSTITUTES)


def match_columns(
    headers: Sequence[str], mapping: Mapping[str, Field], *, positional: bool = False
) -> tuple[ColumnMatch, ...]:
    """Return the match of each column that has a header, in the file's order.

    What the user says in `mapping` goes before a literal header, a literal one before one matched
    by name; of equals the leftmost. A second header with the same text is shown as "Naam (2)".
    Raises `Refused` with `unknown_column` for a header in `mapping` that the file does not have,
    with `field_mapped_twice` for a field that the user gives to two columns.
    """
    shown = _distinct(headers)
    _check_mapping(mapping, shown)
    found: dict[int, tuple[Field, Match]] = {
        index: (mapping[header], Match.BY_USER)
        for index, header in enumerate(shown)
        if header in mapping
    }
    taken = set(mapping.values())
    for catalogue, how, key in (
        (_LITERAL, Match.EXACT, str),
        (_NAMED, Match.BY_NAME, header_key),
        (_SUBSTITUTED, Match.BY_NAME, header_key),
    ):
        for index, header in enumerate(headers):
            field = catalogue.get(key(header))
            if field and field not in taken and index not in found:
                found[index] = (field, Match.POSITION if positional else how)
                taken.add(field)
    unused = (None, None)
    return tuple(
        ColumnMatch(header, field, how, index)
        for index, header in enumerate(shown)
        for field, how in [found.get(index, unused)]
        if header
    )


def recognise_shape(headers: Sequence[str]) -> Shape:
    """Return the shape that these headers belong to, OTHER when to none."""
    keys = {header_key(header) for header in headers}
    for shape, signature in _SIGNATURES.items():
        if keys.issuperset(map(header_key, signature)):
            return shape
    return Shape.OTHER


def _distinct(headers: Sequence[str]) -> list[str]:
    shown: list[str] = []
    counts: dict[str, int] = {}
    for header in headers:
        counts[header] = count = counts.get(header, 0) + 1
        shown.append(f"{header} ({count})" if header and count > 1 else header)
    return shown


def _check_mapping(mapping: Mapping[str, Field], shown: Sequence[str]) -> None:
    for header in mapping:
        if not header or header not in shown:
            raise Refused("unknown_column", column=header)
    used = [field for field in mapping.values() if field is not Field.IGNORE]
    for field in used:
        if used.count(field) > 1:
            raise Refused("field_mapped_twice", field=field.label)
