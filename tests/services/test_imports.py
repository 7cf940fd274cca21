"""From a file to enrolments: what changes, who is recognised, and what stops it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from service_world import OTHER_SCHOOL, SAMPLES, SCHOOL, Child, World, enrolment_file

from leerid_core.demo.identity import identity_number
from leerid_core.errors import Refused
from leerid_core.intake import Field
from leerid_core.rules.accounts import AccountStatus, AccountType
from leerid_core.rules.enrolment_changes import Change
from leerid_core.rules.enrolments import Sex
from leerid_core.rules.school_years import SchoolYear
from leerid_core.services.imports import ImportPreview, apply_import, preview_import
from leerid_core.services.pupils import list_pupils
from leerid_core.store import PupilQuery

SAMPLE_SCHOOLS = {
    "schoolloket.xlsx": "125252",
    "informat.xlsx": SCHOOL,
    "informat.xml": "030569",
    "wisa.csv": SCHOOL,
    "wisa-bestand.txt": "125252",
}
NUMBER = identity_number(date(2016, 2, 9), Sex.MALE, 1)
OTHER_NUMBER = identity_number(date(2016, 2, 9), Sex.MALE, 2)
BIS_NUMBER = identity_number(date(2016, 2, 9), Sex.MALE, 1, bis=True)
JAN = Child("001", "Jan Peeters")
CLASS = tuple(Child(f"{at:03}", f"Kind{at:03} Janssens") for at in range(1, 21))
NOTHING = dict.fromkeys([*Change, "skipped", "errors", "warnings"], 0)


def codes(preview: ImportPreview) -> list[str]:
    """What was noticed."""
    return [finding.code for finding in preview.findings]


def changed(preview: ImportPreview) -> dict[str, int]:
    """The counts that are not zero."""
    return {name: count for name, count in preview.counts().items() if count}


@pytest.mark.parametrize(("name", "school"), SAMPLE_SCHOOLS.items())
def test_a_sample_is_imported_and_then_changes_nothing(
    world: World, name: str, school: str
) -> None:
    """The second time every row is unchanged, whoever was matched on whatever."""
    first = world.read(SAMPLES / name, school)
    second = world.read(SAMPLES / name, school)
    rows = len(first.file.rows)
    assert (first.count(Change.NEW), first.counts()["errors"]) == (rows, 0)
    assert second.count(Change.UNCHANGED) == rows
    assert changed(second).keys() <= {"unchanged", "skipped", "warnings"}
    assert len(world.pupils(school=school)) == rows


def test_a_preview_writes_nothing(world: World) -> None:
    """It can be looked at and left."""
    preview = world.preview(enrolment_file(*CLASS))
    assert changed(preview) == {"new": 20}
    assert world.pupils() == []


@pytest.mark.parametrize(
    ("other", "found", "new"),
    [(JAN, ["double_row"], 1), (replace(JAN, name="An Maes"), ["stamnummer_of_two"] * 2, 0)],
)
def test_a_row_without_school_is_a_row_of_the_school(
    world: World, other: Child, found: list[str], new: int
) -> None:
    """A stamnummer that stands with and without the school's number is one stamnummer."""
    header, first, second = enrolment_file(JAN, other).decode().splitlines()
    lines = (f"{header};Instellingsnummer", f"{first};", f"{second};{SCHOOL}", "")
    preview = world.read("\r\n".join(lines).encode())
    assert (codes(preview), preview.count(Change.NEW)) == (found, new)


def test_a_change_shows_old_and_new(world: World) -> None:
    """Field by field, and the list shows the new."""
    world.enrol(JAN)
    preview = world.enrol(replace(JAN, name="Jan Pieters", classes="4B", group="5de leerjaar"))
    assert changed(preview) == {"changed": 1}
    (change,) = preview.changes
    assert [(one.field, one.old, one.new) for one in change.differences] == [
        ("last_name", "Peeters", "Pieters"),
        ("administrative_group", "4de leerjaar", "5de leerjaar"),
        ("school_classes", ("4A",), ("4B",)),
    ]
    assert world.pupil("pieters").listed.school_classes == ("4B",)


