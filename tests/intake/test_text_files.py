"""Text files: their encoding, their separator and the lines the user sees."""

from __future__ import annotations

import codecs

import pytest
from intake_files import SAMPLES, text_file

from leerid_core.errors import UnreadableFile
from leerid_core.intake import Shape, read_enrolments

HEADER = ("Voornaam", "Naam", "(sub)Klas")
TEXT = (SAMPLES / "wisa-bestand.txt").read_bytes().decode("utf-8")


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TEXT.encode("utf-8"), "utf-8"),
        (TEXT.encode("utf-8-sig"), "utf-8-sig"),
        (TEXT.encode("utf-16"), "utf-16"),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "utf-16"),
        (TEXT.encode("utf-16-le"), "utf-16-le"),
        (TEXT.encode("utf-16-be"), "utf-16-be"),
    ],
)
def test_unicode_is_read_in_every_form(data: bytes, encoding: str) -> None:
    """Every form of Unicode gives the same pupils, with or without a byte order mark."""
    file = read_enrolments(data)
    assert file.encoding == encoding
    assert file.rows == read_enrolments(TEXT.encode()).rows


@pytest.mark.parametrize(
    ("name", "encoding", "found"),
    [
        ("Žofie D’Hondt", "windows-1252", "windows-1252"),
        ("Zoë", "latin-1", "windows-1252"),
        ("Zoë\x81", "latin-1", "latin-1"),
        ("Zoe", "ascii", "utf-8"),
    ],
)
def test_eight_bit_text_is_read(name: str, encoding: str, found: str) -> None:
    """What is no UTF-8 is Windows-1252, or Latin-1 where a byte means nothing in the former."""
    file = read_enrolments(text_file(HEADER, (name, "Peeters", "1A"), encoding=encoding))
    assert file.encoding == found
    assert file.rows[0].first_name == name.strip("\x81")


@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_the_separator_is_found_by_content(separator: str) -> None:
    """Separators, quotes and line breaks inside a quoted field belong to the field."""
    group = f'1e lj{separator} "Hout"\nBSO'
    file = read_enrolments(
        text_file(
            ("Voornaam", "Naam", "Administratieve groep"),
            ("Jan", "Peeters", group),
            ("An", "Maes", "1e lj B"),
            separator=separator,
        )
    )
    assert file.rows[0].administrative_group == " ".join(group.split())
    assert [row.row for row in file.rows] == [2, 4]


def test_our_own_list_may_be_a_text_file() -> None:
    """The headers of schoolloket.xlsx in a .csv are the same list."""
    headers = (
        "Instellingsnummer",
        "Stamnummer",
        "Voornaam",
        "Naam",
        "Administratieve groep",
        "Niveau",
    )
    file = read_enrolments(text_file(headers, ("30569", "001", "Jan", "Maes", "Kapper DBSO", "3")))
    assert file.shape is Shape.SCHOOLLOKET
    assert (file.rows[0].school_number, file.rows[0].stamnummer) == ("030569", "001")


def test_an_empty_line_and_a_title_keep_their_numbers() -> None:
    """Rows are numbered as an editor numbers lines, also below a title and empty lines."""
    file = read_enrolments(b"sep=;\nLeerlingen 5A\n\nVoornaam;Naam\n\nJan;Peeters\n;;\nAn;Maes\n")
    assert [row.row for row in file.rows] == [6, 8]
    assert file.read == 2


def test_a_separator_without_quotes_keeps_one_row_out() -> None:
    """A row with more cells than the header has moved its columns: an error, for that row."""
    file = read_enrolments(b"Naam,Voornaam\nPeeters, Jr.,Jan\nMaes,An\n")
    assert [row.first_name for row in file.rows] == ["An"]
    assert [(f.code, f.row) for f in file.findings] == [("row_too_wide", 2)]


def test_a_quote_that_is_not_closed_is_told_with_its_lines() -> None:
    """The lines that run together are named, and the file is read."""
    lines = [b"Naam;Voornaam", b"Maes;An", b'"Peeters;Jan', *[b"De Smet;Els"] * 9]
    file = read_enrolments(b"\n".join(lines))
    assert [row.row for row in file.rows] == [2]
    assert [(f.code, f.row, f.parameters) for f in file.findings] == [
        ("row_over_lines", 3, {"last": 12})
    ]


def test_a_quote_that_swallows_a_large_file_refuses_it() -> None:
    """Beyond what one field can hold, the reason says on which line the quote stands."""
    data = b'Naam;Voornaam\nMaes;An\n"Peeters;Jan\n' + b"De Smet;Els\n" * 20_000
    with pytest.raises(UnreadableFile) as refusal:
        read_enrolments(data)
    assert (refusal.value.code, refusal.value.parameters) == ("quote_not_closed", {"row": 3})
