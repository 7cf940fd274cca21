"""A database by URL, and the unit of work: one transaction with every repository in it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, IntegrityError, SQLAlchemyError

from leerid_core.errors import ConfigurationError, StoreError
from leerid_core.store import migrations
from leerid_core.store.accounts import Accounts
from leerid_core.store.administrators import Administrators
from leerid_core.store.analysis import Analysis
from leerid_core.store.attempts import SignInAttempts
from leerid_core.store.audit import AuditTrail
from leerid_core.store.batches import Batches
from leerid_core.store.claims import Claims
from leerid_core.store.enrolments import Enrolments
from leerid_core.store.imports import Imports
from leerid_core.store.installation import Installation
from leerid_core.store.listing import Listing
from leerid_core.store.pupil_emails import MailLinks, PupilEmails
from leerid_core.store.pupil_sessions import PupilSessions
from leerid_core.store.schools import Schools
from leerid_core.store.sessions import Sessions
from leerid_core.store.sign_ins import SignIns
from leerid_core.store.statistics import Statistics
from leerid_core.store.throttling import SignInFailures
from leerid_core.store.usernames import Usernames

WRITE_LOCK = (
    0x1EE81D  # the advisory lock that makes PostgreSQL's writers take turns, as SQLite's do
)
BUSY_SECONDS = 60
_PRAGMAS = (
    "journal_mode = WAL",
    "synchronous = FULL",
    "foreign_keys = ON",
    "secure_delete = ON",
)


class UnitOfWork:
    """The repositories of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self.installation = Installation(connection)
        self.schools = Schools(connection)
        self.enrolments = Enrolments(connection)
        self.imports = Imports(connection)
        self.listing = Listing(connection)
        self.statistics = Statistics(connection)
        self.analysis = Analysis(connection)
        self.usernames = Usernames(connection)
        self.accounts = Accounts(connection)
        self.batches = Batches(connection)
        self.sign_ins = SignIns(connection)
        self.administrators = Administrators(connection)
        self.sessions = Sessions(connection)
        self.claims = Claims(connection)
        self.sign_in_failures = SignInFailures(connection)
        self.sign_in_attempts = SignInAttempts(connection)
        self.pupil_sessions = PupilSessions(connection)
        self.pupil_emails = PupilEmails(connection)
        self.mail_links = MailLinks(connection)
        self.audit = AuditTrail(connection)


class Database:
    """The database at `url`; connections are opened when they are needed."""

    def __init__(self, url: str) -> None:
        self.url = _with_driver(url)
        self._reading, self._writing = _engines(self.url)

    def upgrade(self) -> None:
        """Bring the tables to the newest version; does nothing where they are.

        Raises `StoreError` when the database cannot be reached or refuses.
        """
        self._make_file()
        with self._transaction(write=True) as connection:
            migrations.upgrade(connection)

    def check(self) -> None:
        """Make sure that the tables are there and of this version.

        Raises `ConfigurationError` where `upgrade` has to be called first.
        """
        path = self._file()
        if path is not None and not path.exists():
            raise ConfigurationError("database_not_ready")  # connecting would make the file
        with self._transaction(write=False) as connection:
            if not migrations.is_current(connection):
                raise ConfigurationError("database_not_ready")

    @contextmanager
    def read(self) -> Iterator[UnitOfWork]:
        """Open one consistent look at the database."""
        with self._transaction(write=False) as connection:
            yield UnitOfWork(connection)

    @contextmanager
    def write(self) -> Iterator[UnitOfWork]:
        """Open the one writing transaction of the moment; all of it happens, or nothing."""
        with self._transaction(write=True) as connection:
            yield UnitOfWork(connection)

    def close(self) -> None:
        """Close every connection."""
        self._reading.dispose()
        self._writing.dispose()

    def _make_file(self) -> None:
        """Make the file of a new SQLite database so that only its owner reads it."""
        path = self._file()
        if path is not None:
            try:
                os.close(os.open(path, os.O_RDONLY | os.O_CREAT, 0o600))
            except OSError as error:
                raise StoreError from error

    def _file(self) -> Path | None:
        """Return the file of a SQLite database."""
        if self.url.drivername == "sqlite" and self.url.database:
            return Path(self.url.database)
        return None

    @contextmanager
    def _transaction(self, *, write: bool) -> Iterator[Connection]:
        try:
            engine = self._writing if write else self._reading
            with engine.connect() as connection, connection.begin():
                if connection.dialect.name == "postgresql":
                    _begin_postgresql(connection, write=write)
                yield connection
        except IntegrityError as error:
            raise StoreError("store_conflict") from error
        except SQLAlchemyError as error:
            raise StoreError from error


def _begin_postgresql(connection: Connection, *, write: bool) -> None:
    if write:
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": WRITE_LOCK})
    else:
        connection.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"))


def _with_driver(url: str) -> URL:
    """Return `url` with our driver; raises `ConfigurationError` for other databases."""
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise ConfigurationError("database_url_invalid") from error
    if parsed.drivername in {"postgresql", "postgres"}:
        parsed = parsed.set(drivername="postgresql+psycopg")
    if parsed.drivername not in {"sqlite", "postgresql+psycopg"}:
        raise ConfigurationError("database_url_invalid")
    return parsed


def _engines(url: URL) -> tuple[Engine, Engine]:
    """Return the engine for reading and the one for writing."""
    # hide_parameters: an error of the database must not carry names or hashes into a log.
    if url.drivername == "sqlite":
        return _sqlite_engine(url, write=False), _sqlite_engine(url, write=True)
    try:
        engine = create_engine(url, hide_parameters=True, pool_pre_ping=True)
    except ModuleNotFoundError as error:
        raise ConfigurationError("postgresql_driver_missing") from error
    event.listen(engine, "connect", _configure_postgresql)
    return engine, engine


def _configure_postgresql(connection: Any, _record: object) -> None:
    # Statements here are short: to compile one takes longer than to run it.
    connection.execute("SET jit = off")
    connection.commit()


def _sqlite_engine(url: URL, *, write: bool) -> Engine:
    engine = create_engine(url, hide_parameters=True, connect_args={"timeout": BUSY_SECONDS})
    # IMMEDIATE: a reader that turns writer half-way would fail instead of wait.
    begin = "BEGIN IMMEDIATE" if write else "BEGIN"

    def configure(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # we begin transactions ourselves
        # Once for each connection: a pragma makes SQLite prepare all its statements anew.
        for pragma in (*_PRAGMAS, f"query_only = {'OFF' if write else 'ON'}"):
            connection.execute(f"PRAGMA {pragma}")

    event.listen(engine, "connect", configure)
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql(begin))
    return engine
