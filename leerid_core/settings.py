"""Where the database and the key are: given, from the environment, or the working folder."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

DEFAULT_DATABASE = "leerid.sqlite"
DEFAULT_LINK_BASE = "https://mijn.leerid.be"
SQLITE_PREFIX = "sqlite:///"


@dataclass(frozen=True, slots=True)
class Settings:
    """What an installation is told.

    `key` is the key itself, base64, when it comes from the environment; else it is in `key_file`.
    `link_base` is what the links on the cards begin with. `database_given` is False when the
    database is the default one.
    """

    database_url: str = field(repr=False)
    key_file: Path
    key: str | None = field(default=None, repr=False)
    link_base: str = DEFAULT_LINK_BASE
    database_given: bool = True

    @classmethod
    def collect(
        cls,
        environment: Mapping[str, str],
        database_url: str | None = None,
        key_file: Path | None = None,
    ) -> Settings:
        """Return the settings: an argument goes before the environment, that before the default.

        The environment may hold LEERID_DATABASE_URL, LEERID_KEY_FILE, LEERID_KEY and
        LEERID_LINK_BASE; one that is empty counts for none. The default is a SQLite file in the
        working folder, with the key beside it under the same name.
        """
        given = database_url or environment.get("LEERID_DATABASE_URL")
        url = given or f"{SQLITE_PREFIX}{DEFAULT_DATABASE}"
        named = key_file or environment.get("LEERID_KEY_FILE")
        return cls(
            database_url=url,
            key_file=Path(named) if named else _beside(url),
            key=environment.get("LEERID_KEY") or None,
            link_base=(environment.get("LEERID_LINK_BASE") or DEFAULT_LINK_BASE).rstrip("/"),
            database_given=bool(given),
        )

    def environment(self) -> dict[str, str]:
        """Return what another process must be told to work with the same installation.

        Paths are absolute, so that it may run in any folder.
        """
        url = self.database_url
        if url.startswith(SQLITE_PREFIX):
            url = f"{SQLITE_PREFIX}{Path(url.removeprefix(SQLITE_PREFIX)).absolute()}"
        told = {
            "LEERID_DATABASE_URL": url,
            "LEERID_KEY_FILE": str(self.key_file.absolute()),
            "LEERID_LINK_BASE": self.link_base,
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
