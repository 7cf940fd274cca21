"""The audit trail: append-only, never a password."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select

from leerid_core.store.tables import audit, audit_pupils


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """Who did what, when, from where, at which school, to how many pupils."""

    at: datetime
    actor: str
    origin: str
    action: str
    school_number: str | None
    details: Mapping[str, Any]
    pupils: int = 0


class AuditTrail:
    """The one trail of this database."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def append(self, entry: AuditEntry, pupil_ids: Collection[int] = ()) -> None:
        """Add an entry about these pupils; nothing ever changes or removes it."""
        inserted = self._connection.execute(
            insert(audit).values(
                at=entry.at,
                actor=entry.actor,
                origin=entry.origin,
                action=entry.action,
                school_number=entry.school_number,
                details=dict(entry.details),
            )
        )
        key = inserted.inserted_primary_key
        if pupil_ids and key is not None:
            self._connection.execute(
                insert(audit_pupils),
                [{"audit_id": key[0], "pupil_id": pupil_id} for pupil_id in set(pupil_ids)],
            )

    def of_school(
        self, school_number: str | None, since: datetime | None = None
    ) -> list[AuditEntry]:
        """Return the entries of a school from `since` on, oldest first; None: of no school."""
        query = (
            select(audit, func.count(audit_pupils.c.pupil_id).label("pupils"))
            .outerjoin(audit_pupils, audit_pupils.c.audit_id == audit.c.id)
            .where(audit.c.school_number == school_number)
            .group_by(audit.c.id)
            .order_by(audit.c.id)
        )
        if since is not None:
            query = query.where(audit.c.at >= since)
        return [_entry(row) for row in self._connection.execute(query)]

    def of_pupil(self, school_number: str, pupil_id: int) -> list[AuditEntry]:
        """Return the entries of a school about one pupil, newest first."""
        others = audit_pupils.alias()
        query = (
            select(audit, func.count(others.c.pupil_id).label("pupils"))
            .join(audit_pupils, audit_pupils.c.audit_id == audit.c.id)
            .join(others, others.c.audit_id == audit.c.id)
            .where(audit.c.school_number == school_number, audit_pupils.c.pupil_id == pupil_id)
            .group_by(audit.c.id)
            .order_by(audit.c.id.desc())
        )
        return [_entry(row) for row in self._connection.execute(query)]


def _entry(row: Row[Any]) -> AuditEntry:
    return AuditEntry(
        row.at, row.actor, row.origin, row.action, row.school_number, row.details, row.pupils
    )
