"""Pupils at Mijn LeerID in a real browser, on a phone and on a computer."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager

import pypdfium2
import pytest
import zxingcpp
from axe_playwright_python.sync_playwright import Axe
from leerid_command import zip_files
from mail_server import link
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pupil_class import ServedClass
from sqlalchemy import text

from leerid_core.rules.pictures import CATALOGUE
from leerid_core.rules.throttling import PER_PUPIL
from leerid_core.services.pupils import list_pupils
from leerid_core.services.throttling import pupil_subject
from leerid_core.store import Failures, PupilQuery

SCHOOL = "030569"
PHONE = {"width": 360, "height": 640}
SIZES = [("phone", "light"), ("computer", "dark")]
OWN, OTHER = "een paarse olifant", "twee groene giraffen"
SMALLEST = 44


@pytest.fixture
def phone(visitor: BrowserContext) -> Page:
    """A tab of 360 by 640 pixels."""
    return _tab(visitor, "phone", "light")


def _tab(visitor: BrowserContext, size: str, scheme: str) -> Page:
    tab = visitor.new_page()
    if size == "phone":
        tab.set_viewport_size(PHONE)  # type: ignore[arg-type]
    tab.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    return tab


@contextmanager
def _without_script(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(java_script_enabled=False, viewport=PHONE)  # type: ignore[arg-type]
    yield context.new_page()
    context.close()


def _whole(tab: Page) -> None:
    """Make sure that a page has no findings of axe, fits its width, and can be hit by a finger."""
    found = Axe().run(tab).response["violations"]
    assert [f"{one['id']}: {node['html'][:200]}" for one in found for node in one["nodes"]] == []
    assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")
    targets = tab.locator("button:visible, a:visible, input:visible:not([type=checkbox])")
    boxes = [one.bounding_box() for one in targets.all()]
    assert [box for box in boxes if box and box["height"] < SMALLEST] == []


def _card_link(archive: bytes) -> str:
    """Scan the QR code of the one card on the A4 sheet of an archive."""
    files = zip_files(archive)
    (sheet,) = (content for name, content in files.items() if name.endswith("_A4.pdf"))
    with pypdfium2.PdfDocument(io.BytesIO(sheet)) as document:
        image = document[0].render(scale=3).to_pil()
    (code,) = zxingcpp.read_barcodes(image)
    return str(code.text)


def _type_password(tab: Page, password: str) -> None:
    tab.get_by_label("Wachtwoord", exact=True).fill(password)
    tab.get_by_role("button", name="Aanmelden").click()


def _tap(tab: Page, *keys: str) -> None:
    for key in keys:
        tab.get_by_role("button", name=key, exact=True).click()


def _guessed(served: ServedClass, username: str) -> None:
    """Let somebody have guessed at a password so often that the wait is the longest."""
    context, at = served.school.context, served.school.context.clock()
    with context.database.write() as uow:
        subject = context.keys.subject(pupil_subject(username))
        uow.sign_in_failures.put(subject, Failures(30, at, at + PER_PUPIL.wait(30)))


def _sessions(served: ServedClass, username: str) -> int:
    """Return in how many browsers a pupil is signed in."""
    pupil = served.school.world.accounts()[username].pupil_id
    with served.school.context.database._reading.connect() as connection:
        counted = text("SELECT count(*) FROM pupil_sessions WHERE pupil_id = :pupil")
        return int(connection.scalar(counted, {"pupil": pupil}) or 0)


def _order(tab: Page) -> list[str]:
    return tab.get_by_role("group", name="Alle prentjes").get_by_role("button").all_inner_texts()


@pytest.mark.parametrize(("size", "scheme"), SIZES)
def test_a_printed_card_is_scanned_and_a_word_typed(
    visitor: BrowserContext, served_class: ServedClass, size: str, scheme: str
) -> None:
    """The name is there already; a mistake is told kindly; the school sees the sign-in."""
    tab = _tab(visitor, size, scheme)
    tab.goto(_card_link(served_class.school.archives["an"]))
    expect(tab.get_by_text("an.maes")).to_be_visible()
    expect(tab.get_by_label("Wachtwoord", exact=True)).to_be_focused()
    _whole(tab)
    _type_password(tab, "29fout9")
    expect(tab.get_by_role("alert")).to_contain_text("Vraag je juf, meester of leerkracht")
    expect(tab).to_have_title("Fout: aanmelden – Mijn LeerID")
    _whole(tab)
    tab.get_by_label("Toon wachtwoord").check()
    expect(tab.get_by_label("Wachtwoord", exact=True)).to_have_attribute("type", "text")
    _type_password(tab, f" {served_class.school.cards['an.maes'].upper()}")
    expect(tab.get_by_role("heading", name="Dag An!")).to_be_visible()
    _whole(tab)
    school = served_class.school
    (seen,) = list_pupils(
        school.context, school.world.operator, SCHOOL, PupilQuery(search="an")
    ).pupils
    assert seen.listed.last_sign_in is not None
    tab.get_by_role("button", name="Afmelden").click()
    expect(tab.get_by_role("status")).to_contain_text("Je bent afgemeld.")
    _whole(tab)
    tab.go_back()
    expect(tab.get_by_role("heading", name="Dag An!")).to_have_count(0)


@pytest.mark.parametrize(("size", "scheme"), SIZES)
def test_pictures_are_tapped_taken_back_and_tapped_again(
    visitor: BrowserContext, served_class: ServedClass, size: str, scheme: str
) -> None:
    """In their order; all in another place at each visit; too few is no attempt."""
    tab = _tab(visitor, size, scheme)
    tab.goto(_card_link(served_class.school.archives["bo"]))
    order = _order(tab)
    assert sorted(order) == sorted(picture.name for picture in CATALOGUE)
    _whole(tab)
    keys = served_class.school.cards["bo.maes"].split()
    wrong = next(one for one in order if one not in keys)
    _tap(tab, wrong, *keys[:2])
    chosen = tab.get_by_role("list", name="Jouw prentjes")
    expect(chosen.get_by_role("button")).to_have_count(3)
    expect(tab.get_by_role("button", name=keys[0], exact=True)).to_be_disabled()
    expect(tab.get_by_role("status")).to_contain_text("3 van 4")
    _whole(tab)
    tab.get_by_role("button", name="Klaar").click()
    expect(tab.get_by_role("alert")).to_have_text("Tik eerst op vier prentjes.")
    assert _order(tab) == order
    chosen.get_by_role("button").first.click()
    expect(chosen.get_by_role("button")).to_have_count(2)
    _tap(tab, *keys[2:])
    expect(tab.get_by_role("button", name="Klaar")).to_be_focused()
    tab.keyboard.press("Enter")
    expect(tab.get_by_role("heading", name="Dag Bo!")).to_be_visible()
    tab.get_by_role("button", name="Afmelden").click()
    tab.goto(f"{served_class.address}bo.maes")
    assert _order(tab) != order


def test_pictures_need_no_script(browser: Browser, served_class: ServedClass) -> None:
    """Each tap is a page; a name is typed first, in capitals."""
    with _without_script(browser) as tab:
        tab.goto(served_class.address)
        tab.get_by_label("Wat is je gebruikersnaam?").fill("Bo.Maes")
        tab.get_by_role("button", name="Verder").click()
        keys = served_class.school.cards["bo.maes"].split()
        order = _order(tab)
        other = next(one for one in order if one not in keys)
        _tap(tab, other)
        tab.get_by_role("button", name=f"1: {other}. Haal weg.").click()
        _tap(tab, *keys)
        assert _order(tab) == order
        tab.get_by_role("button", name="Klaar").click()
        expect(tab.get_by_role("heading", name="Dag Bo!")).to_be_visible()


def test_pictures_by_keyboard(phone: Page, served_class: ServedClass) -> None:
    """Tab and space are enough."""
    phone.goto(f"{served_class.address}bo.maes")
    for key in served_class.school.cards["bo.maes"].split():
        phone.get_by_role("button", name=key, exact=True).focus()
        phone.keyboard.press("Space")
    phone.keyboard.press("Space")
    expect(phone.get_by_role("heading", name="Dag Bo!")).to_be_visible()


def test_a_gevorderd_account_from_card_to_forgotten_password(
    phone: Page, visitor: BrowserContext, served_class: ServedClass
) -> None:
    """A temporary password is changed, an address confirmed, a password forgotten and replaced."""
    cards = served_class.school.cards
    phone.goto(_card_link(served_class.school.archives["cas"]))
    _type_password(phone, cards["cas.maes"])
    expect(phone.get_by_role("heading", name="Kies je eigen wachtwoord")).to_be_visible()
    phone.get_by_label("Je nieuwe wachtwoord").fill("Welkom2024!")
    expect(phone.get_by_role("status")).to_contain_text("dat veel mensen gebruiken")
    expect(phone.get_by_text("Minstens 8 tekens")).to_have_class("good")
    _whole(phone)
    phone.get_by_label("Typ het nog eens").fill("Welkom2024!")
    phone.get_by_role("button", name="Bewaren").click()
    expect(phone.get_by_role("alert")).to_contain_text("wordt te vaak gebruikt")
    phone.get_by_label("Je nieuwe wachtwoord").fill(OWN)
    expect(phone.get_by_role("status")).to_have_text("Dit wachtwoord is goed.")
    phone.get_by_label("Typ het nog eens").fill(OWN)
    phone.get_by_role("button", name="Bewaren").click()
    expect(phone.get_by_role("heading", name="Dag Cas!")).to_be_visible()
    expect(phone.get_by_role("listitem")).to_contain_text("Mijn LeerID")
    _whole(phone)
    phone.get_by_label("Je e-mailadres").fill("cas@voorbeeld.be")
    phone.get_by_role("button", name="Stuur een mail").click()
    expect(phone.get_by_role("status")).to_contain_text("We stuurden je een mail")
    mailed = visitor.new_page()
    mailed.goto(link(served_class.mailbox.next()))
    _whole(mailed)
    mailed.get_by_role("button", name="Ja, bevestig").click()
    expect(mailed.get_by_role("heading", name="Je e-mailadres is bevestigd")).to_be_visible()
    phone.reload()
    expect(phone.get_by_text("is bevestigd")).to_be_visible()
    phone.get_by_role("link", name="Wijzig je wachtwoord").click()
    _whole(phone)
    phone.get_by_role("link", name="Terug").click()
    phone.get_by_role("button", name="Afmelden").click()
    phone.goto(f"{served_class.address}cas.maes")
    phone.get_by_role("link", name="Wachtwoord vergeten?").click()
    _whole(phone)
    phone.get_by_label("Je gebruikersnaam").fill("cas.maes")
    phone.get_by_role("button", name="Stuur een mail").click()
    expect(phone.get_by_role("heading", name="Kijk in je mailbox")).to_be_visible()
    _whole(phone)
    mailed.goto(link(served_class.mailbox.next()))
    _whole(mailed)
    mailed.get_by_label("Je nieuwe wachtwoord").fill(OTHER)
    mailed.get_by_label("Typ het nog eens").fill(OTHER)
    mailed.get_by_role("button", name="Bewaren").click()
    expect(mailed.get_by_role("status")).to_contain_text("Je nieuwe wachtwoord is bewaard")
    assert "wachtwoord voor LeerID is gewijzigd" in served_class.mailbox.next()["Subject"]
    mailed.goto(f"{served_class.address}cas.maes")
    _type_password(mailed, OTHER)
    expect(mailed.get_by_role("heading", name="Dag Cas!")).to_be_visible()


def test_who_guesses_waits_and_a_new_card_makes_an_end_of_it(
    phone: Page, served_class: ServedClass
) -> None:
    """The page says how long, and whom to ask; the new card works at once."""
    school = served_class.school
    phone.goto(f"{served_class.address}an.maes")
    _type_password(phone, "fout")
    expect(phone.get_by_role("alert")).to_contain_text("Dat klopt niet.")
    _guessed(served_class, "an.maes")
    _type_password(phone, school.cards["an.maes"])
    expect(phone.get_by_role("alert")).to_contain_text("Wacht 60 minuten")
    _whole(phone)
    school.renew("an")
    _type_password(phone, school.cards["an.maes"])
    expect(phone.get_by_role("heading", name="Dag An!")).to_be_visible()


def test_another_card_on_the_same_computer_takes_over(
    phone: Page, served_class: ServedClass
) -> None:
    """Who forgot to sign out is signed out by the next; his own card brings him back in."""
    cards, before = served_class.school.cards, _sessions(served_class, "an.maes")
    phone.goto(f"{served_class.address}an.maes")
    _type_password(phone, cards["an.maes"])
    expect(phone.get_by_role("heading", name="Dag An!")).to_be_visible()
    phone.goto(f"{served_class.address}an.maes")
    expect(phone.get_by_role("heading", name="Dag An!")).to_be_visible()
    phone.goto(f"{served_class.address}bo.maes")
    _tap(phone, *cards["bo.maes"].split())
    phone.get_by_role("button", name="Klaar").click()
    expect(phone.get_by_role("heading", name="Dag Bo!")).to_be_visible()
    assert _sessions(served_class, "an.maes") == before
    phone.goto(f"{served_class.address}nergens/is/dit")
    expect(phone.get_by_role("heading", name="Deze pagina is er niet")).to_be_visible()
    _whole(phone)
