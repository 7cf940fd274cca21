"""What every test may ask for: an empty database, on SQLite and on PostgreSQL."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from leerid_command import Leerid
from postgresql_server import ServerMissing, fresh_database, running_server
from service_world import World, open_world
from sqlalchemy.engine import URL

from leerid_core.settings import Settings

pytest_plugins = ["browsing", "schoolloket", "mail_server", "pupil_class"]

# A deadline is a timed assertion: it fails on a busy machine, not on a slow function.
settings.register_profile("leerid", deadline=None)
settings.load_profile("leerid")


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[URL]:
    """A PostgreSQL server, started once for each worker and stopped at the end.

    Without one the test is skipped; under CI=true it fails.
    """
    try:
        with running_server() as server:
            yield server
    except ServerMissing as error:
        if os.environ.get("CI") == "true":
            pytest.fail(str(error))
        pytest.skip(str(error))


@pytest.fixture
def postgresql_url(postgresql_server: URL) -> Iterator[str]:
    """The URL of an empty PostgreSQL database, for this test alone."""
    with fresh_database(postgresql_server) as url:
        yield url.render_as_string(hide_password=False)


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """The URL of a SQLite database in a file that does not exist yet."""
    return f"sqlite:///{tmp_path / 'leerid.sqlite'}"


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """The URL of an empty database: the test runs on SQLite and on PostgreSQL."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
def world(sqlite_url: str) -> Iterator[World]:
    """An installation with two schools, a clock that can be set, and the same passwords always."""
    with open_world(Settings.collect({}, sqlite_url)) as opened:
        yield opened


@pytest.fixture
def leerid(tmp_path: Path) -> Leerid:
    """The command `leerid` on a database that is not there yet."""
    return Leerid(tmp_path)
