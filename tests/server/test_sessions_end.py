"""Signing in and out, and everything that ends with a session."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from kernel_client import connected, refusal
from schoolloket import PASSWORD, TOKEN, Browser, Schoolloket

from leerid_core.errors import NotAllowed
from leerid_core.rules.roles import Role
from leerid_core.rules.throttling import PER_ACCOUNT


def _expire(server: Schoolloket, login: str) -> None:
    """Let the sessions of somebody be of hours ago."""
    with server.world.context.database.write() as uow:
        account = uow.administrators.find(login)
        assert account is not None
        for session_id in range(1, 1000):
            session = uow.sessions.get(session_id)
            if session and session.administrator_id == account.administrator_id:
                uow.sessions.touch(session_id, session.last_seen_at - timedelta(hours=5))


def test_the_sign_in_page_needs_no_script(server: Schoolloket) -> None:
    """It may run none and load nothing, and works as a plain form."""
    answer = Browser(server.address).get("aanmelden")
    assert "script" not in answer.text
    assert "src=" not in answer.text
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy


def test_a_session_is_in_a_cookie_that_no_script_reads(server: Schoolloket) -> None:
    """Sent to this server only, and not with what another site begins."""
    browser = Browser(server.address)
    answer = browser.sign_in(server.administrator("cookie", Role.VIEWER))
    assert (answer.status, answer.location) == (303, "/leerid-beheer")
    (cookie,) = (
        line for line in answer.headers.get_all("Set-Cookie", []) if "leerid-session" in line
    )
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Path=/" in cookie
    assert "expires" not in cookie.lower()


@pytest.mark.parametrize(
    ("wanted", "location"),
    [
        ("leerid-beheer?zoek=jan&klas=4A", "/leerid-beheer?zoek=jan&klas=4A"),
        ("schoolinstellingen", "/schoolinstellingen"),
        ("nergens", "/leerid-beheer"),
        ("//elders.example", "/leerid-beheer"),
        ("https://elders.example/leerid-beheer", "/leerid-beheer"),
        ("leerid-beheer?x\r\nSet-Cookie: a=b", "/leerid-beheer"),
        ("leerid-beheer@elders.example", "/leerid-beheer"),
    ],
)
def test_after_signing_in_one_is_where_one_wanted(
    server: Schoolloket, wanted: str, location: str
) -> None:
    """With the filter of a bookmark, and never elsewhere than here."""
    browser = server.browser(server.administrator(f"wanted{abs(hash(wanted))}", Role.VIEWER))
    browser.cookies.pop("leerid-session")
    login = f"wanted{abs(hash(wanted))}"
    browser.get("aanmelden")
    answer = browser.post("aanmelden", login=login, password=PASSWORD, verder=wanted)
    assert (answer.status, answer.location) == (303, location)


def test_wrong_passwords_are_answered_the_same_and_then_slower(server: Schoolloket) -> None:
    """For a login that is there and one that is not, word for word."""
    answers = {}
    for login in (server.administrator("known", Role.VIEWER), "unknown"):
        browser = Browser(server.address)
        tries = [browser.sign_in(login, "een heel fout wachtwoord") for _ in range(6)]
        answers[login] = [TOKEN.sub("", one.text).replace(login, "") for one in tries]
        assert [one.status for one in tries[: PER_ACCOUNT.free]] == [401] * PER_ACCOUNT.free
        assert tries[PER_ACCOUNT.free].status == 429
        assert int(tries[PER_ACCOUNT.free].headers["Retry-After"]) >= 1
        assert 'role="alert"' in tries[0].text
        assert "een heel fout wachtwoord" not in tries[0].text
    free = slice(0, PER_ACCOUNT.free)
    assert answers["known"][free] == answers["unknown"][free]


def test_what_was_typed_is_shown_as_text(server: Schoolloket) -> None:
    """A login cannot become a piece of the page."""
    answer = Browser(server.address).sign_in('"><script>alert(1)</script>', "x")
    assert "<script" not in answer.text


def test_signing_out_ends_everything(server: Schoolloket) -> None:
    """The session, the page, the connection and the kernel; a stolen cookie opens nothing."""
    browser = server.browser(server.administrator("leaver", Role.VIEWER))
    kernel = browser.get("leerid-beheer").kernel
    thief = browser.stolen()

    async def leave() -> None:
        async with connected(browser, kernel) as client:
            assert browser.post("afmelden").location == "/aanmelden"
            assert await client.closed()
        assert await refusal(thief, kernel) == 403

    asyncio.run(leave())
    assert browser.cookies["leerid-session"] == ""
    assert thief.get("leerid-beheer").location.startswith("/aanmelden")
    assert thief.get(f"status/{kernel}").text == '{"standing": "signed_out"}'
    with pytest.raises(NotAllowed):
        server.actor(kernel)


def test_signing_out_by_a_link(server: Schoolloket) -> None:
    """At once from a page of ours; a link elsewhere only asks."""
    browser = server.browser(server.administrator("linked", Role.VIEWER))
    for elsewhere in ({}, {"Sec_Fetch_Site": "cross-site"}, {"Sec_Fetch_Site": "same-site"}):
        assert "<h1>Afmelden</h1>" in browser.get("afmelden", **elsewhere).text
    assert browser.get("afmelden", Sec_Fetch_Site="same-origin").status == 303
    assert browser.get("").location.startswith("/aanmelden")


@pytest.mark.parametrize("path", ["aanmelden", "afmelden", "voila/api/shutdown/{kernel}"])
def test_another_site_cannot_post(server: Schoolloket, path: str) -> None:
    """It does not know the token, however it guesses; nothing ends."""
    login = server.administrator(f"crossed{len(path)}", Role.VIEWER)
    browser = server.browser(login)
    kernel = browser.get("leerid-beheer").kernel
    other = Browser(server.address)
    other.get("aanmelden")
    for form in ({}, {"_xsrf": "x"}, {"_xsrf": other.cookies["_xsrf"]}):
        given = {"login": login, "password": PASSWORD, **form}
        answer = browser.ask("POST", path.format(kernel=kernel), given)
        assert answer.status == 403
        assert "leerid-session" not in str(answer.headers.get_all("Set-Cookie", []))
    assert browser.get(f"status/{kernel}").text == '{"standing": "signed_in", "page": true}'


def test_a_disabled_administrator_is_out_at_once(server: Schoolloket) -> None:
    """Also who only looks: the connection closes without a word from the browser."""
    browser = server.browser(server.administrator("disabled", Role.VIEWER))
    kernel = browser.get("leerid-beheer").kernel

    async def watch() -> None:
        async with connected(browser, kernel) as client:
            server.disable("disabled")
            assert browser.get("leerid-beheer").status == 302
            assert await client.closed()

    asyncio.run(watch())
    assert browser.get(f"api/kernels/{kernel}").status == 403


def test_a_message_after_the_session_closes_the_connection(server: Schoolloket) -> None:
    """The session is looked up for every message."""
    browser = server.browser(server.administrator("expired", Role.VIEWER))
    kernel = browser.get("leerid-beheer").kernel

    async def talk() -> None:
        async with connected(browser, kernel) as client:
            _expire(server, "expired")
            client.send("kernel_info_request")
            assert await client.closed()

    asyncio.run(talk())
    assert browser.get(f"status/{kernel}").text == '{"standing": "expired"}'
    assert "Je sessie is verlopen" in browser.get("aanmelden").text


def test_signing_in_again_ends_what_was_open(server: Schoolloket) -> None:
    """One browser has one session."""
    browser = server.browser(server.administrator("again", Role.VIEWER))
    kernel = browser.get("leerid-beheer").kernel
    before = browser.stolen()
    form = {"login": "again", "password": PASSWORD}
    assert browser.post("aanmelden", **form).status == 303
    assert before.get(f"status/{kernel}").text == '{"standing": "signed_out"}'
    assert browser.get("leerid-beheer").kernel != kernel
