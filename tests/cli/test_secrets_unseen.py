"""No command ever prints a password, or leaves one where it does not belong."""

from __future__ import annotations

from pathlib import Path

import pytest
from leerid_command import Leerid, a4_text, child, passwords
from service_world import SCHOOL

from leerid_core.rules.pictures import CATALOGUE

CLASS = [
    *(child(f"{at}", f"Kind{at} Janssens", group=f"{at % 6 + 1}de leerjaar") for at in range(6)),
    *(child(f"9{at}", f"Leerling{at} Peeters", group="1e lj A") for at in range(6)),
]


@pytest.mark.parametrize("as_json", [True, False])
def test_no_output_has_a_password(leerid: Leerid, as_json: bool) -> None:
    """Of create, renew, reprint, the lists and the trail, on either stream."""
    leerid.prepare(*CLASS)
    said, secrets = "", set[str]()
    option = ["--json"] if as_json else []
    for at, command in enumerate(
        [["create", "--school", SCHOOL], ["renew", "--school", SCHOOL], ["batches", "reprint", "2"]]
    ):
        out = leerid.folder / f"{at}.zip"
        said += leerid.run(*option, *command, "--out", out).output
        secrets |= set(passwords(out.read_bytes()).values())
    for command in (["pupils"], ["batches"], ["audit"], ["create", "--dry-run"]):
        said += leerid.run(*option, *command, "--school", SCHOOL).output
    assert len(secrets) == 2 * len(CLASS)
    assert "kind0.janssens" in said
    assert not [secret for secret in secrets if secret in said]


def test_no_output_names_the_pictures_of_a_card(leerid: Leerid) -> None:
    """A picture password is four names, and none is said."""
    leerid.prepare(*CLASS[:3])
    result = leerid.run(
        "create", "--school", SCHOOL, "--basic", "pictures", "--out", leerid.folder / "een.zip"
    )
    words = set(result.output.lower().split())
    assert not words & {picture.key for picture in CATALOGUE}
    assert any(picture.name in a4_text(_only(leerid.folder)) for picture in CATALOGUE)


def test_the_zip_is_the_only_file_with_passwords(
    leerid: Leerid, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Not the database, not the key, not the folder for temporary files."""
    temporary = tmp_path / "tijdelijk"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    leerid.prepare(*CLASS)
    secrets = passwords(leerid.create().read_bytes()).values()
    leerid.done("batches", "reprint", "1", "--out", leerid.folder / "nog.zip")
    for path in leerid.folder.rglob("*"):
        if path.is_file() and path.suffix != ".zip":
            content = path.read_bytes()
            assert not [secret for secret in secrets if secret.encode() in content]


def test_a_failing_command_shows_no_data_of_the_database(leerid: Leerid) -> None:
    """A damaged database gives our sentence, without a statement or a value in it."""
    leerid.prepare(*CLASS)
    leerid.database.write_bytes(b"SQLite format 3\x00" + b"damaged" * 1000)
    for path in leerid.folder.glob("leerid.sqlite-*"):
        path.unlink()
    result = leerid.process("pupils", "--school", SCHOOL)
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr.startswith("De databank is niet bereikbaar.")


def _only(folder: Path) -> bytes:
    (path,) = folder.glob("*.zip")
    return path.read_bytes()
