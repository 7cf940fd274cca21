"""Exit 0 when it is done, 1 when it is refused or rows are wrong, 2 for wrong use."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from leerid_command import Leerid, child
from service_world import OTHER_SCHOOL, SCHOOL

JAN = child("1", "Jan Peeters")


@pytest.fixture
def school(leerid: Leerid) -> Leerid:
    """A school with one pupil."""
    leerid.prepare(JAN)
    return leerid


def test_before_init_nothing_is_made(leerid: Leerid) -> None:
    """Not even an empty database at a mistyped address."""
    assert leerid.refused("pupils", "--school", SCHOOL) == "database_not_ready"
    assert list(leerid.folder.iterdir()) == []


def test_a_refusal_is_a_sentence_on_the_error_output(school: Leerid) -> None:
    """With --json also the document; never a traceback."""
    result = school.run("pupils", "--school", OTHER_SCHOOL)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == (
        f"Er is geen instelling met nummer {OTHER_SCHOOL}. Voeg ze eerst toe.\n"
    )
    result = school.run("--json", "pupils", "--school", OTHER_SCHOOL)
    assert json.loads(result.stdout)["error"]["message"] == result.stderr.rstrip()


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["schools", "add", SCHOOL, "Nog eens"], "school_exists"),
        (["import", "lijst.csv", "--school", OTHER_SCHOOL], "school_unknown"),
        (["batches", "reprint", "9", "--out", "nieuw.zip"], "batch_unknown"),
        (["batches", "undo", "9"], "batch_unknown"),
        (["rename", "--school", SCHOOL, "--stamnummer", "1", "jan"], "account_unknown"),
        (["rename", "--school", SCHOOL, "--stamnummer", "9", "jan"], "stamnummer_unknown"),
        (["settle-group", "--school", SCHOOL, "--group", "x", "--type", "basic"], "group_not_open"),
        (
            ["create", "--school", SCHOOL, "--stamnummer", "9", "--out", "nieuw.zip"],
            "stamnummer_unknown",
        ),
        (["create", "--school", SCHOOL, "--out", "lijst.csv"], "out_exists"),
        (["create", "--school", SCHOOL, "--out", "weg/nieuw.zip"], "out_unwritable"),
    ],
)
def test_what_is_refused_ends_with_1(
    school: Leerid, monkeypatch: pytest.MonkeyPatch, arguments: list[str], code: str
) -> None:
    """With the code in the document, and nothing made."""
    monkeypatch.chdir(school.folder)
    assert school.refused(*arguments) == code
    assert school.document("batches", "--school", SCHOOL) == []


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["nothing"],
        ["pupils"],
        ["pupils", "--school", "1234567"],
        ["pupils", "--school", SCHOOL, "--type", "middle"],
        ["schools", "add", "1", "School", "--niveau", "9"],
        ["import", "weg.csv", "--school", SCHOOL],
        ["create", "--school", SCHOOL],
        ["create", "--school", SCHOOL, "--out", "x.zip", "--start-at", "13"],
        ["create", "--school", SCHOOL, "--out", "x.zip", "--offset-x", "11"],
        ["create", "--school", SCHOOL, "--out", "x.zip", "--basic", "temporary"],
        ["create", "--school", SCHOOL, "--out", "x.zip", "--stamnummer", "1", "--search", "jan"],
        ["batches"],
        ["batches", "undo", "one"],
        ["audit", "--school", SCHOOL, "--since", "gisteren"],
        ["import", "lijst.csv", "--school", SCHOOL, "--map", "Kleur"],
        ["import", "lijst.csv", "--school", SCHOOL, "--map", "Kleur=regenboog"],
    ],
)
def test_wrong_use_ends_with_2(
    school: Leerid, monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    """And prints nothing on the standard output."""
    monkeypatch.chdir(school.folder)
    result = school.run(*arguments)
    assert result.exit_code == 2
    assert not arguments or result.stdout == ""


def test_a_row_with_an_error_ends_with_1_and_the_others_count(school: Leerid) -> None:
    """Errors keep a row out, never the file."""
    path = school.file(JAN, child("2", "An Maes"), child("3", "Els Maes", end="31/13/2027"))
    result = school.run("import", path, "--school", SCHOOL)
    assert result.exit_code == 1
    assert "fout: rij 4, kolom Einddatum: “31/13/2027” is geen datum" in result.stdout
    assert len(school.document("pupils", "--school", SCHOOL)) == 2


def test_a_file_that_cannot_be_read_says_why(school: Leerid) -> None:
    """In one sentence."""
    path = school.folder / "lijst.xlsx"
    path.write_bytes(b"%PDF-1.7")
    result = school.run("import", path, "--school", SCHOOL)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "Dit is een pdf. Exporteer de lijst als .xlsx, .csv of .xml.\n"


def test_a_large_change_is_asked_about(school: Leerid) -> None:
    """The document of the import tells what would end; then it is accepted."""
    options = (school.file(child("2", "An Maes")), "--school", SCHOOL, "--end-missing")
    for dry_run in ([], ["--dry-run"]):
        document = school.document("import", *options, *dry_run, code=1)
        assert (document["applied"], document["ended"]) == (False, 1)
        assert document["error"]["code"] == "import_large"
    accepted = school.document("import", *options, "--accept-large-change")
    assert (accepted["applied"], accepted["ended"]) == (True, 1)


def test_missing_pupils_are_reported_only(school: Leerid) -> None:
    """Unless their end is asked for."""
    other = school.file(child("2", "An Maes"))
    document = school.document("import", other, "--school", SCHOOL)
    assert (document["new"], document["ended"]) == (1, 0)
    assert [one["code"] for one in document["findings"]] == ["missing_from_file"]


def test_nobody_to_make_accounts_for_ends_with_1(school: Leerid) -> None:
    """And writes no zip."""
    out = school.folder / "leeg.zip"
    document = school.document("create", "--school", SCHOOL, "--search", "x", "--out", out, code=1)
    assert (document["created"], document["batch"]) == (0, None)
    assert not out.exists()


def test_a_group_without_type_is_skipped_and_ends_with_1(school: Leerid) -> None:
    """The others get their accounts."""
    school.done(
        "import", school.file(JAN, child("2", "An Maes", group="Groep 3")), "--school", SCHOOL
    )
    out = school.folder / "een.zip"
    document = school.document("create", "--school", SCHOOL, "--out", out, code=1)
    assert (document["created"], document["skipped"]) == (1, 1)
    assert document["skipped_rows"][0]["code"] == "type_unknown"


def test_another_key_is_refused(school: Leerid) -> None:
    """By every command that opens the database."""
    key = school.folder / "leerid.key"
    key.write_text("x" * 43 + "=\n")
    assert school.refused("schools", "list") == "key_of_another_database"
    key.unlink()
    assert school.refused("schools", "list") == "key_missing"


def test_the_database_can_come_from_the_environment(
    leerid: Leerid, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And by default it is in the working folder."""
    monkeypatch.chdir(leerid.folder)
    monkeypatch.delenv("LEERID_DATABASE_URL", raising=False)
    leerid.arguments = []
    leerid.done("init")
    assert {path.name for path in Path().iterdir()} >= {"leerid.sqlite", "leerid.key"}
    monkeypatch.setenv("LEERID_DATABASE_URL", f"sqlite:///{leerid.folder / 'ander.sqlite'}")
    leerid.done("init")
    assert (leerid.folder / "ander.key").exists()
