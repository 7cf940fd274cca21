"""The headers that lists have, read off importers that schools published (DOMAIN.md, Files).

With the variants that administrators type themselves; case, accents and punctuation do not count.
"""

from __future__ import annotations

from collections.abc import Mapping

from leerid_core.intake.fields import Field, Shape

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

HEADERS: Mapping[Field, tuple[str, ...]] = {
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
SUBSTITUTES: Mapping[Field, tuple[str, ...]] = {
    Field.BEGIN_DATE: ("KLASWIJZIGING", "wijziging vanaf"),
}

SIGNATURES: Mapping[Shape, tuple[str, ...]] = {
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
