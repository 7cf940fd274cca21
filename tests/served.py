"""A Schoolloket that a browser can visit: the demo schools, a notebook, and Voila."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep

from leerid_core.rules.roles import Role
from leerid_core.services.actors import Administrator, Operator
from leerid_core.services.context import Context, initialise, opened
from leerid_core.services.demo import fill_demo
from leerid_core.services.work import Work
from leerid_core.settings import Settings

PRIMARY, SECONDARY = "990412", "990688"
OPERATOR = Operator("Test", "test")
PATIENCE = 60
KERNEL = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}

NOTEBOOK = """
from leerid_core.services.actors import Administrator
from leerid_core.services.administrators import schools_of
from leerid_core.services.context import opened
from leerid_core.settings import Settings
from leerid_core.workbench.entry import Entry

opening = opened(Settings.collect({{}}, {url!r}))
actor = Administrator({key}, {name!r}, "test")
Entry({page!r}, opening.__enter__(), lambda context: (actor, schools_of(context, actor)))
"""


def make_template(folder: Path) -> Path:
    """Return a folder with the database and the key of the demo, to be copied."""
    settings = _settings(folder)
    initialise(settings)
    with opened(settings) as context:
        for _ in fill_demo(context, OPERATOR, Work()):
            pass
    return folder


@dataclass(frozen=True)
class Installation:
    """The demo in a folder of its own, below the folder that Voila serves."""

    folder: Path
    address: str
    context: Context

    def page(self, page: str, actor: Administrator) -> str:
        """Return the address of a dashboard for `actor`."""
        name = f"{page}-{actor.administrator_id}.ipynb"
        url = _settings(self.folder).database_url
        source = NOTEBOOK.format(url=url, key=actor.administrator_id, name=actor.name, page=page)
        cell: dict[str, object] = {
            "cell_type": "code",
            "execution_count": None,
            "id": "page",
            "metadata": {},
            "outputs": [],
            "source": source,
        }
        kernel = {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}
        }
        notebook = {"cells": [cell], "metadata": kernel, "nbformat": 4, "nbformat_minor": 5}
        (self.folder / name).write_text(json.dumps(notebook))
        return f"{self.address}/voila/render/{self.folder.name}/{name}"

    def administrator(
        self, login: str, roles: Sequence[Role], schools: Sequence[str] = (PRIMARY, SECONDARY)
    ) -> Administrator:
        """Return a new administrator with these roles at these schools."""
        with self.context.database.write() as uow:
            key = uow.administrators.add(login, login.title())
            for school in schools:
                uow.administrators.grant(key, school, roles)
        return Administrator(key, login.title(), "test")


@contextmanager
def installed(template: Path, folder: Path, address: str) -> Iterator[Installation]:
    """Copy the template, and open the copy."""
    shutil.copytree(template, folder)
    with opened(_settings(folder)) as context:
        yield Installation(folder, address, context)


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve the notebooks below `folder`; yields the address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "voila", str(folder), "--no-browser", f"--port={port}"]
    with (folder / "voila.log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log)
        try:
            _wait_for(address, process)
            yield address
        finally:
            process.terminate()
            process.wait(timeout=PATIENCE)


def _wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    deadline = monotonic() + PATIENCE
    while process.poll() is None and monotonic() < deadline:
        try:
            with urllib.request.urlopen(address):
                return
        except OSError:
            sleep(0.1)
    raise RuntimeError("Voila does not answer")


def _settings(folder: Path) -> Settings:
    return Settings.collect({}, f"sqlite:///{folder / 'leerid.sqlite'}")
