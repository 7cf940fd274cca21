"""Follow-up lists: on paper and as Excel."""

from __future__ import annotations

import os
from datetime import date, datetime

import pytest
from report_examples import LONG_NAME, MADE_AT, opened, page_texts

from leerid_core.reports.follow_up import FollowUp, Waiting
from leerid_core.reports.follow_up_pdf import follow_up_pdf
from leerid_core.reports.follow_up_workbook import follow_up_workbook


def _pupil(at: int, group: str = "4A", **changes: str) -> Waiting:
    known = {
        "first_name": f"Süheda{at}",
        "last_name": "Carabin",
        "stamnummer": f"00{at}",
        "administrative_group": "4de leerjaar",
        "username": f"suheda{at}.carabin",
        "password_kind": "Afbeeldingswachtwoord",
    }
    return Waiting(group, **(known | changes), handed_out=date(2026, 9, 14))


def _list(*pupils: Waiting) -> FollowUp:
    return FollowUp("TEST School 1 (030569)", "(sub)Klas", pupils, MADE_AT, "An Peeters")


def test_every_class_has_its_own_page() -> None:
    """In the order of a school, with who it is about and what is on the card."""
    pages = page_texts(follow_up_pdf(_list(_pupil(1, "10A"), _pupil(2, "2A"), _pupil(3, "2A"))))
    assert [page.split()[0] for page in pages] == ["2A", "10A"]
    assert "2 leerlingen hebben zich nog nooit aangemeld." in pages[0]
    assert "1 leerling heeft zich nog nooit aangemeld." in pages[1]
    for text in ("Süheda2 Carabin", "suheda2.carabin", "Afbeeldingen", "14 september 2026"):
        assert text in pages[0]
    assert "Opmerking" in pages[0]


def test_a_large_class_goes_on_and_counts_on() -> None:
    """Sixty pupils are three pages, numbered to 60."""
    pages = page_texts(follow_up_pdf(_list(*(_pupil(at) for at in range(60)))))
    assert len(pages) == 3
    assert "4A (2 van 3)" in pages[1]
    assert "60 Süheda59 Carabin" in pages[2]


def test_strange_names_are_printed() -> None:
    """Sixty letters, letters the typeface lacks, no group and no username."""
    pupils = [
        _pupil(1, first_name=LONG_NAME[:60], last_name="x" * 60, username="y" * 50),
        _pupil(2, first_name="李", last_name="=1+1"),
    ]
    text = " ".join(page_texts(follow_up_pdf(_list(*pupils))))
    assert "Élisabeth-Marie" in text
    assert "=1+1" in text


def test_nobody_to_follow_up_is_said() -> None:
    """Not an empty page."""
    assert "heeft zich al aangemeld" in page_texts(follow_up_pdf(_list()))[0]
    book = opened(follow_up_workbook(_list()))
    assert not book.active.tables


def test_the_excel_has_one_table_with_room_for_a_remark() -> None:
    """Texts stay texts, days are days, the remark is empty, classes in order."""
    pupils = (_pupil(1, "10A", first_name="=1+1"), _pupil(2, "2A", last_name="a\x01<&>"))
    sheet = opened(follow_up_workbook(_list(*pupils))).active
    (table,) = sheet.tables.values()
    assert table.ref == sheet.dimensions.replace("A1", "A3") == "A3:I5"
    head, first, second = (list(row) for row in sheet[table.ref])
    assert [cell.value for cell in head][::8] == ["(sub)Klas", "Opmerking"]
    assert [cell.value for cell in first][:3] == ["2A", "Süheda2", "a<&>"]
    assert [cell.value for cell in second][:4] == ["10A", "=1+1", "Carabin", "001"]
    assert second[1].data_type == "s"
    assert second[7].value == datetime(2026, 9, 14)  # noqa: DTZ001 - Excel knows no zones
    assert second[7].number_format == "[$-813]d mmmm yyyy"
    assert not second[8].value


def test_no_name_is_ever_in_a_temporary_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """The one temporary file that openpyxl makes and removes has no pupil in it."""
    removed = []
    remove = os.remove

    def read_and_remove(path: str) -> None:
        with open(path, "rb") as file:
            removed.append(file.read())
        remove(path)

    monkeypatch.setattr(os, "remove", read_and_remove)
    follow_up_workbook(_list(_pupil(1)))
    assert removed
    assert all(b"Opmerking" in content and b"Carabin" not in content for content in removed)


def test_the_same_list_gives_the_same_bytes() -> None:
    """No time of day is in either file."""
    listed = _list(_pupil(1))
    assert follow_up_pdf(listed) == follow_up_pdf(listed)
    assert follow_up_workbook(listed) == follow_up_workbook(listed)
