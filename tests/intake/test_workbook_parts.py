"""What other programs than openpyxl write into a workbook."""

from __future__ import annotations

import io
import zipfile
from datetime import date

from intake_files import inline_row, raw_workbook, workbook

from leerid_core.intake import read_enrolments

NUMBER_FORMATS = (
    '<numFmts><numFmt numFmtId="164" formatCode="[$-413]d\\ mmmm\\ yyyy"/>'
    '<numFmt numFmtId="165" formatCode="0&quot; dagen&quot;"/></numFmts>'
    '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/>'
    '<xf numFmtId="164"/><xf numFmtId="165"/></cellXfs>'
)


def test_shared_strings_are_put_together() -> None:
    """Runs of rich text are joined, a phonetic guide is left out, escapes are read."""
    strings = (
        "<si><t>Voornaam</t></si><si><r><t>Na</t></r><r><t>am</t></r></si>"
        "<si><t>An_x000D_</t><rPh><t>hidden</t></rPh></si><si><t>Maes</t></si>"
    )
    rows = [
        b'<row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1" t="s"><v>1</v></c></row>',
        b'<row r="4"><c r="A4" t="s"><v>2</v></c><c r="C4" t="s"><v>3</v></c></row>',
    ]
    file = read_enrolments(raw_workbook(rows, strings=strings))
    assert [(r.row, r.first_name, r.last_name) for r in file.rows] == [(4, "An", "Maes")]


def test_prefixes_and_missing_references_are_read() -> None:
    """Rows and cells without `r` follow one another; a namespace prefix changes nothing."""
    cell = b"<x:c t='str'><x:f>A1</x:f><x:v>%s</x:v></x:c>"
    row = b"<x:row>" + 2 * cell + b"</x:row>"
    file = read_enrolments(raw_workbook([row % (b"Voornaam", b"Naam"), row % (b"An", b"Maes")]))
    assert [(r.row, r.first_name, r.last_name) for r in file.rows] == [(2, "An", "Maes")]


def styled(style: int, column: str = "Geboortedatum", properties: str = "") -> bytes:
    """Return a workbook with the number 41110 in one column, in one cell style."""
    row = b'<row><c t="str"><v>An</v></c><c t="str"><v>Maes</v></c><c s="%d"><v>41110</v></c></row>'
    return raw_workbook(
        [inline_row("Voornaam", "Naam", column), row % style],
        styles=NUMBER_FORMATS,
        properties=properties,
    )


def test_a_date_is_a_date_in_every_style() -> None:
    """A serial gives the same day whether or not it is shown as a date."""
    days = {read_enrolments(styled(style)).rows[0].birth_date for style in range(4)}
    assert days == {date(2012, 7, 20)}


def test_a_class_that_became_a_date_is_found() -> None:
    """Built-in and custom date formats give a warning; a plain number is a class."""
    files = [read_enrolments(styled(style, "Klas")) for style in range(4)]
    assert [file.rows[0].school_classes for file in files] == [("41110",), (), (), ("41110",)]
    assert [len(file.findings) for file in files] == [0, 1, 1, 0]


def test_days_may_be_counted_from_1904() -> None:
    """Workbooks of an old Mac are four years and a day off."""
    file = read_enrolments(styled(1, properties='<workbookPr date1904="1"/>'))
    assert file.rows[0].birth_date == date(2016, 7, 21)


def test_a_hidden_sheet_is_passed_over() -> None:
    """An old list on a hidden sheet is not taken for the list."""
    data = raw_workbook(
        [inline_row("Voornaam", "Naam"), inline_row("Oud", "Maes")],
        [inline_row("Voornaam", "Naam"), inline_row("An", "Maes")],
    )
    assert read_enrolments(data).rows[0].first_name == "Oud"
    hidden = hide_first_sheet(data)
    assert read_enrolments(hidden).rows[0].first_name == "An"


def test_a_column_beyond_the_bound_is_not_read() -> None:
    """A stray cell far to the right does not matter."""
    stray = b'<row><c t="str"><v>An</v></c><c t="str"><v>Maes</v></c><c r="XFD2"><v>1</v></c></row>'
    file = read_enrolments(raw_workbook([inline_row("Voornaam", "Naam"), stray]))
    assert file.rows[0].last_name == "Maes"


def test_openpyxl_and_the_reader_agree() -> None:
    """What openpyxl writes comes back: texts, numbers, dates, truth values and gaps."""
    rows: list[list[object]] = [
        ["Voornaam", "Naam", "Stamnummer", "Geboortedatum", "Voorlopig", "Klas"],
        ["Süheda", "Carabin", 2300063, date(2012, 7, 20), False, "1A, 1B"],
        ["İlayda", "Yıldız", "007", "20/7/2012", True, None],
        [None, None, None, None, None, None],
        ["An", " de  Smet ", 5.0, None, None, 3],
    ]
    file = read_enrolments(workbook(rows))
    assert [(r.row, r.stamnummer, r.last_name, r.school_classes) for r in file.rows] == [
        (2, "2300063", "Carabin", ("1A", "1B")),
        (5, "5", "de Smet", ("3",)),
    ]
    assert file.skipped == 1


def hide_first_sheet(data: bytes) -> bytes:
    """Return the workbook with its first sheet hidden."""
    hidden = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(hidden, "w") as new:
        for part in old.infolist():
            content = old.read(part).replace(
                b'<sheet name="S1"', b'<sheet state="hidden" name="S1"'
            )
            new.writestr(part.filename, content)
    return hidden.getvalue()
