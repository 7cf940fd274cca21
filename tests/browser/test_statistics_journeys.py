"""Gebruiksstatistieken in a real browser: from who never signed in to new cards in the hand."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import openpyxl
import pytest
from browsing import findings, select_all
from playwright.sync_api import Locator, Page, expect
from pypdf import PdfReader
from served import OPERATOR, Installation, installed
from service_world import OTHER_SCHOOL, SCHOOL, Child, Clock, World, open_world

from leerid_core.rules.roles import Role
from leerid_core.services.context import Context
from leerid_core.services.pupils import list_pupils
from leerid_core.services.schools import share_classes
from leerid_core.settings import Settings
from leerid_core.store import PupilQuery, SignInEvent

WITHOUT = frozenset({"07"})
CHILDREN = (
    Child("01", "Jan Peeters", "4de leerjaar", "4A"),
    Child("02", "Mia Claes", "4de leerjaar", "4A"),
    Child("03", "Ali Can", "4de leerjaar", "4B"),
    Child("04", "Lotte Maes", "5de leerjaar", "5A"),
    Child("05", "Omar Diallo", "5de leerjaar", "5A"),
    Child("06", "Zoë Wouters", "5de leerjaar", "5A"),
    Child("07", "Finn Janssens", "6de leerjaar", "6A"),
)
SIGNED_IN = ("01", "04", "05")
GROUPS = "Aangemeld per administratieve groep"


@dataclass(frozen=True)
class Served:
    """The school on its server, and who may sign in there."""

    context: Context
    installation: Installation
    manager: str
    reader: str

    def visit(self, tab: Page, login: str, query: str = "") -> None:
        """Open the statistics."""
        self.installation.visit(tab, login, "gebruiksstatistieken", query)


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A school where cards were handed out forty days ago, on a server that the tests share."""
    folder = tmp_path_factory.mktemp("statistics")
    settings = Settings.collect({}, f"sqlite:///{folder / 'leerid.sqlite'}")
    with open_world(settings, Clock(datetime.now(UTC) - timedelta(days=40))) as world:
        _fill(world)
    with installed(folder, tmp_path_factory.mktemp("served") / "statistics") as made:
        both = (SCHOOL, OTHER_SCHOOL)
        yield Served(
            made.context,
            made,
            made.administrator("ans", Role.ACCOUNT_MANAGER, Role.DATA_MANAGER, schools=both),
            made.administrator("vic", Role.VIEWER, schools=(SCHOOL,)),
        )


def _fill(world: World) -> None:
    year = world.context.today().year - (world.context.today().month < 9)
    dates = {"begin": f"1/9/{year}", "end": f"31/8/{year + 2}"}
    children = [
        Child(one.stamnummer, one.name, one.group, one.classes, **dates) for one in CHILDREN
    ]
    world.enrol(*children)
    share_classes(world.context, world.operator, SCHOOL, share=True)
    holders = frozenset(one.stamnummer for one in CHILDREN) - WITHOUT
    world.create(PupilQuery(stamnummers=holders))
    found = {pupil.listed.stamnummer: pupil.listed.pupil_id for pupil in world.pupils()}
    events = [
        SignInEvent(found[stamnummer], world.clock() + timedelta(days=at, minutes=1), "Mijn LeerID")
        for at, stamnummer in enumerate(SIGNED_IN)
    ]
    with world.context.database.write() as uow:
        uow.sign_ins.record(events)


@pytest.fixture
def page(tab: Page, school: Served) -> Page:
    """The statistics, opened by who may issue and change settings."""
    school.visit(tab, school.manager)
    tile(tab, "Nooit aangemeld").wait_for()
    return tab


def tile(tab: Page, name: str) -> Locator:
    """Return the tile of a figure, by what its button begins with after the number."""
    return tab.get_by_role("button", name=re.compile(rf"^[\d.]+ {name}\b"))


def numbers(tab: Page, title: str) -> list[list[str]]:
    """Return the cells of the table with the numbers of a chart."""
    rows = tab.get_by_role("table", name=f"Cijfers: {title}").locator("tbody tr")
    return [row.locator("th, td").all_inner_texts() for row in rows.all()]


