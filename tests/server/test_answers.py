"""What every answer carries, and what no path reaches."""

from __future__ import annotations

import re

import pytest
from schoolloket import Browser, Schoolloket

from leerid_core.rules.roles import Role

ASSET = re.compile(r'(?:src|href)="(/[^"]+)"')


@pytest.fixture(scope="module")
def browser(server: Schoolloket) -> Browser:
    """A browser of somebody who may see everything."""
    roles = (Role.ACCOUNT_MANAGER, Role.DATA_MANAGER)
    return server.browser(server.administrator("reader", *roles))


@pytest.fixture(scope="module")
def page(browser: Browser) -> str:
    """A dashboard's page."""
    answer = browser.get("leerid-beheer")
    assert answer.kernel
    return answer.text


@pytest.mark.parametrize("path", ["", "leerid-beheer", "aanmelden", "nergens", "afmelden"])
def test_no_answer_is_kept_or_framed(browser: Browser, path: str) -> None:
    """Not in a cache, not in another site's frame, and no type is guessed."""
    headers = browser.get(path).headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert "Server" not in headers


def test_a_page_may_ask_no_other_host_and_runs_no_script_in_it(browser: Browser, page: str) -> None:
    """Its policy names none, nor scripts in the page, and neither are there."""
    assert browser.get("leerid-beheer").headers["Content-Security-Policy"] == (
        "default-src 'self'; script-src 'self' blob:; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; "
        "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
    )
    assert re.findall(r'(?:src|href)="(?:https?:)?//[^"]*"', page) == []
    scripts = re.findall(r"<script[^>]*>", page)
    assert all(" src=" in one or 'type="application/json"' in one for one in scripts)


def test_a_page_is_dutch_and_has_its_landmarks(page: str) -> None:
    """A title of its own, one main part, one heading before there are widgets."""
    assert '<html lang="nl">' in page
    assert "<title>LeerID-beheer – LeerID Schoolloket</title>" in page
    assert (page.count("<main"), page.count("<h1")) == (1, 1)


def test_the_assets_of_a_page_are_there_and_kept(browser: Browser, page: str) -> None:
    """A browser asks for each once, until the next version; it travels compressed."""
    assets = ASSET.findall(page)
    assert len(assets) == 3
    for asset in assets:
        plain = browser.get(asset.lstrip("/"))
        small = browser.get(asset.lstrip("/"), Accept_Encoding="gzip")
        assert (plain.status, small.status) == (200, 200), asset
        assert small.headers["Content-Encoding"] == "gzip"
        assert int(small.headers["Content-Length"]) < int(plain.headers["Content-Length"]) / 2
        for headers in (plain.headers, small.headers):
            assert headers["Cache-Control"] == "private, max-age=31536000, immutable"
            assert headers["Vary"] == "Accept-Encoding"


def test_no_path_leaves_the_assets(server: Schoolloket, browser: Browser, page: str) -> None:
    """Up, absolute, encoded or hidden: there is no way to the database, the key or a notebook."""
    folder = ASSET.findall(page)[0].rsplit("/", 1)[0].lstrip("/")
    roots = [
        folder,
        f"{folder}/static",
        "voila/templates/lab/static",
        "voila/templates/..",
        "voila/files",
        "voila/static",
        "static",
    ]
    database = server.world.settings.database_url.removeprefix("sqlite:///")
    wanted = [database, database.replace(".sqlite", ".key"), "/etc/passwd"]
    for root in roots:
        for path in wanted:
            for up in ("../" * 12, "..%2f" * 12, "%2e%2e/" * 12, "..\\" * 12, "", "/"):
                answer = browser.get(f"{root}/{up}{path.lstrip('/') if up else path}")
                assert answer.status in {302, 403, 404}, (root, up, path)
    for path in ("leerid_beheer.ipynb", "notebooks/leerid_beheer.ipynb", ".env", "index.html.j2"):
        assert browser.get(path).status == 404


def test_an_error_says_nothing_about_the_server(browser: Browser) -> None:
    """No traceback, no file, no version."""
    for path in ("nergens", "api/kernels/x-x-x-x-x", "voila/templates/lab/static/nee.css"):
        answer = browser.get(path)
        assert answer.status in {403, 404}
        assert "Traceback" not in answer.text
        assert "tornado" not in answer.text.lower()
        assert "site-packages" not in answer.text


def test_the_log_has_no_search_and_no_password(server: Schoolloket, browser: Browser) -> None:
    """What somebody looks for may be the name of a pupil."""
    browser.get("leerid-beheer?zoek=zeldzamenaam")
    browser.get("nergens?zoek=zeldzamenaam")
    Browser(server.address).sign_in("reader", "zeldzaam wachtwoord")
    assert "zeldza" not in server.log.read_text()
