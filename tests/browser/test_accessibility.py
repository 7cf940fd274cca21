"""Every page and dialog is looked over by axe, in light and in dark."""

from __future__ import annotations

import pytest
from browsing import findings, select_all
from playwright.sync_api import Page, expect
from served import Installation

from leerid_core.errors import Refused
from leerid_core.rules.roles import Role
from leerid_core.rules.throttling import PER_PUPIL
from leerid_core.services.pupil_sign_in import sign_in
from leerid_core.services.throttling import pupil_subject
from leerid_core.store import Failures

BOTH = (Role.ACCOUNT_MANAGER, Role.DATA_MANAGER)


def check(tab: Page) -> None:
    """Look a page over in both schemes; in the dark only the colours are others."""
    for scheme, rules in (("light", ()), ("dark", ("color-contrast",))):
        tab.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        assert findings(tab, *rules) == [], scheme


def test_leerid_beheer(tab: Page, installation: Installation) -> None:
    """The list, nothing found, the choice of a school, a pupil, one LeerID and its pupil after."""
    installation.visit(tab, installation.administrator("ans", *BOTH))
    expect(tab.get_by_role("table", name="Ingeschreven leerlingen")).to_be_visible()
    tab.get_by_role("button", name="Wijzig instelling").click()
    tab.get_by_label("Administratieve groep", exact=True).select_option("6de leerjaar")
    select_all(tab)
    check(tab)
    tab.get_by_label("Zoeken").fill("niemand heet zo")
    expect(tab.get_by_text("Geen leerlingen gevonden")).to_be_visible()
    check(tab)
    tab.get_by_label("Zoeken").fill("")
    tab.get_by_role("table").locator("tbody tr").first.get_by_role("button").click()
    tab.get_by_role("button", name="Maak een LeerID aan").wait_for()
    check(tab)
    tab.get_by_role("button", name="Maak een LeerID aan").click()
    tab.get_by_label("Afbeeldingswachtwoord").check()
    expect(tab.get_by_role("img")).to_have_count(4)
    tab.get_by_role("button", name="pas gebruikersnaam aan").click()
    tab.get_by_label("Gebruikersnaam *").fill("m@b")
    expect(tab.get_by_text("mag geen '@-teken'").first).to_be_visible()
    check(tab)
    tab.get_by_label("Gebruikersnaam *").fill("een.enkele")
    expect(tab.get_by_text("Zelf gekozen.")).to_be_visible()
    tab.get_by_role("button", name="Bewaren en afdrukken").click()
    tab.get_by_role("button", name="Pas aanmeldgegevens aan").click()
    tab.get_by_role("button", name="Bewaar gebruikersnaam").wait_for()
    check(tab)
    _fail_to_sign_in(installation, "een.enkele")
    pupil = tab.get_by_role("heading", level=1).last.inner_text()
    tab.get_by_role("button", name="Terug naar overzicht").click()
    tab.get_by_role("button", name=pupil, exact=True).first.click()
    tried = tab.get_by_role("table", name="Laatste pogingen op Mijn LeerID")
    expect(tried.get_by_text("Verkeerd wachtwoord").first).to_be_visible()
    expect(tab.get_by_text("over 60 minuten weer aanmelden")).to_be_visible()
    check(tab)
    tab.get_by_role("button", name="Vernieuw wachtwoord").click()
    expect(tab.get_by_role("heading", name="Vernieuw")).to_be_visible()


def _fail_to_sign_in(installation: Installation, name: str) -> None:
    """Let a pupil have failed twice, after many others who tried his name."""
    context = installation.context
    at, subject = context.clock(), context.keys.subject(pupil_subject(name))
    for _ in range(2):
        with pytest.raises(Refused, match="pupil_sign_in_failed"):
            sign_in(context, name, "fout", "192.0.2.1")
    with context.database.write() as uow:
        uow.sign_in_failures.put(subject, Failures(30, at, at + PER_PUPIL.wait(30)))


