"""What is true of the whole database: which key its contents were made with."""

from __future__ import annotations

from sqlalchemy import Connection, insert, select

from leerid_core.store.tables import installation


class Installation:
    """The one row about this database."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def key_fingerprint(self) -> str | None:
        """Return the fingerprint of the key, None in a database that is new."""
        return self._connection.scalar(select(installation.c.key_fingerprint))

    def set_key_fingerprint(self, fingerprint: str) -> None:
        """Keep the fingerprint of the key, once."""
        self._connection.execute(insert(installation).values(id=1, key_fingerprint=fingerprint))
