"""The bulk table: through a reload, without a mouse, and with as many rows as a school has."""

from __future__ import annotations

import re

import pytest
from browsing import select_all
from playwright.sync_api import Page, expect
from served import SECONDARY, Installation

from leerid_core.rules.roles import Role

BOTH = (Role.ACCOUNT_MANAGER, Role.DATA_MANAGER)
ROW = re.compile("^Neem (?!alle leerlingen).* mee$")
"""The box that takes a row or leaves it out."""


def planned(tab: Page, installation: Installation, query: str) -> Page:
    """Open LeerID-beheer with a filter, and plan accounts for all of it."""
    installation.visit(tab, installation.administrator("ans", *BOTH), query=query)
    select_all(tab)
    tab.get_by_role("button", name="Maak LeerID's aan").click()
    expect(tab.get_by_role("table", name="Leerlingen zonder LeerID")).to_be_visible()
    expect(tab.get_by_label("Gebruikersnaam van").first).to_be_visible()
    return tab


def test_a_plan_that_is_half_edited_survives_a_reload(
    tab: Page, installation: Installation
) -> None:
    """Names typed, one that cannot be, pictures chosen and a row unticked: all are still there."""
    planned(tab, installation, "?groep=6de+leerjaar")
    names = tab.get_by_label("Gebruikersnaam van")
    names.nth(0).fill("mijn.eigen.naam")
    expect(tab.get_by_text("Zelf gekozen.")).to_be_visible()
    names.nth(1).fill("admin")
    expect(tab.get_by_text("voorbehouden aan het systeem")).to_be_visible()
    tab.get_by_label(ROW).nth(2).uncheck()
    tab.get_by_label("Wachtwoord type van").nth(3).select_option("pictures")
    expect(tab.get_by_role("img")).to_have_count(4)
    word = tab.locator("code").nth(4).inner_text()
    chosen = tab.get_by_role("status").filter(has_text="geselecteerd").inner_text()
    tab.reload()
    expect(names.nth(0)).to_have_value("mijn.eigen.naam")
    expect(names.nth(1)).to_have_value("admin")
    expect(tab.get_by_text("voorbehouden aan het systeem")).to_be_visible()
    expect(tab.get_by_label(ROW).nth(2)).not_to_be_checked()
    expect(tab.get_by_role("img")).to_have_count(4)
    expect(tab.locator("code").nth(4)).to_have_text(word)
    expect(tab.get_by_role("status").filter(has_text="geselecteerd")).to_have_text(chosen)
    tab.get_by_role("button", name="Bewaren en afdrukken").click()
    expect(tab.get_by_role("alert").filter(has_text="Niet elke gebruikersnaam")).to_be_visible()
    expect(names.nth(1)).to_be_focused()
    names.nth(1).fill("nog.een.naam")
    expect(tab.get_by_text("Zelf gekozen.")).to_have_count(2)
    _choose_pictures_for_all(tab)
    expect(names.nth(1)).to_have_value("nog.een.naam")
    with tab.expect_download():
        tab.get_by_role("button", name="Bewaren en afdrukken").click()
    expect(tab.get_by_role("heading", name="LeerID's zijn aangemaakt")).to_be_visible()


def _choose_pictures_for_all(tab: Page) -> None:
    """See that the table stays where it was scrolled to, and the focus on the button."""
    table = tab.get_by_role("region", name="Leerlingen zonder LeerID")
    table.evaluate("element => element.scrollTop = 600")
    tab.get_by_label("Wachtwoord type voor de hele selectie").select_option("Afbeeldingswachtwoord")
    button = tab.get_by_role("button", name="Pas toe op alle basisaccounts")
    button.click()
    expect(table.locator("select option:checked").filter(has_text="Afb")).to_have_count(
        tab.get_by_label(ROW).count()
    )
    expect(button).to_be_focused()
    assert table.evaluate("element => element.scrollTop") >= 600