def test_an_enrolment_ends_and_returns(world: World) -> None:
    """With its dates; the account follows by itself."""
    world.enrol(JAN)
    world.create()
    over = replace(JAN, end="1/11/2026")
    assert changed(world.read(enrolment_file(over), accept=True)) == {"ended": 1}
    assert world.pupil("jan").account_status is AccountStatus.INACTIVE
    assert changed(world.enrol(JAN)) == {"returned": 1}
    assert world.pupil("jan").account_status is AccountStatus.ACTIVE


def test_a_pupil_missing_from_the_file_is_reported_only(world: World) -> None:
    """Pupils vanish from exports in summer though they are still enrolled."""
    world.enrol(*CLASS)
    preview = world.enrol(*CLASS[1:])
    assert codes(preview) == ["missing_from_file"]
    assert changed(preview) == {"unchanged": 19, "warnings": 1}
    assert len([pupil for pupil in world.pupils() if not pupil.enrolment_over]) == 20


def test_missing_pupils_are_ended_on_request(world: World) -> None:
    """Their last day was yesterday; the next file without them reports nothing any more."""
    world.enrol(*CLASS)
    preview = world.read(enrolment_file(*CLASS[1:]), end_missing=True)
    assert (changed(preview), codes(preview)) == (
        {"unchanged": 19, "ended": 1, "warnings": 1},
        ["missing_ended"],
    )
    assert world.pupil("kind001").listed.end_date == date(2026, 11, 22)
    assert codes(world.read(enrolment_file(*CLASS[1:]), end_missing=True)) == []


def test_nobody_is_ended_for_an_error_in_a_row(world: World) -> None:
    """Who is missing may be the pupil of the row that was kept out."""
    world.enrol(*CLASS)
    damaged = replace(CLASS[0], end="31/13/2027")
    preview = world.read(enrolment_file(damaged, *CLASS[1:]), end_missing=True)
    assert codes(preview) == ["date_unreadable", "missing_from_file", "missing_not_ended"]
    assert all(not pupil.enrolment_over for pupil in world.pupils())


@pytest.mark.parametrize(("left", "stops"), [(18, False), (17, True)])
def test_ending_more_than_a_tenth_stops_and_asks(world: World, left: int, stops: bool) -> None:
    """Of 20 pupils two may end, three only when it is confirmed; nothing is written before."""
    world.enrol(*CLASS)
    preview = world.preview(enrolment_file(*CLASS[:left]), end_missing=True)
    assert preview.is_large is stops
    if stops:
        with pytest.raises(Refused) as caught:
            apply_import(world.context, world.operator, preview, "lijst.csv")
        assert caught.value.code == "import_large"
        assert all(not pupil.enrolment_over for pupil in world.pupils())
    apply_import(world.context, world.operator, preview, "lijst.csv", accept_large_change=stops)
    assert sum(pupil.enrolment_over for pupil in world.pupils()) == 20 - left


def test_an_outdated_preview_is_refused(world: World) -> None:
    """What was shown is what is written, or nothing."""
    preview = world.preview(enrolment_file(JAN))
    world.enrol(replace(JAN, classes="4B"))
    with pytest.raises(Refused) as caught:
        apply_import(world.context, world.operator, preview, "lijst.csv")
    assert caught.value.code == "import_outdated"
    assert world.pupil("jan").listed.school_classes == ("4B",)


def test_a_person_is_the_same_in_two_schools(world: World) -> None:
    """By the identity number, however each school writes the name: one pupil, one account."""
    world.enrol(replace(JAN, number=NUMBER))
    world.enrol(Child("77", "Jan-Baptist Peeters", number=NUMBER), school=OTHER_SCHOOL)
    assert world.pupil("jan").listed.pupil_id == (world.pupil("jan", OTHER_SCHOOL).listed.pupil_id)
    world.create()
    (skipped,) = world.plan(school=OTHER_SCHOOL).skipped
    assert skipped.reason.code == "account_exists"


def test_a_stamnummer_says_nothing_in_another_school(world: World) -> None:
    """The same number and name in two schools are two pupils."""
    world.enrol(JAN)
    world.enrol(JAN, school=OTHER_SCHOOL)
    assert world.pupil("jan").listed.pupil_id != world.pupil("jan", OTHER_SCHOOL).listed.pupil_id


def test_a_stamnummer_of_another_keeps_the_row_out(world: World) -> None:
    """A child never gets the account of who had the number before."""
    world.enrol(JAN)
    preview = world.enrol(Child("001", "Mila Claes", born="1/5/2015"))
    assert codes(preview) == ["stamnummer_of_another"]
    assert changed(preview) == {"errors": 1}
    assert [pupil.listed.first_name for pupil in world.pupils()] == ["Jan"]


