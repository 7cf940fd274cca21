"""The zip of a hand-out batch."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from io import BytesIO
from itertools import pairwise
from zipfile import ZipFile

import pytest
import pyzipper
from card_examples import (
    BY_CLASS,
    HAND_OUT,
    pages_of_letters,
    pupil,
    pupils,
    read_codes,
    texts,
    with_pictures,
)

from leerid_core.errors import Cancelled, Refused
from leerid_core.exports import (
    CardOrder,
    HandOut,
    PrintOptions,
    archive_name,
    cards_pdf,
    credentials_workbook,
    make_archive,
    receipt_pdf,
    stickers_pdf,
)
from leerid_core.messages import sentence

NAME = "LeerID_030569_2026-11-23_12"
MIXED = [
    pupil("Zoë", username="zoe", school_classes=("2B",)),
    pupil("An", username="an", school_classes=("10A", "10A.WIS")),
    with_pictures(first_name="Bo", username="bo", school_classes=("2B",)),
    pupil("Çem", username="cem", administrative_group="Hout: BSO/2"),
]


def _entries(archive: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(archive)) as opened:
        assert opened.testzip() is None
        return {name: opened.read(name) for name in opened.namelist()}


def test_the_name_says_school_date_and_batch() -> None:
    """So that two downloads can be told apart."""
    assert archive_name(HAND_OUT) == f"{NAME}.zip"


def test_a_bulk_zip_holds_every_file() -> None:
    """Excel, A4, stickers with all and for each class in order, receipt list: nothing else."""
    assert list(_entries(make_archive(BY_CLASS, MIXED))) == [
        f"{NAME}.xlsx",
        f"{NAME}_A4.pdf",
        f"{NAME}_stickers_alle.pdf",
        f"{NAME}_stickers_2B.pdf",
        f"{NAME}_stickers_10A.pdf",
        f"{NAME}_stickers_Hout- BSO-2.pdf",
        f"{NAME}_ontvangstlijst.pdf",
    ]


def test_a_single_pupil_gets_the_pdfs_without_excel() -> None:
    """Manual, chapter 2: one document on A4, others for stickers."""
    assert list(_entries(make_archive(HAND_OUT, [pupil()]))) == [
        f"{NAME}_A4.pdf",
        f"{NAME}_stickers_alle.pdf",
        f"{NAME}_stickers_4de leerjaar.pdf",
        f"{NAME}_ontvangstlijst.pdf",
    ]


def test_every_code_of_every_card_in_every_pdf_reads_back() -> None:
    """In the order of classes and names, the same link three times."""
    listed = pupils(30, school_classes=("2B",)) + [
        with_pictures(username=f"kim{at:02}", school_classes=("10A",)) for at in range(15)
    ]
    entries = _entries(make_archive(BY_CLASS, listed))

    def links(suffix: str) -> list[str]:
        pages = read_codes(entries[f"{NAME}_{suffix}.pdf"])
        return [code.text for page in pages for code in page]

    wanted = [one.link for one in listed]
    assert links("stickers_alle") == wanted
    assert links("stickers_2B") == wanted[:30]
    assert links("stickers_10A") == wanted[30:]
    assert sorted(links("A4")) == sorted(wanted)


def test_each_file_alone_holds_what_it_holds_in_the_zip() -> None:
    """Making one file and making all show the same letters in the same places."""
    entries = _entries(make_archive(BY_CLASS, MIXED))
    for suffix, make in (
        ("_A4", cards_pdf),
        ("_stickers_alle", stickers_pdf),
        ("_ontvangstlijst", receipt_pdf),
    ):
        in_zip = pages_of_letters(entries[f"{NAME}{suffix}.pdf"])
        assert pages_of_letters(make(BY_CLASS, MIXED)) == in_zip
    assert credentials_workbook(BY_CLASS, MIXED) == entries[f"{NAME}.xlsx"]


def test_every_sticker_file_continues_a_started_sheet() -> None:
    """The start position counts for the first sheet of each of them."""
    entries = _entries(make_archive(BY_CLASS, MIXED, PrintOptions(start_at=11)))
    for suffix, cards in (("alle", 4), ("2B", 2), ("10A", 1)):
        first = read_codes(entries[f"{NAME}_stickers_{suffix}.pdf"])[0]
        assert len(first) == min(cards, 2)
        assert all(code.top > 240 for code in first)


@pytest.mark.parametrize(
    ("order", "names"),
    [
        (CardOrder.CLASS, ["Bo", "Zoë", "An", "Çem"]),
        (CardOrder.NAME, ["An", "Bo", "Çem", "Zoë"]),
        (CardOrder.GIVEN, ["Zoë", "An", "Bo", "Çem"]),
    ],
)
def test_the_cards_are_in_the_order_asked_for(order: CardOrder, names: list[str]) -> None:
    """By class and name, by name, or as the list was."""
    (text,) = texts(stickers_pdf(BY_CLASS, MIXED, PrintOptions(order=order)))
    places = [text.index(f"{name} Carabin") for name in names]
    assert places == sorted(places)


def test_the_same_arguments_give_the_same_bytes() -> None:
    """A file that is made again can be compared with the first."""
    assert make_archive(BY_CLASS, MIXED) == make_archive(BY_CLASS, MIXED)


def test_entries_are_dated_by_the_batch() -> None:
    """On the day that is in the file's name, whenever they are made."""
    later = HandOut("030569", "TEST School 1", 12, date(2027, 1, 2), by_class=True)
    with ZipFile(BytesIO(make_archive(later, MIXED))) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(2027, 1, 2, 0, 0, 0)}