def focus_on(tab: Page, name: str) -> None:
    """Press Tab until this control has the focus, and see that the focus shows."""
    wanted = tab.get_by_label(name, exact=True).or_(tab.get_by_role("button", name=name)).first
    for _ in range(60):
        if wanted.evaluate("element => element === document.activeElement"):
            break
        tab.keyboard.press("Tab")
    expect(wanted).to_be_focused()
    outline = wanted.evaluate("element => getComputedStyle(element).outlineStyle")
    assert outline != "none", f"the focus on {name} cannot be seen"


def test_a_bulk_creation_without_a_mouse(tab: Page, installation: Installation) -> None:
    """From the sign-in page to the download: Tab, arrows, Space, Enter and typing are enough."""
    login = installation.administrator("ans", *BOTH)
    tab.goto(f"{installation.address}leerid-beheer")
    tab.keyboard.type(login)
    tab.keyboard.press("Tab")
    tab.keyboard.type("zeven gele fietsen")
    tab.keyboard.press("Enter")
    expect(tab.get_by_role("table", name="Ingeschreven leerlingen")).to_be_visible()
    focus_on(tab, "Administratieve groep")
    tab.keyboard.type("5de leerjaar")
    expect(tab.get_by_label("Administratieve groep", exact=True)).to_have_value("5de leerjaar")
    expect(tab.get_by_role("table").locator("tbody tr").first).to_contain_text("5de leerjaar")
    focus_on(tab, "Selecteer alle rijen van de filter")
    tab.keyboard.press("Space")
    expect(tab.get_by_role("button", name="Maak LeerID's aan")).to_be_enabled()
    focus_on(tab, "Maak LeerID's aan")
    tab.keyboard.press("Enter")
    expect(tab.get_by_role("heading", name="Bulk: maak LeerID's aan")).to_be_focused()
    first = tab.get_by_label("Gebruikersnaam van").first
    expect(first).to_be_visible()
    focus_on(tab, first.get_attribute("aria-label") or "")
    tab.keyboard.press("Control+a")
    tab.keyboard.type("met.het.toetsenbord")
    expect(tab.get_by_text("Zelf gekozen.")).to_be_visible()
    kind = tab.get_by_label("Wachtwoord type van").first
    focus_on(tab, kind.get_attribute("aria-label") or "")
    tab.keyboard.press("ArrowUp")
    expect(tab.get_by_role("img")).to_have_count(4)
    expect(kind).to_be_focused()
    focus_on(tab, "Bewaren en afdrukken")
    with tab.expect_download():
        tab.keyboard.press("Enter")
    expect(tab.get_by_role("heading", name="Bulk: maak LeerID's aan")).to_be_focused()
    expect(tab.get_by_role("status").filter(has_text="Alles is bewaard")).to_be_visible()
    expect(tab.get_by_text("met.het.toetsenbord")).to_be_visible()


@pytest.fixture
def whole_school(tab: Page, installation: Installation) -> Page:
    """A plan for everybody of the big school who has no account yet."""
    return planned(tab, installation, f"?instelling={SECONDARY}&type=none")


def test_a_whole_school_in_one_table(whole_school: Page) -> None:
    """Every row can be reached, edited and unticked; the last as the first."""
    tab = whole_school
    total = int(tab.get_by_text("Totaal aantal rijen:").locator("strong").inner_text())
    assert total > 500
    names = tab.get_by_label("Gebruikersnaam van")
    while names.count() < total:
        before = names.count()
        names.last.scroll_into_view_if_needed()
        tab.wait_for_function(
            "before => document.querySelectorAll('.leerid-plan input[type=text]').length > before",
            arg=before,
        )
    names.last.fill("de.laatste.rij")
    expect(tab.get_by_text("Zelf gekozen.")).to_be_visible()
    tab.get_by_label("Neem alle leerlingen mee").uncheck()
    expect(tab.get_by_text(f"0 van {total} leerlingen geselecteerd")).to_be_visible()
    tab.get_by_label(ROW).last.check()
    expect(tab.get_by_text(f"1 van {total} leerlingen geselecteerd")).to_be_visible()
    with tab.expect_download():
        tab.get_by_role("button", name="Bewaren en afdrukken").click()
    expect(tab.get_by_text("de.laatste.rij")).to_be_visible()
