"""What the statistics are about, as it is chosen, kept in the address and typed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leerid_core.rules.accounts import AccountType
from leerid_core.rules.figures import Figure
from leerid_core.services.pupil_selection import FilterChoices
from leerid_core.services.usage_query import EARLIEST, UsageQuery
from leerid_core.workbench.states.usage_filter import Drilled, Period, UsageFilter
from leerid_core.workbench.views.usage_filter import UsageFilterCard

TODAY = date(2026, 11, 23)
CHOICES = FilterChoices(("1ste leerjaar", "2de leerjaar"), ("1A", "1B"))
DAYS = st.dates(min_value=EARLIEST, max_value=date(2100, 1, 1))
FILTERS = st.fixed_dictionaries(
    {
        "period": st.sampled_from(Period),
        "first": st.none() | DAYS,
        "last": st.none() | DAYS,
        "account_type": st.sampled_from(["", *AccountType]),
        "group": st.text(max_size=50),
        "school_class": st.text(max_size=20),
        "drilled": st.none()
        | st.builds(Drilled, st.sampled_from(Figure), st.none() | st.text(max_size=9), st.none()),
    }
)


@given(FILTERS)
def test_a_filter_comes_back_from_the_address(values: dict[str, object]) -> None:
    """A bookmark asks the same again."""
    state = UsageFilter(**values)
    again = UsageFilter()
    again.restore(state.parameters())
    assert again.query("030569", TODAY) == state.query("030569", TODAY)
    assert again.drilled == state.drilled


@given(FILTERS, st.none() | st.sampled_from(["", "4de leerjaar"]), st.none() | st.just("1A"))
def test_what_was_opened_asks_the_same_again(
    values: dict[str, object], group: str | None, school_class: str | None
) -> None:
    """The pupils behind a row of a table too, that of those without a group included."""
    state = UsageFilter(**values)
    query = state.query("030569", TODAY)
    opened = replace(
        query,
        group=query.group if group is None else group,
        school_class=school_class or query.school_class,
    )
    state.drill(Figure.NEVER_SIGNED_IN, opened)
    again = UsageFilter()
    again.restore(state.parameters())
    assert again.drilled_query(again.query("030569", TODAY)) == opened


@given(
    st.dictionaries(
        st.sampled_from(
            ["periode", "van", "tot", "type", "groep", "klas", "cijfer", "van_groep", "x"]
        ),
        st.text(),
    )
)
def test_any_address_gives_some_filter(parameters: dict[str, object]) -> None:
    """An address that somebody made up breaks nothing, and asks for no thousand years."""
    state = UsageFilter()
    state.restore(parameters)
    assert state.days(TODAY)[0] >= EARLIEST


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        (Period.YEAR, date(2026, 9, 1), TODAY),
        (Period.MONTH, date(2026, 10, 25), TODAY),
        (Period.QUARTER, date(2026, 8, 26), TODAY),
        (Period.PREVIOUS, date(2025, 9, 1), date(2026, 8, 31)),
        (Period.OWN, date(2026, 9, 1), TODAY),
    ],
)
def test_a_period_is_these_days(period: Period, first: date, last: date) -> None:
    """Thirty days are thirty with today, and a year is a school year."""
    assert UsageFilter(period=period).days(TODAY) == (first, last)


def test_clearing_the_filter_asks_for_everybody_this_year() -> None:
    """Nothing of what was chosen is left, in the address neither."""
    state = UsageFilter(group="4de leerjaar", account_type="basic")
    state.own_period(date(2026, 9, 1), date(2026, 9, 30))
    state.forget()
    assert state.parameters() == {}
    assert state.query("030569", TODAY) == UsageQuery(("030569",), date(2026, 9, 1), TODAY)


def test_a_day_that_is_filled_in_is_a_period_of_ones_own() -> None:
    """The choice follows the days, and the days follow the choice."""
    state = UsageFilter()
    card = UsageFilterCard(state, CHOICES, TODAY)
    first, last = card._days
    first.value = date(2026, 10, 1)
    assert (state.period, state.first, state.last) == (Period.OWN, date(2026, 10, 1), TODAY)
    state.period = Period.MONTH
    assert (first.value, last.value) == (date(2026, 10, 25), TODAY)
    assert state.period == Period.MONTH


def test_a_year_that_is_being_typed_is_not_heard() -> None:
    """A browser sends 0002, 0020 and 0202 on the way to 2026, and nothing for half a day."""
    state = UsageFilter()
    card = UsageFilterCard(state, CHOICES, TODAY)
    for typed in (date(2, 10, 1), date(202, 10, 1), None):
        card._days[0].value = typed
        assert state.period == Period.YEAR


def test_another_year_has_other_groups() -> None:
    """A group that is there too stays chosen; one that is not filters nothing."""
    state = UsageFilter(group="1ste leerjaar", school_class="1B")
    card = UsageFilterCard(state, CHOICES, TODAY)
    card.offer(FilterChoices(("1ste leerjaar",), ("1A",)))
    assert (state.group, state.school_class) == ("1ste leerjaar", "")


def test_the_address_keeps_every_field() -> None:
    """What the door watches is what the address is made of."""
    assert set(UsageFilter.fields) == set(UsageFilter.class_own_traits())
