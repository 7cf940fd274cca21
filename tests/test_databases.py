"""The database fixtures themselves: empty, separate, and gone afterwards."""

from __future__ import annotations

import pytest
from postgresql_server import fresh_database
from sqlalchemy import NullPool, create_engine, inspect, text
from sqlalchemy.engine import URL


@pytest.mark.parametrize("_time", [1, 2])
def test_a_test_gets_an_empty_database(database_url: str, _time: int) -> None:
    """What one test writes, the next one does not find."""
    engine = create_engine(database_url, poolclass=NullPool)
    assert inspect(engine).get_table_names() == []
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE leerling (naam TEXT)"))
    assert inspect(engine).get_table_names() == ["leerling"]


def test_a_fresh_database_is_dropped_also_while_in_use(postgresql_server: URL) -> None:
    """A connection left open by a failing test does not keep its database."""
    with fresh_database(postgresql_server) as url:
        left_open = create_engine(url, poolclass=NullPool).connect()
    databases = text("SELECT datname FROM pg_database")
    with create_engine(postgresql_server, poolclass=NullPool).connect() as connection:
        assert url.database not in connection.scalars(databases).all()
    left_open.invalidate()
