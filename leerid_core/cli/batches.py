"""`leerid batches`: what was handed out, print it again, undo it."""

from __future__ import annotations

from typing import Annotated

import typer

from leerid_core.cli import filters, zip_file
from leerid_core.cli.progress import working
from leerid_core.cli.session import current
from leerid_core.labels import BATCH_LABELS
from leerid_core.rules.dates import dutch_date
from leerid_core.rules.school_time import school_day
from leerid_core.services.batches import find_batch, list_batches, reprint_batch, undo_batch
from leerid_core.store import Batch

app = typer.Typer(help="De afdruklijsten.", rich_markup_mode=None)

Number = Annotated[int, typer.Argument(metavar="NUMMER", help="Nummer van de lijst.")]


@app.callback(invoke_without_command=True)
def batches(context: typer.Context, school: filters.OptionalSchool = None) -> None:
    """Toon de afdruklijsten van een school."""
    if context.invoked_subcommand is not None:
        return
    if school is None:
        raise typer.BadParameter("geef met --school van welke instelling")
    session = current(context)
    with session.context() as opened:
        found = list_batches(opened, session.actor, school)
    session.document([_values(batch) for batch in found])
    session.table(
        "Afdruklijsten",
        ("Lijst", "Soort", "Gemaakt op", "Door", "Leerlingen", "Aangemeld", "Afdrukken tot"),
        [_row(batch) for batch in found],
    )


@app.command()
def reprint(
    context: typer.Context,
    number: Number,
    out: zip_file.RequiredOut,
    start_at: zip_file.StartAt = 1,
    offset_x: zip_file.OffsetX = None,
    offset_y: zip_file.OffsetY = None,
    zip_password_stdin: zip_file.PasswordFromStdin = False,
) -> None:
    """Druk een lijst nog eens af, zolang de wachtwoorden bewaard zijn."""
    session = current(context)
    printing = zip_file.Printing(out, start_at, offset_x, offset_y, zip_password_stdin)
    zip_file.check_place(out)
    with session.context() as opened, working() as work:
        _, school = find_batch(opened, session.actor, number)
        options = printing.options(school)
        reprinted = reprint_batch(opened, session.actor, number, options, work=work)
    place = zip_file.write(reprinted.archive, out, number)
    session.document(
        {
            "batch": number,
            "pupils": reprinted.pupils,
            "destroyed": reprinted.destroyed,
            "zip": place,
        }
    )
    session.say(f"Lijst {number}: {reprinted.pupils} kaartjes. Zipbestand: {place}")
    if reprinted.destroyed:
        session.say(f"Van {reprinted.destroyed} leerlingen is het wachtwoord al gewist.")


@app.command()
def undo(context: typer.Context, number: Number) -> None:
    """Maak een lijst ongedaan, zolang niemand ervan zich aangemeld heeft."""
    session = current(context)
    with session.context() as opened:
        batch = undo_batch(opened, session.actor, number)
    session.document({"batch": number, "kind": batch.kind, "pupils": batch.pupils})
    session.say(f"Lijst {number} is ongedaan gemaakt: {batch.pupils} leerlingen.")


def _values(batch: Batch) -> dict[str, object]:
    return {
        "batch": batch.number,
        "kind": batch.kind,
        "created_at": batch.created_at.isoformat(),
        "created_by": batch.created_by,
        "pupils": batch.pupils,
        "signed_in": batch.signed_in,
        "sealed_until": batch.sealed_until and batch.sealed_until.isoformat(),
        "undone_at": batch.undone_at and batch.undone_at.isoformat(),
    }


def _row(batch: Batch) -> tuple[object, ...]:
    kind = BATCH_LABELS[batch.kind] + (" (ongedaan gemaakt)" if batch.undone_at else "")
    until = dutch_date(school_day(batch.sealed_until)) if batch.sealed_until else "niet meer"
    made = dutch_date(school_day(batch.created_at))
    return batch.number, kind, made, batch.created_by, batch.pupils, batch.signed_in, until
