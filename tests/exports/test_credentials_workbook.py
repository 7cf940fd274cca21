"""The Excel in the zip."""

from __future__ import annotations

import os
from io import BytesIO
from typing import Any

import pytest
from card_examples import BY_CLASS, HAND_OUT, pupil, pupils, with_pictures
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from leerid_core.exports import HandOut, credentials_workbook
from leerid_core.rules.accounts import AccountType, PasswordKind

REAL_COLUMNS = [
    "Stamnummer",
    "Voornaam",
    "Achternaam",
    "Administratieve groep",
    "LeerID Gebruikersnaam",
    "LeerID Wachtwoord",
]


def _sheet(workbook: bytes) -> Any:
    return load_workbook(BytesIO(workbook)).active


def test_the_first_six_columns_are_the_real_ones() -> None:
    """Schools' mail merges depend on these names in this order; ours come after them."""
    header, row = _sheet(credentials_workbook(HAND_OUT, [pupil()])).iter_rows(values_only=True)
    assert list(header[:6]) == REAL_COLUMNS
    assert header[6:] == ("(sub)Klas", "Type", "Link")
    assert row[:6] == (
        "0012345",
        "Süheda",
        "Carabin",
        "4de leerjaar",
        "suheda.carabin",
        "29ban9",
    )
    assert row[7:] == ("Basis", "https://mijn.leerid.be/suheda.carabin")


def test_classes_and_the_type_are_in_the_managers_words() -> None:
    """As on the screen: comma separated classes, and Gevorderd."""
    one = pupil(
        school_classes=("2B", "2B.WIS"),
        account_type=AccountType.ADVANCED,
        password_kind=PasswordKind.TEMPORARY,
        password="pgu9J7Zn",
    )
    row = list(_sheet(credentials_workbook(BY_CLASS, [one])).iter_rows(values_only=True))[1]
    assert row[5:8] == ("pgu9J7Zn", "2B, 2B.WIS", "Gevorderd")


def test_a_picture_password_refers_to_the_pdf() -> None:
    """No cell can show pictures, and the keys are not what a child sees."""
    row = list(_sheet(credentials_workbook(HAND_OUT, [with_pictures()])).values)[1]
    assert row[5] == "Afbeeldingen: zie pdf"


@pytest.mark.parametrize(
    "name", ["=1+1", "+32", "-De Bremme", "@SUM(A1)", "007", "3e5", " x ", "<&>"]
)
def test_every_cell_is_a_text(name: str) -> None:
    """What looks like a formula or a number stays as it was written."""
    row = list(_sheet(credentials_workbook(HAND_OUT, [pupil(name, name, password=name)])))[1]
    assert [cell.value for cell in row[1:3]] == [name, name]
    assert row[5].value == name
    for cell in row:
        assert (cell.data_type, cell.number_format) in {("s", "@"), ("n", "@")}
        assert cell.data_type == "s" or cell.value is None


@settings(max_examples=30, deadline=None)
@given(st.text(st.characters(codec="utf-8"), min_size=1))
def test_a_workbook_with_any_name_opens(name: str) -> None:
    """Control characters, which no spreadsheet can hold, are left out."""
    value = list(_sheet(credentials_workbook(HAND_OUT, [pupil(name)])).values)[1][1]
    kept = "".join(letter for letter in name if letter >= " " or letter in "\t\n\r")
    expected = kept.replace("\r\n", "\n").replace("\r", "\n")
    assert (value or "") == "".join(one for one in expected if one not in "\ufffe\uffff")


def test_the_sheet_is_ready_to_read_and_print() -> None:
    """Frozen header, filter, widths, landscape, one page wide, titles repeated, school above."""
    school = HandOut("030569", "Sint-Jan & Co", 12, HAND_OUT.made_on, by_class=False)
    sheet = _sheet(credentials_workbook(school, pupils(40)))
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == sheet.dimensions == "A1:I41"
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.page_setup.orientation == "landscape"
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.oddHeader.left.text == "Sint-Jan && Co"
    assert sheet.oddFooter.center.text == "Pagina &P van &N"
    assert all(sheet.column_dimensions[letter].width >= 12 for letter in "ABCDEFGHI")
    assert all(cell.font.bold for cell in sheet[1])


def test_no_password_is_ever_in_a_temporary_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """The one temporary file that openpyxl makes and removes holds the header row only."""
    removed = []
    remove = os.remove

    def read_and_remove(path: str) -> None:
        with open(path, "rb") as file:
            removed.append(file.read())
        remove(path)

    monkeypatch.setattr(os, "remove", read_and_remove)
    credentials_workbook(HAND_OUT, pupils(3))
    assert removed
    assert all(b"Stamnummer" in content and b"29ban9" not in content for content in removed)


def test_the_same_pupils_give_the_same_bytes() -> None:
    """No time of day is in the file."""
    assert credentials_workbook(HAND_OUT, pupils(3)) == credentials_workbook(HAND_OUT, pupils(3))
