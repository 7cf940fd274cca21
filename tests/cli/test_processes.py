"""The installed command in a process of its own: exit codes, and what is on which stream."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from leerid_command import Leerid, child, passwords
from service_world import SCHOOL

from leerid_core.rules.school_time import school_day
from leerid_core.rules.school_years import SchoolYear


def test_each_command_prints_one_document_and_nothing_else(leerid: Leerid) -> None:
    """Progress and sentences are not on the standard output."""
    path = leerid.file(child("1", "Jan Peeters"), child("2", "An Maes"))
    for arguments in (
        ["init"],
        ["schools", "add", SCHOOL, "School 1", "--niveau", "2"],
        ["import", path, "--school", SCHOOL],
        ["create", "--school", SCHOOL, "--out", leerid.folder / "een.zip"],
        ["batches", "reprint", "1", "--out", leerid.folder / "twee.zip"],
        ["batches", "undo", "1"],
    ):
        result = leerid.process("--json", *arguments)
        assert (result.returncode, result.stderr) == (0, ""), arguments
        json.loads(result.stdout)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [(["init"], 0), (["pupils", "--school", SCHOOL], 1), (["pupils"], 2), (["--help"], 0)],
)
def test_the_exit_code_tells_how_it_went(leerid: Leerid, arguments: list[str], code: int) -> None:
    """Done, refused, wrong use."""
    result = leerid.process(*arguments)
    assert result.returncode == code
    assert "Traceback" not in result.stderr


def test_the_demo_is_there_and_stays(leerid: Leerid, demo: Path) -> None:
    """Two schools, accounts for a part of them, a zip for each batch; the second time nothing.

    The newest batch of each school is fresh, of the others pupils have signed in since.
    """
    document = json.loads((demo / "demo.json").read_text())
    assert {batch["school"] for batch in document["batches"]} == {"990412", "990688"}
    for batch in document["batches"]:
        assert len(passwords(Path(batch["zip"]).read_bytes())) == batch["pupils"]
    before = {path.name: path.stat().st_size for path in demo.glob("*.zip")}
    leerid.arguments = []
    second = leerid.process("--json", "demo", "--folder", demo, LEERID_DATABASE_URL="")
    assert (second.returncode, json.loads(second.stdout)["batches"]) == (0, [])
    assert {path.name: path.stat().st_size for path in demo.glob("*.zip")} == before
    leerid.arguments = ["--database", document["database"]]
    for school, size in (("990412", 412), ("990688", 688)):
        listed = leerid.document("pupils", "--school", school)
        assert len(listed) == size
        assert 0 < sum(one["username"] is not None for one in listed) < size
        newest, *older = leerid.document("batches", "--school", school)
        assert newest["sealed_until"] is not None
        assert newest["signed_in"] == 0
        assert all(0 < batch["signed_in"] < batch["pupils"] for batch in older)
    assert leerid.document("sign-ins", "recount") == {"schools": 2, "wrong": {}}


def test_the_whole_demo_can_be_reported_on(leerid: Leerid, demo: Path) -> None:
    """All schools together, with what has to be hidden in two years of groups and classes."""
    leerid.arguments = ["--database", f"sqlite:///{demo / 'leerid.sqlite'}"]
    this_year = SchoolYear.of(school_day(datetime.now(UTC)))
    for year in (SchoolYear(this_year.start - 1), this_year):
        path = leerid.folder / f"{year.start}.csv"
        leerid.done("report", "--all", "--from", year.begin.isoformat(), "--out", path)
        assert ";;" in path.read_text("utf-8-sig")


def test_a_demo_never_goes_into_a_database_in_use(leerid: Leerid) -> None:
    """When one is given."""
    leerid.prepare(child("1", "Jan Peeters"))
    result = leerid.process("demo", "--folder", leerid.folder / "demo")
    assert result.returncode == 1
    assert result.stderr.startswith("In deze databank zijn er al instellingen.")
