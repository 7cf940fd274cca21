"""A real browser, and a Schoolloket for it to visit."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from served import Installation, installed, make_demo, make_template

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

CHROMIUM = "chromium"
PATIENCE = 20_000
"""Milliseconds to wait for what must come: a busy machine is no finding."""
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium. Without it the test is skipped; under CI=true it fails.

    Not for the whole session: as long as it is open its event loop runs, and tests elsewhere could
    start none of their own.
    """
    program = shutil.which(CHROMIUM)
    if program is None:
        reason = "chromium is not installed: apt install chromium"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        yield started
        started.close()


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo schools, of this school year only: what browsers visit copies of."""
    return _made_once(tmp_path_factory, "template", make_template)


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that `leerid demo` makes, with in it what it says: demo.json."""
    return _made_once(tmp_path_factory, "demo", make_demo)


def _made_once(
    tmp_path_factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]
) -> Path:
    """Return a folder that the first worker of a run who wants it makes for all."""
    base = tmp_path_factory.getbasetemp()
    together = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder, made = together / name, together / f"{name}.made"
    with (together / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            folder.mkdir()
            make(folder)
            made.touch()
    return folder


@pytest.fixture(scope="module")
def installation(
    template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Installation]:
    """The demo schools on a server, for the tests of one module together."""
    with installed(template, tmp_path_factory.mktemp("together") / "served") as made:
        yield made


@pytest.fixture
def alone(template: Path, tmp_path: Path) -> Iterator[Installation]:
    """The demo schools on a server, for one test alone: it changes what others look at."""
    with installed(template, tmp_path / "served") as made:
        yield made


@pytest.fixture
def visitor(browser: Browser) -> Iterator[BrowserContext]:
    """A fresh browser profile; a script error or a request to a foreign host fails the test."""
    errors: list[str] = []
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="nl-BE")
    context.set_default_timeout(30_000)
    context.on("weberror", lambda error: errors.append(str(error.error)))
    context.on("request", lambda request: errors.extend(_foreign(request.url)))
    yield context
    context.close()
    assert errors == []


@pytest.fixture
def tab(visitor: BrowserContext) -> Page:
    """An empty tab."""
    return visitor.new_page()


def select_all(tab: Page) -> None:
    """Select all rows of the filter.

    A list that is still being filled draws its box once more before it is ticked.
    """
    from playwright.sync_api import expect

    box = tab.get_by_label("Selecteer alle rijen van de filter")
    box.click()
    expect(box).to_be_checked()


def _foreign(url: str) -> list[str]:
    """The address, when it is of another host than the server."""
    address = urlsplit(url)
    ours = address.scheme in {"data", "blob"} or address.hostname == "127.0.0.1"
    return [] if ours else [f"asked {url}"]


def findings(tab: Page, *rules: str) -> list[str]:
    """What axe finds on a page, by these rules or all, with the elements."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(tab, options={"runOnly": list(rules)} if rules else None)
    violations = found.response["violations"]
    return [f"{one['id']}: {node['html'][:200]}" for one in violations for node in one["nodes"]]