def test_a_zip_password_is_needed_to_read() -> None:
    """Every file is encrypted with AES; a wrong password reads nothing."""
    archive = make_archive(HAND_OUT, MIXED, PrintOptions(zip_password="twee koeien"))
    for password in (b"twee paarden", None):
        with pyzipper.AESZipFile(BytesIO(archive)) as opened:
            opened.setpassword(password)
            for name in opened.namelist():
                with pytest.raises(RuntimeError):
                    opened.read(name)
    with pyzipper.AESZipFile(BytesIO(archive)) as opened:
        opened.setpassword(b"twee koeien")
        assert all(entry.wz_aes_strength == 3 for entry in opened.infolist())
        plain = {name: opened.read(name) for name in opened.namelist()}
    assert plain == _entries(make_archive(HAND_OUT, MIXED))


def test_progress_grows_to_the_end() -> None:
    """It never goes back, keeps its total, ends at it, and names the phases in Dutch."""
    reports: list[tuple[int, int, str]] = []
    make_archive(BY_CLASS, MIXED, progress=lambda *report: reports.append(report))
    done = [report[0] for report in reports]
    assert all(before < after for before, after in pairwise(done))
    assert {report[1] for report in reports} == {done[-1]}
    assert list(dict.fromkeys(report[2] for report in reports)) == [
        "Kaartjes tekenen",
        "Bestanden maken",
    ]


def test_a_single_pupil_reaches_the_end_too() -> None:
    """Without the Excel there is one step less, and the total knows it."""
    reports: list[tuple[int, int, str]] = []
    make_archive(HAND_OUT, [pupil()], progress=lambda *report: reports.append(report))
    assert [report[0] for report in reports] == list(range(reports[-1][1] + 1))


@pytest.mark.parametrize("steps", [0, 2, 7])
def test_work_stops_when_asked(steps: int) -> None:
    """Before the first card, among the cards, and among the files."""
    asked = iter(range(100))
    with pytest.raises(Cancelled):
        make_archive(BY_CLASS, MIXED, cancelled=lambda: next(asked) >= steps)


@pytest.mark.parametrize("make", [make_archive, cards_pdf, stickers_pdf, receipt_pdf])
def test_nobody_is_refused(make: object) -> None:
    """Without pupils there is nothing to make, and the user reads why."""
    with pytest.raises(Refused) as refused:
        make(HAND_OUT, [])  # type: ignore[operator]
    assert refused.value.code == "nothing_to_hand_out"
    assert sentence("nothing_to_hand_out")


def test_importing_the_package_stays_cheap() -> None:
    """fpdf2, openpyxl, Pillow and the rest come when they are needed."""
    code = (
        "import sys, leerid_core.exports;"
        "print({'fpdf', 'openpyxl', 'PIL', 'zxingcpp', 'pyzipper', 'resvg_py'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"
