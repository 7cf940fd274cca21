"""What every service works with: the database, the keys, the clock and the randomness."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from random import Random

from leerid_core.errors import ConfigurationError
from leerid_core.rules.school_time import school_day
from leerid_core.services.keys import Keys, load_keys, make_key_file
from leerid_core.settings import DEFAULT_TEMPORARY_DAYS, MailServer, Settings
from leerid_core.store import Database


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Context:
    """The surroundings of a service; tests give another clock and randomness."""

    database: Database
    keys: Keys
    link_base: str
    temporary_days: int = DEFAULT_TEMPORARY_DAYS
    mail_server: MailServer | None = None
    clock: Callable[[], datetime] = _now
    random: Random = field(default_factory=secrets.SystemRandom)

    def today(self) -> date:
        """Return the day that it is in the schools."""
        return school_day(self.clock())

    def link(self, username: str) -> str:
        """Return the address that is printed on a card."""
        return f"{self.link_base}/{username}"


def initialise(settings: Settings) -> None:
    """Make the key file and the tables where they are missing; harmless when they are there.

    Raises `ConfigurationError` or `StoreError` when that cannot be done, and when the database
    was made with another key.
    """
    if settings.key is None:
        make_key_file(settings.key_file)
    keys = load_keys(settings)
    database = Database(settings.database_url)
    try:
        database.upgrade()
        with database.write() as uow:
            if uow.installation.key_fingerprint() is None:
                uow.installation.set_key_fingerprint(keys.fingerprint)
        _check_key(database, keys)
    finally:
        database.close()


@contextmanager
def opened(settings: Settings) -> Iterator[Context]:
    """Open an initialised installation.

    Raises `ConfigurationError` when the tables are missing or old, or the key is another: with
    another key nobody would be recognised.
    """
    database = Database(settings.database_url)
    try:
        database.check()
        keys = load_keys(settings)
        _check_key(database, keys)
        yield Context(
            database, keys, settings.link_base, settings.temporary_days, settings.mail_server
        )
    finally:
        database.close()


def _check_key(database: Database, keys: Keys) -> None:
    with database.read() as uow:
        if uow.installation.key_fingerprint() != keys.fingerprint:
            raise ConfigurationError("key_of_another_database")
