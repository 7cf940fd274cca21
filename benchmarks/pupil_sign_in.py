"""Sign-ins of pupils a second, against bare argon2 verification on all cores in the same run.

A server of its own on loopback, with sign-ins by word at 1, 50 and 500 clients at once; each
client signs in again and again as another pupil. Then three hundred pupils behind one address in
ten minutes: the clients go ten times faster than children do, and one in five mistypes first, so
that the throttle, which counts by the real clock, forgives less than it would in ten minutes.

The clients use the same cores. So beside the rates stands how long the processor worked for a
sign-in, of server and clients, and for a bare verification: that holds on a busy machine too.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import urlencode

import psutil  # type: ignore[import-untyped]

from leerid_core.rules.accounts import AccountType, PasswordKind
from leerid_core.rules.enrolments import Enrolment, Level
from leerid_core.rules.school_years import SchoolYear
from leerid_core.services.context import Context, initialise, opened
from leerid_core.services.hashing import HASHER
from leerid_core.settings import Settings
from leerid_core.store import Account, Password, Person, Reservation, School

SCHOOL = "030569"
PASSWORD = "29ban9"
PUPILS = 2_000
CLIENTS = (1, 50, 500)
SHIFT = 300
FASTER = 10
MINUTES = 10
MISTYPES = 5
"""One pupil of so many mistypes first."""


@dataclass(frozen=True)
class Server:
    """Where the server listens, its process, and the token that its forms carry."""

    host: str
    port: int
    process: psutil.Process
    xsrf: str


@dataclass(frozen=True)
class Pace:
    """How many a second there were, and for how many seconds the processor worked for each."""

    rate: float
    work: float


def fill(context: Context, pupils: int) -> None:
    """Make accounts that all have one password: to verify it costs the same as another."""
    now, year = context.clock(), SchoolYear.of(context.today())
    password_hash = HASHER.hash(PASSWORD)
    names = [f"leerling{at}.test" for at in range(pupils)]
    with context.database.write() as uow:
        uow.schools.add(School(SCHOOL, "School"), now)
        ids = uow.enrolments.add_people([Person(name, "Test", None, None) for name in names])
        uow.enrolments.add(
            SCHOOL,
            [
                Enrolment(one, year, name, "Test", year.begin, year.end, level=Level.LAGER)
                for one, name in zip(ids, names, strict=True)
            ],
        )
        uow.usernames.reserve([Reservation(name) for name in names], "plan", now)
        uow.usernames.issue("plan", dict(zip(names, ids, strict=True)), now)
        kept = Password(AccountType.BASIC, PasswordKind.WORD, password_hash, now)
        uow.accounts.add(
            [Account(one, name, kept, now, "test") for one, name in zip(ids, names, strict=True)]
        )


def bare(seconds: float) -> Pace:
    """Return how fast all cores verify passwords, with nothing else to do."""
    password_hash, cores = HASHER.hash(PASSWORD), os.cpu_count() or 1
    end = time.perf_counter() + seconds

    def verify(_: int) -> int:
        done = 0
        while time.perf_counter() < end:
            HASHER.verify(password_hash, PASSWORD)
            done += 1
        return done

    start, worked = time.perf_counter(), time.process_time()
    with ThreadPoolExecutor(cores) as threads:
        done = sum(threads.map(verify, range(cores)))
    return Pace(done / (time.perf_counter() - start), (time.process_time() - worked) / done)


@contextmanager
def served(folder: Path, settings: Settings) -> Iterator[Server]:
    """Serve an installation in a process of its own."""
    command = [
        str(Path(sys.executable).with_name("leerid")),
        "serve",
        "--port",
        "0",
        "--no-preheat",
    ]
    environment = {**os.environ, **settings.environment(), "PYTHONUNBUFFERED": "1"}
    with (
        (folder / "server.log").open("w") as log,
        subprocess.Popen(
            command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=log, text=True
        ) as process,
    ):
        try:
            assert process.stdout is not None
            found = re.search(r"http://([^:]+):(\d+)", process.stdout.readline())
            assert found is not None, (folder / "server.log").read_text()
            host, port = found[1], int(found[2])
            server_process = psutil.Process(process.pid)
            yield Server(host, port, server_process, asyncio.run(_xsrf(host, port)))
        finally:
            process.terminate()


async def _xsrf(host: str, port: int) -> str:
    async with _connected(host, port) as client:
        _, head = await client.ask("GET", "/mijn/")
        found = re.search(rb"_xsrf=([^;]+)", head)
        assert found is not None
        return found[1].decode()


@dataclass
class Client:
    """A browser reduced to one connection that is kept."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    async def ask(
        self, method: str, path: str, body: bytes = b"", cookie: str = ""
    ) -> tuple[int, bytes]:
        """Send a request; return the status and the headers."""
        self.writer.write(
            f"{method} {path} HTTP/1.1\r\nHost: x\r\nCookie: {cookie}\r\n"
            f"Content-Type: application/x-www-form-urlencoded\r\n"
            f"Content-Length: {len(body)}\r\n\r\n".encode()
            + body
        )
        head = await self.reader.readuntil(b"\r\n\r\n")
        length = re.search(rb"(?i)content-length: (\d+)", head)
        if length:
            await self.reader.readexactly(int(length[1]))
        return int(head.split(b" ", 2)[1]), head


