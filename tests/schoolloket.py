"""A Schoolloket on a free port, and browsers that do what no real one would."""

from __future__ import annotations

import http.client
import os
import re
import ssl
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest
from service_world import SCHOOL, Child, World, enrolment_file, open_world

from leerid_core.rules.roles import Role
from leerid_core.services.administrators import add_administrator, set_disabled, set_roles
from leerid_core.services.claims import claimed_actor
from leerid_core.settings import Settings

PASSWORD = "zeven gele fietsen"
ANNOUNCED = "Het Schoolloket staat op "
PAGE = re.compile(r'"kernelId": "([0-9a-f-]{36})"')
TOKEN = re.compile(r'name="_xsrf" value="([^"]+)"')


@dataclass(frozen=True)
class Answer:
    """What a server answered."""

    status: int
    headers: http.client.HTTPMessage
    text: str

    @property
    def location(self) -> str:
        """Where the browser is sent."""
        return self.headers.get("Location", "")

    @property
    def kernel(self) -> str:
        """The kernel of a dashboard's page."""
        assert self.status == 200, (self.status, self.text[:500])
        found = PAGE.search(self.text)
        assert found is not None, self.text[:500]
        return found[1]


@dataclass
class Browser:
    """Keeps cookies and follows nothing. Other headers are given per request."""

    address: str
    cookies: dict[str, str] = field(default_factory=dict)
    tls: ssl.SSLContext | None = None

    def ask(
        self,
        method: str,
        path: str,
        form: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Send one request exactly as it is written: the path is not tidied up."""
        place = urlsplit(self.address)
        port = place.port or 0
        host = place.hostname or ""
        connection = (
            http.client.HTTPSConnection(host, port, context=self.tls, timeout=60)
            if self.tls
            else http.client.HTTPConnection(host, port, timeout=60)
        )
        sent = {"Cookie": self.cookie, **(headers or {})}
        body = urlencode(form) if form is not None else None
        if body is not None:
            sent["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request(method, f"{place.path.rstrip('/')}/{path}", body, sent)
        response = connection.getresponse()
        text = response.read().decode("utf-8", "replace")
        connection.close()
        for line in response.headers.get_all("Set-Cookie", []):
            for name, morsel in SimpleCookie(line).items():
                self.cookies[name] = morsel.value
        return Answer(response.status, response.headers, text)

    def get(self, path: str, **headers: str) -> Answer:
        """Ask for a page."""
        return self.ask("GET", path, headers={k.replace("_", "-"): v for k, v in headers.items()})

    def post(self, path: str, **form: str) -> Answer:
        """Send a form with the token that the server gave."""
        return self.ask("POST", path, {"_xsrf": self.cookies.get("_xsrf", ""), **form})

    def sign_in(self, login: str, password: str = PASSWORD) -> Answer:
        """Fill in the sign-in page."""
        found = TOKEN.search(self.get("aanmelden").text)
        assert found is not None
        form = {"_xsrf": found[1], "login": login, "password": password}
        return self.ask("POST", "aanmelden", form)

    def stolen(self) -> Browser:
        """Return another browser that has the same cookies."""
        return Browser(self.address, dict(self.cookies), self.tls)

    @property
    def cookie(self) -> str:
        """What it sends to say who it is."""
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())


@dataclass(frozen=True)
class Schoolloket:
    """A running server and the installation that it serves."""

    address: str
    world: World
    process: subprocess.Popen[str]
    log: Path

    def browser(self, login: str | None = None) -> Browser:
        """Return a new browser; with a login one that is signed in."""
        browser = Browser(self.address)
        if login is not None:
            assert browser.sign_in(login).status == 303
        return browser

    def administrator(self, login: str, *roles: Role, school: str = SCHOOL) -> str:
        """Add somebody with these roles at a school; return the login."""
        add_administrator(self.world.context, self.world.operator, login, login.title(), PASSWORD)
        if roles:
            set_roles(self.world.context, self.world.operator, login, school, roles)
        return login

    def disable(self, login: str) -> None:
        """Keep somebody out from now on."""
        set_disabled(self.world.context, self.world.operator, login, disabled=True)

    def actor(self, kernel: str) -> str:
        """Return for whom a kernel works; raises `NotAllowed` when it works for nobody."""
        environment = {"VOILA_KERNEL_ID": kernel}
        return claimed_actor(self.world.context, environment, patience=0).name

    def kernels(self) -> dict[int, dict[str, str]]:
        """Return the processes of the kernels, and the environment of each."""
        found = {}
        for folder in Path("/proc").iterdir():
            try:
                parent = re.search(r"PPid:\t(\d+)", (folder / "status").read_text())
                command = (folder / "cmdline").read_bytes()
                told = (folder / "environ").read_text().split("\0")
            except (OSError, UnicodeDecodeError):
                continue
            if parent and int(parent[1]) == self.process.pid and b"IPKernelApp" in command:
                found[int(folder.name)] = dict(line.split("=", 1) for line in told if "=" in line)
        return found


@contextmanager
def schoolloket(
    folder: Path, *options: str, environment: Mapping[str, str] | None = None
) -> Iterator[Schoolloket]:
    """Make an installation with two schools and a few pupils in `folder`, and serve it."""
    settings = Settings.collect({}, f"sqlite:///{folder / 'leerid.sqlite'}")
    with open_world(settings) as world:
        world.read(enrolment_file(Child("1", "Jan Peeters"), Child("2", "An Maes")))
        with running(world, folder, *options, environment=environment) as server:
            yield server


@contextmanager
def running(
    world: World, folder: Path, *options: str, environment: Mapping[str, str] | None = None
) -> Iterator[Schoolloket]:
    """Start the server of an installation; stop it at the end."""
    program = Path(sys.executable).with_name("leerid")
    command = [str(program), "serve", "--port", "0", "--no-preheat", *options]
    told = {"LEERID_DATABASE_URL": world.settings.database_url, **(environment or {})}
    log = folder / "server.log"
    with (
        log.open("ab") as errors,
        subprocess.Popen(
            command,
            cwd=folder,
            env={**os.environ, **told},
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        ) as process,
    ):
        assert process.stdout is not None
        try:
            line = process.stdout.readline()
            assert line.startswith(ANNOUNCED), log.read_text()
            yield Schoolloket(line.removeprefix(ANNOUNCED).strip(), world, process, log)
        finally:
            process.terminate()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Schoolloket]:
    """A Schoolloket in a process of its own; each test brings administrators of its own."""
    folder = tmp_path_factory.mktemp("schoolloket")
    with schoolloket(folder, environment={"NOT_FOR_KERNELS": "geheim"}) as started:
        yield started
