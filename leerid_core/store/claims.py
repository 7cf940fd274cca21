"""Claims: whose kernel it is. The server writes them, the kernel reads its own."""

from __future__ import annotations

from sqlalchemy import Connection, delete, insert, select

from leerid_core.store.tables import administrators, claims, sessions


class Claims:
    """The kernels of this moment; a claim goes with its session."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, kernel_id: str, session_id: int, server: str) -> None:
        """Give a kernel of `server` to a session; raises `StoreError` when it was given before."""
        self._connection.execute(
            insert(claims).values(kernel_id=kernel_id, session_id=session_id, server=server)
        )

    def owner(self, kernel_id: str) -> tuple[int, str, str] | None:
        """Return the id and name of the administrator who has the kernel, and his address.

        None for a kernel that nobody has, or whose administrator is disabled.
        """
        row = self._connection.execute(
            select(administrators.c.id, administrators.c.name, sessions.c.origin)
            .join(sessions, sessions.c.administrator_id == administrators.c.id)
            .join(claims, claims.c.session_id == sessions.c.id)
            .where(claims.c.kernel_id == kernel_id, administrators.c.disabled_at.is_(None))
        ).one_or_none()
        return (row.id, row.name, row.origin) if row else None

    def remove(self, kernel_id: str) -> None:
        """Take a kernel back; harmless when nobody has it."""
        self._connection.execute(delete(claims).where(claims.c.kernel_id == kernel_id))

    def clear(self, server: str) -> None:
        """Take every kernel of `server` back."""
        self._connection.execute(delete(claims).where(claims.c.server == server))
