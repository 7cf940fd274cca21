"""Who may ask for figures, for what, and what can be done with the pupils behind them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from service_world import OTHER_SCHOOL, SCHOOL, Child, World

from leerid_core.errors import NotAllowed, Refused
from leerid_core.rules.figures import Figure
from leerid_core.rules.roles import Role
from leerid_core.services.schools import share_classes
from leerid_core.services.usage import pupils_behind, usage
from leerid_core.services.usage_query import UsageQuery
from leerid_core.store import PupilQuery


def test_figures_are_of_own_schools_only(world: World) -> None:
    """Without a choice, those where one may read; another one's is refused, not left out."""
    world.enrol_names("Jan Peeters")
    world.enrol_names("An Peeters", "Els Peeters", school=OTHER_SCHOOL)
    viewer = world.administrator("inzage", Role.VIEWER, school=OTHER_SCHOOL)
    found = usage(world.context, viewer, UsageQuery())
    assert found.query.school_numbers == (OTHER_SCHOOL,)
    assert found.totals[Figure.ENROLLED] == 2
    both = UsageQuery((SCHOOL, OTHER_SCHOOL))
    with pytest.raises(NotAllowed):
        usage(world.context, viewer, both)
    with pytest.raises(NotAllowed):
        pupils_behind(world.context, viewer, both, Figure.ENROLLED)
    with pytest.raises(Refused, match="usage_no_school"):
        usage(world.context, world.administrator("niemand"), UsageQuery())


def test_classes_that_are_not_shared_are_in_no_figure(world: World) -> None:
    """No table shows them, and no filter asks for them."""
    world.enrol(Child("1", "Jan Peeters", classes="4A"))
    share_classes(world.context, world.operator, SCHOOL, share=False)
    assert usage(world.context, world.operator, UsageQuery((SCHOOL,))).by_class.empty
    narrowed = UsageQuery((SCHOOL,), school_class="4A")
    with pytest.raises(Refused, match="classes_not_shared"):
        usage(world.context, world.operator, narrowed)
    share_classes(world.context, world.operator, SCHOOL, share=True)
    behind = pupils_behind(world.context, world.operator, narrowed, Figure.ENROLLED)[SCHOOL]
    share_classes(world.context, world.operator, SCHOOL, share=False)
    with pytest.raises(Refused, match="classes_not_shared"):
        world.pupils(behind)


def test_a_period_ends_after_it_begins(world: World) -> None:
    """One that is all to come is refused too."""
    today = world.context.today()
    for first, last in ((today, today - timedelta(days=1)), (today + timedelta(days=1), None)):
        with pytest.raises(Refused, match="usage_period"):
            usage(world.context, world.operator, UsageQuery((SCHOOL,), first, last))


def test_who_never_signed_in_gets_new_cards(world: World) -> None:
    """From the figure straight to a renewal of just those pupils."""
    world.enrol_names("Jan Peeters", "An Peeters", "Els Maes")
    world.create()
    world.clock.forward(days=20)
    world.sign_in("maes")
    behind = pupils_behind(
        world.context, world.operator, UsageQuery((SCHOOL,)), Figure.NEVER_SIGNED_IN
    )
    assert {row.pupil.last_name for row in world.plan_renewal(behind[SCHOOL]).rows} == {"Peeters"}


def test_the_curve_of_adoption_does_not_fall_with_a_young_batch(world: World) -> None:
    """A batch counts until where it is: Kaplan and Meier's estimate, worked out by hand."""
    first, second = "1ste leerjaar", "2de leerjaar"
    groups = {"Kinda": first, "Kindb": first, "Kindc": second, "Kindd": second}
    world.enrol(*(Child(name, f"{name} Maes", group=group) for name, group in groups.items()))
    world.create(PupilQuery(group=first))
    world.clock.forward(days=1)
    world.sign_in("kinda")
    world.clock.forward(days=1)
    world.create(PupilQuery(group=second))
    world.clock.forward(days=1)
    curve = usage(world.context, world.operator, UsageQuery((SCHOOL,))).adoption_curve
    # Day 0: 0 of 4. Day 1, the first batch alone: 1 of 2, and nobody on day 2.
    assert curve["at_risk"].tolist() == [4, 2, 1]
    assert curve["share"].tolist() == [0.0, 0.5, 0.5]
