"""The list of pupils as an Excel file, without any password ("Exporteer naar Excel")."""

from __future__ import annotations

from leerid_core.exports.pupil_list import list_workbook
from leerid_core.labels import KIND_LABELS, STATUS_LABELS, TYPE_LABELS
from leerid_core.rules.dates import dutch_date
from leerid_core.rules.roles import Right
from leerid_core.rules.school_time import school_day
from leerid_core.rules.school_years import SchoolYear
from leerid_core.services.actors import Actor, authorise
from leerid_core.services.auditing import record
from leerid_core.services.context import Context
from leerid_core.services.pupils import Pupil, list_pupils
from leerid_core.store import PupilQuery

COLUMNS = (
    "Stamnummer",
    "Voornaam",
    "Naam",
    "Administratieve groep",
    "(sub)Klas",
    "Type",
    "Account status",
    "Gebruikersnaam",
    "Wachtwoord type",
    "LeerID creatie",
    "Laatste aanmelding",
)


def export_pupils(
    context: Context, actor: Actor, school_number: str, query: PupilQuery, year: SchoolYear
) -> tuple[str, bytes]:
    """Return the name and the content of an Excel file with the pupils of a query.

    What leaves the system is in the audit trail. Raises what `list_pupils` raises.
    """
    pupils = list_pupils(context, actor, school_number, query, year=year).pupils
    with context.database.write() as uow:
        authorise(uow, actor, school_number, Right.READ)
        pupil_ids = [pupil.listed.pupil_id for pupil in pupils]
        record(uow, actor, "export", context.clock(), school_number, pupil_ids)
    name = f"Leerlingen_{school_number}_{context.today():%Y-%m-%d}.xlsx"
    return name, list_workbook("Leerlingen", COLUMNS, [pupil_line(pupil) for pupil in pupils])


def pupil_line(pupil: Pupil) -> tuple[str, ...]:
    """Return what `COLUMNS` show of a pupil."""
    listed = pupil.listed
    never = "Nog niet aangemeld" if listed.username else ""
    created, signed_in = (
        dutch_date(school_day(moment)) if moment else ""
        for moment in (listed.created_at, listed.last_sign_in)
    )
    return (
        listed.stamnummer or "",
        listed.first_name,
        listed.last_name,
        listed.administrative_group,
        ", ".join(listed.school_classes),
        TYPE_LABELS[listed.account_type],
        STATUS_LABELS[pupil.account_status],
        listed.username or "",
        KIND_LABELS[listed.password_kind],
        created,
        signed_in or never,
    )
