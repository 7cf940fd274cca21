"""The installed command in a process of its own: exit codes, and what is on which stream."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from leerid_command import Leerid, child, passwords
from service_world import SCHOOL


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


def test_the_demo_is_there_and_stays(leerid: Leerid, tmp_path: Path) -> None:
    """Two schools, accounts for a part of them, a zip for each batch; the second time nothing.

    The newest batch of each school is fresh, of the others pupils have signed in since.
    """
    leerid.arguments = []
    folder = tmp_path / "demo"
    first = leerid.process("--json", "demo", "--folder", folder, LEERID_DATABASE_URL="")
    document = json.loads(first.stdout)
    assert first.returncode == 0
    assert {batch["school"] for batch in document["batches"]} == {"990412", "990688"}
    for batch in document["batches"]:
        assert len(passwords(Path(batch["zip"]).read_bytes())) == batch["pupils"]
    before = {path.name: path.stat().st_size for path in folder.glob("*.zip")}
    second = leerid.process("--json", "demo", "--folder", folder, LEERID_DATABASE_URL="")
    assert (second.returncode, json.loads(second.stdout)["batches"]) == (0, [])
    assert {path.name: path.stat().st_size for path in folder.glob("*.zip")} == before
    leerid.arguments = ["--database", document["database"]]
    for school, size in (("990412", 412), ("990688", 688)):
        listed = json.loads(leerid.process("--json", "pupils", "--school", school).stdout)
        assert len(listed) == size
        assert 0 < sum(one["username"] is not None for one in listed) < size
        newest, *older = json.loads(leerid.process("--json", "batches", "--school", school).stdout)
        assert newest["sealed_until"] is not None
        assert newest["signed_in"] == 0
        assert all(0 < batch["signed_in"] < batch["pupils"] for batch in older)
    recounted = json.loads(leerid.process("--json", "sign-ins", "recount").stdout)
    assert recounted == {"schools": 2, "wrong": {}}


def test_a_demo_never_goes_into_a_database_in_use(leerid: Leerid) -> None:
    """When one is given."""
    leerid.prepare(child("1", "Jan Peeters"))
    result = leerid.process("demo", "--folder", leerid.folder / "demo")
    assert result.returncode == 1
    assert result.stderr.startswith("In deze databank zijn er al instellingen.")
