"""Analysis from one's own Python: the columns that are written down, and no more than reading."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pandas as pd
import pytest
from service_world import OTHER_SCHOOL, SCHOOL, Clock, World, open_world

import leerid_core as leerid
from leerid_core.analysis import Loket
from leerid_core.errors import ConfigurationError, NotFound, StoreError
from leerid_core.messages import sentence
from leerid_core.rules.figures import Figure
from leerid_core.services.analysis import COLUMNS
from leerid_core.services.schools import share_classes
from leerid_core.settings import Settings

DOCUMENT = Path(__file__).parent.parent / "docs" / "analyse.md"


@pytest.fixture
def opened(database_url: str, tmp_path: Path) -> Iterator[tuple[World, Loket]]:
    """A school in use on either database, and the same opened for analysis."""
    key_file = tmp_path / "leerid.key"
    now = pd.Timestamp.now("UTC").to_pydatetime()  # the loket has the real clock
    with open_world(Settings.collect({}, database_url, key_file), Clock(now)) as world:
        world.enrol_names("Jan Peeters", "An Peeters")
        world.create()
        world.sign_in("jan")
        with leerid.open(database_url, key_file) as loket:
            yield world, loket


def _tables(loket: Loket) -> dict[str, pd.DataFrame]:
    years = [loket.today.year + more for more in (-2, -1, 0)]
    pupils = max((loket.pupils(SCHOOL, year) for year in years), key=len)
    return {
        "schools": loket.schools(),
        "pupils": pupils,
        "accounts": max((loket.accounts(SCHOOL, year) for year in years), key=len),
        "sign_ins": loket.sign_ins(SCHOOL),
        "batches": loket.batches([SCHOOL]),
    }


def test_the_columns_are_those_that_are_documented(opened: tuple[World, Loket]) -> None:
    """Each table has its columns in their order and with their dtype, with rows and without."""
    _, loket = opened
    tables = _tables(loket)
    assert {name: len(table) for name, table in tables.items()} == {
        "schools": 2,
        "pupils": 2,
        "accounts": 2,
        "sign_ins": 1,
        "batches": 2,
    }
    empty = {"pupils": loket.pupils(OTHER_SCHOOL), "accounts": loket.accounts(OTHER_SCHOOL)}
    empty |= {"sign_ins": loket.sign_ins(OTHER_SCHOOL), "batches": loket.batches(OTHER_SCHOOL)}
    for name, table in [*tables.items(), *empty.items()]:
        dtypes = {column: str(dtype) for column, dtype in table.dtypes.items()}
        assert dtypes == COLUMNS[name]
    lines = [line for line in DOCUMENT.read_text().splitlines() if line.count("|") == 4]
    assert lines[-sum(map(len, COLUMNS.values())) :] == [
        f"| {table} | `{column}` | {dtype} |"
        for table, columns in COLUMNS.items()
        for column, dtype in columns.items()
    ]


def test_no_table_holds_a_secret(opened: tuple[World, Loket]) -> None:
    """No column is one of those that hold a hash, a sealed password or an identity number."""
    world, loket = opened
    text = "".join(table.to_csv() for table in _tables(loket).values())
    assert "jan.peeters" in text
    hashes = [account.password.password_hash for account in world.accounts().values()]
    assert len(hashes) == 2
    assert "$argon2" not in text
    assert not any(one in text for one in hashes)
    names = {column for columns in COLUMNS.values() for column in columns}
    assert not names & {"password_hash", "sealed", "previous", "identity_hash", "birth_number"}


def test_reading_cannot_write(opened: tuple[World, Loket]) -> None:
    """The database itself refuses, on SQLite as on PostgreSQL, and writing elsewhere goes on."""
    world, _ = opened
    with pytest.raises(StoreError), world.context.database.read() as uow:
        uow.accounts.remove([world.pupil("jan").listed.pupil_id])
    assert len(world.accounts()) == 2
    world.enrol_names("Jan Peeters", "An Peeters", "Els Maes")


def test_the_statistics_are_those_of_the_screen(opened: tuple[World, Loket]) -> None:
    """With a definition for each."""
    _, loket = opened
    found = loket.usage(SCHOOL, loket.today - timedelta(days=2))
    assert set(found.totals) == set(Figure)
    assert len(found.adoption) == 1
    assert set(Figure) <= set(loket.definitions()["figure"])


def test_classes_that_are_not_shared_are_empty(opened: tuple[World, Loket]) -> None:
    """As on the screens."""
    world, loket = opened
    assert set(_tables(loket)["pupils"]["school_classes"]) == {"4A"}
    share_classes(world.context, world.operator, SCHOOL, share=False)
    assert set(_tables(loket)["pupils"]["school_classes"]) == {""}


def test_what_is_not_there_is_refused(opened: tuple[World, Loket], tmp_path: Path) -> None:
    """A school that nobody knows, and a database that was never made; no file appears."""
    _, loket = opened
    with pytest.raises(NotFound):
        loket.pupils("999999")
    missing = tmp_path / "nergens.sqlite"
    with pytest.raises(ConfigurationError) as refused:
        leerid.open(f"sqlite:///{missing}")
    assert refused.value.__notes__ == [sentence("database_not_ready")]
    assert not missing.exists()


def test_importing_is_cheap() -> None:
    """`import leerid_core` alone brings in neither pandas nor the database."""
    import subprocess

    code = "import leerid_core, sys; print({'pandas', 'sqlalchemy'} & set(sys.modules))"
    assert subprocess.check_output([sys.executable, "-c", code], text=True).strip() == "set()"
