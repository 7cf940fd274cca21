"""A class of pupils with their cards, who sign in."""

from __future__ import annotations

import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest
from mail_server import Mailbox
from schoolloket import Schoolloket, running
from service_world import SCHOOL, Child, Clock, World, open_world

from leerid_core.errors import Refused
from leerid_core.rules.accounts import PasswordKind
from leerid_core.services.context import Context, opened
from leerid_core.services.issuing import Issued, create_accounts, renew_passwords
from leerid_core.services.known_devices import Device
from leerid_core.services.plans import plan_accounts
from leerid_core.services.pupil_sign_in import sign_in
from leerid_core.settings import Settings
from leerid_core.store import PupilQuery, SignInAttempt

HERE, ELSEWHERE = "192.0.2.1", "198.51.100.7"
CHILDREN = (
    Child("1", "An Maes"),
    Child("2", "Bo Maes", group="1ste leerjaar"),
    Child("3", "Cas Maes", group="1e lj A"),
)
KINDS = (
    ("an", PasswordKind.WORD),
    ("cas", PasswordKind.WORD),
    ("bo", PasswordKind.PICTURES),
)


@dataclass
class SchoolClass:
    """An has a word, Bo pictures (batch 3), Cas a temporary password.

    `cards` has what is on their cards, `archives` what was made to print them.
    """

    world: World
    cards: dict[str, str] = field(default_factory=dict)
    archives: dict[str, bytes] = field(default_factory=dict)

    @property
    def context(self) -> Context:
        """The context of the services."""
        return self.world.context

    def hand_out(self, *children: Child) -> None:
        """Enrol the children and make their cards, a batch each."""
        self.world.enrol(*(children or CHILDREN))
        for search, kind in KINDS:
            plan = plan_accounts(
                self.context,
                self.world.operator,
                SCHOOL,
                PupilQuery(search=search),
                basic_kind=kind,
            )
            self.cards |= {row.username: row.password for row in plan.rows}
            issued = create_accounts(self.context, self.world.operator, plan)
            self.archives[search] = issued.archive.content

    def renew(self, search: str) -> Issued:
        """Give new cards."""
        plan = self.world.plan_renewal(PupilQuery(search=search))
        self.cards |= {row.username: row.password for row in plan.rows}
        return renew_passwords(self.context, self.world.operator, plan)

    def enter(self, name: str, typed: str | None = None, address: str = HERE) -> str:
        """Sign in, with what is on the card unless something else is typed."""
        return sign_in(self.context, name, self.cards[name] if typed is None else typed, address)

    def refusal(
        self, name: str, typed: str = "fout", address: str = HERE, device: Device | None = None
    ) -> str:
        """Return the code of a refusal."""
        with pytest.raises(Refused) as refused:
            sign_in(self.context, name, typed, address, device)
        return refused.value.code

    def attempts(self) -> list[SignInAttempt]:
        """Return what is kept of the attempts."""
        with self.context.database.read() as uow:
            return uow.sign_in_attempts.all()


@contextmanager
def open_class(settings: Settings) -> Iterator[SchoolClass]:
    """Make the class in an empty database."""
    with open_world(settings) as world:
        made = SchoolClass(world)
        made.hand_out()
        yield made


@pytest.fixture(scope="session")
def class_template(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """The class, made once; its folder and its cards."""
    folder = tmp_path_factory.mktemp("class")
    with open_class(_settings(folder)) as made:
        return folder, made.cards


@pytest.fixture
def school(class_template: tuple[Path, dict[str, str]], tmp_path: Path) -> Iterator[SchoolClass]:
    """The class on SQLite, for one test alone."""
    folder, cards = class_template
    shutil.copytree(folder, tmp_path / "class")
    settings, clock = _settings(tmp_path / "class"), Clock()
    with opened(settings) as context:
        world = World(settings, replace(context, clock=clock, random=Random(2)), clock)
        yield SchoolClass(world, dict(cards))


@pytest.fixture
def either(database_url: str) -> Iterator[SchoolClass]:
    """The class on SQLite and on PostgreSQL."""
    with open_class(Settings.collect({}, database_url)) as made:
        yield made


class RunningClock(Clock):
    """The clock of a server: it cannot be set."""

    def __call__(self) -> datetime:
        """Tell the time."""
        return datetime.now(UTC)


@dataclass(frozen=True)
class ServedClass:
    """The class, its server, and the mail that its pupils get."""

    school: SchoolClass
    server: Schoolloket
    mailbox: Mailbox

    @property
    def address(self) -> str:
        """Where Mijn LeerID begins."""
        return f"{self.server.address}mijn/"


@pytest.fixture(scope="module")
def served_class(
    tmp_path_factory: pytest.TempPathFactory, mailbox: Mailbox
) -> Iterator[ServedClass]:
    """The class on a server, with cards that lead there, today."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    told = {"LEERID_LINK_BASE": f"http://127.0.0.1:{port}/mijn", **mailbox.environment}
    folder = tmp_path_factory.mktemp("served-class")
    settings = Settings.collect(told, f"sqlite:///{folder / 'leerid.sqlite'}")
    with open_world(settings, RunningClock()) as world:
        school = SchoolClass(world)
        school.hand_out(*(replace(one, begin="", end="") for one in CHILDREN))
        with running(world, folder, "--port", port, environment=told) as server:
            yield ServedClass(school, server, mailbox)


def _settings(folder: Path) -> Settings:
    return Settings.collect({}, f"sqlite:///{folder / 'leerid.sqlite'}")