def test_a_file_without_stamnummers_says_how_it_recognised(world: World) -> None:
    """On identity number, else on name and birth date; what it lacks is kept."""
    mila, bo = Child("002", "Mila Claes"), Child("003", "Bo Maes")
    world.enrol(replace(JAN, number=NUMBER), mila)
    preview = world.read(
        enrolment_file(replace(JAN, number=NUMBER), mila, bo, without=("Stamnummer",))
    )
    (how,) = (one for one in preview.findings if one.code == "matched_without_stamnummer")
    assert how.parameters == {"identity_number": 1, "stamnummer": 0, "name": 1, "nothing": 1}
    assert changed(preview) == {"new": 1, "unchanged": 2}
    assert [one.listed.stamnummer for one in world.pupils()] == ["002", None, "001"]


def test_two_namesakes_of_one_day_are_not_guessed(world: World) -> None:
    """Without a number nobody can tell which of the two it is."""
    world.enrol(JAN, replace(JAN, stamnummer="002"))
    preview = world.read(enrolment_file(JAN, without=("Stamnummer",)))
    assert codes(preview)[0] == "several_namesakes"
    assert preview.changes == ()


def test_a_number_that_is_learned_is_recognised_elsewhere(world: World) -> None:
    """Nothing else has to change for it."""
    world.enrol(JAN)
    assert changed(world.enrol(replace(JAN, number=NUMBER))) == {"unchanged": 1}
    world.enrol(Child("77", "Jan Peeters", number=NUMBER), school=OTHER_SCHOOL)
    assert world.pupil("jan").listed.pupil_id == world.pupil("jan", OTHER_SCHOOL).listed.pupil_id


def test_a_bisnummer_gives_way_to_a_rijksregisternummer(world: World) -> None:
    """With a warning, and the new number is the one that is recognised from then on."""
    world.enrol(replace(JAN, number=BIS_NUMBER))
    preview = world.enrol(replace(JAN, number=NUMBER))
    assert codes(preview) == ["identity_number_changed"]
    assert codes(world.enrol(replace(JAN, number=NUMBER))) == []
    world.enrol(Child("9", "Jan Peeters", number=NUMBER), school=OTHER_SCHOOL)
    assert world.pupil("jan").listed.pupil_id == world.pupil("jan", OTHER_SCHOOL).listed.pupil_id


def test_the_number_of_another_pupil_keeps_the_row_out(world: World) -> None:
    """A row that is one pupil by its stamnummer and another by its number changes nothing."""
    world.enrol(replace(JAN, number=NUMBER), Child("002", "Mila Claes", number=OTHER_NUMBER))
    preview = world.preview(enrolment_file(replace(JAN, number=OTHER_NUMBER)))
    assert codes(preview)[0] == "person_known_twice"
    assert preview.changes == ()


def test_the_identity_number_is_nowhere_in_the_database(world: World) -> None:
    """Only its keyed hash is."""
    world.enrol(replace(JAN, number=NUMBER))
    database = world.context.database.url.database
    assert database is not None
    for path in Path(database).parent.iterdir():
        assert NUMBER.encode() not in path.read_bytes()


def test_a_damaged_name_does_not_replace_a_whole_one(world: World) -> None:
    """WISA's "Y?ld?z" is Yıldız when that is known; elsewhere it is kept as it came."""
    world.enrol(Child("001", "İlayda Yıldız"))
    preview = world.enrol(Child("001", "?layda Y?ld?z"), Child("002", "Mi?a Claes"))
    assert codes(preview) == ["name_damaged", "name_damaged", "name_damaged"]
    assert changed(preview) == {"new": 1, "unchanged": 1, "warnings": 3}
    names = {(pupil.listed.first_name, pupil.listed.last_name) for pupil in world.pupils()}
    assert names == {("İlayda", "Yıldız"), ("Mi?a", "Claes")}


def test_rows_of_another_school_are_kept_out(world: World) -> None:
    """A file of several schools changes only the one that was asked for."""
    preview = world.read(SAMPLES / "schoolloket.xlsx")
    assert set(codes(preview)) == {"row_of_another_school"}
    assert changed(preview) == {"errors": 60}


