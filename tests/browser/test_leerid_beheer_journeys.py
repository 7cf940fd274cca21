"""LeerID-beheer in a real browser, by role and label, as an administrator uses it."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import openpyxl
import pytest
from browsing import select_all
from playwright.sync_api import Browser, Download, Page, expect
from served import OPERATOR, PRIMARY, SECONDARY, Installation

from leerid_core.rules.roles import Role
from leerid_core.services.pupils import list_pupils
from leerid_core.store import NO_ACCOUNT, PupilQuery

BOTH = (Role.ACCOUNT_MANAGER, Role.DATA_MANAGER)


def opened(tab: Page, installation: Installation) -> Page:
    """Open LeerID-beheer as somebody with both roles."""
    installation.visit(tab, installation.administrator("ans", *BOTH))
    expect(tab.get_by_role("table", name="Ingeschreven leerlingen")).to_be_visible()
    return tab


@pytest.fixture
def beheer(tab: Page, installation: Installation) -> Page:
    """LeerID-beheer of the demo schools; each test takes pupils that no other takes."""
    return opened(tab, installation)


@pytest.fixture
def beheer_alone(tab: Page, alone: Installation) -> Page:
    """LeerID-beheer of demo schools that are as they were made."""
    return opened(tab, alone)


def choose(tab: Page, group: str) -> None:
    """Filter on a group and select everybody in it."""
    tab.get_by_label("Administratieve groep", exact=True).select_option(group)
    expect(tab.get_by_role("table").locator("tbody tr").first).to_contain_text(group)
    select_all(tab)
    expect(tab.get_by_role("button", name="Maak LeerID's aan")).to_be_enabled()


def workbook(download: Download) -> list[tuple[object, ...]]:
    """The rows of the Excel in a zip that was downloaded."""
    archive = zipfile.ZipFile(Path(download.path()))
    (name,) = [one for one in archive.namelist() if one.endswith(".xlsx")]
    sheet = openpyxl.load_workbook(io.BytesIO(archive.read(name))).active
    return list(sheet.iter_rows(min_row=2, values_only=True))


def test_the_filter_follows_the_typing_and_stays_in_the_address(beheer: Page) -> None:
    """Order and diacritics do not matter; a reload finds the same rows; one button clears it.

    A link to another school or filter leads there, though the page that was left is still kept.
    """
    beheer.get_by_label("Zoeken").fill("munir abdelkader")
    expect(beheer.get_by_text("Totaal aantal rijen: 1", exact=True)).to_be_visible()
    expect(beheer).to_have_url(re.compile(r"zoek=munir\+abdelkader"))
    beheer.reload()
    expect(beheer.get_by_label("Zoeken")).to_have_value("munir abdelkader")
    expect(beheer.get_by_text("Totaal aantal rijen: 1", exact=True)).to_be_visible()
    beheer.get_by_role("button", name="Verwijder filters").click()
    expect(beheer.get_by_text("Totaal aantal rijen: 412", exact=True)).to_be_visible()
    beheer.goto(f"{beheer.url.split('?')[0]}?instelling={SECONDARY}&groep=Kapper+DBSO")
    expect(beheer.get_by_label("Administratieve groep", exact=True)).to_have_value("Kapper DBSO")
    expect(beheer.get_by_text("BRUSSEL-STAD - TEST School 2", exact=True)).to_be_visible()
    expect(beheer).to_have_url(re.compile(f"instelling={SECONDARY}&groep=Kapper"))


def test_the_selection_survives_filter_sort_and_page(beheer: Page) -> None:
    """The header box takes the whole filter; what is outside the filter stays selected."""
    choose(beheer, "6de leerjaar")
    status = beheer.get_by_role("status").filter(has_text="geselecteerd")
    expect(status).not_to_have_text("0 leerlingen geselecteerd")
    taken = status.text_content() or ""
    beheer.get_by_role("button", name="Verwijder filters").click()
    beheer.get_by_role("button", name="Voornaam").click()
    beheer.get_by_role("button", name="Volgende pagina").click()
    expect(beheer.get_by_text("51–100 van 412")).to_be_visible()
    expect(status).to_have_text(taken)
    expect(beheer.get_by_role("columnheader", name="Voornaam")).to_have_attribute(
        "aria-sort", "ascending"
    )


def test_the_keyboard_does_what_the_mouse_does(beheer: Page) -> None:
    """Arrow keys walk the rows, Space selects, Enter opens the pupil."""
    table = beheer.get_by_role("table", name="Ingeschreven leerlingen")
    table.get_by_role("checkbox").nth(1).focus()
    beheer.keyboard.press("ArrowDown")
    beheer.keyboard.press("Space")
    expect(table.get_by_role("checkbox").nth(2)).to_be_checked()
    expect(beheer.get_by_text("1 leerling geselecteerd")).to_be_visible()
    expect(table.get_by_role("checkbox").nth(2)).to_be_focused()
    beheer.keyboard.press("Tab")
    name = beheer.evaluate("document.activeElement.getAttribute('aria-label')")
    beheer.keyboard.press("Enter")
    expect(beheer.get_by_role("heading", name=name)).to_be_focused()


def test_thirty_accounts_with_mixed_passwords(beheer: Page) -> None:
    """Names are checked as they are typed, rows unticked, and the zip holds what was shown."""
    choose(beheer, "6de leerjaar")
    beheer.get_by_role("button", name="Maak LeerID's aan").click()
    table = beheer.get_by_role("table", name="Leerlingen zonder LeerID")
    expect(table.locator("tbody tr").first).to_be_visible()
    planned = table.locator("tbody tr").count()
    for index in range(30, planned):
        table.get_by_label(re.compile("^Neem .* mee$")).nth(index).uncheck()
    expect(beheer.get_by_text(f"30 van {planned} leerlingen geselecteerd")).to_be_visible()
    for index in range(10):
        table.get_by_label("Wachtwoord type van").nth(index).select_option("pictures")
    expect(table.get_by_role("img")).to_have_count(40)
    field = table.get_by_label("Gebruikersnaam van").first
    taken = table.get_by_label("Gebruikersnaam van").nth(1).input_value()
    field.fill(taken)
    expect(table.get_by_text(f"De gebruikersnaam {taken} bestaat al.")).to_be_visible()
    beheer.get_by_role("button", name="Bewaren en afdrukken").click()
    expect(beheer.get_by_role("alert").filter(has_text="Niet elke gebruikersnaam")).to_be_visible()
    field.fill("eigen.keuze")
    expect(table.get_by_text("Zelf gekozen.")).to_be_visible()
    word = table.locator("tbody tr").nth(15).locator("code").text_content()
    with beheer.expect_download() as made:
        beheer.get_by_role("button", name="Bewaren en afdrukken").click()
    expect(beheer.get_by_role("heading", name="30 LeerID's zijn aangemaakt")).to_be_visible()
    lines = workbook(made.value)
    assert len(lines) == 30
    assert "eigen.keuze" in [line[4] for line in lines]
    passwords = [line[5] for line in lines]
    assert word in passwords
    assert passwords.count("Afbeeldingen: zie pdf") == 10


def test_work_can_be_stopped_before_it_is_written(beheer: Page, installation: Installation) -> None:
    """Stop leaves everything as it was, and says so."""
    beheer.get_by_label("LeerID-type").select_option("Geen account")
    select_all(beheer)
    before = without_account(installation)
    beheer.get_by_role("button", name="Maak LeerID's aan").click()
    beheer.get_by_role("button", name="Bewaren en afdrukken").click()
    beheer.get_by_role("button", name="Stop", exact=True).click()
    expect(beheer.get_by_role("alert").filter(has_text="Er is niets bewaard")).to_be_visible()
    assert without_account(installation) == before


def without_account(installation: Installation) -> int:
    """How many pupils of the primary school have no account."""
    query = PupilQuery(account_type=NO_ACCOUNT)
    return list_pupils(installation.context, OPERATOR, PRIMARY, query).total


def test_batches_are_printed_again_undone_and_renewed(beheer_alone: Page) -> None:
    """All of it, a selection, undone after a question; who cannot be renewed is named before."""
    tab = beheer_alone
    tab.get_by_role("button", name="Afdrukken").click()
    tab.get_by_role("table", name="Afdruklijsten").locator("tbody tr").first.click()
    with tab.expect_download() as made:
        tab.get_by_role("button", name="Druk alles nog eens af").click()
    assert len(workbook(made.value)) > 40
    tab.get_by_label(re.compile("^Selecteer (?!alle)")).nth(0).check()
    tab.get_by_label(re.compile("^Selecteer (?!alle)")).nth(1).check()
    with tab.expect_download() as some:
        tab.get_by_role("button", name="Druk selectie nog eens af").click()
    assert len(workbook(some.value)) == 2
    tab.get_by_role("button", name="Maak ongedaan").click()
    tab.get_by_role("button", name="Ja, maak ongedaan").click()
    expect(tab.get_by_role("status").filter(has_text="is ongedaan gemaakt")).to_be_visible()
    expect(tab.get_by_role("table").locator("tbody tr").first).to_contain_text("ongedaan")
    tab.get_by_role("button", name="← Terug naar overzicht").click()
    tab.get_by_label("Zoeken").fill("a")
    select_all(tab)
    tab.get_by_role("button", name="Vernieuw wachtwoorden").click()
    expect(tab.get_by_text("Heeft nog geen LeerID.").first).to_be_visible()
    with tab.expect_download() as renewed:
        tab.get_by_role("button", name="Bewaren en afdrukken").click()
    expect(tab.get_by_role("heading", name="wachtwoorden zijn vernieuwd")).to_be_visible()
    assert len(workbook(renewed.value)) > 10


def test_one_pupil_gets_a_leerid(beheer: Page) -> None:
    """The manual's chapter 2 from the filter to "Nog niet aangemeld"."""
    beheer.get_by_label("Zoeken").fill("munir abdelkader")
    beheer.get_by_role("button", name="Munir Abdelkader").click()
    expect(beheer.get_by_role("heading", name="Nog geen LeerID")).to_be_visible()
    expect(beheer.get_by_text("Deze leerling is ingeschreven tot")).to_be_visible()
    beheer.get_by_role("button", name="Maak een LeerID aan").click()
    beheer.get_by_label("Afbeeldingswachtwoord").check()
    expect(beheer.get_by_role("img")).to_have_count(4)
    beheer.get_by_role("button", name="pas gebruikersnaam aan").click()
    beheer.get_by_label("Gebruikersnaam *").fill("m@b")
    expect(beheer.get_by_text("Een gebruikersnaam mag geen '@-teken' bevatten.")).to_be_visible()
    beheer.get_by_label("Gebruikersnaam *").fill("munir.a")
    expect(beheer.get_by_text("Zelf gekozen.")).to_be_visible()
    with beheer.expect_download():
        beheer.get_by_role("button", name="Bewaren en afdrukken").click()
    expect(beheer.get_by_text("Het LeerID is succesvol aangemaakt.")).to_be_visible()
    expect(beheer.get_by_text("Nog niet aangemeld")).to_be_visible()
    expect(beheer.get_by_text("munir.a", exact=True)).to_be_visible()
    expect(beheer.get_by_role("heading", name="Basis LeerID")).to_be_visible()


