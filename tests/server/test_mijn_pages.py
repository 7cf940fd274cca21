"""The pages of pupils, asked for as no browser would."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pupil_class import ServedClass
from schoolloket import TOKEN, Answer, Browser

from leerid_core.rules.pictures import CATALOGUE
from leerid_core.rules.roles import Role
from leerid_core.rules.usernames import username_refusal
from leerid_core.server.mijn.page import COOKIE, DEVICE_COOKIE
from leerid_core.server.mijn.routes import mijn_routes
from leerid_core.server.routes import routes

ADMIN_COOKIE = "leerid-session"
PAGES = ("mijn/", "mijn/an.maes", "mijn/bo.maes", "mijn/vergeten", "mijn/a/b", "mijn/gegevens")
HOSTILE = (
    "mijn/%00",
    "mijn/%ff%fe",
    "mijn/..%2f..%2fetc%2fpasswd",
    "mijn/<script>alert(1)</script>",
    "mijn/{{7*7}}",
    "mijn/" + "a" * 5000,
    "mijn/%F0%9F%98%80",
    "mijn/' OR 1=1 --",
    "mijn/?%00",
    "mijn/bevestig/x",
    "mijn/bevestig/" + "a" * 43,
    "mijn/nieuw/" + "a" * 43,
    "mijn/assets/000000000000/mijn.py",
    "mijn/assets/../../leerid.key",
    "mijn/assets/000000000000/..%2fmijn.css",
    "mijn/aanmelden/",
    "mijn//",
)
FORMS: tuple[dict[str, str], ...] = (
    {},
    {"naam": ""},
    {"naam": "\0", "wachtwoord": "\0"},
    {"naam": "an.maes", "wachtwoord": "\u00ed\u00a0\u00bd"},
    {"naam": "a" * 5000, "wachtwoord": "b" * 5000},
    {"naam": "bo.maes", "orde": "x" * 500, "beeld": "nee", "klaar": "ja"},
    {"naam": "bo.maes", "orde": "", "kies": "../zon", "weg": "zon"},
    {"nieuw": "a", "nogeens": "b", "huidig": "c"},
    {"email": "a@b.be\r\nBcc: c@d.be"},
    {"verwijder": "ja"},
)


def _browser(served: ServedClass) -> Browser:
    browser = Browser(served.server.address)
    browser.get("mijn/")
    return browser


def _enter(served: ServedClass, name: str) -> Browser:
    browser, password = _browser(served), served.school.cards[name]
    answer = browser.post("mijn/aanmelden", naam=name, wachtwoord=password)
    assert (answer.status, answer.location) == (303, "/mijn/gegevens")
    return browser


def _bare(answer: Answer, name: str) -> str:
    """A page without what differs at every visit, and without the name."""
    text = TOKEN.sub("", answer.text).replace(quote(name), "").replace(name, "")
    return re.sub(r'name="orde" value="\w+"', "", text)


@pytest.mark.parametrize("path", PAGES)
def test_no_page_is_kept_framed_or_lets_foreign_code_in(
    served_class: ServedClass, path: str
) -> None:
    """Not even a script in the page itself."""
    headers = _browser(served_class).get(path).headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "Server" not in headers
    policy = headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy


def test_what_a_page_loads_is_kept_for_ever(served_class: ServedClass) -> None:
    """Style, script and every picture; from nowhere else."""
    browser = _browser(served_class)
    page = browser.get("mijn/bo.maes").text
    found = set(re.findall(r'(?:src|href)="(/mijn/assets/[^"]+)"', page))
    assert len(found) == len(CATALOGUE) + 2
    assert not re.findall(r'(?:src|href)="(?:https?:)?//', page)
    for asset in found:
        answer = browser.get(asset.lstrip("/"))
        assert answer.status == 200
        assert "immutable" in answer.headers["Cache-Control"]
        assert browser.get(asset.lstrip("/"), Accept_Encoding="gzip").headers["Content-Encoding"]


def test_a_page_tells_a_stranger_no_more_than_the_field(served_class: ServedClass) -> None:
    """For a name that nobody has it is one of the same two pages, before and after a guess."""
    browser = _browser(served_class)
    known = {_bare(browser.get(f"mijn/{name}"), name) for name in ("an.maes", "cas.maes")}
    assert len(known) == 1
    strange = [_bare(browser.get(f"mijn/niemand{at}"), f"niemand{at}") for at in range(20)]
    assert known <= set(strange)
    assert any('id="prentjes"' in page for page in strange)
    name = next(f"niemand{at}" for at, page in enumerate(strange) if page in known)
    guesses = [
        browser.post("mijn/aanmelden", naam=one, wachtwoord="fout") for one in (name, "an.maes")
    ]
    assert [guess.status for guess in guesses] == [401, 401]
    assert _bare(guesses[0], name) == _bare(guesses[1], "an.maes")


def test_pupils_and_administrators_are_two_worlds(served_class: ServedClass) -> None:
    """Neither session is the other's, in whichever cookie it is put."""
    pupil = _enter(served_class, "an.maes")
    assert ADMIN_COOKIE not in pupil.cookies
    assert pupil.get("leerid-beheer").location.startswith("/aanmelden")
    login = served_class.server.administrator("beide", Role.ACCOUNT_MANAGER)
    administrator = served_class.server.browser(login)
    assert administrator.get("mijn/gegevens").location == "/mijn/"
    administrator.cookies[COOKIE] = administrator.cookies[ADMIN_COOKIE]
    assert administrator.get("mijn/gegevens").location.startswith("/mijn/")
    pupil.cookies[ADMIN_COOKIE] = pupil.cookies[COOKIE]
    assert pupil.get("leerid-beheer").location.startswith("/aanmelden")


