"""Sign-ins: their import, their recount, and the counts that a dashboard reads.

    python benchmarks/sign_ins.py [--rows 1000000] [--synthetic 100000000] [--url URL]

1. The import of a CSV with so many sign-ins in shuffled order, beside DuckDB and pandas merely
   reading it, with the most memory that this process
   (pandas and DuckDB loaded) held until then.
2. The recount from the raw events, beside DuckDB counting the same from the same rows: both must
   find the same counts. DuckDB has the rows in its own tables before the clock starts.
3. What a dashboard asks of one school of 688 pupils for a quarter, after 10^4 sign-ins, after those
   of the import, and after `--synthetic` ones. The last are not put in one by one: the figures
   read nothing but the counts, so the counts are written as they would stand with so many
   sign-ins spread evenly over all cohorts, school days, hours and applications of the year.

With `--url` the first two are done in that database of PostgreSQL, which has to be empty.
"""

from __future__ import annotations

import argparse
import csv
import resource
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import pandas as pd
from installation import (
    ACTOR,
    PUPILS,
    SCHOOLS,
    Installation,
    installation,
    seconds,
    sign_ins,
    write_counts,
)
from sqlalchemy import create_engine, text

from leerid_core.rules.school_time import clock_changes
from leerid_core.services.sign_in_imports import import_sign_ins
from leerid_core.services.sign_in_recounts import recount_sign_ins
from leerid_core.store import CountBy, SignInQuery

QUARTER = date(2026, 1, 1), date(2026, 3, 31)
DASHBOARD = (
    (CountBy.DAY, CountBy.HOUR),
    (CountBy.GROUP, CountBy.LEVEL, CountBy.TYPE, CountBy.CLASSES, CountBy.APPLICATION),
)


def main() -> None:
    """Print the three comparisons."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--synthetic", type=int, default=100_000_000)
    parser.add_argument("--url")
    options = parser.parse_args()
    with TemporaryDirectory() as folder:
        with installation(Path(folder) / "small") as case:
            _import(case, _write_log(case, 10_000))
            print(f"{SCHOOLS} schools of {PUPILS} pupils; figures of one school for a quarter")
            _read(case, 10_000)
        with installation(Path(folder) / "large", options.url) as case:
            _compare_import(case, options.rows)
            _compare_recount(case, options.rows)
            _read(case, options.rows)
            if options.synthetic:
                _read(case, write_counts(case, options.synthetic))


def _compare_import(case: Installation, rows: int) -> None:
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


def _compare_recount(case: Installation, rows: int) -> None:
    connection = _in_duckdb(case)
    ours = seconds(lambda: _recount(case))
    theirs = seconds(lambda: [connection.execute(query) for query in _DUCKDB_COUNTS])
    counted = [_all(case, kept) for kept in ("sign_in_days", "sign_in_applications")]
    found = [set(connection.execute(f"FROM {kept}").fetchall()) for kept in ("days", "used")]
    if counted != found:
        raise SystemExit("DuckDB counts otherwise")
    days, used = map(len, counted)
    print(
        f"\nrecount of {rows:,} sign-ins into {days:,} days and {used:,} counts of applications; "
        f"DuckDB finds the same"
    )
    print(f"ours     {ours:8.2f}s  counted, compared with what is kept, nothing to right")
    print(f"DuckDB   {theirs:8.2f}s  counted; ours is {ours / theirs:.1f} times that")


def _read(case: Installation, events: int) -> None:
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


def _write_log(case: Installation, rows: int) -> Path:
    """Write sign-ins of school hours, in no order at all."""
    path = case.folder / "log.csv"
    with path.open("w", newline="") as file:
        write = csv.writer(file)
        write.writerow(("username", "time", "app"))
        for name, event in sign_ins(case, rows):
            write.writerow((name, event.at.isoformat(timespec="milliseconds"), event.application))
    return path


def _import(case: Installation, path: Path) -> None:
    told = import_sign_ins(case.context, ACTOR, None, path, path.name)
    if told.wrong or told.unknown:
        raise SystemExit(f"not read: {told.counts()}")


def _recount(case: Installation) -> None:
    if any(recount_sign_ins(case.context, ACTOR).values()):
        raise SystemExit("the counts were wrong")


def _all(case: Installation, kept: str) -> set[tuple[int, ...]]:
    with create_engine(case.context.database.url).connect() as connection:
        return {tuple(row) for row in connection.execute(text(f"SELECT * FROM {kept}"))}


def _in_duckdb(case: Installation) -> duckdb.DuckDBPyConnection:
    """Give DuckDB the events and the enrolments in tables of its own."""
    connection = duckdb.connect()
    engine = create_engine(case.context.database.url)
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
    "enrolments": "SELECT pupil_id, cohort_id, begin_date, end_date FROM enrolments",
}
_HOURS = ", ".join(f"coalesce(sum(times) FILTER (hour = {hour}), 0)::INT" for hour in range(24))
_DUCKDB_COUNTS = (
    """
    CREATE TABLE counted AS
    WITH local AS (
        SELECT pupil_id, application_id, sign_ins.at + ahead AS clock
        FROM sign_ins ASOF JOIN clocks ON sign_ins.at >= since
    )
    SELECT cohort_id, clock // 86400000 AS day, clock // 3600000 % 24 AS hour, application_id,
        count(*) AS times
    FROM local JOIN enrolments USING (pupil_id)
    WHERE clock // 86400000 BETWEEN begin_date - DATE '1970-01-01' AND end_date - DATE '1970-01-01'
    GROUP BY ALL
    """,
    f"CREATE TABLE days AS SELECT cohort_id, day, {_HOURS} FROM counted GROUP BY ALL",
    "CREATE TABLE used AS "
    "SELECT cohort_id, application_id, day, sum(times)::INT FROM counted GROUP BY ALL",
)


if __name__ == "__main__":
    main()
