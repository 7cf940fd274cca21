"""Take the pictures of docs/screens/: run it with `python docs/make_screens.py` where Chromium is.

The demo schools are made in a temporary folder; every name on the pictures is invented.
"""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from PIL import Image

from leerid_core.demo.names import draw_name
from leerid_core.rules.accounts import PasswordKind
from leerid_core.rules.school_years import SchoolYear
from leerid_core.services.actors import Operator
from leerid_core.services.context import Context, initialise, opened
from leerid_core.services.demo import DemoUser, fill_demo, let_demo_users_in
from leerid_core.services.imports import apply_import, preview_import
from leerid_core.services.work import Work
from leerid_core.settings import Settings
from leerid_core.store import PupilQuery

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

FOLDER = Path(__file__).parent / "screens"
SAMPLE = Path(__file__).parents[1] / "data" / "samples" / "wisa.csv"
ACTOR = Operator("demo")
SCHOOL = "990412"
GROUP = "6de leerjaar"
NEWCOMERS = 24
USER = "databeheerder"
WIDTH, HEIGHT = 1280, 900
COLOURS = 256


def main() -> None:
    """Make the demo, serve it and walk through it."""
    from playwright.sync_api import sync_playwright

    FOLDER.mkdir(exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as name,
        _served(Path(name)) as (address, user, pupil),
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, locale="nl-BE")
        _sign_in(page, address, user)
        _list(page)
        _one(page)
        _many(page)
        _handed_out(page)
        _other_pages(page)
        _pupil(browser, f"{address}mijn/{pupil}")
        browser.close()


@contextmanager
def _served(folder: Path) -> Iterator[tuple[str, DemoUser, str]]:
    """Serve the demo schools; yield the address, who signs in, and a pupil with pictures."""
    settings = Settings.collect({}, f"sqlite:///{folder / 'leerid.sqlite'}")
    initialise(settings)
    with opened(settings) as context:
        list(fill_demo(context, ACTOR, Work()))
        _enrol_for_coming_year(context)
        users = {user.login: user for user in let_demo_users_in(context, ACTOR)}
        pupil = _pupil_with_pictures(context)
    command = [str(Path(sys.executable).with_name("leerid")), "serve", "--port", "0"]
    environment = {**os.environ, "LEERID_DATABASE_URL": settings.database_url}
    with subprocess.Popen(  # noqa: S603 - our own command
        command, cwd=folder, env=environment, stdout=subprocess.PIPE, text=True
    ) as server:
        try:
            assert server.stdout is not None  # noqa: S101 - for the type checker
            yield server.stdout.readline().split()[-1], users[USER], pupil
        finally:
            server.terminate()


def _pupil_with_pictures(context: Context) -> str:
    """Return the username of a pupil with an afbeeldingswachtwoord."""
    with context.database.read() as uow:
        pupils = uow.listing.page(SCHOOL, SchoolYear.of(context.today()), PupilQuery())
    kind = PasswordKind.PICTURES
    return next(one.username for one in pupils if one.username and one.password_kind is kind)


def _enrol_for_coming_year(context: Context) -> None:
    """Enrol a class that starts on the coming 1 September, for Applicatiebeheer."""
    year = SchoolYear.of(context.today()).next
    random = Random(year.start)  # noqa: S311 - for invented names
    lines = ["Stamnummer;Voornaam;Naam;Administratieve groep;(sub)Klas;Begindatum;Einddatum"]
    for number in range(NEWCOMERS):
        first_name, last_name, _ = draw_name(random)
        lines.append(
            f"{20_001 + number};{first_name};{last_name};1ste kleuterklas;K1A;"
            f"{year.begin:%d/%m/%Y};{year.end:%d/%m/%Y}"
        )
    preview = preview_import(context, ACTOR, SCHOOL, "\n".join(lines).encode())
    apply_import(context, ACTOR, preview, "nieuwe_inschrijvingen.csv")


