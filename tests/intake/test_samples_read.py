"""The five files that administrators have, recognised and read whole."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pytest
from intake_files import SAMPLES

from leerid_core.intake import EnrolmentFile, Field, Match, Shape, read_enrolments
from leerid_core.rules.enrolments import EnrolmentRow, Level, Sex

ENCODINGS = {"wisa.csv": "windows-1252", "wisa-bestand.txt": "utf-8"}
SHAPES = {
    "schoolloket.xlsx": Shape.SCHOOLLOKET,
    "informat.xlsx": Shape.INFORMAT_XLSX,
    "informat.xml": Shape.INFORMAT_XML,
    "wisa.csv": Shape.WISA_CSV,
    "wisa-bestand.txt": Shape.WISA_BESTAND,
}


def fields(file: EnrolmentFile) -> dict[str, Field]:
    """The columns that are used."""
    return {column.header: column.field for column in file.columns if column.field}


def row(file: EnrolmentFile, number: int) -> EnrolmentRow:
    """The row with this number."""
    return next(row for row in file.rows if row.row == number)


@pytest.mark.parametrize("name", SHAPES)
def test_a_file_is_recognised_by_its_content(name: str) -> None:
    """The shape follows from the bytes alone, and so does the encoding of a text."""
    file = read_enrolments((SAMPLES / name).read_bytes())
    assert file.shape is SHAPES[name]
    assert file.encoding == ENCODINGS.get(name)
    assert (file.read, len(file.rows)) == (60, 58 if name == "informat.xml" else 60)


@pytest.mark.parametrize("name", SHAPES)
def test_a_path_a_stream_and_bytes_give_the_same(name: str, tmp_path: Path) -> None:
    """It does not matter how the file comes in, nor what it is called; a stream stays open."""
    data = (SAMPLES / name).read_bytes()
    elsewhere = tmp_path / "lijst.pdf"
    elsewhere.write_bytes(data)
    stream = io.BytesIO(data)
    assert read_enrolments(elsewhere) == read_enrolments(data) == read_enrolments(stream)
    assert not stream.closed


def test_schoolloket_gives_every_field() -> None:
    """Our own list fills every field of a row."""
    file = read_enrolments(SAMPLES / "schoolloket.xlsx")
    assert set(fields(file).values()) == set(Field) - {Field.PROVISIONAL, Field.IGNORE}
    assert all(column.how is Match.EXACT for column in file.columns)
    assert all(header == field.label for header, field in fields(file).items())
    assert file.findings == ()
    assert file.rows[0] == EnrolmentRow(
        row=2,
        first_name="Süheda",
        last_name="Carabin",
        school_number="125252",
        stamnummer="2300000",
        administrative_group="1e lj B",
        level=Level.SECUNDAIR,
        school_classes=("4D", "4D.WIS"),
        sex=Sex.FEMALE,
        birth_date=date(2012, 2, 9),
        identity_number="12020900223",
        begin_date=date(2026, 9, 1),
        end_date=date(2027, 8, 31),
    )


def test_informat_gives_serials_and_numbers() -> None:
    """Informat's workbook has serials for dates, numbers for identity numbers and no group."""
    file = read_enrolments(SAMPLES / "informat.xlsx")
    assert fields(file) == {
        "Klas": Field.SCHOOL_CLASSES,
        "Voornaam": Field.FIRST_NAME,
        "Naam": Field.LAST_NAME,
        "Geslacht": Field.SEX,
        "Geboortedatum": Field.BIRTH_DATE,
        "Rijksregisternr.": Field.IDENTITY_NUMBER,
    }
    pupil = file.rows[0]
    assert (pupil.first_name, pupil.birth_date) == ("Süheda", date(2012, 7, 20))
    assert (pupil.identity_number, pupil.school_classes) == ("12072000219", ("1C",))
    assert (pupil.stamnummer, pupil.administrative_group) == (None, "")


def test_informat_xml_leaves_out_annulled_and_provisional_rows() -> None:
    """Emma's enrolment was annulled and Anna's is provisional: neither is read, without a word."""
    file = read_enrolments(SAMPLES / "informat.xml")
    assert file.skipped == 2
    assert {40, 50}.isdisjoint(row.row for row in file.rows)
    assert file.findings == ()
    assert file.rows[0].school_number == "030569"
    assert file.rows[0].administrative_group == "5de leerjaar"
    assert (row(file, 7).first_name, row(file, 7).last_name) == ("İlayda", "Yıldız")


def test_wisa_shows_the_names_it_could_not_encode() -> None:
    """A name with "?" is kept with a warning that names its row and column."""
    file = read_enrolments(SAMPLES / "wisa.csv")
    assert row(file, 8).last_name == "Y?ld?z"
    damaged = [(f.row, f.column) for f in file.findings if f.code == "name_damaged"]
    assert damaged[:2] == [(8, "VOORNAAM"), (8, "NAAM")]
    assert len(damaged) == len(file.findings) == 12
    assert row(file, 11).last_name == "'t Kindt"
    assert row(file, 7).last_name == "D’Hondt"
    assert fields(file)["KLASWIJZIGING"] is Field.BEGIN_DATE


def test_older_wisa_exports_lack_two_columns() -> None:
    """Without KLASGROEP and ROEPNAAM the list is still WISA's, and its pupils have no group."""
    lines = (SAMPLES / "wisa.csv").read_bytes().decode("windows-1252").splitlines()
    older = [
        ",".join(line.split(",")[:1] + line.split(",")[2:4] + line.split(",")[5:]) for line in lines
    ]
    file = read_enrolments("\n".join(older).encode("windows-1252"))
    assert file.shape is Shape.WISA_CSV
    assert (len(file.rows), file.rows[0].administrative_group) == (60, "")


def test_wisa_bestand_is_read_by_position() -> None:
    """A file without a header shows the names that its columns have by agreement."""
    file = read_enrolments(SAMPLES / "wisa-bestand.txt")
    used = [column for column in file.columns if column.field]
    assert {column.how for column in used} == {Match.POSITION}
    assert fields(file)["schoolID"] is Field.SCHOOL_NUMBER
    assert fields(file)["klasomschrijving"] is Field.ADMINISTRATIVE_GROUP
    assert (file.rows[0].row, file.rows[0].begin_date) == (1, date(2026, 9, 1))
    assert row(file, 7).first_name == "İlayda"


@pytest.mark.parametrize("name", SHAPES)
def test_progress_is_told_and_can_stop_the_reading(name: str) -> None:
    """What `progress` raises comes out as it is."""
    data = (SAMPLES / name).read_bytes()
    told: list[int] = []
    read_enrolments(data, progress=told.append)
    assert told == [60]

    def stop(_: int) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        read_enrolments(data, progress=stop)
