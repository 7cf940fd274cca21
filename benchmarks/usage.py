"""The statistics of one school of 688 pupils, after ever more sign-ins.

    python benchmarks/usage.py [--events 10000 1000000] [--synthetic 100000000]

Twenty schools, every pupil with an account and on a batch. For each number of events: all that the
page shows of one school for its school year, also as a multiple of the page after the first, beside
pandas grouping that school's raw sign-ins by day, by weekday and hour, and by application (the rows
already read into memory).

The `--synthetic` ones are not put in one by one: the statistics never read raw sign-ins, so only
the counts are written, as they would stand with so many sign-ins spread evenly over all cohorts,
school days, hours from 7 to 20 and applications of the year. There pandas has nothing to group.
"""

from __future__ import annotations

import argparse
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
from installation import (
    ACTOR,
    BEGIN,
    Installation,
    installation,
    seconds,
    sign_ins,
    write_counts,
)

from leerid_core.services.analysis import sign_ins_table
from leerid_core.services.context import Context
from leerid_core.services.suppression import suppressed
from leerid_core.services.usage import usage
from leerid_core.services.usage_query import UsageQuery

ASKED = UsageQuery(("100000",), BEGIN.date())
TIMES = 7


def main() -> None:
    """Print a line for each number of sign-ins."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--events", type=int, nargs="+", default=[10_000, 1_000_000])
    parser.add_argument("--synthetic", type=int, default=100_000_000)
    options = parser.parse_args()
    print(
        f"{'sign-ins':>13} {'page':>9} {'of first':>9} {'for a board':>12} {'pandas':>9} "
        f"{'of the school':>14}"
    )
    with TemporaryDirectory() as folder, installation(Path(folder)) as installed:
        context, written, first = installed.context, 0, 0.0
        for events in options.events:
            _sign_in(installed, events - written)
            written = events
            page = _measure(context, events, first)
            first = first or page
        if options.synthetic:
            _measure(context, write_counts(installed, options.synthetic), first, raw=False)


def _sign_in(installed: Installation, events: int) -> None:
    told = sign_ins(installed, events)
    while piece := [event for _, event in islice(told, 20_000)]:
        with installed.context.database.write() as uow:
            uow.sign_ins.record(piece)


def _measure(context: Context, events: int, first: float, *, raw: bool = True) -> float:
    found = usage(context, ACTOR, ASKED)
    page = min(seconds(lambda: usage(context, ACTOR, ASKED)) for _ in range(TIMES))
    board = page + min(seconds(lambda: suppressed(found)) for _ in range(3))
    theirs = "-"
    if raw:
        rows = sign_ins_table(context, ACTOR, ASKED)
        theirs = f"{min(seconds(lambda: _group(rows)) for _ in range(TIMES)) * 1000:.0f} ms"
    print(
        f"{events:13,} {page * 1000:6.0f} ms {page / (first or page):9.2f} {board * 1000:9.0f} ms "
        f"{theirs:>9} {found.sign_ins or 0:14,}"
    )
    return page


def _group(rows: pd.DataFrame) -> None:
    moment = rows["at"].dt
    rows.groupby(moment.date).size()
    rows.groupby([moment.day_of_week, moment.hour]).size()
    rows.groupby("application", observed=True).size()


if __name__ == "__main__":
    main()