def test_the_cookie_stays_with_the_pages_of_pupils(served_class: ServedClass) -> None:
    """No script reads it, no other site sends it, and it goes nowhere else on this server."""
    browser = _browser(served_class)
    password = served_class.school.cards["an.maes"]
    answer = browser.post("mijn/aanmelden", naam="an.maes", wachtwoord=password)
    (cookie,) = (one for one in answer.headers.get_all("Set-Cookie", []) if one.startswith(COOKIE))
    assert {"HttpOnly", "Path=/mijn/", "SameSite=Lax"} <= set(cookie.split("; "))
    assert "expires" not in cookie.lower()


def test_a_browser_knows_who_signed_in_there(served_class: ServedClass) -> None:
    """It says so in a cookie that is signed, and that opens nothing by itself."""
    browser = _enter(served_class, "an.maes")
    browser.post("mijn/afmelden")
    assert DEVICE_COOKIE in browser.cookies
    assert "an.maes" not in browser.cookies[DEVICE_COOKIE]
    assert browser.get("mijn/gegevens").location == "/mijn/"
    browser.cookies[DEVICE_COOKIE] = browser.cookies[DEVICE_COOKIE].replace("|", "!", 1)
    assert browser.get("mijn/an.maes").status == 200


def test_a_form_of_another_site_does_nothing(served_class: ServedClass) -> None:
    """Without the token that only our page has, nobody signs in, out, or changes anything."""
    browser = _enter(served_class, "cas.maes")
    for path in ("aanmelden", "wachtwoord", "email", "afmelden", "vergeten"):
        assert browser.ask("POST", f"mijn/{path}", {"naam": "an.maes"}).status == 403
    assert browser.get("mijn/gegevens").location == "/mijn/wachtwoord"


def test_a_temporary_password_opens_nothing_but_its_change(served_class: ServedClass) -> None:
    """Whatever is asked for by address."""
    browser = _enter(served_class, "cas.maes")
    for answer in (
        browser.get("mijn/gegevens"),
        browser.get("mijn/email"),
        browser.post("mijn/email", email="cas@voorbeeld.be"),
    ):
        assert answer.location == "/mijn/wachtwoord"
    assert browser.get("mijn/wachtwoord").status == 200
    assert served_class.mailbox.empty


def test_no_hostile_address_breaks_anything(served_class: ServedClass) -> None:
    """By whatever method: refused, asked again, or not found."""
    for browser in (_browser(served_class), _enter(served_class, "an.maes")):
        for path in HOSTILE:
            for method in ("GET", "HEAD", "PUT", "DELETE", "OPTIONS", "POST"):
                status = browser.ask(method, quote(path, safe="/%?=")).status
                assert status < 500, (method, path)
    assert "incident" not in served_class.server.log.read_text()


def test_no_hostile_form_breaks_anything(served_class: ServedClass) -> None:
    """Too long, too strange, of another page, or nothing at all."""
    targets = [path.removeprefix("mijn/") for path, _ in mijn_routes() if path.isascii()]
    plain = [path for path in targets if re.fullmatch(r"[a-z]+", path) and path != "mijn"]
    assert {"aanmelden", "wachtwoord", "email"} <= set(plain)
    for path in (*plain, "bevestig/" + "a" * 43, "nieuw/" + "a" * 43):
        for form in FORMS:
            browser = _enter(served_class, "an.maes") if path == "afmelden" else None
            browser = browser or _browser(served_class)
            assert browser.post(f"mijn/{path}", **form).status < 500, (path, form)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    form=st.dictionaries(
        st.sampled_from(["naam", "wachtwoord", "orde", "beeld", "kies", "weg", "klaar"]),
        st.text(max_size=40) | st.sampled_from([one.key for one in CATALOGUE]),
    )
)
def test_whatever_the_form_says_it_is_answered(
    served_class: ServedClass, form: dict[str, str]
) -> None:
    """Any text in any field: never a fault of ours, and never a way in."""
    safe = {key: value.encode("utf-8", "replace").decode() for key, value in form.items()}
    browser = _browser(served_class)
    assert browser.post("mijn/aanmelden", **safe).status in {200, 400, 401, 429}
    assert COOKIE not in browser.cookies


def test_a_name_is_shown_as_text(served_class: ServedClass) -> None:
    """What stands in an address is no part of the page."""
    answer = _browser(served_class).get(quote('mijn/"><script>alert(1)<script>'))
    assert "<script>alert" not in answer.text


def test_the_log_holds_no_name_and_no_token(served_class: ServedClass) -> None:
    """Children type their password where the name belongs."""
    browser = _browser(served_class)
    browser.get("mijn/zeldzamenaam")
    browser.post("mijn/aanmelden", naam="zeldzamenaam", wachtwoord="zeldzaamwachtwoord")
    browser.get("mijn/nieuw/" + "zeldzaam" + "a" * 35)
    assert "zeldza" not in served_class.server.log.read_text()


def test_no_username_is_an_address_of_ours() -> None:
    """A card can never lead to another page than that of its pupil."""
    words = {path.split("/")[1] for path, _ in mijn_routes() if "/" in path} - {""}
    words = {word for word in words if word.isalpha()}
    assert {"gegevens", "assets", "nieuw"} <= words
    refusals = {word: username_refusal(word) for word in words}
    assert {word for word, refusal in refusals.items() if refusal is None} == set()


def test_the_pages_of_pupils_stand_before_everything_else() -> None:
    """Whatever begins with mijn is theirs, and nothing else of the server is."""
    ours = [handler for path, handler, *_ in routes("/") if path.startswith("/mijn")]
    assert [handler.__module__.startswith("leerid_core.server.mijn") for handler in ours] == [
        True
    ] * len(mijn_routes())
