"""`leerid sign-ins import` and `leerid sign-ins recount`."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from leerid_core.cli import filters
from leerid_core.cli.progress import working
from leerid_core.cli.session import REFUSED, Session, current, finding_values
from leerid_core.intake.sign_ins import SignInFormat
from leerid_core.messages import sentence
from leerid_core.services.sign_in_imports import NO_APPLICATION, SignInImport, import_sign_ins
from leerid_core.services.sign_in_recounts import recount_sign_ins

app = typer.Typer(help="Aanmeldingen: lezen uit andere toepassingen, en de tellingen nakijken.")


class Format(StrEnum):
    """How a file is written; AUTO is by its content."""

    AUTO = "auto"
    CSV = "csv"
    JSONL = "jsonl"
    KEYCLOAK = "keycloak"


@app.command("import")
def import_file(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="BESTAND", exists=True, dir_okay=False)],
    written_as: Annotated[
        Format, typer.Option("--format", help="Hoe het bestand geschreven is; auto kijkt zelf.")
    ] = Format.AUTO,
    school: filters.OptionalSchool = None,
    application: Annotated[
        str, typer.Option(help="De toepassing, voor rijen die er geen noemen.")
    ] = NO_APPLICATION,
) -> None:
    """Lees aanmeldingen bij andere toepassingen uit een bestand; dubbels tellen één keer."""
    session = current(context)
    with session.context() as opened, working() as work:
        done = import_sign_ins(
            opened,
            session.actor,
            school,
            file,
            file.name,
            file_format=None if written_as is Format.AUTO else SignInFormat(written_as.value),
            application=application,
            work=work,
        )
    _report_import(session, done)
    if done.stopped is not None or done.wrong:
        raise typer.Exit(REFUSED)


@app.command("recount")
def recount(context: typer.Context) -> None:
    """Tel alle aanmeldingen opnieuw en kijk of de cijfers kloppen; wat fout is, wordt hersteld."""
    session = current(context)
    with session.context() as opened, working() as work:
        wrong = recount_sign_ins(opened, session.actor, work)
    session.document({"schools": len(wrong), "wrong": {key: n for key, n in wrong.items() if n}})
    if not any(wrong.values()):
        session.say("De cijfers zijn gelijk aan de aanmeldingen: er was niets te herstellen.")
        return
    session.table(
        "Herstelde tellingen", ("Instelling", "Tellingen"), [row for row in wrong.items() if row[1]]
    )
    raise typer.Exit(REFUSED)


def _report_import(session: Session, done: SignInImport) -> None:
    stopped = done.stopped and sentence(done.stopped.code, done.stopped.parameters)
    session.document(
        {
            **done.counts(),
            "unknown_names": [{"username": name, "rows": n} for name, n in done.unknown_names],
            "findings": [finding_values(finding) for finding in done.findings],
            "stopped": stopped,
        }
    )
    session.table(
        "Aanmeldingen",
        ("Nieuw", "Al bekend", "Onbekende gebruikersnaam", "Fout", "Geen aanmelding"),
        [tuple(done.counts().values())],
    )
    if done.unknown_names:
        session.table(
            "Onbekende gebruikersnamen, de meeste eerst",
            ("Gebruikersnaam", "Rijen"),
            done.unknown_names,
        )
    if done.findings:
        session.table(
            "Rijen met een fout",
            ("Rij", "Fout"),
            [(finding.row, finding.message) for finding in done.findings],
        )
    if stopped:
        session.say(stopped, "Wat al gelezen was, is bewaard. Lees het bestand gerust opnieuw.")
