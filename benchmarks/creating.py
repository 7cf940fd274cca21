"""A whole creation against the bare hashes: plan, hash, cards, zip and commit, on all cores."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

from leerid_core.rules.account_types import account_type
from leerid_core.rules.accounts import PasswordKind
from leerid_core.rules.enrolments import Enrolment, Level
from leerid_core.rules.school_years import SchoolYear
from leerid_core.services.actors import Operator
from leerid_core.services.context import Context, initialise, opened
from leerid_core.services.hashing import HASHER
from leerid_core.services.issuing import create_accounts
from leerid_core.services.plans import plan_accounts
from leerid_core.services.schools import add_school
from leerid_core.settings import Settings
from leerid_core.store import Person, PupilQuery

SIZES = (688, 10_000)
SCHOOL = "990688"
ACTOR = Operator("benchmark")


def main() -> None:
    """Print for each size the whole creation divided by the bare hashes of the same run."""
    print(f"{'pupils':>8} {'hashes s':>10} {'create s':>10} {'ratio':>7}")
    for size in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            settings = Settings.collect({}, f"sqlite:///{Path(folder) / 'leerid.sqlite'}")
            initialise(settings)
            with opened(settings) as context:
                _enrol(context, size)
                bare, whole = _interleaved(context, size)
        print(f"{size:>8} {bare:>10.2f} {whole:>10.2f} {whole / bare:>7.3f}")


def _interleaved(context: Context, size: int) -> tuple[float, float]:
    """Hash half of the passwords before the creation and half after, so that both see one load."""
    before = _seconds(lambda: _hash(size // 2))
    whole = _seconds(lambda: _create(context, size))
    after = _seconds(lambda: _hash(size - size // 2))
    return before + after, whole


def _hash(count: int) -> None:
    passwords = [f"pgu9J7{number:06}" for number in range(count)]
    with ThreadPoolExecutor(os.cpu_count()) as executor:
        list(executor.map(HASHER.hash, passwords))


def _create(context: Context, size: int) -> None:
    plan = plan_accounts(context, ACTOR, SCHOOL, PupilQuery(), basic_kind=PasswordKind.PICTURES)
    assert len(plan.rows) == size
    create_accounts(context, ACTOR, plan)


def _seconds(run: Callable[[], None]) -> float:
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def _enrol(context: Context, size: int) -> None:
    """Enrol pupils in classes of 24, half of them in lager and half in secundair onderwijs."""
    add_school(context, ACTOR, SCHOOL, "TEST School")
    year = SchoolYear.of(context.today())
    enrolments = [_enrolment(number, year) for number in range(size)]
    with context.database.write() as uow:
        ids = uow.enrolments.add_people(
            [Person(one.first_name, one.last_name, None, one.birth_date) for one in enrolments]
        )
        from dataclasses import replace

        uow.enrolments.add(
            SCHOOL,
            [replace(one, pupil_id=key) for one, key in zip(enrolments, ids, strict=True)],
        )


def _enrolment(number: int, year: SchoolYear) -> Enrolment:
    school_class = number // 24
    level = Level.LAGER if school_class % 2 else Level.SECUNDAIR
    group = "4de leerjaar" if school_class % 2 else "2e lj 3e gr Elektri.installatietechn.TSO"
    return Enrolment(
        pupil_id=0,
        school_year=year,
        first_name=f"Voornaam{number % 997}",
        last_name=f"Van den Naam{number % 1009}",
        begin_date=year.begin,
        end_date=year.end,
        stamnummer=f"{2_000_000 + number}",
        administrative_group=group,
        level=level,
        school_classes=(
            f"{school_class % 6 + 1}{chr(65 + school_class // 6 % 26)}{school_class // 156 or ''}",
        ),
        birth_date=date(2012, 1 + number % 12, 1 + number % 28),
        account_type=account_type(level, group),
    )


if __name__ == "__main__":
    main()
