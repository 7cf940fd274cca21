"""What Schoolinstellingen shows: stickers, the log of imports, open groups, rights."""

from __future__ import annotations

import pytest
from service_world import SCHOOL, Child, World

from leerid_core.errors import Refused
from leerid_core.rules.accounts import AccountType
from leerid_core.rules.roles import Right, Role
from leerid_core.rules.school_years import SchoolYear
from leerid_core.services.rights import rights_at
from leerid_core.services.school_settings import (
    list_imports,
    set_sticker_offsets,
    sticker_test_sheet,
    unsettled_groups,
)
from leerid_core.services.schools import settle_group_type

YEAR = SchoolYear(2026)


def test_the_offsets_of_a_school_are_kept(world: World) -> None:
    """They are in every later plan; beyond 10 mm is refused and changes nothing."""
    set_sticker_offsets(world.context, world.operator, SCHOOL, 1.5, -2.0)
    with pytest.raises(Refused, match="offset_outside"):
        set_sticker_offsets(world.context, world.operator, SCHOOL, 0, 11)
    world.enrol_names("Jan Peeters")
    school = world.plan().school
    assert (school.sticker_offset_x, school.sticker_offset_y) == (1.5, -2.0)


def test_a_test_sheet_is_a_pdf(world: World) -> None:
    """It needs no pupils."""
    name, content = sticker_test_sheet(world.context, world.operator, SCHOOL, 1, 1)
    assert (name, content[:5]) == (f"LeerID_testblad_{SCHOOL}.pdf", b"%PDF-")


def test_the_log_has_the_newest_import_first(world: World) -> None:
    """With what each changed."""
    world.enrol_names("Jan Peeters")
    world.enrol_names("Jan Peeters", "Mia Claes")
    log = list_imports(world.context, world.operator, SCHOOL)
    assert [one.counts["new"] for one in log] == [1, 1]
    assert log[0].number > log[1].number


def test_a_group_is_open_until_its_type_is_settled(world: World) -> None:
    """It is told with how many pupils wait for it."""
    world.enrol(Child("1", "Jan Peeters", group="Vrije groep"), Child("2", "Mia Claes"))
    assert unsettled_groups(world.context, world.operator, SCHOOL, YEAR) == {"Vrije groep": 1}
    settle_group_type(world.context, world.operator, SCHOOL, "Vrije groep", AccountType.BASIC)
    assert unsettled_groups(world.context, world.operator, SCHOOL, YEAR) == {}


def test_a_screen_offers_what_the_roles_allow(world: World) -> None:
    """Both roles together give every right; no role gives none."""
    viewer = world.administrator("vic", Role.VIEWER)
    both = world.administrator("ans", Role.ACCOUNT_MANAGER, Role.DATA_MANAGER)
    nobody = world.administrator("nele")
    assert rights_at(world.context, viewer, SCHOOL) == {Right.READ}
    assert rights_at(world.context, both, SCHOOL) == set(Right)
    assert rights_at(world.context, nobody, SCHOOL) == set()
    assert rights_at(world.context, world.operator, SCHOOL) == set(Right)
