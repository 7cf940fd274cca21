"""What the screens show of pupils: one of them, a filter, a list to take away, a batch."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date

import openpyxl
import pytest
from service_world import ALL, OTHER_SCHOOL, SCHOOL, Child, World

from leerid_core.demo.identity import identity_number
from leerid_core.errors import NotFound
from leerid_core.rules.accounts import AccountStatus
from leerid_core.rules.enrolments import Sex
from leerid_core.rules.school_years import SchoolYear
from leerid_core.services.batch_members import list_members
from leerid_core.services.pupil_detail import PupilDetail, show_pupil
from leerid_core.services.pupil_export import COLUMNS, export_pupils
from leerid_core.services.pupil_selection import count_pupils, filter_choices, select_pupils
from leerid_core.services.schools import share_classes
from leerid_core.store import PupilQuery

YEAR = SchoolYear(2026)
NUMBER = identity_number(date(2016, 2, 9), Sex.MALE, 1)


def shown(world: World, name: str, school: str = SCHOOL) -> PupilDetail:
    """The one pupil that a search finds, as the screen shows him."""
    pupil_id = world.pupil(name, school).listed.pupil_id
    return show_pupil(world.context, world.operator, school, pupil_id, YEAR)


def test_without_a_number_there_are_no_official_data(world: World) -> None:
    """The manual: no official data without a valid rijksregister- or bisnummer."""
    world.enrol_names("Jan Peeters")
    assert shown(world, "jan").official is None


def test_the_official_data_are_one_for_both_schools(world: World) -> None:
    """What one school spells otherwise differs from the official data."""
    world.enrol(Child("1", "Jan Peeters", number=NUMBER))
    world.enrol(Child("7", "Jean Peeters", number=NUMBER), school=OTHER_SCHOOL)
    detail = shown(world, "jean", OTHER_SCHOOL)
    assert detail.official is not None
    assert detail.official.birth_date == date(2016, 2, 9)
    assert detail.pupil.listed.first_name == "Jean"


def test_the_account_and_its_history_are_shown(world: World) -> None:
    """Newest first, with who did it; active until the end of the enrolment."""
    world.enrol_names("Jan Peeters", "Mia Claes")
    world.create()
    world.renew(PupilQuery(search="jan"))
    detail = shown(world, "jan")
    assert detail.pupil.account_status is AccountStatus.ACTIVE
    assert detail.inactive_from == date(2027, 8, 31)
    assert [entry.action for entry in detail.history] == ["renewal", "creation", "import"]
    assert [entry.pupils for entry in detail.history] == [1, 2, 2]


def test_a_pupil_of_another_school_is_not_shown(world: World) -> None:
    """An id that a browser made up finds nobody."""
    world.enrol_names("Jan Peeters", school=OTHER_SCHOOL)
    pupil_id = world.pupil("jan", OTHER_SCHOOL).listed.pupil_id
    with pytest.raises(NotFound, match="pupil_unknown"):
        show_pupil(world.context, world.operator, SCHOOL, pupil_id, YEAR)


def test_the_filter_offers_what_there_is(world: World) -> None:
    """Groups and classes of the year; no classes where they are not shared."""
    world.enrol(Child("1", "Jan Peeters", "2de leerjaar", "2B, 2A"), Child("2", "Mia Claes"))
    choices = filter_choices(world.context, world.operator, SCHOOL, YEAR)
    assert choices.groups == ("2de leerjaar", "4de leerjaar")
    assert choices.school_classes == ("2A", "2B", "4A")
    share_classes(world.context, world.operator, SCHOOL, share=False)
    hidden = filter_choices(world.context, world.operator, SCHOOL, YEAR)
    assert hidden == replace(choices, school_classes=None)


def test_select_all_is_whom_the_list_has(world: World) -> None:
    """As many ids as the list counts, and the same pupils."""
    world.enrol_names("Jan Peeters", "Mia Claes", "Jan Claes")
    query = PupilQuery(search="jan")
    found = select_pupils(world.context, world.operator, SCHOOL, query, YEAR)
    assert found == {pupil.listed.pupil_id for pupil in world.pupils(query)}
    assert count_pupils(world.context, world.operator, SCHOOL, query, YEAR) == len(found) == 2


def test_an_export_is_text_without_passwords(world: World) -> None:
    """No cell is a formula, a stamnummer keeps its zeros, and the trail knows of it."""
    world.enrol(Child("0001", "=1+1 Peeters"), Child("2", "Mia Claes"))
    world.create(PupilQuery(search="mia"))
    name, content = export_pupils(world.context, world.operator, SCHOOL, ALL, YEAR)
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    header, *lines = sheet.iter_rows()
    assert tuple(cell.value for cell in header) == COLUMNS
    assert "f" not in {cell.data_type for line in lines for cell in line}
    assert [line[0].value for line in lines] == ["2", "0001"]
    assert lines[1][1].value == "=1+1"
    assert name == f"Leerlingen_{SCHOOL}_2026-11-23.xlsx"
    assert world.trail()[-1] == "export"


def test_a_batch_tells_who_has_not_signed_in_since(world: World) -> None:
    """So that just those get something new; an undone creation leaves no username."""
    world.enrol_names("Jan Peeters", "Mia Claes")
    batch = world.create().batch
    world.clock.forward(days=1)
    world.sign_in("jan")
    _, members = list_members(world.context, world.operator, batch)
    assert {one.username: one.signed_in for one in members} == {
        "jan.peeters": True,
        "mia.claes": False,
    }
    world.clock.forward(days=14)
    _, later = list_members(world.context, world.operator, batch)
    assert [one.sealed_until for one in later] == [None, None]
