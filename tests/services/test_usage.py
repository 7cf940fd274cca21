"""The figures against the same worked out in plain Python from what was generated."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from itertools import product
from typing import Any

import pandas as pd
import pytest
from histories import NOW, TODAY, WITH_DATABASE, Handed, History, Key, Place, Pupil, histories, keep
from hypothesis import given, settings
from hypothesis import strategies as st
from service_world import Clock, World, open_world

from leerid_core.rules.accounts import (
    AccountStatus,
    AccountType,
    PasswordKind,
    account_status,
    inactive_from,
)
from leerid_core.rules.enrolments import Level
from leerid_core.rules.figures import Figure
from leerid_core.rules.school_time import SCHOOLS_LIVE_IN, school_day
from leerid_core.rules.school_years import SchoolYear
from leerid_core.services.pupil_selection import select_pupils
from leerid_core.services.usage import Usage, pupils_behind, query_year, usage
from leerid_core.services.usage_query import UsageQuery
from leerid_core.settings import Settings

queries = st.builds(
    UsageQuery,
    first=st.sampled_from([None, date(2025, 9, 1), TODAY - timedelta(days=30), TODAY]),
    last=st.sampled_from([None, TODAY, TODAY + timedelta(days=9), TODAY]),
    account_type=st.sampled_from([None, None, AccountType.BASIC]),
    group=st.sampled_from([None, None, "Hout", ""]),
    school_class=st.sampled_from([None, None, "1B"]),
    level=st.sampled_from([None, None, Level.LAGER]),
    password_kind=st.sampled_from([None, None, PasswordKind.TEMPORARY]),
)


@pytest.fixture
def opened(database_url: str) -> Iterator[World]:
    """An installation on either database, at the moment of the generated histories."""
    with open_world(Settings.collect({}, database_url), Clock(NOW)) as world:
        yield world


@given(history=histories(), query=queries)
@settings(WITH_DATABASE, max_examples=12)
def test_every_figure_counts_what_its_definition_says(
    opened: World, history: History, query: UsageQuery
) -> None:
    """Totals, every table, the pupils behind each figure, sign-ins and adoption."""
    schools, ids, batches = keep(opened.context, history)
    query = UsageQuery(**{**_fields(query), "school_numbers": tuple(schools)})
    found = usage(opened.context, opened.operator, query)
    expected = Expected(history, found.query)
    assert found.totals == expected.totals(lambda place, key: [()]).get((), _nobody())
    _check_tables(found, expected, schools)
    _check_pupils(opened, query, expected, schools, ids)
    _check_sign_ins(found, expected)
    _check_adoption(found, expected, batches)


def _fields(query: UsageQuery) -> dict[str, Any]:
    return {name: getattr(query, name) for name in UsageQuery.__dataclass_fields__}


def _nobody() -> dict[Figure, int]:
    return dict.fromkeys(Figure, 0)


class Expected:
    """What the figures of a history must be, worked out pupil by pupil."""

    def __init__(self, history: History, query: UsageQuery) -> None:
        assert query.first is not None
        assert query.last is not None
        self.history = history
        self.query = query
        self.first, self.last = query.first, query.last

    def rows(self, year: SchoolYear) -> Iterator[tuple[int, Pupil, Place, set[Figure]]]:
        """Each enrolment of the period and year, with the figures that it counts in."""
        day = min(self.last, year.end)
        for at, pupil in enumerate(self.history.pupils):
            for place in pupil.places:
                touches = (
                    place.begin <= place.end and self.first <= place.end and place.begin <= day
                )
                if place.year == year and touches and self._in_population(place, pupil.key):
                    yield at, pupil, place, set(self._figures(pupil, place, at, day))

    def totals(
        self, key: Callable[[Place, Key | None], Iterable[Any]], year: SchoolYear | None = None
    ) -> dict[Any, dict[Figure, int]]:
        """The figures by what `key` says that a row of a table is."""
        sums: dict[Any, dict[Figure, int]] = {}
        for _, pupil, place, figures in self.rows(year or SchoolYear.of(self.last)):
            for one in key(place, pupil.key):
                row = sums.setdefault(one, _nobody())
                for figure in figures:
                    row[figure] += 1
        return sums

    def sign_ins(self) -> list[tuple[Place, date, int, str]]:
        """Each sign-in of the period, once for every enrolment that it counts for."""
        return [
            (place, school_day(moment), moment.astimezone(SCHOOLS_LIVE_IN).hour, application)
            for pupil in self.history.pupils
            for place in pupil.places
            for moment, application in pupil.sign_ins
            if place.begin <= school_day(moment) <= place.end
            and self.first <= school_day(moment) <= self.last
            and self._in_population(place, None, kind=False)
        ]

    def member(self, at: int, school: int) -> bool:
        """Whether a pupil counts in the batches of a school."""
        pupil, query = self.history.pupils[at], self.query
        narrowed = (
            query.account_type,
            query.group,
            query.school_class,
            query.level,
            query.password_kind,
        )
        if narrowed == (None,) * len(narrowed):
            return True
        return any(
            place.school == school
            and place.year == SchoolYear.of(self.last)
            and self._in_population(place, pupil.key)
            for place in pupil.places
        )

    def _in_population(self, place: Place, key: Key | None, *, kind: bool = True) -> bool:
        query = self.query
        return (
            query.account_type in (None, place.account_type)
            and query.group in (None, place.group)
            and query.level in (None, place.level)
            and (query.school_class is None or query.school_class in place.classes)
            and (not kind or query.password_kind in (None, key and key.kind))
        )

    def _figures(self, pupil: Pupil, place: Place, at: int, day: date) -> Iterator[Figure]:
        key = pupil.key
        periods = [(one.begin, one.end) for one in pupil.places]
        status = account_status(periods, TODAY)
        if key and status is AccountStatus.INACTIVE:
            yield Figure.INACTIVE
        if not place.begin <= day <= place.end:
            return
        yield Figure.ENROLLED
        if key is None:
            yield Figure.WITHOUT_ACCOUNT
            return
        yield Figure.WITH_ACCOUNT
        if any(
            at in one.pupils and one.school == place.school and not one.undone
            for one in self.history.batches
        ):
            yield Figure.HANDED_OUT
        if key.waits:
            yield Figure.THROTTLED
        end = inactive_from(periods, TODAY)
        if status is AccountStatus.ACTIVE and end and end <= TODAY + timedelta(days=30):
            yield Figure.ABOUT_TO_END
        yield from _of_password(key)
        yield from _of_sign_ins(pupil, key)


def _of_password(key: Key) -> Iterator[Figure]:
    if key.kind is PasswordKind.TEMPORARY:
        yield Figure.ON_TEMPORARY
        assert key.expires is not None
        if key.expires <= NOW:
            yield Figure.TEMPORARY_EXPIRED
        elif school_day(key.expires) <= TODAY + timedelta(days=30):
            yield Figure.TEMPORARY_EXPIRING


def _of_sign_ins(pupil: Pupil, key: Key) -> Iterator[Figure]:
    if not pupil.sign_ins:
        age = (TODAY - school_day(key.made)).days
        yield Figure.NEVER_SIGNED_IN if age >= 14 else Figure.TOO_NEW
        return
    yield Figure.SIGNED_IN
    ago = (TODAY - school_day(max(moment for moment, _ in pupil.sign_ins))).days
    edges = {0: "TODAY", 7: "7_DAYS", 30: "30_DAYS", 90: "90_DAYS", 10_000: "LONGER"}
    yield Figure[f"LAST_{next(name for edge, name in edges.items() if ago <= edge)}"]
    if ago <= 7:
        yield Figure.WITHIN_7_DAYS
    if ago <= 30:
        yield Figure.WITHIN_30_DAYS


def _check_tables(found: Usage, expected: Expected, schools: list[str]) -> None:
    keys: dict[str, Callable[[Place, Key | None], Iterable[Any]]] = {
        "by_level": lambda place, _: [place.level.name.lower() if place.level else None],
        "by_type": lambda place, _: [place.account_type],
        "by_kind": lambda _, key: [key.kind if key else None],
        "by_group": lambda place, _: [(schools[place.school], place.group)],
        "by_class": lambda place, _: [(schools[place.school], name) for name in place.classes],
        "by_school": lambda place, _: [(schools[place.school], f"School {schools[place.school]}")],
    }
    events = expected.sign_ins() if found.query.password_kind is None else []
    for name, key in keys.items():
        signed = Counter(one for place, *_ in events for one in key(place, None))
        _same(
            getattr(found, name), expected.totals(key), Counter() if name == "by_kind" else signed
        )
    years: dict[str, dict[Figure, int]] = {}
    for start in range(SchoolYear.of(expected.first).start, SchoolYear.of(expected.last).start + 1):
        year = SchoolYear(start)
        years |= expected.totals(lambda place, _: [str(place.year)], year)
    signed = Counter(str(place.year) for place, *_ in events)
    _same(found.by_school_year, years, signed)


def _same(table: pd.DataFrame, rows: dict[Any, dict[Figure, int]], signed: Counter[Any]) -> None:
    """The table has these rows, and none besides but with zeros."""
    names = [column for column in table.columns if column not in {*Figure, "sign_ins"}]
    made, sign_ins = {}, {}
    for record in table.to_dict("records"):
        values = tuple(None if pd.isna(record[name]) else record[name] for name in names)
        key = values if len(names) > 1 else values[0]
        made[key] = {figure: record[figure] for figure in Figure}
        sign_ins[key] = 0 if pd.isna(record["sign_ins"]) else record["sign_ins"]
    assert len(made) == len(table)
    assert {key: row for key, row in made.items() if any(row.values())} == {
        key: row for key, row in rows.items() if any(row.values())
    }
    assert {key: count for key, count in sign_ins.items() if count} == signed


def _check_pupils(
    world: World, query: UsageQuery, expected: Expected, schools: list[str], ids: list[int]
) -> None:
    year = query_year(world.context, query)
    for figure, (at, number) in product(Figure, enumerate(schools)):
        behind = pupils_behind(world.context, world.operator, query, figure)[number]
        chosen = select_pupils(world.context, world.operator, number, behind, year)
        assert chosen == {
            ids[pupil]
            for pupil, _, place, figures in expected.rows(year)
            if figure in figures and place.school == at
        }


def _check_sign_ins(found: Usage, expected: Expected) -> None:
    if found.query.password_kind is not None:
        assert found.sign_ins is None
        assert found.per_day.empty
        return
    events = expected.sign_ins()
    assert found.sign_ins == len(events)
    days = Counter(day for _, day, _, _ in events)
    hours = Counter((day.weekday(), hour) for _, day, hour, _ in events)
    made = {row.day.date(): row.sign_ins for row in found.per_day.itertuples()}
    assert len(made) == (expected.last - expected.first).days + 1
    assert {day: count for day, count in made.items() if count} == days
    table = {(row.weekday, row.hour): row.sign_ins for row in found.per_hour.itertuples()}
    assert len(table) == 168
    assert {hour: count for hour, count in table.items() if count} == hours
    used = dict(found.per_application.itertuples(index=False))
    assert used == Counter(application for *_, application in events)


def _check_adoption(found: Usage, expected: Expected, batches: list[int]) -> None:
    rows = found.adoption.set_index("batch").to_dict("index")
    made = {}
    for number, batch in zip(batches, expected.history.batches, strict=True):
        members = [at for at in batch.pupils if expected.member(at, batch.school)]
        within = expected.first <= school_day(batch.made) <= expected.last
        if members and within and not batch.undone:
            made[number] = [_first(expected.history.pupils[at], batch) for at in members]
            over = (TODAY - school_day(batch.made)).days
            for days in (1, 3, 7, 14, 30):
                share = sum(one is not None and one <= days for one in made[number]) / len(members)
                shown = rows[number][f"within_{days}"]
                assert pd.isna(shown) if over <= days else shown == pytest.approx(share)
    assert {key: row["pupils"] for key, row in rows.items()} == {
        key: len(firsts) for key, firsts in made.items()
    }
    assert {key: row["signed_in"] for key, row in rows.items()} == {
        key: sum(one is not None for one in firsts) for key, firsts in made.items()
    }
    share = found.adoption_curve["share"]
    assert share.is_monotonic_increasing
    assert share.between(0, 1).all()


def _first(pupil: Pupil, batch: Handed) -> int | None:
    """After how many days a pupil of a batch first signed in."""
    since = [moment for moment, _ in pupil.sign_ins if moment >= batch.made]
    return (school_day(min(since)) - school_day(batch.made)).days if since else None
