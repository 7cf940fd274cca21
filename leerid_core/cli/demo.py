"""`leerid demo`: a workbench to try, in a folder of its own."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from leerid_core.cli import serve as serving
from leerid_core.cli import zip_file
from leerid_core.cli.progress import working
from leerid_core.cli.session import Session, current
from leerid_core.server.settings import ServerSettings
from leerid_core.services.context import initialise
from leerid_core.services.demo import DemoBatch, DemoUser, fill_demo, let_demo_users_in
from leerid_core.services.schools import list_schools


def demo(
    context: typer.Context,
    folder: Annotated[Path, typer.Option(help="Waar de demo komt.")] = Path("demo"),
    serve: Annotated[bool, typer.Option("--serve", help="Start daarna het Schoolloket.")] = False,
) -> None:
    """Vul een lege databank met twee verzonnen scholen en maak er kaartjes voor."""
    session = current(context)
    folder.mkdir(parents=True, exist_ok=True)
    if not session.settings.database_given:
        session = replace(session, settings=session.settings.in_folder(folder))
    served = ServerSettings.collect(os.environ)
    if serve and served.address and not os.environ.get("LEERID_LINK_BASE"):
        # A card of the demo leads to this machine, so that it can be scanned here.
        own = replace(session.settings, link_base=f"{served.address}mijn")
        session = replace(session, settings=own)
    initialise(session.settings)
    made = []
    with session.context() as opened, working() as work:
        if session.settings.database_given or not list_schools(opened, session.actor):
            for batch in fill_demo(opened, session.actor, work, year_before=True):
                place = zip_file.write(batch.issued.archive, folder, batch.issued.batch)
                made.append((batch, place))
    _say_where(session, folder, made)
    if serve:
        with session.context() as opened:
            _say_users(session, let_demo_users_in(opened, session.actor))
        serving.run(session, served)


def _say_users(session: Session, users: Sequence[DemoUser]) -> None:
    """Show who can sign in; these passwords are new at each start and open invented data only."""
    session.table(
        "Aanmelden als",
        ("Login", "Rol", "Wachtwoord"),
        [(user.login, user.role.dutch, user.password) for user in users],
    )


def _say_where(session: Session, folder: Path, made: Sequence[tuple[DemoBatch, Path]]) -> None:
    session.document(
        {
            "database": session.settings.database_place,
            "batches": [
                {
                    "batch": batch.issued.batch,
                    "school": batch.school.number,
                    "pupils": batch.pupils,
                    "zip": place,
                }
                for batch, place in made
            ],
        }
    )
    place = session.settings.database_place
    if made:
        _show(session, made)
    else:
        session.say(f"De demo staat er al. Verwijder de map {folder} om opnieuw te beginnen.")
    session.say(
        f"De databank is {place}, de kaartjes staan in de map {folder}. Probeer bijvoorbeeld:",
        f"  leerid --database {place} pupils --school 990412 --search jan",
        f"  leerid --database {place} create --school 990688 --group 'Kapper DBSO' --out {folder}",
        f"  leerid --database {place} batches --school 990412",
    )


def _show(session: Session, made: Sequence[tuple[DemoBatch, Path]]) -> None:
    session.table(
        "Afdruklijsten",
        ("Lijst", "Instelling", "LeerID's", "Zipbestand"),
        [
            (batch.issued.batch, batch.school.name, batch.pupils, place.name)
            for batch, place in made
        ],
    )
