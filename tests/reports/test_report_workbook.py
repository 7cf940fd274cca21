"""The report as Excel and as CSV: reopened and read."""

from __future__ import annotations

import csv
from datetime import datetime
from io import BytesIO, StringIO
from typing import Any
from zipfile import ZipFile

import pytest
from report_examples import breakdown, chapter, opened, report, two_schools

from leerid_core.reports.excel.books import HEAD_ROW, SHARE
from leerid_core.reports.report_csv import report_csv
from leerid_core.reports.report_workbook import report_workbook
from leerid_core.rules.figures import DEFINITIONS, Figure, Measure

FORMULAS = ["=1+1", "+32", "-De Bremme", "@SUM(A1)"]


@pytest.fixture(scope="module")
def plain() -> bytes:
    """The report on one school."""
    return report_workbook(report())


def _rows(sheet: Any) -> list[tuple[Any, ...]]:
    return list(sheet.iter_rows(min_row=HEAD_ROW, values_only=True))


def test_every_sheet_has_a_table_with_filters(plain: bytes) -> None:
    """A real one, over all its rows, with a name of its own, below a title."""
    book = opened(plain)
    names = []
    for sheet in book:
        (table,) = sheet.tables.values()
        names.append(table.displayName)
        assert table.autoFilter.ref == table.ref
        assert table.ref.startswith(f"A{HEAD_ROW}:")
        heads = [cell.value for cell in sheet[table.ref][0]]
        assert heads == [column.name for column in table.tableColumns]
        assert len(set(heads)) == len(heads)
        assert sheet["A1"].value
        assert sheet.freeze_panes == f"B{HEAD_ROW + 1}"
        assert sheet.page_setup.paperSize == 9
    assert len(set(names)) == len(names)
    assert book.sheetnames == [
        "Overzicht",
        "Per administratieve groep",
        "Laatste aanmelding",
        "Na het uitdelen",
        "Afdruklijsten",
        "Per dag",
        "Weekdag en uur",
        "Per toepassing",
        "Definities",
    ]


def test_excel_draws_its_own_charts(plain: bytes) -> None:
    """From the cells, so that they follow a filter; with axes that are there."""
    book = opened(plain)
    charts = {sheet.title: len(sheet._charts) for sheet in book if sheet._charts}
    assert charts == dict.fromkeys(
        (
            "Per administratieve groep",
            "Laatste aanmelding",
            "Na het uitdelen",
            "Per dag",
            "Per toepassing",
        ),
        1,
    )
    with ZipFile(BytesIO(plain)) as parts:
        drawn = [parts.read(name).decode() for name in parts.namelist() if "/charts/" in name]
    assert len(drawn) == 5
    assert all('<delete val="0"' in one or "<c:delete" in one for one in drawn)
    assert any("'Per dag'!$B$5:$B$18" in one for one in drawn)


def test_the_numbers_are_numbers(plain: bytes) -> None:
    """Counts, shares and days can be calculated with, and look Flemish."""
    book = opened(plain)
    totals = {row[0]: row[1] for row in _rows(book["Overzicht"])[1:] if row[1] is not None}
    assert totals[DEFINITIONS[Figure.NEVER_SIGNED_IN].name] == 20
    day = book["Per dag"].cell(HEAD_ROW + 1, 1)
    assert day.value == datetime(2026, 11, 2)  # noqa: DTZ001 - Excel knows no zones
    assert day.number_format == "[$-813]d mmmm yyyy"
    share = book["Na het uitdelen"].cell(HEAD_ROW + 1, 2)
    assert (share.value, share.number_format) == (0.1, SHARE)
    assert _rows(book["Afdruklijsten"])[1] == ("Lijst 1", "Aanmaken", 90, 0.4, None)
    assert book["Weekdag en uur"].cell(HEAD_ROW + 10, 3).value == 60


def test_the_summary_and_the_definitions_are_in_the_workbook(plain: bytes) -> None:
    """Who opens only the Excel reads the same."""
    book = opened(plain)
    words = [row[0] for row in book["Overzicht"].iter_rows(values_only=True)]
    assert any(str(text).startswith("TEST School 1 (030569) telt") for text in words)
    assert [row[0] for row in _rows(book["Definities"])[1:]] == [
        one.name for one in DEFINITIONS.values()
    ]


