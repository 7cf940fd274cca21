"""`leerid pupils`: the list of enrolled pupils."""

from __future__ import annotations

import csv
import sys
from collections.abc import Sequence
from typing import Annotated

import typer

from leerid_core.cli import filters
from leerid_core.cli.session import current
from leerid_core.services.pupil_export import COLUMNS, pupil_line
from leerid_core.services.pupils import Pupil, list_pupils

FORMULA_SIGNS = ("=", "+", "-", "@")
SHOWN_COLUMNS = 6  # those of the manual's list


def pupils(
    context: typer.Context,
    school: filters.School,
    search: filters.Search = "",
    account_type: filters.Type = None,
    group: filters.Group = None,
    school_class: filters.SchoolClass = None,
    as_csv: Annotated[bool, typer.Option("--csv", help="Als CSV, met puntkomma's.")] = False,
) -> None:
    """Toon de ingeschreven leerlingen van het actieve schooljaar."""
    session = current(context)
    query = filters.query(search, account_type, group, school_class)
    with session.context() as opened:
        page = list_pupils(opened, session.actor, school, query)
    if as_csv and not session.as_json:
        _write_csv(page.pupils)
        return
    session.document([_values(pupil) for pupil in page.pupils])
    session.table(
        f"Ingeschreven leerlingen — Totaal aantal rijen: {page.total}",
        COLUMNS[:SHOWN_COLUMNS],
        [pupil_line(pupil)[:SHOWN_COLUMNS] for pupil in page.pupils],
    )


def _values(pupil: Pupil) -> dict[str, object]:
    listed = pupil.listed
    return {
        "stamnummer": listed.stamnummer,
        "first_name": listed.first_name,
        "last_name": listed.last_name,
        "administrative_group": listed.administrative_group,
        "school_classes": list(listed.school_classes),
        "account_type": listed.account_type or "none",
        "account_status": pupil.account_status or "none",
        "username": listed.username,
        "password_kind": listed.password_kind,
        "created_at": listed.created_at and listed.created_at.isoformat(),
        "last_sign_in": listed.last_sign_in and listed.last_sign_in.isoformat(),
    }


def _write_csv(found: Sequence[Pupil]) -> None:
    """Write what a Dutch Excel opens; a cell that it would take for a formula gets a quote."""
    writer = csv.writer(sys.stdout, delimiter=";", lineterminator="\n")
    writer.writerow(COLUMNS)
    for pupil in found:
        writer.writerow(
            f"'{cell}" if cell.startswith(FORMULA_SIGNS) else cell for cell in pupil_line(pupil)
        )
