"""Generated histories of a school: who was enrolled, got an account, was handed what, signed in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import count

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st

from leerid_core.rules.accounts import AccountType, PasswordKind
from leerid_core.rules.enrolments import Enrolment, Level
from leerid_core.rules.school_years import SchoolYear
from leerid_core.services.context import Context
from leerid_core.services.throttling import pupil_subject
from leerid_core.store import (
    Account,
    Batch,
    BatchKind,
    Failures,
    Member,
    Password,
    Person,
    Reservation,
    School,
    SignInEvent,
    UnitOfWork,
)

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
TODAY = NOW.date()
APPLICATIONS = ("Mijn LeerID", "Smartschool")
# Histories share one database, each in schools of its own. To shrink one takes minutes.
WITH_DATABASE = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
_numbers = count(100_000)
_names = count()


@dataclass(frozen=True)
class Place:
    """An enrolment, in the first or the second school."""

    school: int
    begin: date
    end: date
    group: str
    level: Level | None
    account_type: AccountType | None
    classes: tuple[str, ...]

    @property
    def year(self) -> SchoolYear:
        """The school year that it is for."""
        return SchoolYear.of(self.begin)


@dataclass(frozen=True)
class Key:
    """An account."""

    made: datetime
    kind: PasswordKind
    expires: datetime | None
    waits: bool


@dataclass(frozen=True)
class Pupil:
    """A pupil; sign-ins are (moment, application)."""

    places: tuple[Place, ...]
    key: Key | None
    sign_ins: tuple[tuple[datetime, str], ...]


@dataclass(frozen=True)
class Handed:
    """A batch of a school, for the pupils at these positions."""

    school: int
    made: datetime
    pupils: tuple[int, ...]
    undone: bool


@dataclass(frozen=True)
class History:
    """Two schools and what happened there."""

    pupils: tuple[Pupil, ...]
    batches: tuple[Handed, ...]


def moments(before: datetime = NOW) -> st.SearchStrategy[datetime]:
    """Return moments around the hours and days where something changes, midnight above all."""
    days = st.sampled_from([0, 1, 2, 6, 7, 8, 13, 14, 15, 29, 30, 31, 60, 89, 90, 91, 400])
    # 22 and 23 o'clock in UTC are midnight in Brussels, before and after the change of 25 October.
    clock = st.sampled_from([(0, 0), (9, 59), (21, 59), (22, 0), (22, 59), (23, 0), (23, 59)])
    return st.builds(
        lambda back, at: min(
            (before - timedelta(days=back)).replace(hour=at[0], minute=at[1]), before
        ),
        days,
        clock,
    )


@st.composite
def places(draw: st.DrawFn) -> tuple[Place, ...]:
    """Return the enrolments of a pupil, each of another school or year."""
    chosen = draw(
        st.lists(st.sampled_from([(0, 2026), (1, 2026), (0, 2025)]), min_size=1, unique=True)
    )
    return tuple(_place(draw, school, SchoolYear(start)) for school, start in chosen)


def _place(draw: st.DrawFn, school: int, year: SchoolYear) -> Place:
    near = [TODAY + timedelta(days=days) for days in (-1, 0, 1, 29, 30, 31)]
    begins = [day for day in [year.begin, TODAY - timedelta(days=40), *near] if day <= year.end]
    begin = draw(st.sampled_from([day for day in begins if day >= year.begin] or [year.begin]))
    ends = [day for day in [year.end, *near, begin - timedelta(days=1)] if day <= year.end]
    return Place(
        school,
        begin,
        draw(st.sampled_from(ends)),
        draw(st.sampled_from(["4de leerjaar", "Hout", ""])),
        draw(st.sampled_from([None, Level.LAGER, Level.SECUNDAIR])),
        draw(st.sampled_from([None, *AccountType])),
        draw(st.sampled_from([(), ("1A",), ("1A", "1B")])),
    )


@st.composite
def keys(draw: st.DrawFn) -> Key:
    """Return an account."""
    kind = draw(st.sampled_from(PasswordKind))
    soon = [NOW + timedelta(days=days, hours=hours) for days in (0, 30, 31) for hours in (0, 13)]
    expires = draw(st.sampled_from(soon)) if kind is PasswordKind.TEMPORARY else None
    return Key(draw(moments()), kind, expires, draw(st.booleans()))


@st.composite
def histories(draw: st.DrawFn, size: int = 8) -> History:
    """Return a history of two schools, with at most so many pupils."""
    used = st.lists(st.tuples(moments(), st.sampled_from(APPLICATIONS)), max_size=4, unique=True)
    pupils = draw(
        st.lists(
            st.builds(
                lambda where, key, times: Pupil(where, key, tuple(times) if key else ()),
                places(),
                st.none() | keys(),
                used,
            ),
            min_size=1,
            max_size=size,
        )
    )
    holders = [at for at, pupil in enumerate(pupils) if pupil.key]
    if not holders:
        return History(tuple(pupils), ())
    members = st.lists(st.sampled_from(holders), min_size=1, unique=True).map(tuple)
    batch = st.builds(Handed, st.sampled_from([0, 1]), moments(), members, st.booleans())
    return History(tuple(pupils), tuple(draw(st.lists(batch, max_size=4))))


def keep(context: Context, history: History) -> tuple[list[str], list[int], list[int]]:
    """Write a history into two new schools; return their numbers, the pupils and the batches."""
    with context.database.write() as uow:
        schools = [f"{next(_numbers):06}" for _ in range(2)]
        for number in schools:
            uow.schools.add(School(number, f"School {number}", shares_classes=True), NOW)
        people = [Person("An", "Peeters", None, None) for _ in history.pupils]
        ids = uow.enrolments.add_people(people)
        for at, number in enumerate(schools):
            uow.enrolments.add(number, _enrolments(history, ids, at))
        _add_accounts(context, uow, history, ids)
        batches = [_add_batch(uow, schools[one.school], one, ids) for one in history.batches]
        events = [
            SignInEvent(ids[at], moment, application)
            for at, pupil in enumerate(history.pupils)
            for moment, application in pupil.sign_ins
        ]
        uow.sign_ins.record(events)
    return schools, ids, batches


def _enrolments(history: History, ids: Sequence[int], school: int) -> list[Enrolment]:
    return [
        Enrolment(
            pupil_id,
            place.year,
            "An",
            "Peeters",
            place.begin,
            place.end,
            administrative_group=place.group,
            level=place.level,
            school_classes=place.classes,
            account_type=place.account_type,
        )
        for pupil_id, pupil in zip(ids, history.pupils, strict=True)
        for place in pupil.places
        if place.school == school
    ]


def _add_accounts(context: Context, uow: UnitOfWork, history: History, ids: Sequence[int]) -> None:
    for pupil_id, pupil in zip(ids, history.pupils, strict=True):
        if pupil.key is None:
            continue
        name = f"leerling{next(_names)}"
        uow.usernames.reserve([Reservation(name)], name, NOW + timedelta(hours=1))
        uow.usernames.issue(name, {name: pupil_id}, NOW)
        password = Password(
            AccountType.BASIC, pupil.key.kind, "$argon2id$hash", pupil.key.made, pupil.key.expires
        )
        uow.accounts.add([Account(pupil_id, name, password, pupil.key.made, "An")])
        if pupil.key.waits:
            until = NOW + timedelta(minutes=1)
            subject = context.keys.subject(pupil_subject(name))
            uow.sign_in_failures.put(subject, Failures(9, NOW, until))


def _add_batch(uow: UnitOfWork, school: str, handed: Handed, ids: Sequence[int]) -> int:
    number = uow.batches.next_number()
    members = [Member(ids[at], position) for position, at in enumerate(handed.pupils)]
    uow.batches.add(Batch(number, school, BatchKind.CREATION, handed.made, "An"), members)
    if handed.undone:
        uow.batches.mark_undone(number, handed.made)
    return number