def test_what_is_hidden_is_a_star() -> None:
    """Not an empty cell, which a sum would take for zero without a word."""
    made = chapter(breakdowns=(breakdown(["1A", "2A"], hidden=True),))
    sheet = opened(report_workbook(report(made)))["Per administratieve groep"]
    heads, _, hidden = _rows(sheet)
    apart = heads.index(DEFINITIONS[Measure.SIGN_INS].name)
    assert {text for at, text in enumerate(hidden) if at not in (0, apart)} == {"*"}
    assert "minder dan 5" in sheet["A2"].value


def test_several_schools_stand_in_one_table() -> None:
    """With a column to filter on."""
    book = opened(report_workbook(two_schools()))
    groups = _rows(book["Per administratieve groep"])
    assert groups[0][:2] == ("Administratieve groep", "Instelling")
    assert {row[1] for row in groups[1:]} == {"School A (000000)", "School B (000001)"}
    assert len(_rows(book["Instellingen vergeleken"])) == 3
    assert _rows(book["Na het uitdelen"])[0] == (
        "Dagen",
        "2 instellingen",
        "School A (000000)",
        "School B (000001)",
    )


def test_a_name_is_never_a_formula() -> None:
    """Nor does a control character or a long name make an unreadable file."""
    names = [*FORMULAS, "a\x00b", "x" * 300]
    sheet = opened(report_workbook(report(chapter(groups=names))))["Per administratieve groep"]
    cells = [sheet.cell(HEAD_ROW + at, 1) for at in range(1, len(names) + 1)]
    assert [cell.value for cell in cells] == [*FORMULAS, "ab", "x" * 300]
    assert {cell.data_type for cell in cells} == {"s"}


def test_the_same_figures_give_the_same_bytes(plain: bytes) -> None:
    """No time of day is in the file."""
    assert report_workbook(report()) == plain


def test_nothing_to_show_is_a_workbook_all_the_same() -> None:
    """A sheet without rows has its head and no table, which Excel would call damaged."""
    made = chapter()
    quiet = chapter(
        adoption=made.adoption.iloc[:0],
        hand_outs=made.hand_outs.iloc[:0],
        per_day=made.per_day.iloc[:0],
        per_hour=made.per_hour.iloc[:0],
        per_application=made.per_application.iloc[:0],
        totals=dict.fromkeys(Figure),
        sign_ins=None,
    )
    book = opened(report_workbook(report(quiet)))
    for name in ("Laatste aanmelding", "Na het uitdelen", "Afdruklijsten", "Per dag"):
        assert not book[name].tables
        assert not book[name]._charts


def _lines(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(content.decode("utf-8-sig")), delimiter=";"))


def test_the_csv_has_a_line_for_each_part() -> None:
    """With what Excel in Dutch needs: its mark, semicolons; days that sort."""
    content = report_csv(two_schools())
    assert content.startswith(b"\xef\xbb\xbfInstelling;Van;")
    lines = _lines(content)
    assert [(line["Instelling"], line["Deel"]) for line in lines[:4]] == [
        ("2 instellingen", "Alles"),
        ("2 instellingen", "School A (000000)"),
        ("2 instellingen", "School B (000001)"),
        ("School A (000000)", "Alles"),
    ]
    assert lines[0]["Van"] == "2026-09-01"
    assert lines[0][DEFINITIONS[Figure.NEVER_SIGNED_IN].name] == "20"
    assert report_csv(two_schools()) == content


def test_the_csv_has_no_formula_and_nothing_hidden() -> None:
    """A quote before the first, an empty cell for the second."""
    made = chapter(breakdowns=(breakdown([*FORMULAS, "klein"], hidden=True),))
    *_, last = lines = _lines(report_csv(report(made)))
    assert [line["Deel"] for line in lines[1:5]] == [f"'{text}" for text in FORMULAS]
    assert {last[DEFINITIONS[figure].name] for figure in Figure} == {""}