def test_one_file_enrols_a_pupil_for_two_school_years(world: World) -> None:
    """In summer a file holds this year and the next: one pupil, two enrolments."""
    coming = replace(JAN, begin="1/9/2027", end="31/8/2028", group="5de leerjaar")
    world.clock.set(date(2027, 8, 20))
    assert changed(world.enrol(JAN, coming)) == {"new": 2}
    assert changed(world.enrol(JAN, coming)) == {"unchanged": 2}
    (this_year,) = world.pupils()
    page = list_pupils(world.context, world.operator, SCHOOL, PupilQuery(), year=SchoolYear(2027))
    assert page.pupils[0].listed.pupil_id == this_year.listed.pupil_id
    assert page.pupils[0].listed.administrative_group == "5de leerjaar"


@pytest.mark.parametrize(
    ("this_year", "next_year"),
    [
        ({"number": NUMBER}, {}),
        ({}, {"number": NUMBER}),
        ({"number": NUMBER}, {"number": NUMBER, "stamnummer": "555"}),
    ],
)
def test_a_new_pupil_of_two_years_is_one_person(
    world: World, this_year: dict[str, str], next_year: dict[str, str]
) -> None:
    """Also when one of the rows lacks the number, or the stamnummer changes with the year."""
    world.clock.set(date(2027, 8, 20))
    rows = replace(JAN, **this_year), replace(JAN, begin="1/9/2027", end="31/8/2028", **next_year)
    world.enrol(*rows)
    assert changed(world.enrol(*rows)) == {"unchanged": 2}
    (before,) = world.pupils()
    world.clock.set(date(2027, 9, 2))
    (after,) = world.pupils()
    assert before.listed.pupil_id == after.listed.pupil_id


def test_a_number_that_is_learned_counts_for_the_whole_file(world: World) -> None:
    """The pupil of the first row is the one of the second, who has another stamnummer."""
    world.clock.set(date(2027, 8, 20))
    world.enrol(JAN)
    learned = replace(JAN, number=NUMBER)
    coming = replace(learned, stamnummer="555", begin="1/9/2027", end="31/8/2028")
    assert changed(world.enrol(learned, coming)) == {"new": 1, "unchanged": 1}
    (before,) = world.pupils()
    world.clock.set(date(2027, 9, 2))
    (after,) = world.pupils()
    assert before.listed.pupil_id == after.listed.pupil_id


def test_two_rows_that_teach_one_number_are_not_both_believed(world: World) -> None:
    """The first keeps it; the second is another pupil by its stamnummer, and is kept out."""
    world.enrol(JAN, Child("002", "Jan Peeters"))
    rows = replace(JAN, number=NUMBER), Child("002", "Jan Peeters", number=NUMBER)
    preview = world.enrol(*rows)
    assert codes(preview)[0] == "person_known_twice"
    assert changed(preview) == {"unchanged": 1, "errors": 1, "warnings": 1}


def test_a_group_without_type_is_asked_about_once(world: World) -> None:
    """One warning for the group, with the number of its pupils."""
    preview = world.enrol(*(replace(child, group="Groep 3") for child in CLASS))
    (finding,) = preview.findings
    assert (finding.code, finding.parameters) == (
        "group_without_type",
        {"group": "Groep 3", "count": 20},
    )


def test_without_level_and_group_the_school_tells_the_type(world: World) -> None:
    """The level that was given with the school."""
    world.enrol(replace(JAN, group=""))
    assert world.pupil("jan").listed.enrolled_type is AccountType.BASIC


def test_an_import_is_in_the_trail(world: World) -> None:
    """Who, which file, how many, and which pupils; not a name."""
    world.enrol(*CLASS)
    with world.context.database.read() as uow:
        entry = uow.audit.of_school(SCHOOL)[-1]
    assert (entry.actor, entry.action, entry.pupils) == ("An", "import", 20)
    assert (entry.details["file"], entry.details["new"]) == ("lijst.csv", 20)
    assert "Janssens" not in str(entry.details)


def test_a_mapping_corrects_a_column(world: World) -> None:
    """What the user says goes before what was recognised."""
    source = enrolment_file(JAN).replace(b"(sub)Klas", b"Kleur")
    mapping = {"Kleur": Field.SCHOOL_CLASSES}
    preview = preview_import(world.context, world.operator, SCHOOL, source, mapping=mapping)
    assert preview.changes[0].enrolment.school_classes == ("4A",)
