"""The statistics of one school of 688 pupils, after ever more sign-ins.

    python benchmarks/usage.py [--events 10000 1000000] [--synthetic 100000000]

Twenty schools, every pupil with an account and on a batch. For each number of events: all that the
page shows of one school for its school year, beside pandas grouping that school's raw sign-ins by
day, by weekday and hour, and by application (the rows already read into memory).

The `--synthetic` ones are not put in one by one: the statistics never read raw sign-ins, so only
the counts are written, as they would stand with so many sign-ins spread evenly over all cohorts,
school days, hours from 7 to 20 and applications of the year. There pandas has nothing to group.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pandas as pd
from sqlalchemy import create_engine, text

from leerid_core.rules.accounts import AccountType, PasswordKind
from leerid_core.rules.enrolments import Enrolment, Level
from leerid_core.rules.school_years import SchoolYear
from leerid_core.services.actors import Operator
from leerid_core.services.analysis import sign_ins_table
from leerid_core.services.context import Context, initialise, opened
from leerid_core.services.suppression import suppressed
from leerid_core.services.usage import usage
from leerid_core.services.usage_query import UsageQuery
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
APPLICATIONS = ("Mijn LeerID", "Smartschool", "Vlaamse toetsen", "Leerplatform")
ASKED = UsageQuery(("100000",), BEGIN.date())


def main() -> None:
    """Print a line for each number of sign-ins."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--events", type=int, nargs="*", default=[10_000, 1_000_000])
    parser.add_argument("--synthetic", type=int, default=0)
    options = parser.parse_args()
    print(f"{'sign-ins':>13} {'page':>9} {'for a board':>12} {'pandas':>9} {'of the school':>14}")
    with TemporaryDirectory() as folder, _installation(Path(folder)) as (context, pupils):
        written = 0
        for events in options.events:
            _sign_in(context, pupils, events - written)
            written = events
            _measure(context, events)
        if options.synthetic:
            _measure(context, _fill(context, options.synthetic), raw=False)


def _measure(context: Context, events: int, *, raw: bool = True) -> None:
    found = usage(context, ACTOR, ASKED)
    page = min(seconds(lambda: usage(context, ACTOR, ASKED)) for _ in range(3))
    board = page + seconds(lambda: suppressed(found))
    theirs = "-"
    if raw:
        rows = sign_ins_table(context, ACTOR, ASKED)
        theirs = f"{min(seconds(lambda: _group(rows)) for _ in range(3)) * 1000:.0f} ms"
    print(
        f"{events:13,} {page * 1000:6.0f} ms {board * 1000:9.0f} ms {theirs:>9} "
        f"{found.sign_ins or 0:14,}"
    )


def _group(rows: pd.DataFrame) -> None:
    moment = rows["at"].dt
    rows.groupby(moment.date).size()
    rows.groupby([moment.day_of_week, moment.hour]).size()
    rows.groupby("application", observed=True).size()


@contextmanager
def _installation(folder: Path) -> Iterator[tuple[Context, list[int]]]:
    settings = Settings.collect({}, f"sqlite:///{folder / 'leerid.sqlite'}")
    initialise(settings)
    with opened(settings) as real:
        context = replace(real, clock=lambda: NOW)
        with context.database.write() as uow:
            pupils = [
                key for number in range(SCHOOLS) for key in _enrol(uow, str(100_000 + number))
            ]
        yield context, pupils


def _enrol(uow: UnitOfWork, number: str) -> list[int]:
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
    return ids


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


def _sign_in(context: Context, pupils: list[int], events: int) -> None:
    random = Random(events)
    days = (NOW - BEGIN).days
    while events > 0:
        piece = [
            SignInEvent(
                random.choice(pupils),
                BEGIN + timedelta(days=random.randrange(days), seconds=random.randrange(43_200)),
                random.choice(APPLICATIONS),
            )
            for _ in range(min(events, 20_000))
        ]
        with context.database.write() as uow:
            events -= uow.sign_ins.record(piece)


def _fill(context: Context, events: int) -> int:
    """Write the counts of so many sign-ins in the place of those that are there."""
    first = (YEAR.begin - datetime(1970, 1, 1, tzinfo=UTC).date()).days
    last = first + (NOW - BEGIN).days
    engine = create_engine(context.database.url)
    with engine.begin() as connection:
        cohorts = list(connection.scalars(text("SELECT id FROM cohorts ORDER BY id")))
        days = sum((day + 3) % 7 < 5 for day in range(first, last + 1))
        each = max(1, events // (len(cohorts) * days * 14 * len(APPLICATIONS)))
        connection.execute(text("DELETE FROM sign_in_counts"))
        for cohort in cohorts:
            connection.execute(
                text(_EVENLY), {"cohort": cohort, "first": first, "last": last, "each": each}
            )
        total = connection.scalar(text("SELECT sum(count) FROM sign_in_counts"))
    return int(total or 0)


# In the order of the key: seven million rows in any other take minutes.
_EVENLY = """
INSERT INTO sign_in_counts (cohort_id, day, hour, application_id, count)
WITH RECURSIVE days(day) AS (
    SELECT :first UNION ALL SELECT day + 1 FROM days WHERE day < :last
), hours(hour) AS (SELECT 7 UNION ALL SELECT hour + 1 FROM hours WHERE hour < 20)
SELECT :cohort, day, hour, applications.id, :each
FROM days, hours, applications WHERE (day + 3) % 7 < 5 ORDER BY 2, 3, 4
"""


def seconds(run: Callable[[], object]) -> float:
    """Return how long one run takes."""
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
