"""A real browser, and a Schoolloket for it to visit."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from served import Installation, installed, make_template, served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

CHROMIUM = "chromium"
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium. Without it the test is skipped; under CI=true it fails."""
    program = shutil.which(CHROMIUM)
    if program is None:
        reason = "chromium is not installed: apt install chromium"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        yield started
        started.close()


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo schools, made once."""
    return make_template(tmp_path_factory.mktemp("demo"))


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """A running server: the folder below which installations are, and the address."""
    folder = tmp_path_factory.mktemp("served")
    with served(folder) as address:
        yield folder, address


@pytest.fixture
def installation(
    template: Path, server: tuple[Path, str], request: pytest.FixtureRequest
) -> Iterator[Installation]:
    """The demo schools for one test alone."""
    folder, address = server
    with installed(template, folder / request.node.name, address) as made:
        yield made


@pytest.fixture
def visitor(browser: Browser) -> Iterator[BrowserContext]:
    """A fresh browser profile at a width that schools have; it fails on a script error."""
    errors: list[str] = []
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="nl-BE")
    context.set_default_timeout(30_000)
    context.on("weberror", lambda error: errors.append(str(error.error)))
    yield context
    context.close()
    assert errors == []


@pytest.fixture
def tab(visitor: BrowserContext) -> Page:
    """An empty tab."""
    return visitor.new_page()
