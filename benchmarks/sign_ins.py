"""Sign-ins: their import, their recount, and the counts that a dashboard reads.

    python benchmarks/sign_ins.py [--rows 1000000] [--synthetic 100000000]

1. The import of a CSV with so many sign-ins in shuffled order, beside DuckDB and pandas merely
   reading it, with the most memory that this process
   (pandas and DuckDB loaded) held until then.
2. The recount from the raw events, beside DuckDB counting the same from the same rows: both must
   find the same counts. DuckDB has the rows in its own tables before the clock starts.
3. What a dashboard asks of one school of 688 pupils for a quarter, after 10^4 sign-ins, after those
   of the import, and after `--synthetic` ones. The last are not put in one by one: the figures
   read nothing but the counts, so the counts are written as they would stand with so many
   sign-ins spread evenly over all cohorts, school days, hours and applications of the year.
"""

from __future__ import annotations

import argparse
import csv
import resource
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import duckdb
import pandas as pd
from sqlalchemy import create_engine, text

from leerid_core.rules.accounts import AccountType
from leerid_core.rules.enrolments import Enrolment, Level
from leerid_core.rules.school_time import clock_changes
from leerid_core.rules.school_years import SchoolYear
from leerid_core.services.actors import Operator
from leerid_core.services.context import Context, initialise, opened
from leerid_core.services.schools import add_school
from leerid_core.services.sign_in_imports import import_sign_ins
from leerid_core.services.sign_in_recounts import recount_sign_ins
from leerid_core.settings import Settings
from leerid_core.store import CountBy, Person, Reservation, SignInQuery

ACTOR = Operator("benchmark")
YEAR = SchoolYear(2025)
NOW = datetime(2026, 7, 1, tzinfo=UTC)
QUARTER = date(2026, 1, 1), date(2026, 3, 31)
SCHOOLS, PUPILS, CLASSES = 20, 688, 28
APPLICATIONS = ("Mijn LeerID", "Smartschool", "Vlaamse toetsen", "Leerplatform")
DASHBOARD = (
    (CountBy.DAY,),
    (CountBy.WEEKDAY, CountBy.HOUR),
    (CountBy.APPLICATION,),
    (CountBy.GROUP,),
    (CountBy.CLASS,),
)


@dataclass(frozen=True)
class Case:
    """An installation with pupils, and the folder for its files."""

    context: Context
    folder: Path
    names: list[str]

    @property
    def database(self) -> Path:
        """The file of the database."""
        return self.folder / "leerid.sqlite"


