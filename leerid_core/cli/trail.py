"""`leerid audit`: who did what at a school, or who signed in."""

from __future__ import annotations

from datetime import datetime, time
from typing import Annotated

import typer

from leerid_core.cli import filters
from leerid_core.cli.session import current
from leerid_core.rules.school_time import SCHOOLS_LIVE_IN
from leerid_core.services.auditing import audit_trail, installation_trail
from leerid_core.store import AuditEntry

DATE_FORMATS = ["%Y-%m-%d", "%d/%m/%Y"]


def audit(
    context: typer.Context,
    school: filters.OptionalSchool = None,
    since: Annotated[
        datetime | None, typer.Option(formats=DATE_FORMATS, metavar="DATUM", help="Vanaf.")
    ] = None,
) -> None:
    """Toon wat er in een school gebeurde; zonder school: de aanmeldingen en de beheerders."""
    session = current(context)
    begin = datetime.combine(since, time.min, SCHOOLS_LIVE_IN) if since else None
    with session.context() as opened:
        if school is None:
            entries = installation_trail(opened, session.actor, begin)
        else:
            entries = audit_trail(opened, session.actor, school, begin)
    session.document([_values(entry) for entry in entries])
    rows = [
        (
            f"{entry.at.astimezone(SCHOOLS_LIVE_IN):%d/%m/%Y %H:%M:%S}",
            entry.actor,
            entry.origin,
            entry.action,
            entry.pupils or "",
            ", ".join(f"{name}: {value}" for name, value in entry.details.items()),
        )
        for entry in entries
    ]
    session.table("Logboek", ("Wanneer", "Wie", "Vanwaar", "Wat", "Leerlingen", "Details"), rows)


def _values(entry: AuditEntry) -> dict[str, object]:
    return {
        "at": entry.at.isoformat(),
        "actor": entry.actor,
        "origin": entry.origin,
        "action": entry.action,
        "pupils": entry.pupils,
        "details": entry.details,
    }
