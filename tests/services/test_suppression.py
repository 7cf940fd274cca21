"""What leaves for a board tells nothing about fewer than five pupils."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd
import pytest
from histories import NOW, WITH_DATABASE, History, Key, Place, Pupil, histories, keep
from hypothesis import given, settings
from hypothesis import strategies as st
from service_world import SCHOOL, Child, Clock, World, open_world

from leerid_core.rules.accounts import AccountType, PasswordKind
from leerid_core.rules.figures import PARTITIONS, PARTS, Figure
from leerid_core.rules.school_years import SchoolYear
from leerid_core.services.suppression import TABLES, TOGETHER, suppressed
from leerid_core.services.usage import Usage, usage
from leerid_core.services.usage_query import UsageQuery
from leerid_core.settings import Settings
from leerid_core.store import PupilQuery


@pytest.fixture
def opened(sqlite_url: str) -> Iterator[World]:
    """An installation at the moment of the generated histories."""
    with open_world(Settings.collect({}, sqlite_url), Clock(NOW)) as world:
        yield world


def _school(world: World, *groups: tuple[str, int]) -> None:
    """Enrol so many children in each group."""
    world.enrol(
        *(
            Child(f"{group}{at}", f"An{'x' * at} {group}", group=f"{group} DBSO", classes=group)
            for group, size in groups
            for at in range(size)
        )
    )


def _shown(world: World) -> Usage:
    return suppressed(usage(world.context, world.operator, UsageQuery((SCHOOL,))))


def test_small_groups_become_one_row(world: World) -> None:
    """They add up to what is missing of the total, and no name of a small group is left."""
    _school(world, ("Hout", 9), ("Lassen", 3), ("Kapper", 2))
    table = _shown(world).by_group.set_index("administrative_group")
    assert table["enrolled"].to_dict() == {"Hout DBSO": 9, TOGETHER: 5}


def test_a_group_joins_the_only_small_one(world: World) -> None:
    """Alone it would be its own rest: what the total has more than the other rows."""
    _school(world, ("Hout", 9), ("Lassen", 6), ("Kapper", 2))
    table = _shown(world).by_group.set_index("administrative_group")
    assert table["enrolled"].to_dict() == {"Hout DBSO": 9, TOGETHER: 8}


def test_all_but_a_few_tells_as_much_as_a_few(world: World) -> None:
    """With 8 of 10 the other two are known, so neither is shown but in words."""
    _school(world, ("Hout", 10))
    chosen = {pupil.listed.pupil_id for pupil in world.pupils()[:8]}
    world.create(PupilQuery(pupil_ids=frozenset(chosen)))
    found = _shown(world)
    assert found.totals[Figure.WITH_ACCOUNT] is None
    assert found.shown[Figure.WITHOUT_ACCOUNT] == "minder dan 5"
    assert found.shown[Figure.WITH_ACCOUNT] == "meer dan 5"
    assert found.shown[Figure.ENROLLED] == "10"
    assert found.by_group["with_account"].isna().all()


def _used(world: World, *parts: tuple[str, str, int, int], first: date | None = None) -> Usage:
    """Show a school of groups: (group, class, so many who signed in, so many who never did)."""
    pupils = [
        Pupil((_place(group, name),), _key(40), ((NOW, "Smartschool"),) if at < signed else ())
        for group, name, signed, never in parts
        for at in range(signed + never)
    ]
    return _kept(world, pupils, first)


def _kept(
    world: World, pupils: list[Pupil], first: date | None = None, last: date | None = None
) -> Usage:
    schools, _, _ = keep(world.context, History(tuple(pupils), ()))
    query = UsageQuery((schools[0],), first=first, last=last)
    return suppressed(usage(world.context, world.operator, query))


def _place(group: str, name: str) -> Place:
    year = SchoolYear(2026)
    return Place(0, year.begin, year.end, group, None, AccountType.BASIC, (name,))


def _key(days: int) -> Key:
    return Key(NOW - timedelta(days=days), PasswordKind.WORD, None, waits=False)


def test_ones_that_make_seven_are_seven_ones(opened: World) -> None:
    """Zeros are shown, so when seven hidden numbers add up to seven each of them is known."""
    found = _used(opened, *((name, name, 9, 1) for name in "ABCDEFG"))
    assert found.by_group["never_signed_in"].isna().all()
    assert found.totals[Figure.NEVER_SIGNED_IN] is None


def test_a_class_tells_nothing_about_the_others_of_its_group(opened: World) -> None:
    """Who never signed in of the first year, less those of 1A, are those of 1B."""
    parts = (("Een", "1A", 12, 5), ("Een", "1B", 7, 4), ("Twee", "2A", 6, 9), ("Drie", "3A", 12, 0))
    found = _used(opened, *parts)
    groups = found.by_group.set_index("administrative_group")["never_signed_in"]
    classes = found.by_class.set_index("school_class")["never_signed_in"]
    assert pd.isna(classes["1B"])
    assert pd.isna(classes["1A"]) or pd.isna(groups["Een"])


def test_two_and_two_are_few_as_well(opened: World) -> None:
    """Of 20, 16 signed in: the other four are two who never did and two who are too new."""
    signed = Pupil((_place("Hout", "1A"),), _key(40), ((NOW, "Smartschool"),))
    never = Pupil((_place("Hout", "1A"),), _key(40), ())
    new = Pupil((_place("Hout", "1A"),), _key(1), ())
    found = _kept(opened, [*[signed] * 16, *[never] * 2, *[new] * 2])
    for whole in (Figure.WITH_ACCOUNT, Figure.ENROLLED):
        assert None in (found.totals[Figure.SIGNED_IN], found.totals[whole])


def test_a_school_year_hides_what_the_total_hides(opened: World) -> None:
    """Both are about the same pupils: what one shows is known of the other."""
    before = Place(0, date(2025, 9, 1), date(2026, 8, 31), "Hout", None, None, ())
    gone = [Pupil((before,), _key(400), ())] * 9
    here = [
        Pupil((_place(group, group),), _key(40), ((NOW, "Smartschool"),) if at < signed else ())
        for group, signed, size in (("Hout", 28, 30), ("Kapper", 5, 12))
        for at in range(size)
    ]
    found = _kept(opened, gone + here, date(2025, 9, 1))
    row = found.by_school_year.iloc[-1]
    known = {one for one in Figure if found.totals[one] is not None or not pd.isna(row[one])}
    for whole, parts in PARTITIONS.items():
        unknown = {whole, *parts} - known
        assert len(unknown) != 1


def test_who_stayed_is_not_told_by_who_left(opened: World) -> None:
    """Of ten with an account last year eight are inactive now: the other two go on somewhere."""
    before = Place(0, date(2025, 9, 1), date(2026, 8, 31), "6de leerjaar", None, None, ())
    elsewhere = Place(1, date(2026, 9, 1), date(2027, 8, 31), "Hout", None, None, ())
    pupils = [Pupil((before,), _key(400), ())] * 8 + [Pupil((before, elsewhere), _key(400), ())] * 2
    found = _kept(opened, pupils, date(2025, 9, 1), date(2026, 8, 31))
    for whole in (Figure.WITH_ACCOUNT, Figure.ENROLLED):
        assert None in (found.totals[Figure.INACTIVE], found.totals[whole])
        row = found.by_group.iloc[0]
        assert pd.isna(row[Figure.INACTIVE]) or pd.isna(row[whole])


def test_a_school_without_small_numbers_keeps_all(world: World) -> None:
    """Nothing is hidden that is no secret."""
    _school(world, ("Hout", 10), ("Kapper", 6))
    world.create(PupilQuery(group="Hout DBSO"))
    before = usage(world.context, world.operator, UsageQuery((SCHOOL,)))
    after = suppressed(before)
    assert after.totals == before.totals
    for name in TABLES:
        pd.testing.assert_frame_equal(getattr(after, name), getattr(before, name))


def test_of_fewer_than_five_nothing_is_left(world: World) -> None:
    """Not their sign-ins, not their batch, and not how many there are."""
    _school(world, ("Hout", 4))
    world.create()
    world.sign_in("Anxxx")
    found = _shown(world)
    assert set(found.totals.values()) <= {None, 0}
    assert found.sign_ins is None
    assert found.per_day.empty
    assert found.adoption.empty
    assert found.adoption_curve.empty


@given(history=histories(size=24), narrow=st.booleans())
@settings(WITH_DATABASE, max_examples=10)
def test_no_small_number_can_be_worked_out(opened: World, history: Any, narrow: bool) -> None:
    """Two solutions of all sums differ in every hidden number that is small."""
    schools, _, _ = keep(opened.context, history)
    query = UsageQuery(tuple(schools[:1] if narrow else schools))
    before = usage(opened.context, opened.operator, query)
    _check(before, suppressed(before))


def _check(before: Usage, after: Usage) -> None:
    """Solve for what is hidden by least squares, twice, from far apart."""
    known, sums = _numbers(after)
    unknown = [cell for cell, value in known.items() if value is None]
    if not unknown:
        return
    at = {cell: column for column, cell in enumerate(unknown)}
    matrix, right = np.zeros((len(sums), len(unknown))), np.zeros(len(sums))
    for row, (whole, parts) in enumerate(sums):
        for cell, sign in [(whole, -1), *((part, 1) for part in parts)]:
            if cell in at:
                matrix[row, at[cell]] += sign
            else:
                right[row] -= sign * (known[cell] or 0)
    one, other = (
        start + np.linalg.lstsq(matrix, right - matrix @ start, rcond=None)[0]
        for start in (np.arange(len(unknown)) * 1.7, np.arange(len(unknown)) ** 1.5 * -3.1)
    )
    totals = {("totals", 0, figure): count or 0 for figure, count in before.totals.items()}
    for cell in unknown:
        certain = abs(one[at[cell]] - other[at[cell]]) < 1e-6
        value = totals.get(cell, round(float(one[at[cell]])))
        assert not (certain and 0 < value < 5), cell


def _numbers(found: Usage) -> tuple[dict[Any, int | None], list[tuple[Any, list[Any]]]]:
    """What a reader sees, and the sums that he knows to hold."""
    rows = [("totals", 0, {figure.value: count for figure, count in found.totals.items()})]
    for name in TABLES:
        if name not in ("by_class", "by_school_year"):  # those need not add up
            rows += [
                (name, at, row) for at, row in enumerate(getattr(found, name).to_dict("records"))
            ]
    known: dict[Any, int | None] = {}
    sums: list[tuple[Any, list[Any]]] = []
    for name, at, row in rows:
        for figure in Figure:
            value = row[figure]
            known[name, at, figure] = None if value is None or pd.isna(value) else int(value)
        for whole, parts in PARTITIONS.items():
            sums.append(((name, at, whole), [(name, at, part) for part in parts]))
        for part, whole in PARTS.items():
            known[name, at, f"rest {part}"] = None
            sums.append(((name, at, whole), [(name, at, part), (name, at, f"rest {part}")]))
    for name in {name for name, _, _ in known} - {"totals"}:
        for figure in Figure:
            cells = [cell for cell in known if cell[0] == name and cell[2] == figure]
            sums.append((("totals", 0, figure), cells))
    return known, sums