def test_from_who_never_signed_in_to_new_cards(page: Page) -> None:
    """The tile, its pupils, all of them selected, the plan, and a zip with their cards."""
    expect(tile(page, "Nooit aangemeld")).to_contain_text("3")
    tile(page, "Nooit aangemeld").click()
    expect(page.get_by_role("heading", name="Nooit aangemeld")).to_be_focused()
    table = page.get_by_role("table", name="Leerlingen")
    expect(table.locator("tbody tr")).to_have_count(3)
    with page.expect_download() as given:
        page.get_by_role("button", name="Opvolglijst (PDF)").click()
    text = "".join(one.extract_text() for one in PdfReader(given.value.path()).pages)
    assert "Claes" in text
    assert "Peeters" not in text
    select_all(page)
    page.get_by_role("button", name="Vernieuw wachtwoorden").click()
    with page.expect_download() as saved:
        page.get_by_role("button", name="Bewaren en afdrukken").click()
    with zipfile.ZipFile(saved.value.path()) as archive:
        (name,) = (one for one in archive.namelist() if one.endswith(".xlsx"))
        sheet = openpyxl.load_workbook(io.BytesIO(archive.read(name))).active
    assert sheet is not None
    assert {row[1].value for row in sheet.iter_rows(min_row=2)} == {"Mia", "Ali", "Zoë"}
    page.get_by_role("button", name="Terug naar overzicht").click()
    page.get_by_role("button", name="← Terug naar de cijfers").click()
    expect(tile(page, "Nooit aangemeld")).to_contain_text("3")


def test_the_filter_stands_in_the_address(page: Page) -> None:
    """And what is opened: a reload, a bookmark, back and on show the same.

    "Verwijder filters" shows everybody again.
    """
    page.get_by_label("Administratieve groep", exact=True).select_option("5de leerjaar")
    expect(tile(page, "Nooit aangemeld")).to_contain_text("1")
    page.get_by_label("Periode", exact=True).select_option("Laatste 90 dagen")
    expect(page).to_have_url(re.compile("periode=90&groep=5de"))
    address = page.url
    page.reload()
    expect(tile(page, "Nooit aangemeld")).to_contain_text("1")
    tile(page, "Nooit aangemeld").click()
    expect(page.get_by_role("heading", name="Nooit aangemeld: 5de leerjaar")).to_be_focused()
    expect(page).to_have_url(re.compile("cijfer=never_signed_in"))
    opened = page.url
    page.go_back()
    expect(tile(page, "Nooit aangemeld")).to_contain_text("1")
    expect(page).to_have_url(address)
    page.go_forward()
    expect(page).to_have_url(opened)
    expect(page.get_by_role("table", name="Leerlingen").locator("tbody tr")).to_have_count(1)
    page.get_by_role("button", name="← Terug naar de cijfers").click()
    expect(tile(page, "Nooit aangemeld")).to_contain_text("1")
    page.goto(opened)
    expect(page.get_by_role("table", name="Leerlingen").locator("tbody tr")).to_have_count(1)
    page.goto(address)
    page.get_by_role("button", name="Verwijder filters").click()
    expect(tile(page, "Nooit aangemeld")).to_contain_text("3")
    page.goto(address)
    expect(tile(page, "Nooit aangemeld")).to_contain_text("1")
    expect(page).to_have_url(address)


def test_a_chart_has_words_numbers_and_pupils_behind_them(page: Page) -> None:
    """The picture is there, its table counts as the service does, and a number opens its pupils."""
    picture = page.get_by_role("img", name=f"Grafiek: {GROUPS}")
    expect(picture).to_be_visible()
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") > 100
    page.get_by_text("Cijfers", exact=True).first.click()
    assert [row[:6] for row in numbers(page, GROUPS)] == [
        ["4de leerjaar", "3", "0", "3", "1", "2"],
        ["5de leerjaar", "3", "0", "3", "2", "1"],
        ["6de leerjaar", "1", "1", "0", "0", "0"],
    ]
    page.get_by_role("button", name="2 (Nooit aangemeld: 4de leerjaar)").click()
    expect(page.get_by_role("heading", name="Nooit aangemeld: 4de leerjaar")).to_be_focused()
    expect(page.get_by_role("table", name="Leerlingen").locator("tbody tr")).to_have_count(2)


