"""`leerid schools`: add and list schools, and their class information."""

from __future__ import annotations

from typing import Annotated

import typer

from leerid_core.cli.session import current
from leerid_core.rules.enrolments import Level
from leerid_core.rules.school_numbers import parse_school_number
from leerid_core.services import schools as services
from leerid_core.store import School

app = typer.Typer(help="De instellingen.", no_args_is_help=True, rich_markup_mode=None)


@app.command()
def add(
    context: typer.Context,
    number: Annotated[str, typer.Argument(metavar="NUMMER", help="Instellingsnummer.")],
    name: Annotated[str, typer.Argument(metavar="NAAM")],
    niveau: Annotated[
        int | None,
        typer.Option(
            min=1, max=3, help="1 kleuter, 2 lager, 3 secundair: als niets anders het zegt."
        ),
    ] = None,
) -> None:
    """Voeg een instelling toe."""
    session = current(context)
    level = Level(niveau) if niveau else None
    with session.context() as opened:
        school = services.add_school(opened, session.actor, number, name, level)
    session.document(_values(school))
    session.say(f"Instelling {school.number} {school.name} is toegevoegd.")


@app.command("list")
def list_all(context: typer.Context) -> None:
    """Toon de instellingen."""
    session = current(context)
    with session.context() as opened:
        found = services.list_schools(opened, session.actor)
    session.document([_values(school) for school in found])
    rows = [
        (school.number, school.name, school.level, "ja" if school.shares_classes else "nee")
        for school in found
    ]
    session.table("Instellingen", ("Nummer", "Naam", "Niveau", "Deelt klasinformatie"), rows)


@app.command()
def share_classes(
    context: typer.Context,
    number: Annotated[str, typer.Argument(metavar="NUMMER", help="Instellingsnummer.")],
    share: Annotated[bool, typer.Option("--on/--off", help="Aan of uit.")] = True,
) -> None:
    """Deel de klasinformatie van een instelling, of niet meer."""
    session = current(context)
    with session.context() as opened:
        school = services.share_classes(
            opened, session.actor, parse_school_number(number) or number, share=share
        )
    session.document(_values(school))
    session.say(f"Klasinformatie van {school.name}: {'gedeeld' if share else 'niet gedeeld'}.")


def _values(school: School) -> dict[str, object]:
    return {
        "number": school.number,
        "name": school.name,
        "niveau": school.level,
        "shares_classes": school.shares_classes,
    }
