"""Every page and dialog is looked over by axe, in light and in dark."""

from __future__ import annotations

import pytest
from browsing import findings
from playwright.sync_api import Page, expect
from served import Installation

from leerid_core.rules.roles import Role

BOTH = (Role.ACCOUNT_MANAGER, Role.DATA_MANAGER)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_leerid_beheer(tab: Page, installation: Installation, scheme: str) -> None:
    """The list, a pupil, one LeerID, the bulk table, the result, the batches and one of them."""
    tab.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    installation.visit(tab, installation.administrator("ans", *BOTH))
    expect(tab.get_by_role("table", name="Ingeschreven leerlingen")).to_be_visible()
    tab.get_by_label("Administratieve groep", exact=True).select_option("6de leerjaar")
    tab.get_by_label("Selecteer alle rijen van de filter").check()
    assert findings(tab) == []
    tab.get_by_role("table").locator("tbody tr").first.get_by_role("button").click()
    tab.get_by_role("button", name="Maak een LeerID aan").wait_for()
    assert findings(tab) == []
    tab.get_by_role("button", name="Maak een LeerID aan").click()
    tab.get_by_label("Afbeeldingswachtwoord").check()
    expect(tab.get_by_role("img")).to_have_count(4)
    assert findings(tab) == []
    tab.get_by_role("button", name="Annuleer").click()
    tab.get_by_role("button", name="← Terug naar overzicht").click()
    tab.get_by_role("button", name="Maak LeerID's aan").click()
    expect(tab.get_by_role("table", name="Leerlingen zonder LeerID")).to_be_visible()
    tab.get_by_label("Gebruikersnaam van").first.fill("admin")
    expect(tab.get_by_text("voorbehouden aan het systeem")).to_be_visible()
    assert findings(tab) == []
    tab.get_by_label("Gebruikersnaam van").first.fill("een.naam")
    expect(tab.get_by_text("Zelf gekozen.")).to_be_visible()
    tab.get_by_role("button", name="Bewaren en afdrukken").click()
    tab.get_by_role("button", name="Download zipbestand").wait_for()
    assert findings(tab) == []
    tab.get_by_role("button", name="Terug naar overzicht").click()
    tab.get_by_role("button", name="Afdrukken").click()
    expect(tab.get_by_role("table", name="Afdruklijsten")).to_be_visible()
    assert findings(tab) == []
    tab.get_by_role("table").locator("tbody tr").first.click()
    tab.get_by_role("button", name="Maak ongedaan").click()
    expect(tab.get_by_role("button", name="Ja, maak ongedaan")).to_be_visible()
    assert findings(tab) == []


def test_the_other_pages(tab: Page, installation: Installation) -> None:
    """Schoolinstellingen, the preview of an import, and Applicatiebeheer without pupils."""
    installation.visit(tab, installation.administrator("ans", *BOTH), "schoolinstellingen")
    expect(tab.get_by_role("heading", name="Schoolinstellingen")).to_be_visible()
    assert findings(tab) == []
    tab.get_by_label("Kies een bestand").set_input_files("data/samples/wisa.csv")
    expect(tab.get_by_role("heading", name="Inschrijvingen importeren")).to_be_visible()
    assert findings(tab) == []
    tab.get_by_role("link", name="Applicatiebeheer").click()
    expect(tab.get_by_text("Geen leerlingen gevonden")).to_be_visible()
    assert findings(tab) == []


def test_who_has_no_right(tab: Page, installation: Installation) -> None:
    """The sign-in page, its refusal, and a page that one may not use are whole too."""
    viewer = installation.administrator("vic", Role.VIEWER)
    tab.goto(f"{installation.address}schoolinstellingen")
    assert findings(tab) == []
    tab.get_by_label("Gebruikersnaam").fill(viewer)
    tab.get_by_label("Wachtwoord").fill("iets helemaal anders")
    tab.get_by_role("button", name="Aanmelden").click()
    expect(tab.get_by_role("alert")).to_be_visible()
    assert findings(tab) == []
    installation.visit(tab, viewer, "schoolinstellingen")
    expect(tab.get_by_text("rol")).to_be_visible()
    assert findings(tab) == []
