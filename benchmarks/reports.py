"""What a report costs, beside matplotlib drawing its charts alone and its figures being counted.

Run it with `python benchmarks/reports.py [PUPILS ...]`, by default for 688 and 30,000 pupils. They
go straight into a database of their own through the store, without hashing: all have an account
and were handed a card, three of four signed in, each four times. Times are processor seconds, the
best of three, all in one run. A report is made whole: counted, suppressed, drawn and written.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from dashboards_schools import ACTOR, SCHOOL, install

from leerid_core.reports import charts
from leerid_core.reports.report import Chapter, last_sign_in, shares
from leerid_core.rules.accounts import AccountType, PasswordKind
from leerid_core.rules.school_years import SchoolYear
from leerid_core.services.context import Context, opened
from leerid_core.services.follow_up import make_follow_up
from leerid_core.services.reporting import ReportForm, make_report
from leerid_core.services.usage import usage
from leerid_core.services.usage_chapters import chapter_of
from leerid_core.services.usage_query import UsageQuery
from leerid_core.store import (
    Account,
    Batch,
    BatchKind,
    Member,
    Password,
    PupilQuery,
    Reservation,
    SignInEvent,
)

SIZES, ROUNDS = (688, 30_000), 3
QUERY = UsageQuery((SCHOOL,))
DAYS_SINCE = 40


def main() -> None:
    """Print a table for every size."""
    for pupils in map(int, sys.argv[1:]) if len(sys.argv) > 1 else SIZES:
        with TemporaryDirectory() as folder:
            installation = install(Path(folder), pupils)
            with opened(installation.settings) as context:
                now = context.clock()
                _hand_out(context, now)
                _compare(replace(context, clock=partial(_same, now)), pupils)


def _same(now: datetime) -> datetime:
    return now


def _compare(context: Context, pupils: int) -> None:
    counting = _seconds(lambda: usage(context, ACTOR, QUERY))
    chapter = chapter_of(usage(context, ACTOR, QUERY))
    drawing = _seconds(lambda: _draw(chapter))
    print(
        f"{pupils:,} pupils: figures counted in {counting:.2f} s, charts drawn in {drawing:.2f} s"
    )
    for form in ReportForm:
        made = _seconds(partial(make_report, context, ACTOR, QUERY, form))
        ratios = f"{made / drawing:.1f} times the charts, {made / counting:.1f} times the figures"
        print(f"  report as {form}: {made:.2f} s, {ratios}")
    for form in (ReportForm.PDF, ReportForm.EXCEL):
        made = _seconds(partial(make_follow_up, context, ACTOR, QUERY, form))
        print(f"  follow-up as {form}: {made:.2f} s, {made / drawing:.1f} times the charts")


def _draw(chapter: Chapter) -> None:
    """Draw what a report of one school draws."""
    charts.adoption(chapter.adoption)
    charts.groups(shares(chapter.breakdowns[0]))
    charts.last_sign_in(last_sign_in(chapter.totals))
    charts.per_day(chapter.per_day)
    charts.heat_map(chapter.per_hour)
    charts.applications(chapter.per_application)


def _seconds(run: Callable[[], object]) -> float:
    times = []
    for _ in range(ROUNDS):
        start = time.process_time()
        run()
        times.append(time.process_time() - start)
    return min(times)


def _hand_out(context: Context, now: datetime) -> None:
    """Give every pupil an account and a card, and let three of four sign in since."""
    made_at = now - timedelta(days=DAYS_SINCE)
    kept = Password(AccountType.ADVANCED, PasswordKind.TEMPORARY, "no hash", made_at)
    with context.database.write() as uow:
        year = SchoolYear.of(context.today())
        ids = uow.listing.ids(SCHOOL, year, PupilQuery())
        names = {f"leerling{at}": pupil_id for at, pupil_id in enumerate(ids)}
        uow.usernames.reserve([Reservation(name) for name in names], "plan", now)
        uow.usernames.issue("plan", names, made_at)
        uow.accounts.add(
            [Account(pupil_id, name, kept, made_at, "An") for name, pupil_id in names.items()]
        )
        number = uow.batches.next_number()
        uow.batches.add(
            Batch(number, SCHOOL, BatchKind.CREATION, made_at, "An"),
            [Member(pupil_id, at) for at, pupil_id in enumerate(ids)],
        )
    with context.database.write() as uow:
        uow.sign_ins.record(
            [
                SignInEvent(
                    pupil_id, made_at + timedelta(days=at % 7 + week * 7, hours=at % 9), application
                )
                for at, pupil_id in enumerate(ids)
                if at % 4
                for week, application in enumerate(("Mijn LeerID", "Smartschool") * 2)
            ]
        )


if __name__ == "__main__":
    main()
