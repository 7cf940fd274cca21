"""A PostgreSQL server for the tests: a private one on a Unix socket, or one that is given."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from sqlalchemy import NullPool, create_engine, text
from sqlalchemy.engine import URL, make_url

GIVEN = "LEERID_TEST_POSTGRESQL_URL"
OLDEST = 15


class ServerMissing(Exception):
    """No PostgreSQL server programs on this machine."""


@contextmanager
def running_server() -> Iterator[URL]:
    """Yield the URL of a server: the one in LEERID_TEST_POSTGRESQL_URL, else a private one.

    Raises `ServerMissing` where neither is to be had.
    """
    if given := os.environ.get(GIVEN):
        yield make_url(given)
        return
    programs = _programs()
    # Not below pytest's own folder: only root may enter that, and the server is not root.
    with tempfile.TemporaryDirectory(prefix="leerid-pg-") as folder:
        home = Path(folder)
        owner = _owner()
        if owner:
            shutil.chown(home, owner)
        with _cluster(programs, home, owner):
            yield URL.create(
                "postgresql+psycopg", "leerid", database="postgres", query={"host": str(home)}
            )


@contextmanager
def fresh_database(server: URL) -> Iterator[URL]:
    """Yield the URL of a new empty database on `server`, dropped afterwards."""
    name = f"leerid_test_{uuid4().hex}"
    # template0: nobody can be connected to it, so workers may copy it at the same time.
    _administer(server, f'CREATE DATABASE "{name}" TEMPLATE template0')
    try:
        yield server.set(database=name)
    finally:
        _administer(server, f'DROP DATABASE "{name}" WITH (FORCE)')


def _programs() -> Path:
    """Return the folder of the newest `initdb` and `pg_ctl`; Debian keeps it off the PATH."""
    folders = {*Path("/usr/lib/postgresql").glob("*/bin")}
    if initdb := shutil.which("initdb"):
        folders.add(Path(initdb).resolve().parent)
    newest = max(folders, key=_version, default=None)
    if newest is None or _version(newest) < OLDEST:
        raise ServerMissing(
            f"no PostgreSQL server: install postgresql ({OLDEST} or newer) or set {GIVEN}"
        )
    return newest


def _version(folder: Path) -> int:
    if not (folder / "initdb").exists():
        return 0
    said = subprocess.check_output([folder / "initdb", "--version"], text=True)
    found = re.search(r"\) (\d+)", said)
    return int(found[1]) if found else 0


def _owner() -> str | None:
    """Return the user to run the server as; PostgreSQL refuses to run as root."""
    return "postgres" if os.geteuid() == 0 else None


@contextmanager
def _cluster(programs: Path, home: Path, owner: str | None) -> Iterator[None]:
    """Run a cluster whose data and socket are in `home`, with nothing flushed to disk."""
    data, log = home / "data", home / "log"
    pg_ctl = [str(programs / "pg_ctl"), "-D", str(data), "-w"]
    options = f"-k {home} -c listen_addresses= -c fsync=off -c full_page_writes=off"

    def run(*command: str) -> None:
        # The server inherits the output: a pipe would keep us waiting for its end.
        with log.open("a") as output:
            done = subprocess.run(
                command,
                user=owner,
                group=owner,
                extra_groups=[] if owner else None,
                cwd=home,
                stdout=output,
                stderr=output,
                check=False,
            )
        if done.returncode:
            raise RuntimeError(f"{command[0]} failed ({done.returncode}):\n{log.read_text()}")

    # Not the C collation: schools' servers sort by language, and the tests must notice.
    locale = ["--encoding=UTF8", "--locale=C", "--locale-provider=icu", "--icu-locale=nl-BE"]
    initdb = [str(programs / "initdb"), "-D", str(data), "-U", "leerid", "--no-sync"]
    run(*initdb, "--auth=trust", *locale)
    run(*pg_ctl, "-o", options, "start")
    try:
        yield
    finally:
        run(*pg_ctl, "-m", "immediate", "stop")


def _administer(server: URL, statement: str) -> None:
    engine = create_engine(server, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