def test_another_school_shows_its_own_pupils(beheer: Page) -> None:
    """Wijzig instelling goes to the other school without a new page."""
    beheer.get_by_role("button", name="Wijzig instelling").click()
    beheer.get_by_label("Instelling", exact=True).select_option(SECONDARY)
    expect(beheer.get_by_text("Totaal aantal rijen: 688", exact=True)).to_be_visible()
    expect(beheer).to_have_url(re.compile(f"instelling={SECONDARY}"))


def test_a_school_that_is_not_mine_is_not_shown(tab: Page, installation: Installation) -> None:
    """The address of another school gives one's own; a viewer is offered nothing to change."""
    viewer = installation.administrator("vic", Role.VIEWER, schools=[PRIMARY])
    installation.visit(tab, viewer, query=f"?instelling={SECONDARY}")
    expect(tab.get_by_text("Totaal aantal rijen: 412", exact=True)).to_be_visible()
    expect(tab.get_by_role("button", name="Wijzig instelling")).to_be_hidden()
    expect(tab.get_by_role("button", name="Maak LeerID's aan")).to_have_count(0)


def test_two_users_at_once_make_an_account_once(
    browser: Browser, installation: Installation
) -> None:
    """Two who plan for the same pupils: one gets it done, the other is told that it was."""
    pages = []
    for login in ("ans", "ben"):
        page = browser.new_context().new_page()
        installation.visit(page, installation.administrator(login, *BOTH))
        pages.append(page)
    for page in pages:
        choose(page, "5de leerjaar")
        page.get_by_role("button", name="Maak LeerID's aan").click()
        expect(page.get_by_role("table", name="Leerlingen zonder LeerID")).to_be_visible()
    first, second = pages
    second.get_by_role("button", name="Bewaren en afdrukken").click()
    expect(second.get_by_role("button", name="Download zipbestand")).to_be_visible()
    first.get_by_role("button", name="Bewaren en afdrukken").click()
    expect(
        first.get_by_role("alert").filter(has_text="Ondertussen is er iets gewijzigd")
    ).to_be_visible()
    for page in pages:
        page.context.close()
