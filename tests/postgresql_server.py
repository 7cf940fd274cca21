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


# $0 is the home of the data, the socket and the log, $1 the folder of the programs. The shell ends
# the server when its input ends, and that happens however the process of the tests ends.
_SERVE = """
trap '"$1/pg_ctl" -D "$0/data" -m immediate stop >"$0/log" 2>&1; rm -rf "$0"' EXIT
{
    "$1/initdb" -D "$0/data" -U leerid --auth=trust --no-sync --encoding=UTF8 --locale=C \\
        --locale-provider=icu --icu-locale=nl-BE &&
    "$1/pg_ctl" -D "$0/data" -w start \\
        -o "-k $0 -c listen_addresses= -c fsync=off -c full_page_writes=off"
} >"$0/log" 2>&1 || { cat "$0/log"; exit 1; }
echo ready
cat >/dev/null
"""


@contextmanager
def running_server() -> Iterator[URL]:
    """Yield the URL of a server: the one in LEERID_TEST_POSTGRESQL_URL, else a private one.

    The private one listens on a socket only, flushes nothing to disk, and sorts as Dutch does, as
    the servers of schools do. Raises `ServerMissing` where neither is to be had.
    """
    if given := os.environ.get(GIVEN):
        yield make_url(given)
        return
    programs = _programs()
    # Not below pytest's own folder: only its owner may enter that, and root may not run a server.
    home = tempfile.mkdtemp(prefix="leerid-pg-")
    owner = "postgres" if os.geteuid() == 0 else None
    if owner:
        shutil.chown(home, owner)
    with subprocess.Popen(
        ["sh", "-c", _SERVE, home, str(programs)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=home,
        user=owner,
        group=owner,
        extra_groups=[] if owner else None,
        start_new_session=True,  # Ctrl-C is for the tests; the shell has to clear away
    ) as shell:
        assert shell.stdout
        if (said := shell.stdout.readline()) != "ready\n":
            raise RuntimeError(f"PostgreSQL does not start:\n{said}{shell.stdout.read()}")
        yield URL.create("postgresql+psycopg", "leerid", database="postgres", query={"host": home})


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


def _administer(server: URL, statement: str) -> None:
    engine = create_engine(server, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
