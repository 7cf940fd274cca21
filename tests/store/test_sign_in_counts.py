"""The counts of sign-ins: whatever happens, in whatever order, they equal a recount."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from store_examples import NOW, YEAR, add_schools, enrolment, signed_in

from leerid_core.rules.accounts import AccountType
from leerid_core.rules.enrolments import Enrolment, Level
from leerid_core.rules.school_time import SCHOOLS_LIVE_IN
from leerid_core.rules.school_years import SchoolYear
from leerid_core.store import CountBy, Database, Person, School, SignInEvent, SignInQuery

COHORT = (
    CountBy.SCHOOL,
    CountBy.SCHOOL_YEAR,
    CountBy.GROUP,
    CountBy.LEVEL,
    CountBy.TYPE,
    CountBy.CLASSES,
    CountBy.DAY,
)
EVERYTHING = ((*COHORT, CountBy.HOUR), (*COHORT, CountBy.APPLICATION))
numbers = count(100_000)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A database with two schools."""
    opened = Database(database_url)
    opened.upgrade()
    add_schools(opened)
    yield opened
    opened.close()


class History:
    """Two new schools with three pupils, and everything that ever happened there."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.schools = [str(next(numbers)) for _ in range(2)]
        self.events: set[SignInEvent] = set()
        with database.write() as uow:
            for number in self.schools:
                uow.schools.add(School(number, "TEST"), NOW)
            self.pupils = uow.enrolments.add_people([Person("Jan", "P", None, None)] * 3)

    def enrolments(self) -> list[tuple[str, Enrolment]]:
        """Return every enrolment there is, with its school."""
        with self.database.read() as uow:
            return [(one, kept) for one in self.schools for kept in uow.enrolments.of_school(one)]

    def enrol(self, school: int, pupil: int, changes: dict[str, Any]) -> None:
        """Enrol a pupil, or change the enrolment that he has in that year."""
        number, pupil_id = self.schools[school], self.pupils[pupil]
        wanted = enrolment(pupil_id, "Jan P", **changes)
        kept = [
            one
            for at, one in self.enrolments()
            if (at, one.pupil_id, one.school_year) == (number, pupil_id, wanted.school_year)
        ]
        with self.database.write() as uow:
            if kept:
                uow.enrolments.save([replace(wanted, enrolment_id=kept[0].enrolment_id)])
            else:
                uow.enrolments.add(number, [wanted])

    def leave(self, which: int) -> None:
        """Remove one of the enrolments as if it had never been."""
        kept = [one.enrolment_id for _, one in self.enrolments() if one.enrolment_id is not None]
        with self.database.write() as uow:
            uow.enrolments.remove(kept[which : which + 1])

    def settle(self, school: int, group: str) -> None:
        """Give a group the type that its name does not tell."""
        with self.database.write() as uow:
            uow.enrolments.set_group_type(self.schools[school], group, AccountType.ADVANCED)

    def sign_in(self, events: list[tuple[int, datetime, str]]) -> None:
        """Let pupils sign in; what was known already is not new."""
        told = [signed_in(self.pupils[pupil], at, name) for pupil, at, name in events]
        with self.database.write() as uow:
            assert uow.sign_ins.record(told) == len(set(told) - self.events)
        self.events.update(told)

    def counted(self) -> list[Counter[tuple[Any, ...]]]:
        """Return what the database counted, by hour and by application."""
        query = SignInQuery(self.schools)
        with self.database.read() as uow:
            found = [uow.sign_ins.counts(by, query) for by in EVERYTHING]
        return [Counter({row[:-1]: row[-1] for row in rows}) for rows in found]

    def expected(self) -> list[Counter[tuple[Any, ...]]]:
        """Return the same, counted one by one from what happened."""
        by_hour: Counter[tuple[Any, ...]] = Counter()
        by_application: Counter[tuple[Any, ...]] = Counter()
        for number, one in self.enrolments():
            for event in self.events:
                local = event.at.astimezone(SCHOOLS_LIVE_IN)
                if one.pupil_id == event.pupil_id and (
                    one.begin_date <= local.date() <= one.end_date
                ):
                    group = (number, one.school_year.start, one.administrative_group)
                    kind = (one.level, one.account_type, one.school_classes)
                    by_hour[*group, *kind, local.date(), local.hour] += 1
                    by_application[*group, *kind, local.date(), event.application] += 1
        return [by_hour, by_application]

    def recount(self) -> int:
        """Return how many counts were wrong."""
        with self.database.write() as uow:
            return sum(uow.sign_ins.recount(number) for number in self.schools)


def _moments() -> st.SearchStrategy[datetime]:
    """Moments around midnight, and around the hours in which the clocks change."""
    near = st.sampled_from(
        [
            datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
            datetime(2026, 10, 25, 1, 30, tzinfo=UTC),
            datetime(2027, 3, 28, 1, tzinfo=UTC),
            datetime(2026, 8, 31, 22, tzinfo=UTC),
            datetime(2026, 11, 23, 23, tzinfo=UTC),
        ]
    )
    return st.builds(
        lambda at, minutes: at + timedelta(minutes=minutes), near, st.integers(-61, 61)
    )


_changes = st.fixed_dictionaries(
    {
        "school_year": st.sampled_from([SchoolYear(2025), YEAR]),
        "begin_date": st.sampled_from([date(2026, 8, 1), date(2026, 9, 1), date(2026, 10, 25)]),
        "end_date": st.sampled_from([date(2026, 8, 31), date(2026, 11, 23), date(2027, 8, 31)]),
        "administrative_group": st.sampled_from(["4de leerjaar", "Kapper"]),
        "level": st.sampled_from([None, Level.LAGER]),
        "account_type": st.sampled_from([None, AccountType.BASIC]),
        "school_classes": st.sampled_from([(), ("4A",), ("4A", "4A.WIS")]),
    }
)
_two, _three = st.integers(0, 1), st.integers(0, 2)
_acts = st.one_of(
    st.tuples(st.just("enrol"), _two, _three, _changes),
    st.tuples(st.just("leave"), _three),
    st.tuples(st.just("settle"), _two, st.just("Kapper")),
    st.tuples(
        st.just("sign_in"),
        st.lists(st.tuples(_three, _moments(), st.sampled_from(["Smartschool", "Toetsen"]))),
    ),
)


@given(st.lists(_acts, min_size=4, max_size=12))
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_counts_equal_a_recount_whatever_happens(
    database: Database, acts: list[tuple[Any, ...]]
) -> None:
    """Enrolments come, change and go, sign-ins arrive late or twice: the counts move along."""
    history = History(database)
    for name, *arguments in acts:
        getattr(history, name)(*arguments)
    assert history.counted() == history.expected()
    assert history.recount() == 0
