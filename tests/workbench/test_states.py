"""What is true on a page: the list, and a plan that is looked over."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from service_world import World

from leerid_core.errors import Refused
from leerid_core.intake import ColumnMatch, Field
from leerid_core.services.planning_edits import renew_planned
from leerid_core.services.pupil_selection import FilterChoices
from leerid_core.workbench.desk import close
from leerid_core.workbench.states.importing import Importing
from leerid_core.workbench.states.plan import PlanState, RefusedName
from leerid_core.workbench.states.pupil_list import PupilList
from leerid_core.workbench.views.pupil_filter import pupil_filter

FILTERS = st.fixed_dictionaries(
    {
        "search": st.text(max_size=50),
        "account_type": st.sampled_from(["", "none", "basic", "advanced"]),
        "group": st.text(max_size=50),
        "school_class": st.text(max_size=20),
    }
)


@given(FILTERS)
def test_a_filter_comes_back_from_the_address(values: dict[str, str]) -> None:
    """What the address keeps gives the same filter again."""
    state = PupilList(**values)
    again = PupilList()
    again.restore(state.parameters())
    assert again.query == state.query


@given(st.dictionaries(st.sampled_from(["zoek", "type", "groep", "klas", "x"]), st.text()))
def test_any_address_gives_some_filter(parameters: dict[str, str]) -> None:
    """An address that somebody made up breaks nothing."""
    state = PupilList()
    state.restore(parameters)
    assert state.query.search == parameters.get("zoek", "")[:200]


def test_the_selection_stays_when_the_filter_changes() -> None:
    """Only another school begins anew."""
    state = PupilList(selection=frozenset({1, 2}))
    state.search = "jan"
    state.first_page()
    assert state.selected_here.pupil_ids == frozenset({1, 2})
    assert state.selected_here.search == "jan"
    state.forget()
    assert (state.selection, state.search) == (frozenset(), "")


def test_the_filter_of_another_school_works_like_the_first() -> None:
    """A group that only the second school has reaches the list, and the address."""
    state = PupilList()
    for group in ("1ste leerjaar", "Kapper DBSO"):
        card = pupil_filter(state, FilterChoices((group,), None), lambda: None)
        (field,) = (one for one in card.children[1].children if "groep" in one.description)
        field.value = group
        assert state.query.group == group
        state.forget()
        close(card)


@pytest.fixture
def state(world: World) -> PlanState:
    """A plan for three pupils."""
    world.enrol_names("Jan Peeters", "Mia Claes", "Ali Can")
    return PlanState(world.plan())


def test_only_what_is_ticked_is_carried_out(state: PlanState) -> None:
    """An unticked row is not in the plan; the key of a stranger changes nothing."""
    first, *others = (row.pupil.pupil_id for row in state.plan.rows)
    state.check([first, 999], checked=False)
    assert [row.pupil.pupil_id for row in state.settled().rows] == others
    state.check([first, 999], checked=True)
    assert state.settled() == state.plan


def test_a_name_that_cannot_be_holds_the_plan_back(state: PlanState) -> None:
    """Until it is mended or its row is unticked."""
    key = state.plan.rows[0].pupil.pupil_id
    state.refuse(key, RefusedName("admin", "Kies een andere."))
    with pytest.raises(Refused) as refusal:
        state.settled()
    assert (refusal.value.code, refusal.value.parameters) == ("names_refused", {"count": 1})
    state.check([key], checked=False)
    assert len(state.settled().rows) == 2
    state.check([key], checked=True)
    state.refuse(key, None)
    assert len(state.settled().rows) == 3


def test_nobody_ticked_is_nothing_to_do(state: PlanState) -> None:
    """An empty plan is refused with words."""
    state.checked = frozenset()
    with pytest.raises(Refused, match="plan_empty"):
        state.settled()


def test_only_the_rows_that_differ_are_shown_anew(world: World, state: PlanState) -> None:
    """One new password is one changed row."""
    key = state.plan.rows[1].pupil.pupil_id
    plan = renew_planned(world.context, world.operator, state.plan, [key])
    assert [row.pupil.pupil_id for row in state.replace_plan(plan)] == [key]
    assert state.plan is plan


def test_a_field_goes_from_one_column_to_another() -> None:
    """The column that had the field is not used any more, so that no field is given twice."""
    columns = [
        ColumnMatch("NAAM", Field.LAST_NAME, None, 0),
        ColumnMatch("ROEPNAAM", None, None, 1),
        ColumnMatch("VOORNAAM", Field.FIRST_NAME, None, 2),
    ]
    state = Importing()
    state.correct(columns, "ROEPNAAM", Field.FIRST_NAME)
    assert state.mapping == {"ROEPNAAM": Field.FIRST_NAME, "VOORNAAM": Field.IGNORE}
