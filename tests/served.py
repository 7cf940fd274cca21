"""A Schoolloket that a browser can visit: the demo schools, and `leerid serve` for them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from leerid_core.rules.roles import Role
from leerid_core.services.actors import Operator
from leerid_core.services.administrators import add_administrator, set_roles
from leerid_core.services.context import Context, initialise, opened
from leerid_core.services.demo import fill_demo
from leerid_core.services.work import Work
from leerid_core.settings import Settings

if TYPE_CHECKING:
    from playwright.sync_api import Page

PRIMARY, SECONDARY = "990412", "990688"
OPERATOR = Operator("Test", "test")
PASSWORD = "zeven gele fietsen"
_numbers = count()
ANNOUNCED = "Het Schoolloket staat op "


@dataclass(frozen=True)
class Installation:
    """The demo schools with a server of their own."""

    address: str
    context: Context

    def administrator(
        self, login: str, *roles: Role, schools: Sequence[str] = (PRIMARY, SECONDARY)
    ) -> str:
        """Add an administrator with these roles at these schools; return the login, a fresh one."""
        login = f"{login}{next(_numbers)}"
        add_administrator(
            self.context, OPERATOR, login, login.rstrip("0123456789").title(), PASSWORD
        )
        for school in schools:
            set_roles(self.context, OPERATOR, login, school, roles)
        return login

    def visit(self, tab: Page, login: str, page: str = "leerid-beheer", query: str = "") -> None:
        """Ask for a page, and sign in where that leads to."""
        tab.goto(f"{self.address}{page}{query}")
        tab.get_by_label("Gebruikersnaam").fill(login)
        tab.get_by_label("Wachtwoord").fill(PASSWORD)
        tab.get_by_role("button", name="Aanmelden").click()


def make_template(folder: Path) -> Path:
    """Fill `folder` with the database and the key of the demo, to be copied."""
    settings = _settings(folder)
    initialise(settings)
    with opened(settings) as context:
        for _ in fill_demo(context, OPERATOR, Work()):
            pass
    return folder


def make_demo(folder: Path) -> None:
    """Let the command make its demo in `folder`."""
    program = Path(sys.executable).with_name("leerid")
    said = subprocess.check_output(
        [program, "--json", "demo", "--folder", folder],
        cwd=folder,
        env={**os.environ, "LEERID_DATABASE_URL": ""},
    )
    (folder / "demo.json").write_bytes(said)


@contextmanager
def installed(template: Path, folder: Path) -> Iterator[Installation]:
    """Copy the template to `folder`, and serve it."""
    shutil.copytree(template, folder)
    settings = _settings(folder)
    with opened(settings) as context, _served(settings, folder) as address:
        yield Installation(address, context)


@contextmanager
def _served(settings: Settings, folder: Path) -> Iterator[str]:
    """Run the server on a port that is free; yields its address."""
    program = Path(sys.executable).with_name("leerid")
    command: list[str | Path] = [program, "serve", "--port", "0", "--no-preheat"]
    environment = {**os.environ, "LEERID_DATABASE_URL": settings.database_url}
    with (
        (folder / "server.log").open("wb") as log,
        subprocess.Popen(
            command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=log, text=True
        ) as process,
    ):
        assert process.stdout is not None
        try:
            line = process.stdout.readline()
            assert line.startswith(ANNOUNCED), (folder / "server.log").read_text()
            yield line.removeprefix(ANNOUNCED).strip()
        finally:
            process.terminate()


def _settings(folder: Path) -> Settings:
    return Settings.collect({}, f"sqlite:///{folder / 'leerid.sqlite'}")
