"""What scripts rely on: one JSON document a command, with names that stay."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from leerid_command import Leerid, child
from service_world import SCHOOL

CLASS = (
    child("1", "Jan Peeters"),
    child("2", "Jan Peeters"),
    child("3", "An Maes", group="1e lj A"),
)
FINDING = {"row", "column", "severity", "code", "message"}
PUPIL = {
    "stamnummer",
    "first_name",
    "last_name",
    "administrative_group",
    "school_classes",
    "account_type",
    "account_status",
    "username",
    "password_kind",
    "created_at",
    "last_sign_in",
}
ISSUED_ROW = {"stamnummer", "username", "account_type", "password_kind", "reason", "findings"}
BATCH = {"batch", "kind", "created_at", "created_by", "pupils", "signed_in", "sealed_until"}


@pytest.fixture
def school(leerid: Leerid) -> Leerid:
    """A school with three pupils, of whom none has an account."""
    leerid.prepare(*CLASS)
    return leerid


def test_init_tells_where_the_database_and_the_key_are(leerid: Leerid) -> None:
    """The second time as the first."""
    first, second = leerid.document("init"), leerid.document("init")
    assert first == second
    assert first["database"] == f"sqlite:///{leerid.database}"
    assert first["key_file"] == str(leerid.folder / "leerid.key")


def test_schools(leerid: Leerid) -> None:
    """A school is added, listed, and settles its classes."""
    leerid.done("init")
    added = leerid.document("schools", "add", "30569", "School 1", "--niveau", 2)
    assert added == {
        "number": "030569",
        "name": "School 1",
        "niveau": 2,
        "shares_classes": True,
    }
    assert leerid.document("schools", "list") == [added]
    changed = leerid.document("schools", "share-classes", "30569", "--off")
    assert changed == added | {"shares_classes": False}


def test_import(leerid: Leerid) -> None:
    """Counts, and a finding for each row that is not right."""
    leerid.done("init")
    leerid.done("schools", "add", SCHOOL, "School 1", "--niveau", 2)
    path = leerid.file(*CLASS, child("4", "Els Maes", end="31/13/2027"))
    document = leerid.document("import", path, "--school", SCHOOL, code=1)
    counts = ("new", "changed", "ended", "returned", "unchanged", "skipped", "errors", "warnings")
    assert {name: document[name] for name in counts} == dict.fromkeys(counts, 0) | {
        "new": 3,
        "errors": 1,
    }
    (finding,) = document["findings"]
    assert finding.keys() == FINDING
    assert (finding["row"], finding["column"], finding["severity"], finding["code"]) == (
        5,
        "Einddatum",
        "error",
        "date_unreadable",
    )
    assert finding["message"].startswith("“31/13/2027” is geen datum")
    assert (document["applied"], document["shape"]) == (True, "other")


def test_import_shows_what_changes(school: Leerid) -> None:
    """Old and new of each field; a dry run applies nothing, however often."""
    moved = school.file(child("1", "Jan Peeters", classes="4B"), *CLASS[1:])
    for _ in range(2):
        document = school.document("import", moved, "--school", SCHOOL, "--dry-run")
        assert (document["applied"], document["changed"], document["unchanged"]) == (False, 1, 2)
    assert document["changes"] == [
        {
            "row": 2,
            "stamnummer": "1",
            "change": "changed",
            "differences": [{"field": "school_classes", "old": "4A", "new": "4B"}],
        }
    ]


def test_pupils(school: Leerid) -> None:
    """With and without an account."""
    school.create("--stamnummer", 3)
    listed = {one["stamnummer"]: one for one in school.document("pupils", "--school", SCHOOL)}
    assert all(one.keys() == PUPIL for one in listed.values())
    without = listed["1"]
    assert without["account_type"] == without["account_status"] == "none"
    assert without["username"] is without["password_kind"] is without["created_at"] is None
    assert without["school_classes"] == ["4A"]
    having = listed["3"]
    assert (having["account_type"], having["account_status"]) == ("advanced", "active")
    assert (having["username"], having["password_kind"]) == ("an.maes", "temporary")
    assert datetime.fromisoformat(having["created_at"]) <= datetime.now(UTC)
    assert having["last_sign_in"] is None


def test_create_and_renew(school: Leerid) -> None:
    """The batch, how many, and a row for each with its reason."""
    out = school.folder / "een.zip"
    created = school.document(
        "create", "--school", SCHOOL, "--search", "jan", "--basic", "pictures", "--out", out
    )
    assert (created["created"], created["skipped"], created["zip"]) == (2, 0, str(out))
    assert all(row.keys() == ISSUED_ROW for row in created["rows"])
    assert [(row["username"], row["reason"]) for row in created["rows"]] == [
        ("jan.peeters", "Gemaakt van voornaam en naam."),
        ("jan.peeters1", "jan.peeters is van een andere leerling, dus jan.peeters1."),
    ]
    assert {(row["account_type"], row["password_kind"]) for row in created["rows"]} == {
        ("basic", "pictures")
    }
    (finding,) = created["rows"][0]["findings"]
    assert finding.keys() == FINDING
    assert (finding["code"], finding["severity"]) == ("username_confusable", "warning")
    out = school.folder / "twee.zip"
    renewed = school.document("renew", "--school", SCHOOL, "--out", out)
    assert (renewed["created"], renewed["skipped"]) == (2, 1)
    assert renewed["batch"] > created["batch"]
    assert [row["code"] for row in renewed["skipped_rows"]] == ["account_missing"]


def test_a_dry_run_makes_no_batch(school: Leerid) -> None:
    """It shows the rows, keeps no name, and needs no --out."""
    for _ in range(2):
        planned = school.document("create", "--school", SCHOOL, "--dry-run")
        assert (planned["batch"], planned["created"], planned["zip"]) == (None, 3, None)
        assert [row["username"] for row in planned["rows"]] == [
            "an.maes",
            "jan.peeters",
            "jan.peeters1",
        ]
    assert school.document("batches", "--school", SCHOOL) == []


def test_batches(school: Leerid) -> None:
    """Newest first; printed again and undone by their number."""
    school.create("--search", "jan")
    school.create("--search", "maes", out="twee.zip")
    newest, oldest = school.document("batches", "--school", SCHOOL)
    assert newest.keys() >= BATCH
    assert (oldest["kind"], oldest["pupils"], oldest["signed_in"]) == ("creation", 2, 0)
    made, until = (datetime.fromisoformat(oldest[key]) for key in ("created_at", "sealed_until"))
    assert (until - made).days == 14
    again = school.document(
        "batches", "reprint", oldest["batch"], "--out", school.folder / "nog.zip"
    )
    assert (again["pupils"], again["destroyed"]) == (2, 0)
    undone = school.document("batches", "undo", newest["batch"])
    assert undone == {"batch": newest["batch"], "kind": "creation", "pupils": 1}
    assert school.document("batches", "--school", SCHOOL)[0]["sealed_until"] is None


def test_rename_and_settle_group(school: Leerid) -> None:
    """They tell what is so now."""
    school.create("--stamnummer", 3)
    arguments = ("--school", SCHOOL, "--stamnummer", 3)
    assert school.document("rename", *arguments, "An.M") == {"stamnummer": "3", "username": "an.m"}
    path = school.file(*CLASS, child("4", "Els Maes", group="Groep 3"))
    school.done("import", path, "--school", SCHOOL)
    group = ("--group", "Groep 3", "--type", "basic")
    assert school.document("settle-group", "--school", SCHOOL, *group) == {
        "group": "Groep 3",
        "account_type": "basic",
        "pupils": 1,
    }


def test_audit(school: Leerid) -> None:
    """Who, what and how many, from a day on."""
    school.create()
    entries = school.document("audit", "--school", SCHOOL)
    assert [entry["action"] for entry in entries] == ["school_added", "import", "creation"]
    assert all(
        entry.keys() == {"at", "actor", "origin", "action", "pupils", "details"}
        for entry in entries
    )
    assert entries[-1]["pupils"] == 3
    assert school.document("audit", "--school", SCHOOL, "--since", "2999-01-01") == []
    yesterday = datetime.now(UTC) - timedelta(days=1)
    since = ("--since", f"{yesterday:%d/%m/%Y}")
    assert school.document("audit", "--school", SCHOOL, *since) == entries