def _sign_in(page: Page, address: str, user: DemoUser) -> None:
    page.goto(f"{address}leerid-beheer")
    _take(page, "aanmelden")
    page.get_by_label("Gebruikersnaam").fill(user.login)
    page.get_by_label("Wachtwoord").fill(user.password)
    page.get_by_role("button", name="Aanmelden").click()


def _list(page: Page) -> None:
    page.get_by_role("table").locator("tbody tr").first.wait_for()
    _take(page, "leerid-beheer")
    page.emulate_media(color_scheme="dark")
    _take(page, "leerid-beheer-donker")
    page.emulate_media(color_scheme="light")


def _one(page: Page) -> None:
    """A pupil without account, and the form to make one."""
    page.get_by_label("Administratieve groep", exact=True).select_option(GROUP)
    page.get_by_role("cell", name=GROUP).first.wait_for()
    page.get_by_role("table").locator("tbody tr").first.get_by_role("button").click()
    page.get_by_role("button", name="Maak een LeerID aan").wait_for()
    _take(page, "leerling")
    page.get_by_role("button", name="Maak een LeerID aan").click()
    page.get_by_label("Afbeeldingswachtwoord").check()
    page.get_by_role("img").last.wait_for()
    _take(page, "leerid-aanmaken")
    page.get_by_role("button", name="Annuleer").click()
    page.get_by_role("button", name="← Terug naar overzicht").click()


def _many(page: Page) -> None:
    """The plan for the same group, some with pictures, and what came of it."""
    page.get_by_label("Selecteer alle rijen van de filter").check()
    page.get_by_role("button", name="Maak LeerID's aan").click()
    kinds = page.get_by_label("Wachtwoord type van")
    kinds.first.wait_for()
    for index in range(0, 6, 2):
        kinds.nth(index).select_option("pictures")
    page.get_by_role("img").nth(11).wait_for()
    _take(page, "bulk")
    page.get_by_role("button", name="Bewaren en afdrukken").click()
    page.get_by_role("button", name="Download zipbestand").wait_for()
    _take(page, "bulk-resultaat")
    page.get_by_role("button", name="Terug naar overzicht").click()


def _handed_out(page: Page) -> None:
    page.get_by_role("button", name="Afdrukken").click()
    page.get_by_role("table", name="Afdruklijsten").locator("tbody tr").first.wait_for()
    _take(page, "afdrukken")


def _other_pages(page: Page) -> None:
    page.get_by_role("link", name="Schoolinstellingen").click()
    page.get_by_role("heading", name="Inschrijvingen importeren").wait_for()
    _take(page, "schoolinstellingen")
    page.get_by_label("Kies een bestand").set_input_files(SAMPLE)
    page.get_by_role("button", name="Toepassen").wait_for()
    _take(page, "import")
    page.get_by_role("link", name="Applicatiebeheer").click()
    page.get_by_role("table").locator("tbody tr").first.wait_for()
    _take(page, "applicatiebeheer")
    page.get_by_role("link", name="Gebruiksstatistieken").click()
    page.get_by_role("img", name="Grafiek: Aanmeldingen per toepassing").wait_for()
    _take(page, "gebruiksstatistieken")
    page.get_by_role("heading", name="Ingebruikname").scroll_into_view_if_needed()
    _take(page, "gebruiksstatistieken-grafieken")


def _pupil(browser: Browser, link: str) -> None:
    """What a child sees on a phone after scanning a card, with two of four pictures tapped."""
    page = browser.new_page(viewport={"width": 360, "height": 740}, locale="nl-BE")
    page.goto(link)
    for picture in ("zon", "hond"):
        page.get_by_role("button", name=picture, exact=True).click()
    _take(page, "mijn-prentjes")


def _take(page: Page, name: str) -> None:
    """Keep what is seen, with as few colours as a screen of text needs."""
    picture = Image.open(io.BytesIO(page.screenshot(animations="disabled")))
    picture.convert("RGB").quantize(COLOURS).save(FOLDER / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
