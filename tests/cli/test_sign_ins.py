"""`leerid sign-ins`: every format of a file, what it says, and the recount."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from leerid_command import Leerid, child
from sqlalchemy import create_engine, text

NOW = datetime.now(UTC).replace(microsecond=0)
MOMENTS = [NOW - timedelta(minutes=minutes) for minutes in (5, 3)]


@pytest.fixture
def school(leerid: Leerid) -> Leerid:
    """A school with one pupil who has an account."""
    leerid.prepare(child("1", "Jan Peeters"))
    leerid.create()
    return leerid


def keycloak(at: datetime, kind: str = "LOGIN") -> dict[str, object]:
    """Return an event as Keycloak's admin API gives it."""
    return {
        "time": int(at.timestamp() * 1000),
        "type": kind,
        "clientId": "Toetsen",
        "details": {"username": "jan.peeters"},
    }


def write(folder: Path, written_as: str) -> Path:
    """Write two sign-ins, and in Keycloak's formats an error to sign in as well."""
    path = folder / f"log.{written_as}"
    rows = [{"username": "jan.peeters", "time": at.isoformat(), "app": "A"} for at in MOMENTS]
    events = [keycloak(at) for at in MOMENTS] + [keycloak(NOW, "LOGIN_ERROR")]
    contents = {
        "csv": "\n".join(["username,time,app", *(",".join(row.values()) for row in rows)]),
        "jsonl": "\n".join(map(json.dumps, rows)),
        "keycloak": json.dumps(events),
        "keycloak-lines": "\n".join(map(json.dumps, events)),
    }
    path.write_text(contents[written_as])
    return path


@pytest.mark.parametrize("written_as", ["csv", "jsonl", "keycloak", "keycloak-lines"])
def test_each_format_is_read_as_said_and_by_itself(school: Leerid, written_as: str) -> None:
    """The second time everything is known; what is no sign-in is told apart."""
    path = write(school.folder, written_as)
    other = 1 if "keycloak" in written_as else 0
    option = "keycloak" if other else written_as
    told = school.document("sign-ins", "import", path, "--format", option)
    counts = {"new": 2, "known": 0, "unknown": 0, "wrong": 0, "other": other}
    assert told == counts | {"unknown_names": [], "findings": [], "stopped": None}
    assert school.document("sign-ins", "import", path)["known"] == 2
    (pupil,) = school.document("pupils", "--school", "030569")
    assert datetime.fromisoformat(pupil["last_sign_in"]) == MOMENTS[1]
    assert school.document("sign-ins", "recount") == {"schools": 1, "wrong": {}}


def test_a_reader_sees_what_does_not_count(school: Leerid) -> None:
    """Rows with an error by their number, unknown names by how often; the exit code says so."""
    path = school.folder / "log.csv"
    path.write_text("login;tijdstip\njan.peeters;straks\nniemand;2026-11-23T08:15\n")
    result = school.run("sign-ins", "import", path, "--school", "30569", "--application", "Toetsen")
    assert result.exit_code == 1
    assert "“straks” is geen tijdstip" in result.stdout
    assert "niemand" in result.stdout
    assert school.refused("sign-ins", "import", path, "--school", "123456") == "school_unknown"
    path.write_text("naam;klas\n")
    assert school.refused("sign-ins", "import", path) == "sign_in_columns_missing"


def test_a_recount_says_what_it_righted(school: Leerid) -> None:
    """Once; then there is nothing left to right."""
    school.done("sign-ins", "import", write(school.folder, "csv"))
    assert "niets te herstellen" in school.done("sign-ins", "recount")
    with create_engine(f"sqlite:///{school.database}").begin() as connection:
        connection.execute(text("UPDATE sign_in_applications SET count = count + 1"))
    wrong = school.document("sign-ins", "recount", code=1)["wrong"]["030569"]
    assert 1 <= wrong <= 2
    assert school.document("sign-ins", "recount")["wrong"] == {}
