"""Schools of any size for the dashboards, with names as the demo schools have them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from leerid_core.demo.names import draw_name
from leerid_core.rules.account_types import account_type
from leerid_core.rules.enrolments import Enrolment, Level
from leerid_core.rules.roles import Role
from leerid_core.rules.school_years import SchoolYear
from leerid_core.services.actors import Operator
from leerid_core.services.administrators import add_administrator, set_roles
from leerid_core.services.context import Context, initialise, opened
from leerid_core.services.schools import add_school
from leerid_core.settings import Settings
from leerid_core.store import Person

ACTOR = Operator("benchmark")
SCHOOL = "990688"
PASSWORD = "zeven gele fietsen"
CHUNK = 50_000
CLASSES = 300
GROUPS = tuple(
    f"{year}e lj {grade}e gr {name}"
    for year in (1, 2)
    for grade in (1, 2, 3)
    for name in ("Hout BSO", "Elektriciteit BSO", "Verzorging BSO", "Latijn ASO", "Technieken TSO")
)


@dataclass(frozen=True, slots=True)
class Installation:
    """A database in a folder of its own, and who can sign in to it with `PASSWORD`."""

    folder: Path
    settings: Settings
    logins: tuple[str, ...]


def install(folder: Path, pupils: int, administrators: int = 1) -> Installation:
    """Make an installation with one school of so many pupils."""
    settings = Settings.collect({}, f"sqlite:///{folder / 'leerid.sqlite'}")
    initialise(settings)
    logins = tuple(f"gebruiker{number}" for number in range(administrators))
    with opened(settings) as context:
        add_school(context, ACTOR, SCHOOL, "TEST School", Level.SECUNDAIR)
        for login in logins:
            add_administrator(context, ACTOR, login, login.title(), PASSWORD)
            set_roles(context, ACTOR, login, SCHOOL, [Role.ACCOUNT_MANAGER])
        for chunk in _enrolments(pupils, SchoolYear.of(context.today())):
            _add(context, chunk)
    return Installation(folder, settings, logins)


def _add(context: Context, chunk: list[Enrolment]) -> None:
    with context.database.write() as uow:
        ids = uow.enrolments.add_people(
            [Person(one.first_name, one.last_name, one.sex, None) for one in chunk]
        )
        uow.enrolments.add(
            SCHOOL, [replace(one, pupil_id=key) for one, key in zip(chunk, ids, strict=True)]
        )


def _enrolments(count: int, year: SchoolYear) -> Iterator[list[Enrolment]]:
    random = Random(688)
    for first in range(0, count, CHUNK):
        numbers = range(first, min(first + CHUNK, count))
        yield [_enrolment(number, year, random) for number in numbers]


def _enrolment(number: int, year: SchoolYear, random: Random) -> Enrolment:
    first_name, last_name, sex = draw_name(random)
    school_class = number // 24 % CLASSES
    group = GROUPS[school_class % len(GROUPS)]
    return Enrolment(
        pupil_id=0,
        school_year=year,
        first_name=first_name,
        last_name=last_name,
        sex=sex,
        begin_date=year.begin,
        end_date=year.end,
        stamnummer=f"{2_000_000 + number}",
        administrative_group=group,
        level=Level.SECUNDAIR,
        school_classes=(f"{school_class % 6 + 1}{school_class // 6}",),
        account_type=account_type(Level.SECUNDAIR, group),
    )