def main() -> None:
    """Print the three comparisons."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--synthetic", type=int, default=0)
    options = parser.parse_args()
    with TemporaryDirectory() as folder:
        with _case(Path(folder) / "small") as case:
            _import(case, _write_log(case, 10_000))
            print(f"{SCHOOLS} schools of {PUPILS} pupils; figures of one school for a quarter")
            _read(case, 10_000)
        with _case(Path(folder) / "large") as case:
            _compare_import(case, options.rows)
            _compare_recount(case, options.rows)
            _read(case, options.rows)
            if options.synthetic:
                _fill(case, options.synthetic)
                _read(case, options.synthetic)


def _compare_import(case: Case, rows: int) -> None:
    path = _write_log(case, rows)
    ours = seconds(lambda: _import(case, path))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    again = seconds(lambda: _import(case, path))
    query = f"SELECT count(DISTINCT (username, time, app)) FROM read_csv('{path}')"
    theirs = seconds(lambda: duckdb.execute(query).fetchall())
    pandas = seconds(lambda: pd.read_csv(path, parse_dates=["time"]))
    print(f"\nimport of {rows:,} sign-ins, {path.stat().st_size >> 20} MB")
    print(f"ours     {ours:8.2f}s  {rows / ours:10,.0f} rows/s, at most {peak:.0f} MB")
    print(f"again    {again:8.2f}s  {rows / again:10,.0f} rows/s, nothing new")
    print(f"pandas   {pandas:8.2f}s  reading alone; ours is {ours / pandas:.1f} times that")
    print(f"DuckDB   {theirs:8.2f}s  reading alone; ours is {ours / theirs:.1f} times that")


def _compare_recount(case: Case, rows: int) -> None:
    connection = _in_duckdb(case)
    ours = seconds(lambda: _recount(case))
    theirs = seconds(lambda: connection.execute(_DUCKDB_COUNTS))
    counted = _counts(case)
    if counted != set(connection.execute("SELECT * FROM counted").fetchall()):
        raise SystemExit("DuckDB counts otherwise")
    print(f"\nrecount of {rows:,} sign-ins into {len(counted):,} counts; DuckDB finds the same")
    print(f"ours     {ours:8.2f}s  counted, compared with what is kept, nothing to right")
    print(f"DuckDB   {theirs:8.2f}s  counted; ours is {ours / theirs:.1f} times that")


def _read(case: Case, events: int) -> None:
    query = SignInQuery(["100000"], *QUARTER)
    with case.context.database.read() as uow:
        for by in DASHBOARD:
            uow.sign_ins.counts(by, query)
        took = min(
            seconds(lambda: [uow.sign_ins.counts(by, query) for by in DASHBOARD]) for _ in range(3)
        )
        ((shown,),) = uow.sign_ins.counts([], query)
    print(
        f"\nfigures after {events:,} sign-ins: {took * 1000:.1f} ms for {len(DASHBOARD)} questions "
        f"about {shown:,} sign-ins"
    )


@contextmanager
def _case(folder: Path) -> Iterator[Case]:
    folder.mkdir()
    settings = Settings.collect({}, f"sqlite:///{folder / 'leerid.sqlite'}")
    initialise(settings)
    with opened(settings) as context:
        names = [
            name for number in range(SCHOOLS) for name in _enrol(context, str(100_000 + number))
        ]
        yield Case(context, folder, names)


def _enrol(context: Context, number: str) -> list[str]:
    add_school(context, ACTOR, number, "TEST School", Level.SECUNDAIR)
    with context.database.write() as uow:
        ids = uow.enrolments.add_people([Person("Jan", "Peeters", None, None)] * PUPILS)
        uow.enrolments.add(number, [_enrolment(key, place) for place, key in enumerate(ids)])
        names = {f"jan.peeters{key}": key for key in ids}
        uow.usernames.reserve([Reservation(name) for name in names], number, NOW)
        uow.usernames.issue(number, names, NOW)
    return list(names)


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


def _write_log(case: Case, rows: int) -> Path:
    """Write sign-ins of school hours, in no order at all."""
    random = Random(1)
    path = case.folder / "log.csv"
    days = (NOW.date() - YEAR.begin).days
    midnight = datetime(YEAR.start, 9, 1, tzinfo=UTC)
    with path.open("w", newline="") as file:
        write = csv.writer(file)
        write.writerow(("username", "time", "app"))
        for _ in range(rows):
            at = midnight + timedelta(
                days=random.randrange(days), milliseconds=random.randrange(25_200_000, 72_000_000)
            )
            name, application = random.choice(case.names), random.choice(APPLICATIONS)
            write.writerow((name, at.isoformat(timespec="milliseconds"), application))
    return path


def _import(case: Case, path: Path) -> None:
    told = import_sign_ins(case.context, ACTOR, None, path, path.name)
    if told.wrong or told.unknown:
        raise SystemExit(f"not read: {told.counts()}")


def _recount(case: Case) -> None:
    if any(recount_sign_ins(case.context, ACTOR).values()):
        raise SystemExit("the counts were wrong")


def _counts(case: Case) -> set[tuple[int, ...]]:
    engine = create_engine(f"sqlite:///{case.database}")
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT * FROM sign_in_counts"))
        return {tuple(row) for row in rows}


def _in_duckdb(case: Case) -> duckdb.DuckDBPyConnection:
    """Give DuckDB the events and the enrolments in tables of its own."""
    connection = duckdb.connect()
    engine = create_engine(f"sqlite:///{case.database}")
    for table, query in _TABLES.items():
        path = case.folder / f"{table}.csv"
        with engine.connect() as source, path.open("w", newline="") as file:
            rows = source.execution_options(yield_per=10_000).execute(text(query))
            write = csv.writer(file)
            write.writerow(rows.keys())
            write.writerows(rows)
        connection.execute(f"CREATE TABLE {table} AS SELECT * FROM read_csv('{path}')")
    changes = [
        f"({int(since.timestamp() * 1000)}, {int(ahead.total_seconds() * 1000)})"
        for since, ahead in clock_changes()
    ]
    connection.execute(
        f"CREATE TABLE clocks AS SELECT * FROM (VALUES {', '.join(changes)}) AS c(since, ahead)"
    )
    return connection


_TABLES = {
    "sign_ins": "SELECT pupil_id, at, application_id FROM sign_ins",
    "enrolments": (
        "SELECT pupil_id, cohort_id, CAST(julianday(begin_date) - 2440587.5 AS INTEGER) AS first,"
        " CAST(julianday(end_date) - 2440587.5 AS INTEGER) AS last FROM enrolments"
    ),
}
_DUCKDB_COUNTS = """
CREATE TABLE counted AS
WITH local AS (
    SELECT pupil_id, application_id, sign_ins.at + ahead AS clock
    FROM sign_ins ASOF JOIN clocks ON sign_ins.at >= since
)
SELECT cohort_id, clock // 86400000 AS day, clock // 3600000 % 24 AS hour, application_id, count(*)
FROM local JOIN enrolments USING (pupil_id)
WHERE clock // 86400000 BETWEEN first AND last
GROUP BY ALL
"""


def _fill(case: Case, events: int) -> None:
    """Write the counts of so many sign-ins, spread evenly over the school days of the year."""
    engine = create_engine(f"sqlite:///{case.database}")
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM sign_in_counts"))
        cohorts = connection.scalar(text("SELECT count(*) FROM cohorts")) or 0
        days = (YEAR.end - YEAR.begin).days * 5 // 7
        each = max(1, events // (cohorts * days * 14 * len(APPLICATIONS)))
        first = (YEAR.begin - date(1970, 1, 1)).days
        connection.execute(
            text(
                """
                INSERT INTO sign_in_counts
                WITH RECURSIVE days(day) AS (
                    SELECT :first UNION ALL SELECT day + 1 FROM days WHERE day < :last
                ), hours(hour) AS (SELECT 7 UNION ALL SELECT hour + 1 FROM hours WHERE hour < 20)
                SELECT cohorts.id, day, hour, applications.id, :each
                FROM cohorts, days, hours, applications WHERE (day + 3) % 7 < 5
                ORDER BY 1, 2, 3, 4
                """
            ),
            {"first": first, "last": first + 364, "each": each},
        )
        rows, total = connection.execute(
            text("SELECT count(*), sum(count) FROM sign_in_counts")
        ).one()
    print(f"\n{total:,} sign-ins written as {rows:,} counts of {each} each")


def seconds(run: Callable[[], object]) -> float:
    """Return how long one run takes."""
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
