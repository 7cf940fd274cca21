"""Columns: matched by name, shown, and corrected by the user."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from intake_files import text_file, workbook

from leerid_core.errors import Refused, UnreadableFile
from leerid_core.intake import Field, Match, Shape, read_enrolments
from leerid_core.intake.columns import header_key, match_columns

NAMES = {"Voornaam": Field.FIRST_NAME, "Naam": Field.LAST_NAME}


def found(*headers: str) -> dict[str, tuple[Field | None, Match | None]]:
    """The field of each header, and how it was found."""
    return {column.header: (column.field, column.how) for column in match_columns(headers, {})}


def test_case_accents_and_punctuation_do_not_count() -> None:
    """A header is the same however it is typed, and the match says that it was found by name."""
    assert found(
        "VÓÓRNAAM ", "familie-naam", "geb. datum", "RIJKSREGISTERNR.", "Lievelingskleur"
    ) == {
        "VÓÓRNAAM ": (Field.FIRST_NAME, Match.BY_NAME),
        "familie-naam": (Field.LAST_NAME, Match.BY_NAME),
        "geb. datum": (Field.BIRTH_DATE, Match.BY_NAME),
        "RIJKSREGISTERNR.": (Field.IDENTITY_NUMBER, Match.BY_NAME),
        "Lievelingskleur": (None, None),
    }


def test_a_literal_header_goes_before_one_that_resembles_it() -> None:
    """Of two headers for one field the literal one counts, wherever it stands."""
    matches = found("naam.", "Naam", "Voornaam")
    assert matches["naam."] == (None, None)
    assert matches["Naam"] == (Field.LAST_NAME, Match.EXACT)


def test_the_change_of_class_stands_in_for_the_begin() -> None:
    """KLASWIJZIGING is the begin date only where no other column is."""
    assert found("KLASWIJZIGING")["KLASWIJZIGING"][0] is Field.BEGIN_DATE
    assert found("KLASWIJZIGING", "begindatum")["KLASWIJZIGING"] == (None, None)


def test_the_user_corrects_the_match() -> None:
    """What the user says goes before every other match, and frees the column it replaces."""
    data = text_file(("Naam", "Roepnaam", "Voornaam"), ("Maes", "Jef", "Jozef"))
    file = read_enrolments(data, {"Roepnaam": Field.FIRST_NAME})
    assert (file.rows[0].first_name, file.columns[1].how) == ("Jef", Match.BY_USER)
    assert (file.columns[2].field, file.columns[2].how) == (None, None)


def test_the_user_leaves_a_column_out() -> None:
    """An ignored column is shown as such and gives nothing."""
    data = text_file(("Naam", "Voornaam", "Klas"), ("Maes", "An", "1A"))
    file = read_enrolments(data, {"Klas": Field.IGNORE})
    assert file.rows[0].school_classes == ()
    assert (file.columns[2].field, file.columns[2].how) == (Field.IGNORE, Match.BY_USER)


def test_names_under_unknown_headers_need_the_user() -> None:
    """A list without a known name column says what it has; the user's match makes it readable."""
    data = text_file(("Nom", "Prenom", "Klas"), ("Maes", "An", "1A"))
    with pytest.raises(UnreadableFile) as refusal:
        read_enrolments(data)
    assert refusal.value.code == "name_columns_missing"
    assert refusal.value.parameters == {"headers": "Nom, Prenom, Klas"}
    file = read_enrolments(data, {"Nom": Field.LAST_NAME, "Prenom": Field.FIRST_NAME})
    assert (file.rows[0].first_name, file.rows[0].last_name) == ("An", "Maes")


def test_equal_headers_are_told_apart() -> None:
    """The second column of the same name is shown with a number, and can be chosen by it."""
    data = text_file(("Naam", "Naam", "Voornaam"), ("An Maes", "Maes", "An"))
    assert [column.header for column in read_enrolments(data).columns][:2] == ["Naam", "Naam (2)"]
    assert read_enrolments(data, {"Naam (2)": Field.LAST_NAME}).rows[0].last_name == "Maes"


@pytest.mark.parametrize(
    ("mapping", "code"),
    [
        ({"Achternaam": Field.LAST_NAME}, "unknown_column"),
        ({"": Field.LAST_NAME}, "unknown_column"),
        ({"Naam": Field.FIRST_NAME, "Voornaam": Field.FIRST_NAME}, "field_mapped_twice"),
    ],
)
def test_a_wrong_correction_is_refused(mapping: dict[str, Field], code: str) -> None:
    """A header that the file does not have, or a field given twice, is not passed over."""
    data = text_file(("Naam", "Voornaam", "Klas"), ("Maes", "An", "1A"))
    with pytest.raises(Refused) as refusal:
        read_enrolments(data, mapping)
    assert refusal.value.code == code


def test_both_names_may_be_ignored_by_several_columns() -> None:
    """Several columns can be left out at once."""
    data = text_file(("Naam", "Voornaam", "A", "B"), ("Maes", "An", "1", "2"))
    file = read_enrolments(data, {"A": Field.IGNORE, "B": Field.IGNORE})
    assert len(file.rows) == 1


def test_the_first_sheet_with_names_is_read() -> None:
    """A cover sheet goes by, and a title above the header too."""
    data = workbook(
        [["Toelichting"], ["Gemaakt op", "1/9/2024"]],
        [["Leerlingen van 5A"], [], ["Voornaam", "Naam", "Klas"], ["An", "Maes", "5A"]],
        [["Voornaam", "Naam"], ["Jan", "Peeters"]],
    )
    file = read_enrolments(data)
    assert file.shape is Shape.OTHER
    assert [(row.row, row.first_name) for row in file.rows] == [(4, "An")]


@given(st.lists(st.text(max_size=12), max_size=12))
def test_matching_is_total_and_gives_a_field_once(headers: list[str]) -> None:
    """Any headers at all: a match per header that is not empty, and no field twice."""
    columns = match_columns(headers, {})
    assert [column.index for column in columns] == [i for i, h in enumerate(headers) if h]
    used = [column.field for column in columns if column.field]
    assert len(used) == len(set(used))
    assert all((column.field is None) == (column.how is None) for column in columns)


@given(st.text(max_size=30))
def test_the_key_of_a_header_is_its_own_key(header: str) -> None:
    """What was folded stays the same."""
    assert header_key(header_key(header)) == header_key(header)
