"""The manual's notes, in its own words, and how values are written on the screen."""

from __future__ import annotations

from datetime import datetime

from leerid_core.rules.dates import dutch_date
from leerid_core.rules.school_time import SCHOOLS_LIVE_IN
from leerid_core.store import AuditEntry, BatchKind, ListedPupil
from leerid_core.workbench.components.content import Node, element, notice

LOOK_OUT: Node = element(
    "div",
    element("p", element("strong", "Weergave gegevens")),
    element("strong", "Let op: "),
    "Onder de tab LeerID-beheer worden de gegevens van het ",
    element("strong", "actieve schooljaar"),
    " (tot 31/08) weergegeven. In de tab Applicatiebeheer vind je de gegevens van de ",
    element("strong", "nieuwe inschrijvingen"),
    " voor het schooljaar dat start op ",
    element("strong", "1 september"),
    ".",
    class_="leerid-notice",
    role="note",
)
REMARK_LIST = notice(
    "Opmerking",
    "Onder de tab LeerID-beheer worden de gegevens van het actieve schooljaar (tot 31/08) "
    "weergegeven.",
    "Pas vanaf 01/09 vind je hier de gegevens van de ingeschreven leerlingen voor het nieuwe "
    "schooljaar terug.",
)
REMARK_PUPIL = notice(
    "Opmerking",
    "Zijn de inschrijvingsgegevens niet correct? Dan moeten deze worden aangepast in het "
    "leerlingadministratiepakket van de school. Nadat de gecorrigeerde gegevens doorstromen uit "
    "DISCIMUS staan ze een dag later ook correct in het LeerID Schoolloket.",
    "Geen officiële gegevens beschikbaar? Dan beschikt de leerling (nog) niet over een geldig "
    "rijksregister- of bisnummer of ontbreekt het identificatienummer in het "
    "leerlingadministratiepakket van de school.",
)
REMARK_NAMES = notice(
    "Opmerking",
    "Een gebruikersnaam kan slechts 1 keer voorkomen in het systeem. Indien de gegenereerde "
    "gebruikersnaam reeds bestaat, wordt deze aangevuld met een cijfer.",
    "De gebruikersnaam mag niet langer zijn dan 50 karakters en mag geen '@-teken' bevatten.",
    "Sinds de release van 08/02/2023 kan er hier geen e-mailadres meer ingevuld worden door de "
    "LeerID-beheerder. Leerlingen kunnen dit zelf doen wanneer ze een gevorderd account hebben.",
)
NOT_YET = "Nog niet aangemeld"
_ACTIONS = {
    BatchKind.CREATION: "LeerID aangemaakt",
    BatchKind.RENEWAL: "Wachtwoord vernieuwd",
    "undo": "Aanmaken of vernieuwen ongedaan gemaakt",
    "reprint": "Kaartje nog eens afgedrukt",
    "username": "Gebruikersnaam aangepast",
    "import": "Inschrijving gelezen uit een bestand",
    "export": "Opgenomen in een Excelexport",
}


def day(moment: datetime) -> str:
    """Return the day of a moment in the schools, as "31 augustus 2024"."""
    return dutch_date(moment.astimezone(SCHOOLS_LIVE_IN).date())


def time_of(moment: datetime) -> str:
    """Return a moment in the schools, as "31 augustus 2024, 14:05"."""
    local = moment.astimezone(SCHOOLS_LIVE_IN)
    return f"{dutch_date(local.date())}, {local:%H:%M}"


def full_name(pupil: ListedPupil) -> str:
    """Return voornaam and naam."""
    return f"{pupil.first_name} {pupil.last_name}"


def who(pupil: ListedPupil) -> str:
    """Return the name with the stamnummer, as the manual's lists write it."""
    return f"{full_name(pupil)} ({pupil.stamnummer})" if pupil.stamnummer else full_name(pupil)


def action(entry: AuditEntry) -> str:
    """Return what an entry of the trail is about, in the words of the screens."""
    return _ACTIONS.get(entry.action, entry.action)


def counted(count: int, one: str, many: str) -> str:
    """Return "1 leerling", "4 leerlingen"."""
    return f"{count} {one if count == 1 else many}"
