"""Without a session there is nothing but the sign-in page."""

from __future__ import annotations

import asyncio
import re

import pytest
from kernel_client import refusal
from schoolloket import Browser, Schoolloket

from leerid_core.rules.roles import Role
from leerid_core.server.guard import Guard
from leerid_core.server.routes import routes
from leerid_core.server.sign_in import SignIn

KERNEL = "5f0c2c3e-8c56-4c42-9f5c-7a8d1a4c6a11"
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
TABLE = routes("/")
PATHS = [path for path, *_ in TABLE]


def _example(pattern: str) -> str:
    """A path that a route answers."""
    path = re.sub(r"\(\?P<kernel_id>[^)]*\)", KERNEL, pattern)
    path = path.replace(".+", "x.js").lstrip("/")
    return re.sub(r"[()]", "", path)


@pytest.mark.parametrize("route", TABLE, ids=PATHS)
def test_every_route_is_behind_the_guard(route: tuple[object, ...]) -> None:
    """One that is added later too: only the sign-in page and the pages of pupils are not."""
    handler = route[1]
    assert isinstance(handler, type)
    assert issubclass(handler, Guard) != (handler is SignIn or "/mijn" in str(route[0]))


@pytest.mark.parametrize(
    "path",
    [path for path in PATHS if not path.endswith("aanmelden") and not path.startswith("/mijn")],
)
def test_without_a_cookie_no_route_answers(server: Schoolloket, path: str) -> None:
    """By whatever method: a page asks to sign in, the rest refuses."""
    for method in METHODS:
        answer = Browser(server.address).ask(method, _example(path))
        assert answer.status in {302, 403, 405}, method
        assert answer.status != 302 or answer.location.startswith("/aanmelden?verder=")


@pytest.mark.parametrize(
    "cookie",
    ["", "x", "2|1:0|10:1700000000|14:leerid-session|8:YWJjZA==|" + "0" * 64],
)
def test_a_made_up_cookie_is_none(server: Schoolloket, cookie: str) -> None:
    """Empty, malformed, or signed with another key."""
    browser = Browser(server.address, {"leerid-session": cookie})
    assert browser.get("leerid-beheer").status == 302
    assert browser.get(f"api/kernels/{KERNEL}").status == 403


def test_without_a_cookie_no_socket_opens(server: Schoolloket) -> None:
    """Neither with a kernel that is there nor with one that is not."""
    page = server.browser(server.administrator("socket", Role.VIEWER)).get("leerid-beheer")
    for kernel in (page.kernel, KERNEL):
        assert asyncio.run(refusal(Browser(server.address), kernel)) == 403


def test_an_unknown_address_tells_nobody_anything(server: Schoolloket) -> None:
    """Only who is signed in learns that there is no such page."""
    assert Browser(server.address).get("voila/files/leerid.sqlite").status == 302
    answer = server.browser(server.administrator("lost")).get("voila/files/leerid.sqlite")
    assert (answer.status, "Deze pagina bestaat niet" in answer.text) == (404, True)