def test_what_is_new_comes_without_moving_anything(tab: Page, school: Served) -> None:
    """Every minute on request: focus, unfolded tables and scroll stay; nothing when hidden."""
    tab.clock.install()
    school.visit(tab, school.manager)
    tab.get_by_role("img", name="Grafiek: Aanmeldingen per toepassing").wait_for()
    tab.get_by_label("Ververs elke minuut").check()
    tab.get_by_text("Cijfers", exact=True).last.click()
    table = tab.get_by_role("table", name="Cijfers: Aanmeldingen per toepassing")
    rows = table.locator("tbody tr")
    expect(rows).to_have_count(1)
    tile(tab, "Ooit aangemeld").focus()
    where = tab.evaluate("scrollY")
    with school.context.database.write() as uow:
        uow.sign_ins.record([SignInEvent(_pupil(school, "jan"), datetime.now(UTC), "Smartschool")])
    _hide(tab, hidden=True)
    tab.clock.fast_forward(120_000)
    expect(rows).to_have_count(1)
    _hide(tab, hidden=False)
    tab.clock.fast_forward(2_000)
    expect(rows).to_have_count(2)
    expect(tile(tab, "Ooit aangemeld")).to_be_focused()
    assert tab.evaluate("scrollY") == where


def test_a_reader_gets_lists_but_no_cards(tab: Page, school: Served) -> None:
    """Who may only read is offered nothing that makes accounts or passwords, at his own school."""
    address = f"?instelling={OTHER_SCHOOL}"
    school.visit(tab, school.reader, address)
    expect(tab.get_by_text(f"School {SCHOOL}", exact=True)).to_be_visible()
    for name in ("Nooit aangemeld", "Zonder account"):
        tile(tab, name).click()
        tab.get_by_role("table", name="Leerlingen").locator("tbody tr").first.wait_for()
        for label in ("Vernieuw wachtwoorden", "Maak LeerID's aan"):
            expect(tab.get_by_role("button", name=label)).to_have_count(0)
        tab.get_by_role("button", name="← Terug naar de cijfers").click()
    with tab.expect_download() as given:
        tab.get_by_role("button", name="Rapport (PDF)").click()
    assert len(PdfReader(Path(given.value.path())).pages) > 1


def test_nothing_stands_in_the_way(tab: Page, school: Served) -> None:
    """Axe finds nothing: the figures with all tables unfolded, and the pupils behind one.

    In the dark the charts are others, and so are the colours.
    """
    school.visit(tab, school.manager)
    picture = tab.get_by_role("img", name="Grafiek: Aanmeldingen per toepassing")
    picture.wait_for()
    tab.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    assert findings(tab) == []
    tab.emulate_media(color_scheme="dark")
    shown = "image => image.currentSrc === image.parentElement.querySelector('source').srcset"
    tab.wait_for_function(shown, arg=picture.element_handle())
    assert findings(tab, "color-contrast") == []
    tile(tab, "Nooit aangemeld").click()
    tab.get_by_role("table", name="Leerlingen").locator("tbody tr").first.wait_for()
    assert findings(tab) == []


def test_a_school_without_pupils_is_told_what_to_do(tab: Page, school: Served) -> None:
    """No wall of zeros, and nothing that axe minds."""
    school.visit(tab, school.manager, f"?instelling={OTHER_SCHOOL}")
    expect(tab.get_by_text("importeert ze onder Schoolinstellingen")).to_be_visible()
    expect(tile(tab, "Nooit aangemeld")).to_be_hidden()
    assert findings(tab) == []


def _hide(tab: Page, *, hidden: bool) -> None:
    """Let the page believe that its tab is not looked at."""
    given = "{ value: hidden, configurable: true }"
    tab.evaluate(f"hidden => Object.defineProperty(document, 'hidden', {given})", hidden)


def _pupil(school: Served, name: str) -> int:
    query = PupilQuery(search=name)
    found = list_pupils(school.context, OPERATOR, SCHOOL, query).pupils
    return found[0].listed.pupil_id
