"""Groups, their order and their file names."""

from __future__ import annotations

from card_examples import pupil
from hypothesis import given
from hypothesis import strategies as st

from leerid_core.exports.groups import NO_GROUP, file_name_parts, in_order, make_groups
from leerid_core.exports.options import CardOrder

_FORBIDDEN_ON_WINDOWS = set('<>:"/\\|?*')


def test_groups_are_administrative_groups_or_classes() -> None:
    """By class the first (sub)klas counts; who has none stands in the administrative group."""
    both = [pupil(school_classes=("2B", "2B.WIS")), pupil(administrative_group="Hout")]
    assert [group.name for group in make_groups(both, CardOrder.CLASS, by_class=False)] == [
        "4de leerjaar",
        "Hout",
    ]
    assert [group.name for group in make_groups(both, CardOrder.CLASS, by_class=True)] == [
        "2B",
        "Hout",
    ]


def test_a_pupil_without_any_group_still_has_one() -> None:
    """An empty administrative group is shown as such."""
    (group,) = make_groups([pupil(administrative_group="")], CardOrder.CLASS, by_class=True)
    assert group.name == NO_GROUP


def test_class_2a_comes_before_class_10a() -> None:
    """Numbers in names of classes count as numbers."""
    names = ["10A", "2A", "2B", "OKAN", "1ste leerjaar"]
    made = make_groups(
        [pupil(administrative_group=name) for name in names], CardOrder.CLASS, by_class=False
    )
    assert [group.name for group in made] == ["1ste leerjaar", "2A", "2B", "10A", "OKAN"]


def test_names_are_sorted_as_a_person_would() -> None:
    """Diacritics and capitals do not matter, and the last name goes first."""
    given_order = [
        pupil("Zoë", "Öztürk"),
        pupil("Jan", "de Bremme"),
        pupil("An", "Ozan"),
        pupil("An", "De Bremme"),
    ]
    names = [
        (one.first_name, one.last_name)
        for one in in_order(given_order, CardOrder.NAME, by_class=False)
    ]
    assert names == [("An", "De Bremme"), ("Jan", "de Bremme"), ("An", "Ozan"), ("Zoë", "Öztürk")]


def test_the_given_order_is_kept() -> None:
    """Neither the groups nor the pupils move when the list's own order is asked for."""
    listed = [
        pupil("Zoë", administrative_group="B"),
        pupil("An", administrative_group="A"),
        pupil("Bo", administrative_group="B"),
    ]
    made = make_groups(listed, CardOrder.GIVEN, by_class=False)
    assert [(group.name, len(group.credentials)) for group in made] == [("B", 2), ("A", 1)]
    assert list(in_order(listed, CardOrder.GIVEN, by_class=False)) == listed


@given(st.lists(st.sampled_from("ABC"), min_size=1), st.sampled_from(CardOrder))
def test_every_pupil_is_in_one_group(classes: list[str], order: CardOrder) -> None:
    """Grouping and ordering lose nobody and double nobody."""
    listed = [pupil(username=f"p{at}", school_classes=(name,)) for at, name in enumerate(classes)]
    grouped = [
        one for group in make_groups(listed, order, by_class=True) for one in group.credentials
    ]
    assert sorted(one.username for one in grouped) == sorted(one.username for one in listed)
    assert set(in_order(listed, order, by_class=True)) == set(listed)


@given(st.lists(st.text()))
def test_file_names_are_safe_and_unique_on_windows_too(names: list[str]) -> None:
    """Nothing forbidden, no dot or space at the end, and no two alike but for capitals."""
    parts = file_name_parts(names)
    assert len({part.casefold() for part in [*parts, "alle"]}) == len(names) + 1
    for part in parts:
        assert part
        assert part == part.strip(" .")
        assert not _FORBIDDEN_ON_WINDOWS & set(part)
        assert part.isprintable()
        assert len(part.encode()) < 210


def test_classes_that_differ_in_capitals_get_different_files() -> None:
    """1a and 1A cannot stand side by side in a folder on Windows."""
    assert file_name_parts(["1A", "1a", "Alle"]) == ["1A", "1a (2)", "Alle (2)"]
