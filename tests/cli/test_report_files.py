"""`leerid report` and `leerid follow-up`."""

from __future__ import annotations

import stat
from io import BytesIO

import pypdf
import pytest
from leerid_command import Leerid, child
from openpyxl import load_workbook
from service_world import SCHOOL


@pytest.fixture
def school(leerid: Leerid) -> Leerid:
    """A school of six, all with an account made just now."""
    leerid.prepare(*(child(f"{at}", f"Süheda{chr(97 + at)} Carabin") for at in range(6)))
    leerid.create()
    return leerid


def test_a_report_is_written_in_the_form_of_its_name(school: Leerid) -> None:
    """For its owner only; the document tells where it is."""
    starts = {"verslag.pdf": b"%PDF-", "VERSLAG.XLSX": b"PK", "verslag.csv": b"\xef\xbb\xbf"}
    for name, start in starts.items():
        out = school.folder / name
        assert school.document("report", "--school", SCHOOL, "--out", out) == {"file": str(out)}
        assert out.read_bytes().startswith(start)
        assert stat.S_IMODE(out.stat().st_mode) == 0o600


def test_a_report_on_all_schools(school: Leerid) -> None:
    """With the period that was asked for."""
    school.done("schools", "add", "125252", "Tweede School")
    out = school.folder / "alles.pdf"
    said = school.done("report", "--all", "--out", out)
    assert said == f"Het verslag staat in {out}\n"
    text = pypdf.PdfReader(out).pages[0].extract_text()
    assert "2 instellingen" in text


def test_a_follow_up_list_is_written(school: Leerid) -> None:
    """New accounts only when asked for; both forms."""
    for days, pupils in ((14, 0), (0, 6)):
        out = school.folder / f"{days}.xlsx"
        school.done("follow-up", "--school", SCHOOL, "--days", days, "--out", out)
        rows = list(load_workbook(BytesIO(out.read_bytes())).active.iter_rows(min_row=4))
        assert len(rows) == pupils
    out = school.folder / "lijst.pdf"
    school.done("follow-up", "--school", SCHOOL, "--days", 0, "--out", out)
    assert "Sühedaa Carabin" in pypdf.PdfReader(out).pages[0].extract_text()


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["report", "--school", SCHOOL, "--out", "verslag.txt"], "report_form"),
        (["report", "--school", SCHOOL, "--out", "verslag"], "report_form"),
        (["follow-up", "--school", SCHOOL, "--out", "lijst.csv"], "report_form"),
        (["report", "--school", SCHOOL, "--out", "er.pdf"], "out_exists"),
        (["report", "--school", SCHOOL, "--out", "weg/verslag.pdf"], "out_unwritable"),
        (["report", "--school", "125252", "--out", "verslag.pdf"], "school_unknown"),
        (
            ["report", "--school", SCHOOL, "--from", "2999-01-01", "--out", "verslag.pdf"],
            "usage_period",
        ),
        (
            ["report", "--school", SCHOOL, "--to", "2001-01-01", "--out", "verslag.pdf"],
            "report_empty",
        ),
    ],
)
def test_what_is_refused_is_said(
    leerid: Leerid, monkeypatch: pytest.MonkeyPatch, arguments: list[str], code: str
) -> None:
    """Before anything is written."""
    leerid.prepare(child("1", "Süheda Carabin"))
    monkeypatch.chdir(leerid.folder)
    (leerid.folder / "er.pdf").write_bytes(b"")
    before = set(leerid.folder.iterdir())
    assert leerid.refused(*arguments) == code
    assert set(leerid.folder.iterdir()) == before


@pytest.mark.parametrize(
    "arguments",
    [
        ["report", "--out", "x.pdf"],
        ["report", "--school", SCHOOL, "--all", "--out", "x.pdf"],
        ["report", "--school", SCHOOL],
        ["report", "--school", SCHOOL, "--from", "morgen", "--out", "x.pdf"],
        ["follow-up", "--out", "x.pdf"],
        ["follow-up", "--school", SCHOOL, "--days", "-1", "--out", "x.pdf"],
    ],
)
def test_wrong_use_ends_with_2(leerid: Leerid, arguments: list[str]) -> None:
    """And says how it should be."""
    assert leerid.run(*arguments).exit_code == 2
