"""Signing in and out in a real browser, and a page that tells when it no longer works."""

from __future__ import annotations

import os
import signal
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
from browsing import findings
from playwright.sync_api import BrowserContext, Page, expect
from served import OPERATOR, PASSWORD, Installation

from leerid_core.rules.roles import Role
from leerid_core.services.administrators import set_disabled
from leerid_core.services.sessions import SessionLimits

LOOK = "document.dispatchEvent(new Event('visibilitychange'))"
"""What a browser says when the user comes back to a page: it looks how it stands."""


@pytest.fixture
def login(installation: Installation) -> str:
    """An administrator."""
    return installation.administrator("ans", Role.ACCOUNT_MANAGER)


@pytest.fixture
def beheer(tab: Page, installation: Installation, login: str) -> Page:
    """LeerID-beheer, opened by an administrator."""
    installation.visit(tab, login)
    expect(tab.get_by_role("table", name="Ingeschreven leerlingen")).to_be_visible()
    return tab


def _process(kernel: str) -> int:
    """Return the process of a kernel."""
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):  # it ended meanwhile
            if f"kernel-{kernel}.json".encode() in path.read_bytes():
                return int(path.parent.name)
    raise AssertionError(kernel)


def _told(tab: Page, text: str) -> None:
    tab.evaluate(LOOK)
    expect(tab.get_by_role("alert").filter(has_text=text)).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_wrong_password_and_the_right_one(
    tab: Page, installation: Installation, login: str, scheme: str
) -> None:
    """By keyboard alone: what went wrong is said, what was wanted opens, signing out is asked."""
    tab.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    tab.goto(f"{installation.address}leerid-beheer?zoek=jan")
    expect(tab.get_by_role("heading", name="Aanmelden")).to_be_visible()
    assert findings(tab) == []
    tab.keyboard.type(login)
    tab.keyboard.press("Tab")
    tab.keyboard.type("niet dit wachtwoord")
    tab.keyboard.press("Enter")
    expect(tab.get_by_role("alert")).to_have_text(
        "De gebruikersnaam of het wachtwoord is niet juist. Probeer opnieuw."
    )
    expect(tab).to_have_title("Fout: aanmelden – LeerID Schoolloket")
    expect(tab.get_by_label("Wachtwoord")).to_be_focused()
    assert findings(tab) == []
    tab.keyboard.type(PASSWORD)
    tab.keyboard.press("Enter")
    expect(tab.get_by_label("Zoeken")).to_have_value("jan")
    tab.goto(f"{installation.address}afmelden")
    assert findings(tab) == []
    tab.goto(f"{installation.address}nergens")
    assert findings(tab) == []


def test_a_page_that_is_reloaded_is_where_it_was(beheer: Page) -> None:
    """The same screen, that the address alone does not tell."""
    beheer.get_by_role("table").locator("tbody tr").first.get_by_role("button").click()
    name = beheer.get_by_role("heading", level=1).last.inner_text()
    expect(beheer.get_by_text("Inschrijvingsgegevens", exact=False).first).to_be_visible()
    beheer.reload()
    expect(beheer.get_by_role("heading", name=name)).to_be_visible()
    expect(beheer.get_by_text("Inschrijvingsgegevens", exact=False).first).to_be_visible()


def test_signing_out_empties_every_tab(
    beheer: Page, visitor: BrowserContext, installation: Installation
) -> None:
    """What was on the screen of the other tab is gone, and it says why."""
    other = visitor.new_page()
    other.goto(f"{installation.address}leerid-beheer")
    other.get_by_role("link", name="Afmelden").click()
    expect(other.get_by_role("heading", name="Aanmelden")).to_be_visible()
    _told(beheer, "Je bent afgemeld.")
    expect(beheer.get_by_role("table")).to_have_count(0)
    beheer.get_by_role("link", name="Meld je opnieuw aan").click()
    expect(beheer.get_by_role("heading", name="Aanmelden")).to_be_visible()


def test_who_is_disabled_sees_nothing_more(
    beheer: Page, installation: Installation, login: str
) -> None:
    """Without doing anything."""
    set_disabled(installation.context, OPERATOR, login, disabled=True)
    _told(beheer, "Je bent afgemeld.")
    expect(beheer.get_by_role("table")).to_have_count(0)


def test_a_session_that_expired_is_told(beheer: Page, installation: Installation) -> None:
    """On the page, and where one signs in again."""
    with installation.context.database.write() as uow:
        session = next(one for one in map(uow.sessions.get, range(99, 0, -1)) if one)
        uow.sessions.touch(
            session.session_id, session.last_seen_at - SessionLimits().idle - timedelta(minutes=1)
        )
    _told(beheer, "Je sessie is verlopen.")
    beheer.get_by_role("link", name="Meld je opnieuw aan").click()
    expect(beheer.get_by_role("status")).to_contain_text("Je sessie is verlopen")


def test_a_lost_connection_is_told_and_comes_back(beheer: Page, visitor: BrowserContext) -> None:
    """What was on the screen stays."""
    visitor.set_offline(True)
    _told(beheer, "De verbinding met het Schoolloket is weg.")
    expect(beheer.get_by_role("table")).to_be_visible()
    visitor.set_offline(False)
    beheer.evaluate(LOOK)
    expect(beheer.get_by_text("De verbinding met het Schoolloket is weg.")).to_have_count(0)
    beheer.get_by_label("Zoeken").fill("jan")
    expect(beheer.get_by_role("row")).to_have_count(3)


def test_a_kernel_that_died_is_told(beheer: Page) -> None:
    """The page says that it is closed, and a reload opens another."""
    kernel = beheer.evaluate("JSON.parse(document.getElementById('place').textContent).kernelId")
    os.kill(_process(kernel), signal.SIGKILL)
    expect(beheer.get_by_role("alert")).to_contain_text("is gesloten", timeout=60_000)
    beheer.get_by_role("link", name="Herlaad de pagina").click()
    expect(beheer.get_by_role("table", name="Ingeschreven leerlingen")).to_be_visible()