@asynccontextmanager
async def _connected(host: str, port: int) -> AsyncIterator[Client]:
    reader, writer = await asyncio.open_connection(host, port)
    try:
        yield Client(reader, writer)
    finally:
        writer.close()


async def sign_in(server: Server, client: Client, pupil: int, password: str = PASSWORD) -> int:
    """Send the form of one pupil; return the status."""
    form = {"_xsrf": server.xsrf, "naam": f"leerling{pupil}.test", "wachtwoord": password}
    status, _ = await client.ask(
        "POST", "/mijn/aanmelden", urlencode(form).encode(), f"_xsrf={server.xsrf}"
    )
    return status


def _worked(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)


async def rush(server: Server, clients: int, seconds: float) -> tuple[Pace, Sequence[float]]:
    """Let clients sign in for some time; return the pace, and how long each took."""
    took: list[float] = []
    end = time.perf_counter() + seconds

    async def work(first: int) -> None:
        async with _connected(server.host, server.port) as client:
            pupil = first
            while time.perf_counter() < end:
                start = time.perf_counter()
                status = await sign_in(server, client, pupil % PUPILS)
                assert status == 303, status
                took.append(time.perf_counter() - start)
                pupil += clients

    start, worked = time.perf_counter(), _worked(server.process)
    await asyncio.gather(*(work(at) for at in range(clients)))
    rate = len(took) / (time.perf_counter() - start)
    return Pace(rate, (_worked(server.process) - worked) / len(took)), took


async def school_begins(server: Server) -> tuple[int, float]:
    """Let three hundred pupils behind one address in; return how many came in, in what time."""

    async def pupil(at: int) -> bool:
        await asyncio.sleep(at * MINUTES * 60 / FASTER / SHIFT)
        async with _connected(server.host, server.port) as client:
            if at % MISTYPES == 0:
                await sign_in(server, client, at, "29bam9")
            return await sign_in(server, client, at) == 303

    start = time.perf_counter()
    came = sum(await asyncio.gather(*(pupil(at) for at in range(SHIFT))))
    return came, time.perf_counter() - start


def compare(server: Server, clients: int, seconds: float) -> None:
    """Print how clients at once do, between two measurements of the bare verification."""
    before, worked = bare(seconds / 3), time.process_time()
    pace, took = asyncio.run(rush(server, clients, seconds))
    own = (time.process_time() - worked) / len(took)
    after = bare(seconds / 3)
    rate, work = (before.rate + after.rate) / 2, (before.work + after.work) / 2
    print(
        f"{clients:4} clients: {pace.rate:6.1f} sign-ins/s, bare argon2 {rate:6.1f}/s, "
        f"ratio {pace.rate / rate:.2f}, half within {1000 * median(took):.0f} ms, "
        f"p99 {1000 * quantiles(took, n=100)[-1]:.0f} ms; processor: server "
        f"{1000 * pace.work:.1f} ms each, clients {1000 * own:.1f}, bare {1000 * work:.1f}, "
        f"ratio {work / (pace.work + own):.2f}",
        flush=True,
    )


def main() -> None:
    """Print the comparison."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=15, help="how long each rush lasts")
    parser.add_argument("--clients", type=int, nargs="*", default=CLIENTS)
    parser.add_argument("--without-shift", action="store_true")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        settings = Settings.collect({}, f"sqlite:///{folder / 'leerid.sqlite'}")
        initialise(settings)
        with opened(settings) as context:
            fill(context, PUPILS)
        with served(folder, settings) as server:
            for clients in arguments.clients:
                compare(server, clients, arguments.seconds)
            if not arguments.without_shift:
                came, seconds = asyncio.run(school_begins(server))
                print(f"{came} of {SHIFT} pupils of one address came in, within {seconds:.0f} s")


if __name__ == "__main__":
    main()
