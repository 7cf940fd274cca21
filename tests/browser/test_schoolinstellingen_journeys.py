"""Schoolinstellingen and Applicatiebeheer in a real browser."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from browsing import findings
from playwright.sync_api import Browser, Page, expect
from served import OPERATOR, SECONDARY, Installation

from leerid_core.rules.enrolments import Level
from leerid_core.rules.roles import Role
from leerid_core.rules.school_years import SchoolYear
from leerid_core.services.import_undo import undo_import
from leerid_core.services.school_settings import list_imports
from leerid_core.services.schools import add_school

SAMPLES = Path(__file__).parents[2] / "data" / "samples"
NEW_SCHOOLS = {"030569": "De nieuwe basisschool", "125252": "De nieuwe secundaire school"}
OF_THE_OTHER = {"schoolloket.xlsx", "wisa-bestand.txt"}  # the samples that name the second
BOTH = (Role.ACCOUNT_MANAGER, Role.DATA_MANAGER)


@pytest.fixture(scope="module")
def schools(installation: Installation) -> list[str]:
    """Two schools that have no enrolments; each test leaves them so."""
    for number, name in NEW_SCHOOLS.items():
        add_school(installation.context, OPERATOR, number, name, Level.LAGER)
    return list(NEW_SCHOOLS)


@pytest.fixture
def new_school(tab: Page, installation: Installation, schools: list[str]) -> Page:
    """Their Schoolinstellingen."""
    ans = installation.administrator("ans", *BOTH, schools=schools)
    installation.visit(tab, ans, "schoolinstellingen")
    expect(tab.get_by_role("heading", name="Inschrijvingen importeren")).to_be_visible()
    return tab


def take_back(installation: Installation, school: str) -> None:
    """Undo the last import of a school."""
    last = list_imports(installation.context, OPERATOR, school)[0]
    undo_import(installation.context, OPERATOR, last.number)


@pytest.mark.parametrize("sample", sorted(path.name for path in SAMPLES.iterdir()))
def test_a_sample_is_imported(new_school: Page, installation: Installation, sample: str) -> None:
    """Each kind of file is recognised, shown row by row, applied, and in the log and the list."""
    if sample in OF_THE_OTHER:
        new_school.get_by_role("button", name="Wijzig instelling").click()
        new_school.get_by_label("Instelling", exact=True).select_option("125252")
        expect(new_school.get_by_text(NEW_SCHOOLS["125252"], exact=True)).to_be_visible()
        expect(new_school.get_by_role("heading", level=1).last).to_be_focused()
    new_school.get_by_label("Kies een bestand").set_input_files(SAMPLES / sample)
    expect(new_school.get_by_role("heading", name=sample)).to_be_visible()
    new = new_school.get_by_role("row", name=re.compile("^Nieuw ")).get_by_role("cell").nth(1)
    count = int(new.text_content() or 0)
    assert count > 0
    expect(new_school.get_by_role("table", name="Wijzigingen")).to_contain_text("Nieuw")
    new_school.get_by_role("button", name="Toepassen").click()
    expect(new_school.get_by_text(f"{sample} is ingelezen: {count} nieuw.")).to_be_visible()
    expect(new_school.get_by_role("cell", name=sample)).to_be_visible()
    new_school.get_by_role("link", name="LeerID-beheer").click()
    expect(new_school.get_by_text(f"Totaal aantal rijen: {count}", exact=True)).to_be_visible()
    take_back(installation, "125252" if sample in OF_THE_OTHER else "030569")


def test_an_import_is_taken_back(new_school: Page) -> None:
    """The log says so, and the pupils are gone from the list."""
    new_school.get_by_label("Kies een bestand").set_input_files(SAMPLES / "informat.xml")
    new_school.get_by_role("button", name="Toepassen").click()
    new_school.get_by_role("button", name="Maak de laatste import ongedaan").click()
    expect(
        new_school.get_by_text("De import van informat.xml is ongedaan gemaakt.")
    ).to_be_visible()
    expect(new_school.get_by_role("cell", name="ongedaan gemaakt").first).to_be_visible()
    new_school.get_by_role("link", name="LeerID-beheer").click()
    expect(new_school.get_by_text("Geen leerlingen gevonden")).to_be_visible()


def test_a_wrong_column_is_corrected(new_school: Page) -> None:
    """Another column becomes the voornaam; the one that was it is no longer used."""
    new_school.get_by_label("Kies een bestand").set_input_files(SAMPLES / "wisa.csv")
    expect(new_school.get_by_label("VOORNAAM", exact=True)).to_have_value("Voornaam")
    new_school.get_by_label("ROEPNAAM", exact=True).select_option("Voornaam")
    expect(new_school.get_by_label("VOORNAAM", exact=True)).to_have_value("Niet gebruiken")
    expect(new_school.get_by_label("ROEPNAAM", exact=True)).to_have_value("Voornaam")


def test_a_file_that_is_no_list_is_refused(new_school: Page, tmp_path: Path) -> None:
    """The reason and what to do about it, and the page goes on."""
    picture = tmp_path / "foto.csv"
    picture.write_bytes(b"%PDF-1.7 not a list")
    new_school.get_by_label("Kies een bestand").set_input_files(picture)
    alert = new_school.get_by_role("alert").filter(has_text="Dit is een pdf.")
    expect(alert).to_be_visible()
    new_school.get_by_label("Kies een bestand").set_input_files(SAMPLES / "wisa.csv")
    expect(new_school.get_by_role("heading", name="wisa.csv")).to_be_visible()


def test_the_settings_of_a_school(tab: Page, installation: Installation) -> None:
    """Class information decides on the filter; stickers move; a colleague gets a role."""
    ans = installation.administrator("ans", *BOTH)
    ben = installation.administrator("ben", Role.VIEWER, schools=[SECONDARY])
    installation.visit(tab, ans, "schoolinstellingen")
    tab.get_by_role("button", name="Deel geen klasinformatie meer").click()
    expect(tab.get_by_role("button", name="Deel klasinformatie", exact=True)).to_be_visible()
    tab.get_by_label("Naar rechts (mm)").fill("1.5")
    with tab.expect_download() as sheet:
        tab.get_by_role("button", name="Download testblad").click()
    assert sheet.value.path().read_bytes().startswith(b"%PDF")
    tab.get_by_role("button", name="Bewaar", exact=True).click()
    expect(tab.get_by_text("De verschuiving van de stickers is bewaard.")).to_be_visible()
    tab.get_by_label("Login van een nieuwe beheerder").fill(ben)
    tab.get_by_label("Voornaam en naam").fill("Ben")
    tab.get_by_label("inzage").last.check()
    tab.get_by_role("button", name="Voeg toe").click()
    expect(tab.get_by_text("Ben is toegevoegd.")).to_be_visible()
    tab.get_by_label("LeerID-beheerder").last.check()
    tab.get_by_title("Bewaar de rollen van Ben").click()
    expect(tab.get_by_text("De rollen van Ben zijn bewaard.")).to_be_visible()
    tab.get_by_role("link", name="LeerID-beheer").click()
    expect(tab.get_by_role("table", name="Ingeschreven leerlingen")).to_be_visible()
    expect(tab.get_by_label("(sub)Klas")).to_have_count(0)


def test_sign_ins_elsewhere_are_read(tab: Page, installation: Installation, tmp_path: Path) -> None:
    """What counts, what does not and why; the pupil is no longer one who never signed in."""
    with installation.context.database.read() as uow:
        batch = uow.batches.of_school(SECONDARY)[0]
        pupil_ids = [one.pupil_id for one in uow.batches.members(batch.number)]
        accounts = uow.accounts.of_pupils(pupil_ids[:2])
    now = datetime.now(UTC)
    rows = [f"{account.username},{now:%Y-%m-%dT%H:%M:%SZ},Toetsen" for account in accounts.values()]
    log = tmp_path / "log.csv"
    lines = ["username,time,app", *rows, f"=niemand,{now:%Y-%m-%dT%H:%M}Z,", "niemand,straks,"]
    log.write_text("\n".join(lines))
    lien = installation.administrator("lien", *BOTH, schools=[SECONDARY])
    installation.visit(tab, lien, "schoolinstellingen")
    tab.get_by_label("Kies een logbestand").set_input_files(log)
    expect(tab.get_by_text("log.csv is gelezen: 2 nieuwe aanmeldingen.")).to_be_visible()
    expect(tab.get_by_role("row", name="Rijen met een fout 1")).to_be_visible()
    expect(tab.get_by_role("row", name="=niemand 1")).to_be_visible()
    expect(tab.get_by_role("row", name="5 “straks” is geen tijdstip")).to_be_visible()
    assert findings(tab) == []
    tab.get_by_role("button", name="← Terug naar Schoolinstellingen").click()
    tab.get_by_label("Kies een logbestand").set_input_files(log)
    expect(tab.get_by_text("log.csv is gelezen: 0 nieuwe aanmeldingen.")).to_be_visible()
    with installation.context.database.read() as uow:
        signed_in = uow.batches.get(batch.number)
    assert signed_in is not None
    assert signed_in.signed_in == batch.signed_in + 2


def test_accounts_are_prepared_for_the_coming_year(
    new_school: Page, installation: Installation, tmp_path: Path
) -> None:
    """Who is enrolled from the coming 1 September is in Applicatiebeheer, not in LeerID-beheer."""
    coming = SchoolYear.of(installation.context.today()).next.start
    file = tmp_path / "volgend_jaar.csv"
    file.write_text(
        "Stamnummer;Voornaam;Naam;Administratieve groep;Begindatum;Einddatum\n"
        f"77;Noor;Claes;1ste leerjaar;1/9/{coming};31/8/{coming + 1}\n"
    )
    new_school.get_by_label("Kies een bestand").set_input_files(file)
    new_school.get_by_role("button", name="Toepassen").click()
    expect(new_school.get_by_text("is ingelezen: 1 nieuw.")).to_be_visible()
    new_school.get_by_role("link", name="LeerID-beheer").click()
    expect(new_school.get_by_text("Geen leerlingen gevonden")).to_be_visible()
    new_school.get_by_role("link", name="Applicatiebeheer").click()
    new_school.get_by_label("Selecteer Noor Claes").check()
    new_school.get_by_role("button", name="Maak LeerID's aan").click()
    with new_school.expect_download():
        new_school.get_by_role("button", name="Bewaren en afdrukken").click()
    new_school.get_by_role("button", name="Terug naar overzicht").click()
    new_school.get_by_role("button", name="Noor Claes").click()
    expect(new_school.get_by_text(f"Wordt actief op 1 september {coming}")).to_be_visible()


def test_a_new_colleague_comes_in(tab: Page, browser: Browser, installation: Installation) -> None:
    """The start password is shown once, leads only to another one, and that opens the school."""
    installation.visit(tab, installation.administrator("ans", *BOTH), "schoolinstellingen")
    tab.get_by_label("Login van een nieuwe beheerder").fill("nel@school.be")
    tab.get_by_label("Voornaam en naam").fill("Nel Maes")
    tab.get_by_label("inzage").last.check()
    tab.get_by_role("button", name="Voeg toe").click()
    expect(tab.get_by_role("heading", name="Startwachtwoord van Nel Maes")).to_be_focused()
    start = tab.locator(".leerid-code").inner_text()
    tab.get_by_role("button", name="Verberg").click()
    expect(tab.get_by_text(start)).to_have_count(0)
    with browser.new_context() as theirs:
        page = theirs.new_page()
        page.goto(f"{installation.address}leerid-beheer")
        page.get_by_label("Gebruikersnaam").fill("nel@school.be")
        page.get_by_label("Wachtwoord").fill(start)
        page.get_by_role("button", name="Aanmelden").click()
        expect(page.get_by_role("heading", name="Kies een eigen wachtwoord")).to_be_visible()
        assert findings(page) == []
        page.get_by_label("Startwachtwoord").fill(start)
        page.get_by_label("Nieuw wachtwoord", exact=True).fill("acht groene stoelen")
        page.get_by_label("Nieuw wachtwoord, nog eens").fill("acht groene stoelen")
        page.get_by_role("button", name="Bewaar wachtwoord").click()
        page.get_by_role("link", name="Naar het begin").click()
        expect(page.get_by_role("table", name="Ingeschreven leerlingen")).to_be_visible()
        page.get_by_role("link", name="Wachtwoord").click()
        expect(page.get_by_role("heading", name="Wachtwoord wijzigen")).to_be_visible()
