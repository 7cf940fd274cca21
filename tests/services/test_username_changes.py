"""Another username for an account."""

from __future__ import annotations

import pytest
from service_world import OTHER_SCHOOL, SCHOOL, World

from leerid_core.errors import NotFound, Refused
from leerid_core.services.auditing import audit_trail
from leerid_core.services.batches import undo_batch
from leerid_core.services.usernames import change_username


def change(world: World, name: str, wanted: str) -> str:
    """Give the account of a pupil another username."""
    pupil_id = world.pupil(name).listed.pupil_id
    return change_username(world.context, world.operator, SCHOOL, pupil_id, wanted)


@pytest.fixture
def named(world: World) -> World:
    """Jan and An have accounts."""
    world.enrol_names("Jan Peeters", "An Peeters")
    world.create()
    return world


def test_a_username_is_changed_and_kept_in_lower_case(named: World) -> None:
    """The trail has the old and the new."""
    assert change(named, "jan", " Jantje.P ") == "jantje.p"
    assert named.accounts().keys() == {"jantje.p", "an.peeters"}
    entry = audit_trail(named.context, named.operator, SCHOOL)[-1]
    assert (entry.action, entry.pupils) == ("username", 1)
    assert dict(entry.details) == {"old": "jan.peeters", "new": "jantje.p"}


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        ("", "username_empty"),
        ("jan@school.be", "username_at_sign"),
        ("x" * 51, "username_too_long"),
        ("jan peeters", "username_characters"),
        ("admin", "username_reserved"),
        ("AN.Peeters", "username_taken"),
    ],
)
def test_a_username_that_cannot_be_is_refused(named: World, wanted: str, code: str) -> None:
    """With the rule that it breaks; nothing changes."""
    with pytest.raises(Refused) as caught:
        change(named, "jan", wanted)
    assert caught.value.code == code
    assert named.accounts().keys() == {"jan.peeters", "an.peeters"}


def test_the_old_name_stays_with_its_pupil(named: World) -> None:
    """Nobody else gets it, and the pupil may have it back."""
    change(named, "jan", "jantje")
    with pytest.raises(Refused) as caught:
        change(named, "002", "jan.peeters")
    assert caught.value.code == "username_taken"
    assert change(named, "jan", "jan.peeters") == "jan.peeters"


def test_a_name_that_a_plan_holds_is_taken(named: World) -> None:
    """Until the plan is over."""
    named.enrol_names("Els Maes", school=OTHER_SCHOOL)
    named.plan(school=OTHER_SCHOOL)
    with pytest.raises(Refused) as caught:
        change(named, "jan", "els.maes")
    assert caught.value.code == "username_taken"
    named.clock.forward(minutes=30)
    assert change(named, "jan", "els.maes") == "els.maes"


def test_the_same_name_changes_nothing(named: World) -> None:
    """And is not in the trail."""
    before = named.trail()
    assert change(named, "jan", "jan.peeters") == "jan.peeters"
    assert named.trail() == before


def test_the_name_given_last_comes_back_after_an_undo(world: World) -> None:
    """A pupil does not fall back to the name that the school changed."""
    world.enrol_names("Jan Peeters")
    batch = world.create().batch
    world.clock.forward(minutes=1)
    change(world, "jan", "jantje")
    undo_batch(world.context, world.operator, batch)
    assert [row.username for row in world.plan().rows] == ["jantje"]


def test_only_an_account_of_this_school_can_be_renamed(named: World) -> None:
    """By its id, another school's pupil is as unknown as one without an account."""
    named.enrol_names("Els Maes", school=OTHER_SCHOOL)
    named.enrol_names("Jan Peeters", "An Peeters", "Bo Maes")
    elsewhere = named.pupil("els", OTHER_SCHOOL).listed.pupil_id
    for pupil_id in (elsewhere, named.pupil("bo").listed.pupil_id, 999):
        with pytest.raises(NotFound) as caught:
            change_username(named.context, named.operator, SCHOOL, pupil_id, "els")
        assert caught.value.code == "account_unknown"
