"""Twenty schools of 688 pupils in a database of their own, and sign-ins of theirs in any number."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random

from sqlalchemy import create_engine, text

from leerid_core.rules.accounts import AccountType, PasswordKind
from leerid_core.rules.enrolments import Enrolment, Level
from leerid_core.rules.school_years import SchoolYear
from leerid_core.services.actors import Operator
from leerid_core.services.context import Context, initialise, opened
from leerid_core.settings import Settings
from leerid_core.store import (
    Account,
    Batch,
    BatchKind,
    Member,
    Password,
    Person,
    Reservation,
    School,
    SignInEvent,
    UnitOfWork,
)

ACTOR = Operator("benchmark")
YEAR = SchoolYear(2025)
BEGIN, NOW = datetime(2025, 9, 1, 6, tzinfo=UTC), datetime(2026, 7, 1, tzinfo=UTC)
SCHOOLS, PUPILS, CLASSES = 20, 688, 28
OPEN = range(7, 21)
APPLICATIONS = ("Mijn LeerID", "Smartschool", "Vlaamse toetsen", "Leerplatform")


@dataclass(frozen=True)
class Installation:
    """Schools where every pupil has an account and is on a batch; `pupils` by username."""

    context: Context
    folder: Path
    pupils: Mapping[str, int]


@contextmanager
def installation(folder: Path, url: str | None = None) -> Iterator[Installation]:
    """Make the schools in an empty database: at `url`, or else a file of SQLite in `folder`."""
    folder.mkdir(exist_ok=True)
    settings = Settings.collect({}, url or f"sqlite:///{folder / 'leerid.sqlite'}")
    initialise(settings)
    with opened(settings) as real:
        context = replace(real, clock=lambda: NOW)
        pupils: dict[str, int] = {}
        with context.database.write() as uow:
            for number in range(SCHOOLS):
                pupils |= _enrol(uow, str(100_000 + number))
        yield Installation(context, folder, pupils)


def _enrol(uow: UnitOfWork, number: str) -> dict[str, int]:
    uow.schools.add(School(number, "TEST School", Level.SECUNDAIR, shares_classes=True), BEGIN)
    ids = uow.enrolments.add_people([Person("Jan", "Peeters", None, None)] * PUPILS)
    uow.enrolments.add(number, [_enrolment(key, place) for place, key in enumerate(ids)])
    names = {f"jan.peeters{key}": key for key in ids}
    uow.usernames.reserve([Reservation(name) for name in names], number, NOW)
    uow.usernames.issue(number, names, BEGIN)
    password = Password(AccountType.ADVANCED, PasswordKind.CHOSEN, "-", BEGIN)
    uow.accounts.add([Account(key, name, password, BEGIN, "An") for name, key in names.items()])
    batch = Batch(uow.batches.next_number(), number, BatchKind.CREATION, BEGIN, "An")
    uow.batches.add(batch, [Member(key, place) for place, key in enumerate(ids)])
    return names


def _enrolment(pupil_id: int, place: int) -> Enrolment:
    school_class = place % CLASSES
    return Enrolment(
        pupil_id=pupil_id,
        school_year=YEAR,
        first_name="Jan",
        last_name="Peeters",
        begin_date=YEAR.begin,
        end_date=YEAR.end,
        stamnummer=str(place),
        administrative_group=f"Groep {school_class // 2}",
        level=Level.SECUNDAIR,
        school_classes=(f"{school_class}",),
        account_type=AccountType.ADVANCED,
    )


def sign_ins(installed: Installation, rows: int) -> Iterator[tuple[str, SignInEvent]]:
    """Yield sign-ins of school hours of the year with their username, in no order at all."""
    random = Random(rows)
    names = list(installed.pupils)
    days = (NOW - BEGIN).days
    for _ in range(rows):
        name = random.choice(names)
        at = BEGIN + timedelta(
            days=random.randrange(days), milliseconds=random.randrange(43_200_000)
        )
        yield name, SignInEvent(installed.pupils[name], at, random.choice(APPLICATIONS))


def write_counts(installed: Installation, events: int) -> int:
    """Write counts in the place of those that are there, as they stand after so many sign-ins.

    They are spread evenly over all cohorts, school days, hours from 7 to 20 and applications of the
    year. Returns how many sign-ins that is.
    """
    first = (YEAR.begin - date(1970, 1, 1)).days
    last = first + (NOW - BEGIN).days
    days = sum((day + 3) % 7 < 5 for day in range(first, last + 1))
    with create_engine(installed.context.database.url).begin() as connection:
        cohorts = connection.scalar(text("SELECT count(*) FROM cohorts")) or 0
        each = max(1, events // (cohorts * days * len(OPEN) * len(APPLICATIONS)))
        days_from = (
            f"WITH RECURSIVE days(day) AS (SELECT {first} UNION ALL "
            f"SELECT day + 1 FROM days WHERE day < {last})"
        )
        hours = [each * len(APPLICATIONS) if hour in OPEN else 0 for hour in range(24)]
        for statement in (
            "DELETE FROM sign_in_days",
            "DELETE FROM sign_in_applications",
            f"INSERT INTO sign_in_days {days_from} "
            f"SELECT cohorts.id, day, {', '.join(map(str, hours))} FROM cohorts, days "
            f"WHERE (day + 3) % 7 < 5 ORDER BY 1, 2",
            f"INSERT INTO sign_in_applications {days_from} "
            f"SELECT cohorts.id, applications.id, day, {each * len(OPEN)} "
            f"FROM cohorts, applications, days WHERE (day + 3) % 7 < 5 ORDER BY 1, 2, 3",
        ):
            connection.execute(text(statement))
    return each * cohorts * days * len(OPEN) * len(APPLICATIONS)


def seconds(run: Callable[[], object]) -> float:
    """Return how long one run takes."""
    start = time.perf_counter()
    run()
    return time.perf_counter() - start
