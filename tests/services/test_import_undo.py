"""The last import of a school can be taken back, whole."""

from __future__ import annotations

import pytest
from service_world import SCHOOL, Child, World, enrolment_file

from leerid_core.errors import NotFound, Refused
from leerid_core.rules.enrolments import Enrolment
from leerid_core.services.import_undo import undo_import
from leerid_core.services.issuing import create_accounts
from leerid_core.services.plans import plan_accounts
from leerid_core.services.school_settings import list_imports
from leerid_core.store import PupilQuery

JAN, AN = Child("001", "Jan Peeters"), Child("002", "An Claes")


def last_import(world: World) -> int:
    """The number of the newest import."""
    return list_imports(world.context, world.operator, SCHOOL)[0].number


def enrolments(world: World) -> list[Enrolment]:
    """Everything that is kept of the enrolments, in one order."""
    with world.context.database.read() as uow:
        return sorted(uow.enrolments.of_school(SCHOOL), key=lambda one: one.stamnummer or "")


def test_everything_is_as_before(world: World) -> None:
    """What was new is gone, what changed and what ended is as it was."""
    world.read(enrolment_file(JAN, AN))
    before = enrolments(world)
    changed = Child("001", "Jan Peters", group="5de leerjaar", classes="5B, 5B.WIS")
    world.read(enrolment_file(changed, Child("003", "Nieuw Kind")), end_missing=True, accept=True)
    assert enrolments(world) != before
    undo_import(world.context, world.operator, last_import(world))
    assert enrolments(world) == before
    assert world.pupil("jan peeters").listed.administrative_group == "4de leerjaar"


def test_the_file_can_be_read_again(world: World) -> None:
    """After the undo the same file brings the same, with the same persons."""
    world.read(enrolment_file(JAN, AN))
    undo_import(world.context, world.operator, last_import(world))
    assert world.pupils() == []
    world.read(enrolment_file(JAN, AN))
    assert len(world.pupils()) == 2


def test_only_the_last_and_only_once(world: World) -> None:
    """An import that others followed, or that is undone, stays as it is; an unknown one is told."""
    world.read(enrolment_file(JAN))
    first = last_import(world)
    world.read(enrolment_file(JAN, AN))
    with pytest.raises(Refused, match="import_not_last"):
        undo_import(world.context, world.operator, first)
    undo_import(world.context, world.operator, last_import(world))
    with pytest.raises(Refused, match="import_not_last"):
        undo_import(world.context, world.operator, last_import(world))
    with pytest.raises(NotFound, match="import_unknown"):
        undo_import(world.context, world.operator, 99)


def test_a_pupil_with_a_new_account_is_not_taken_away(world: World) -> None:
    """Cards may have been handed out: first that list is undone, then the import."""
    world.read(enrolment_file(JAN))
    plan = plan_accounts(world.context, world.operator, SCHOOL, PupilQuery())
    create_accounts(world.context, world.operator, plan)
    with pytest.raises(Refused, match="import_has_accounts"):
        undo_import(world.context, world.operator, last_import(world))
    assert len(world.pupils()) == 1
