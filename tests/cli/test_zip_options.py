"""Where the zip comes, who can read it, and how its stickers lie."""

from __future__ import annotations

import io
import stat
from pathlib import Path
from zipfile import ZipFile

import pdfplumber
import pytest
from leerid_command import Leerid, child, passwords, zip_files
from service_world import SCHOOL

MM = 72 / 25.4


@pytest.fixture
def school(leerid: Leerid) -> Leerid:
    """A school with two pupils."""
    leerid.prepare(child("1", "Jan Peeters"), child("2", "An Maes"))
    return leerid


def first_brand(path: Path) -> tuple[float, float]:
    """Where the word LeerID begins on the first sticker, in millimetres."""
    files = zip_files(path.read_bytes())
    (stickers,) = (data for name, data in files.items() if name.endswith("_stickers_alle.pdf"))
    with pdfplumber.open(io.BytesIO(stickers)) as document:
        letters = document.pages[0].chars
    return next(
        (one["x0"] / MM, one["top"] / MM)
        for one in letters
        if one["text"] == "L" and "Bold" in one["fontname"]
    )


def test_only_the_owner_reads_the_zip(school: Leerid) -> None:
    """It holds clear passwords."""
    path = school.create()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert len(passwords(path.read_bytes())) == 2


def test_in_a_folder_the_zip_gets_its_own_name(school: Leerid) -> None:
    """With the school, the day and the number of the batch."""
    document = school.document("create", "--school", SCHOOL, "--out", school.folder)
    path = Path(document["zip"])
    assert path.parent == school.folder
    assert path.match(f"LeerID_{SCHOOL}_????-??-??_{document['batch']}.zip")


def test_a_single_pupil_gets_no_excel(school: Leerid) -> None:
    """As the manual says, chapter 2."""
    path = school.create("--stamnummer", 1)
    with ZipFile(path) as archive:
        assert all(name.endswith(".pdf") for name in archive.namelist())


@pytest.mark.parametrize("line", ["geheim woord\n", "geheim woord\r\n", "geheim woord"])
def test_a_zip_can_have_a_password(school: Leerid, line: str) -> None:
    """One line of the standard input; without it nothing can be read."""
    path = school.folder / "dicht.zip"
    options = ("--out", path, "--zip-password-stdin")
    output = school.done("create", "--school", SCHOOL, *options, stdin=line)
    assert "geheim" not in output
    assert len(passwords(path.read_bytes(), "geheim woord")) == 2
    with pytest.raises(RuntimeError, match="encrypted"):
        passwords(path.read_bytes())


def test_an_empty_zip_password_is_refused(school: Leerid) -> None:
    """Rather than a zip that is open; nothing was made."""
    options = ("--out", school.folder / "open.zip", "--zip-password-stdin")
    assert school.refused("create", "--school", SCHOOL, *options) == "zip_password_empty"
    assert school.document("batches", "--school", SCHOOL) == []
    assert not (school.folder / "open.zip").exists()


def test_a_zip_is_never_overwritten(school: Leerid) -> None:
    """It may be the only print of other passwords; nothing is made."""
    path = school.folder / "kaartjes.zip"
    path.write_bytes(b"older")
    for command in (["create", "--school", SCHOOL], ["renew", "--school", SCHOOL]):
        assert school.refused(*command, "--out", path) == "out_exists"
    assert path.read_bytes() == b"older"
    assert school.document("batches", "--school", SCHOOL) == []


def test_stickers_start_and_move_as_asked(school: Leerid) -> None:
    """On the third label, two millimetres to the right and one up; and again when reprinted."""
    options = ("--start-at", 3, "--offset-x", 2, "--offset-y", -1)
    plain = first_brand(school.create())
    moved = school.folder / "verschoven.zip"
    school.done("batches", "reprint", 1, "--out", moved, *options)
    x, y = first_brand(moved)
    assert x - plain[0] == pytest.approx(2, abs=0.1)
    assert y - plain[1] == pytest.approx(48 - 1, abs=0.1)
