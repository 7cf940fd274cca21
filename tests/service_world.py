"""A small installation for tests: two schools on a real database, and a clock that can be set."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random

from leerid_core.rules.enrolments import Level
from leerid_core.rules.roles import Role
from leerid_core.services.actors import Administrator, Operator
from leerid_core.services.context import Context, initialise, opened
from leerid_core.services.imports import ImportPreview, apply_import, preview_import
from leerid_core.services.issuing import Issued, create_accounts, renew_passwords
from leerid_core.services.plans import Plan, plan_accounts, plan_renewal
from leerid_core.services.pupils import Pupil, list_pupils
from leerid_core.services.schools import add_school
from leerid_core.settings import Settings
from leerid_core.store import Account, PupilQuery, SignInEvent

SAMPLES = Path(__file__).parent.parent / "data" / "samples"
SCHOOL, OTHER_SCHOOL = "030569", "125252"
START = datetime(2026, 11, 23, 10, tzinfo=UTC)
HEADER = (
    "Stamnummer",
    "Voornaam",
    "Naam",
    "Administratieve groep",
    "(sub)Klas",
    "Geboortedatum",
    "Rijksregisternummer",
    "Begindatum",
    "Einddatum",
)
ALL = PupilQuery()


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self, now: datetime = START) -> None:
        self.now = now

    def __call__(self) -> datetime:
        """Tell the time."""
        return self.now

    def forward(self, **time: float) -> None:
        """Move on by days, hours, minutes or seconds."""
        self.now += timedelta(**time)

    def set(self, day: date) -> None:
        """Go to the morning of a day."""
        self.now = datetime(day.year, day.month, day.day, 10, tzinfo=UTC)


@dataclass(frozen=True)
class Child:
    """One line of an enrolment file, in the columns of `HEADER`."""

    stamnummer: str
    name: str
    group: str = "4de leerjaar"
    classes: str = "4A"
    born: str = "9/2/2016"
    number: str = ""
    begin: str = "1/9/2026"
    end: str = "31/8/2027"

    @property
    def cells(self) -> tuple[str, ...]:
        """The cells of the line; the first word is the voornaam."""
        first_name, last_name = self.name.split(" ", 1)
        return (
            self.stamnummer,
            first_name,
            last_name,
            self.group,
            self.classes,
            self.born,
            self.number,
            self.begin,
            self.end,
        )


def enrolment_file(*children: Child, without: tuple[str, ...] = ()) -> bytes:
    """Return a CSV of these children, less the columns that are left out."""
    kept = [at for at, column in enumerate(HEADER) if column not in without]
    text = io.StringIO()
    lines = [HEADER, *(child.cells for child in children)]
    csv.writer(text, delimiter=";").writerows([line[at] for at in kept] for line in lines)
    return text.getvalue().encode()


class World:
    """An open installation and who works in it; `settings` open it once more."""

    def __init__(self, settings: Settings, context: Context, clock: Clock) -> None:
        self.settings = settings
        self.context = context
        self.clock = clock
        self.operator = Operator("An", "test")

    def preview(
        self, source: bytes | Path, school: str = SCHOOL, *, end_missing: bool = False
    ) -> ImportPreview:
        """Return what a file would change."""
        return preview_import(self.context, self.operator, school, source, end_missing=end_missing)

    def read(
        self,
        source: bytes | Path,
        school: str = SCHOOL,
        *,
        end_missing: bool = False,
        accept: bool = False,
    ) -> ImportPreview:
        """Import a file, and return what it changed."""
        preview = self.preview(source, school, end_missing=end_missing)
        return apply_import(
            self.context, self.operator, preview, "lijst.csv", accept_large_change=accept
        )

    def enrol(self, *children: Child, school: str = SCHOOL) -> ImportPreview:
        """Import these children."""
        return self.read(enrolment_file(*children), school)

    def enrol_names(self, *names: str, school: str = SCHOOL) -> ImportPreview:
        """Import children with these names."""
        children = (Child(f"{at:03}", name) for at, name in enumerate(names, 1))
        return self.enrol(*children, school=school)

    def pupils(self, query: PupilQuery = ALL, school: str = SCHOOL) -> list[Pupil]:
        """Return the pupils in the list."""
        return list(list_pupils(self.context, self.operator, school, query).pupils)

    def pupil(self, name: str, school: str = SCHOOL) -> Pupil:
        """Return the one pupil that a search finds."""
        (found,) = self.pupils(PupilQuery(search=name), school)
        return found

    def plan(self, query: PupilQuery = ALL, school: str = SCHOOL) -> Plan:
        """Plan accounts."""
        return plan_accounts(self.context, self.operator, school, query)

    def create(self, query: PupilQuery = ALL, school: str = SCHOOL) -> Issued:
        """Plan accounts and make them."""
        return create_accounts(self.context, self.operator, self.plan(query, school))

    def plan_renewal(self, query: PupilQuery = ALL, school: str = SCHOOL) -> Plan:
        """Plan new passwords."""
        return plan_renewal(self.context, self.operator, school, query)

    def renew(self, query: PupilQuery = ALL, school: str = SCHOOL) -> Issued:
        """Plan new passwords and give them."""
        return renew_passwords(self.context, self.operator, self.plan_renewal(query, school))

    def sign_in(self, name: str) -> None:
        """Let the one pupil that a search finds sign in."""
        with self.context.database.write() as uow:
            pupil_id = self.pupil(name).listed.pupil_id
            uow.sign_ins.record([SignInEvent(pupil_id, self.clock(), "Mijn LeerID")])

    def accounts(self) -> dict[str, Account]:
        """Return every account of both schools, by username."""
        listed = self.pupils() + self.pupils(school=OTHER_SCHOOL)
        with self.context.database.read() as uow:
            found = uow.accounts.of_pupils([one.listed.pupil_id for one in listed])
        return {account.username: account for account in found.values()}

    def trail(self, school: str = SCHOOL) -> list[str]:
        """Return what was done at a school."""
        with self.context.database.read() as uow:
            return [entry.action for entry in uow.audit.of_school(school)]

    def sealed(self, batch: int) -> int:
        """Return how many credentials of a batch the database still holds."""
        with self.context.database.read() as uow:
            return sum(member.sealed is not None for member in uow.batches.members(batch))

    def administrator(self, login: str, *roles: Role, school: str = SCHOOL) -> Administrator:
        """Return a new administrator with these roles at one school."""
        with self.context.database.write() as uow:
            key = uow.administrators.add(login, login.title())
            if roles:
                uow.administrators.grant(key, school, roles)
        return Administrator(key, login.title(), "test")


@contextmanager
def open_world(settings: Settings, clock: Clock | None = None) -> Iterator[World]:
    """Initialise an installation with two schools, and open it."""
    clock = clock or Clock()
    initialise(settings)
    with opened(settings) as context:
        world = World(settings, replace(context, clock=clock, random=Random(1)), clock)
        for number in (SCHOOL, OTHER_SCHOOL):
            add_school(world.context, world.operator, number, f"School {number}", Level.LAGER)
        yield world