def test_bulk_and_batches(tab: Page, installation: Installation) -> None:
    """The bulk table with all that it can say, its result, the batches, and undoing one."""
    installation.visit(tab, installation.administrator("ans", *BOTH), query="?groep=5de+leerjaar")
    select_all(tab)
    tab.get_by_role("button", name="Maak LeerID's aan").click()
    tab.get_by_label("Wachtwoord type van").first.select_option("pictures")
    expect(tab.get_by_role("img")).to_have_count(4)
    tab.get_by_label("Neem").nth(2).uncheck()
    tab.get_by_label("Gebruikersnaam van").first.fill("admin")
    expect(tab.get_by_text("voorbehouden aan het systeem")).to_be_visible()
    tab.get_by_role("button", name="Bewaren en afdrukken").click()
    tab.get_by_role("alert").filter(has_text="Niet elke gebruikersnaam").wait_for()
    check(tab)
    tab.get_by_label("Gebruikersnaam van").first.fill("een.naam")
    expect(tab.get_by_text("Zelf gekozen.")).to_be_visible()
    tab.get_by_role("button", name="Bewaren en afdrukken").click()
    tab.get_by_role("button", name="Download zipbestand").wait_for()
    check(tab)
    tab.get_by_role("button", name="Terug naar overzicht").click()
    tab.get_by_role("button", name="Afdrukken").click()
    expect(tab.get_by_role("table", name="Afdruklijsten")).to_be_visible()
    check(tab)
    tab.get_by_role("table").locator("tbody tr").first.click()
    tab.get_by_role("button", name="Maak ongedaan").click()
    expect(tab.get_by_role("button", name="Ja, maak ongedaan")).to_be_visible()
    check(tab)


def test_the_other_pages(tab: Page, installation: Installation) -> None:
    """Schoolinstellingen, a start password, an import looked over, Applicatiebeheer empty."""
    installation.visit(tab, installation.administrator("ans", *BOTH), "schoolinstellingen")
    tab.get_by_label("Login van een nieuwe beheerder").fill("nel@school.be")
    tab.get_by_label("Voornaam en naam").fill("Nel Maes")
    tab.get_by_label("inzage").last.check()
    tab.get_by_role("button", name="Voeg toe").click()
    expect(tab.get_by_role("heading", name="Startwachtwoord van Nel Maes")).to_be_visible()
    check(tab)
    tab.get_by_label("Kies een bestand").first.set_input_files("data/samples/wisa.csv")
    expect(tab.get_by_role("heading", name="Inschrijvingen importeren")).to_be_visible()
    expect(tab.get_by_role("table", name="Wijzigingen")).to_contain_text("Nieuw")
    check(tab)
    tab.get_by_role("link", name="Applicatiebeheer").click()
    expect(tab.get_by_text("Geen leerlingen gevonden")).to_be_visible()
    check(tab)


def test_who_has_no_right(tab: Page, installation: Installation) -> None:
    """The sign-in page, its refusal, one's own password, and a page that one may not use."""
    viewer = installation.administrator("vic", Role.VIEWER)
    tab.goto(f"{installation.address}schoolinstellingen")
    check(tab)
    tab.get_by_label("Gebruikersnaam").fill(viewer)
    tab.get_by_label("Wachtwoord").fill("iets helemaal anders")
    tab.get_by_role("button", name="Aanmelden").click()
    expect(tab.get_by_role("alert")).to_be_visible()
    check(tab)
    installation.visit(tab, viewer, "schoolinstellingen")
    expect(tab.get_by_text("rol")).to_be_visible()
    check(tab)
    tab.goto(f"{installation.address}wachtwoord")
    tab.get_by_label("Huidig wachtwoord").fill("niet mijn wachtwoord")
    tab.get_by_label("Nieuw wachtwoord", exact=True).fill("acht groene stoelen")
    tab.get_by_label("Nieuw wachtwoord, nog eens").fill("acht groene stoelen")
    tab.get_by_role("button", name="Bewaar wachtwoord").click()
    expect(tab.get_by_role("alert")).to_contain_text("huidige wachtwoord")
    check(tab)
