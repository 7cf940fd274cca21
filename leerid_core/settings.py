"""What an installation is told: where the database and the key are, and how mail goes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from leerid_core.errors import ConfigurationError

DEFAULT_DATABASE = "leerid.sqlite"
DEFAULT_LINK_BASE = "https://mijn.leerid.be"
DEFAULT_TEMPORARY_DAYS = 180
SQLITE_PREFIX = "sqlite:///"


@dataclass(frozen=True, slots=True)
class MailServer:
    """Who takes the mail to pupils; `security` is "starttls", "tls" or "none"."""

    host: str
    port: int
    security: str
    sender: str
    user: str | None = None
    password: str | None = field(default=None, repr=False)

    @classmethod
    def collect(cls, environment: Mapping[str, str]) -> MailServer | None:
        """Return the mail server of LEERID_SMTP_HOST, None without one.

        LEERID_SMTP_SECURITY is starttls unless it says tls or none, and tells the default
        LEERID_SMTP_PORT (587, 465 or 25); LEERID_SMTP_SENDER, LEERID_SMTP_USER and
        LEERID_SMTP_PASSWORD are what they say. Raises `ConfigurationError` for what cannot be.
        """
        host = environment.get("LEERID_SMTP_HOST")
        if not host:
            return None
        security = environment.get("LEERID_SMTP_SECURITY") or "starttls"
        if security not in _SMTP_PORTS:
            raise ConfigurationError("smtp_security_unknown", value=security)
        return cls(
            host=host,
            port=_number(environment, "LEERID_SMTP_PORT", _SMTP_PORTS[security]),
            security=security,
            sender=environment.get("LEERID_SMTP_SENDER") or f"leerid@{host}",
            user=environment.get("LEERID_SMTP_USER") or None,
            password=environment.get("LEERID_SMTP_PASSWORD") or None,
        )


_SMTP_PORTS = {"starttls": 587, "tls": 465, "none": 25}


@dataclass(frozen=True, slots=True)
class Settings:
    """What an installation is told.

    `key` is the key itself, base64, when it comes from the environment; else it is in `key_file`.
    `link_base` is what the links on the cards begin with: where Mijn LeerID is. A temporary
    password lives `temporary_days`. Without `mail_server` no mail is sent. `database_given` is
    False when the database is the default one.
    """

    database_url: str = field(repr=False)
    key_file: Path
    key: str | None = field(default=None, repr=False)
    link_base: str = DEFAULT_LINK_BASE
    temporary_days: int = DEFAULT_TEMPORARY_DAYS
    mail_server: MailServer | None = None
    database_given: bool = True

    @classmethod
    def collect(
        cls,
        environment: Mapping[str, str],
        database_url: str | None = None,
        key_file: Path | None = None,
    ) -> Settings:
        """Return the settings: an argument goes before the environment, that before the default.

        The environment may hold LEERID_DATABASE_URL, LEERID_KEY_FILE, LEERID_KEY,
        LEERID_LINK_BASE, LEERID_TEMPORARY_DAYS and what `MailServer` reads; one that is empty
        counts for none. The default is a SQLite file in the working folder, with the key beside it
        under the same name. Raises `ConfigurationError` for what is no number.
        """
        given = database_url or environment.get("LEERID_DATABASE_URL")
        url = given or f"{SQLITE_PREFIX}{DEFAULT_DATABASE}"
        named = key_file or environment.get("LEERID_KEY_FILE")
        return cls(
            database_url=url,
            key_file=Path(named) if named else _beside(url),
            key=environment.get("LEERID_KEY") or None,
            link_base=(environment.get("LEERID_LINK_BASE") or DEFAULT_LINK_BASE).rstrip("/"),
            temporary_days=_number(environment, "LEERID_TEMPORARY_DAYS", DEFAULT_TEMPORARY_DAYS),
            mail_server=MailServer.collect(environment),
            database_given=bool(given),
        )

    def environment(self) -> dict[str, str]:
        """Return what another process must be told to work with the same installation.

        How mail goes is not among it: only the server sends any. Paths are absolute, so that it
        may run in any folder.
        """
        url = self.database_url
        if url.startswith(SQLITE_PREFIX):
            url = f"{SQLITE_PREFIX}{Path(url.removeprefix(SQLITE_PREFIX)).absolute()}"
        told = {
            "LEERID_DATABASE_URL": url,
            "LEERID_KEY_FILE": str(self.key_file.absolute()),
            "LEERID_LINK_BASE": self.link_base,
            "LEERID_TEMPORARY_DAYS": str(self.temporary_days),
        }
        return told if self.key is None else {**told, "LEERID_KEY": self.key}

    def in_folder(self, folder: Path) -> Settings:
        """Return the same with the default database and its key in `folder`."""
        path = folder / DEFAULT_DATABASE
        return replace(
            self, database_url=f"{SQLITE_PREFIX}{path}", key_file=path.with_suffix(".key")
        )

    @property
    def database_place(self) -> str:
        """The address of the database as it can be shown: without a password."""
        return re.sub(r"(://[^:/@]*):[^@]*@", r"\1:***@", self.database_url)


def _beside(url: str) -> Path:
    path = url.removeprefix(SQLITE_PREFIX) if url.startswith(SQLITE_PREFIX) else DEFAULT_DATABASE
    return Path(path).with_suffix(".key")


def _number(environment: Mapping[str, str], name: str, default: int) -> int:
    text = environment.get(name) or str(default)
    if not text.isascii() or not text.isdigit():
        raise ConfigurationError("setting_no_number", name=name, value=text)
    return int(text)
