"""The command line as a whole: global options, and an error as one sentence."""

from __future__ import annotations

import os
import sys
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from leerid_core.cli import (
    accounts,
    admins,
    batches,
    demo,
    imports,
    pupils,
    reports,
    schools,
    serve,
    sign_ins,
    trail,
)
from leerid_core.cli.session import REFUSED, Session, current, report_error
from leerid_core.errors import LeerIDError
from leerid_core.services.context import initialise
from leerid_core.settings import Settings


class _Reporting(TyperGroup):
    """Turns our errors into a sentence and an exit code; anything else is a fault of ours."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command that was asked for."""
        try:
            return super().invoke(ctx)
        except LeerIDError as error:
            report_error(error, ctx.obj)
            raise typer.Exit(REFUSED) from error


app = typer.Typer(
    name="leerid",
    cls=_Reporting,
    help="LeerID's voor een school: inschrijvingen inlezen, accounts maken, kaartjes afdrukken.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.add_typer(schools.app, name="schools")
app.add_typer(admins.app, name="admins")
app.add_typer(batches.app, name="batches")
app.add_typer(sign_ins.app, name="sign-ins")
app.command("import")(imports.import_file)
app.command("settle-group")(imports.settle_group)
app.command("pupils")(pupils.pupils)
app.command(
    "create",
    help="Maak LeerID's aan voor wie er nog geen heeft, en een zipbestand met de kaartjes.",
)(accounts.create)
app.command("renew", help="Vernieuw de wachtwoorden, met een zipbestand met de kaartjes.")(
    accounts.renew
)
app.command("rename")(accounts.rename)
app.command("report")(reports.report)
app.command("follow-up")(reports.follow_up)
app.command("audit")(trail.audit)
app.command("demo")(demo.demo)
app.command("serve")(serve.serve)


@app.callback()
def options(
    context: typer.Context,
    database: Annotated[
        str | None,
        typer.Option(help="Adres van de databank [LEERID_DATABASE_URL; leerid.sqlite]."),
    ] = None,
    key_file: Annotated[
        Path | None,
        typer.Option(help="Bestand met de sleutel [LEERID_KEY_FILE; naast de databank]."),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Eén JSON-document op de standaarduitvoer.")
    ] = False,
) -> None:
    """Keep what comes before the command."""
    settings = Settings.collect(os.environ, database, key_file)
    context.obj = Session(settings, as_json)


@app.command()
def init(context: typer.Context) -> None:
    """Richt de databank in en maak de sleutel; wat er al is, blijft."""
    session = current(context)
    initialise(session.settings)
    place = str(session.settings.key_file) if session.settings.key is None else "LEERID_KEY"
    session.document({"database": session.settings.database_place, "key_file": place})
    session.say(
        f"De databank {session.settings.database_place} is klaar.",
        f"Bewaar een kopie van de sleutel op een veilige plaats: {place}",
    )


def main() -> None:
    """Run the command; exit 0 when done, 1 when refused or with row errors, 2 for wrong use."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # names have letters that not every code page has
            stream.reconfigure(encoding="utf-8")
    app(prog_name="leerid")
