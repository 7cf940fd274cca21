"""Who was given a start password comes nowhere before it is changed, over the running server."""

from __future__ import annotations

import pytest
from schoolloket import PASSWORD, Browser, Schoolloket
from service_world import SCHOOL

from leerid_core.rules.roles import Role
from leerid_core.services.colleagues import add_colleague

OWN = "acht groene stoelen"


@pytest.fixture
def newcomer(server: Schoolloket, request: pytest.FixtureRequest) -> tuple[Browser, str]:
    """Somebody who signed in with a start password."""
    login = f"new.{request.node.name.replace('_', '.')}"[:60]
    context, operator = server.world.context, server.world.operator
    added = add_colleague(context, operator, SCHOOL, login, "Nel Maes", list(Role))
    browser = Browser(server.address)
    assert browser.sign_in(login, added.start_password or "").status == 303
    return browser, added.start_password or ""


def test_a_start_password_opens_nothing(newcomer: tuple[Browser, str]) -> None:
    """Pages lead to where it is changed; sockets, assets and the rest are refused."""
    browser, _ = newcomer
    for page in ("", "leerid-beheer", "schoolinstellingen", "nergens"):
        answer = browser.get(page)
        assert (answer.status, answer.location.split("/")[-1]) == (302, "wachtwoord")
    kernel = "00000000-0000-0000-0000-000000000000"
    for other in (f"status/{kernel}", f"api/kernels/{kernel}", f"api/kernels/{kernel}/channels"):
        assert browser.get(other).status == 403


def test_a_changed_start_password_opens_the_schoolloket(newcomer: tuple[Browser, str]) -> None:
    """In the same session; a wrong or weak one is said, and without the form's token nothing is."""
    browser, start = newcomer
    assert "Kies een eigen wachtwoord" in browser.get("wachtwoord").text
    wrong = browser.post("wachtwoord", current="fout", new=OWN, again=OWN)
    assert (wrong.status, "huidige wachtwoord" in wrong.text) == (422, True)
    forged = browser.post("wachtwoord", _xsrf="", current=start, new=OWN, again=OWN)
    assert forged.status == 403
    done = browser.post("wachtwoord", current=start, new=OWN, again=OWN)
    assert (done.status, "gewijzigd" in done.text) == (200, True)
    assert start not in done.text
    assert browser.get("leerid-beheer").status == 200


def test_sessions_elsewhere_end(server: Schoolloket) -> None:
    """Changing the password signs out every other browser; this one goes on."""
    login = server.administrator("ends.elsewhere", Role.VIEWER)
    here, elsewhere = server.browser(login), server.browser(login)
    here.get("wachtwoord")
    assert here.post("wachtwoord", current=PASSWORD, new=OWN, again=OWN).status == 200
    assert here.get("wachtwoord").status == 200
    assert "aanmelden" in elsewhere.get("leerid-beheer").location
