"""Numbers as one writes them in Flanders."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leerid_core.reports.dutch import counted, listed, number, percentage


def test_thousands_have_a_point_and_decimals_a_comma() -> None:
    """As in Belgium."""
    assert [number(1234567), number(0), number(1234.56, 1)] == ["1.234.567", "0", "1.234,6"]


@given(st.integers(0, 2000), st.integers(1, 2000))
def test_a_percentage_says_all_or_nothing_only_when_it_is(part: int, more: int) -> None:
    """Two of two thousand missing is 99 %, one signed in is 1 %."""
    text = percentage(part, part + more)
    assert text.endswith("\xa0%")
    assert (text == "0\xa0%") == (part == 0)
    assert text != "100\xa0%"
    assert percentage(more, more) == "100\xa0%"


def test_without_a_whole_there_is_no_share() -> None:
    """A dash is no number."""
    assert percentage(0, 0) == "–"


@pytest.mark.parametrize(
    ("count", "text"), [(0, "geen dagen"), (1, "1\xa0dag"), (1200, "1.200\xa0dagen")]
)
def test_one_is_singular(count: int, text: str) -> None:
    """And none has a word."""
    assert counted(count, "dag", "dagen") == text


def test_a_list_ends_in_and() -> None:
    """With commas before it."""
    assert [listed(["a"]), listed(["a", "b"]), listed(list("abc"))] == ["a", "a en b", "a, b en c"]
