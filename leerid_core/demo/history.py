"""How the pupils of the demo signed in since their cards were handed out: invented, but alike.

With the class at school on fixed hours, older ones at home in the evening, some of them long after
the others and a few never. The same arguments give the same history.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from leerid_core.demo.school_days import is_school_day
from leerid_core.rules.accounts import AccountType
from leerid_core.rules.school_time import SCHOOLS_LIVE_IN, school_day

OWN_PAGES = "Mijn LeerID"
APPLICATIONS = ("Smartschool", "Leerplatform", "Vlaamse toetsen", OWN_PAGES)
WEDNESDAY = 2  # school ends at noon
_SHARES = (70, 20, 6, 4)
_NEVER = {False: 0.05, True: 0.3}  # a group that lags has more who never signed in
_FADE, _SELDOM = 0.18, 0.04  # so many hardly come back, and how seldom they do
_FIRST_DAYS = {False: 2.0, True: 12.0}  # school days until half of the others had


@dataclass(frozen=True, slots=True)
class Learner:
    """Who got a card, in which class; `lags` is that of his group."""

    stamnummer: str
    school_class: str
    account_type: AccountType
    begin_date: date
    lags: bool = False


@dataclass(frozen=True, slots=True)
class _Habits:
    """What a pupil does, drawn once: `late` school days to begin with, or never.

    `keeps` is what is left of it after the first time: some hardly come back.
    """

    late: int | None
    at_school: float
    at_home: float
    keeps: float


def sign_ins(
    learner: Learner, handed_out: datetime, now: datetime
) -> Iterator[tuple[datetime, str]]:
    """Yield when a learner signed in to what, from the hand-out until `now`, oldest first."""
    random = Random(f"{learner.school_class} {learner.stamnummer}")  # noqa: S311 - no secrets here
    habits = _habits(learner, random)
    begun, waited = False, 0
    day = max(school_day(handed_out), learner.begin_date)
    while habits.late is not None and day <= school_day(now):
        waited += is_school_day(day)
        if waited > habits.late:
            keeps = habits.keeps if begun else 1
            for at in sorted(_moments(learner, habits, day, random, keeps)):
                if handed_out < at <= now:
                    yield at, _application(random) if begun else OWN_PAGES
                    begun = True
        day += timedelta(days=1)


def _habits(learner: Learner, random: Random) -> _Habits:
    never = random.random() < _NEVER[learner.lags]
    late = int(random.expovariate(0.69 / _FIRST_DAYS[learner.lags]))
    older = learner.account_type is AccountType.ADVANCED
    return _Habits(
        None if never else late,
        random.uniform(0.6, 0.95),
        random.uniform(0.1, 0.6) if older else random.uniform(0, 0.15),
        _SELDOM if random.random() < _FADE else 1,
    )


def _moments(
    learner: Learner, habits: _Habits, day: date, random: Random, keeps: float
) -> Iterator[datetime]:
    """Yield the sign-ins of one day, if there are any."""
    at_school = is_school_day(day)
    lesson = _lesson(learner.school_class, day) if at_school else None
    if lesson is not None and random.random() < habits.at_school * keeps:
        yield _moment(day, lesson, random.uniform(0, 12), random)
    if random.random() < habits.at_home * keeps * (1 if at_school else 0.4):
        yield _moment(day, _at_home_from(day), random.triangular(0, 330, 150), random)


def _lesson(school_class: str, day: date) -> int | None:
    """Return the hour at which a class works with computers on `day`, if it does."""
    random = Random(f"{school_class} {day.weekday()}")  # noqa: S311 - as above
    hours = (8, 9, 10, 11) if day.weekday() == WEDNESDAY else (8, 9, 10, 11, 13, 14)
    return random.choice(hours) if random.random() < 0.5 else None


def _at_home_from(day: date) -> int:
    if not is_school_day(day):
        return 10
    return 13 if day.weekday() == WEDNESDAY else 16


def _moment(day: date, hour: int, minutes: float, random: Random) -> datetime:
    at = datetime.combine(day, time(hour, tzinfo=SCHOOLS_LIVE_IN)).astimezone(UTC)
    return at + timedelta(minutes=minutes, milliseconds=random.randrange(1000))


def _application(random: Random) -> str:
    return random.choices(APPLICATIONS, _SHARES)[0]
