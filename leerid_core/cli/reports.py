"""`leerid report` and `leerid follow-up`: figures for a board, lists for the school."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from leerid_core.cli import filters, zip_file
from leerid_core.cli.progress import working
from leerid_core.cli.session import Session, current
from leerid_core.cli.trail import DATE_FORMATS
from leerid_core.errors import Refused
from leerid_core.rules.figures import NEW_DAYS
from leerid_core.services.follow_up import make_follow_up
from leerid_core.services.reporting import ReportFile, ReportForm, make_report
from leerid_core.services.usage_query import UsageQuery


def report(
    context: typer.Context,
    out: Annotated[Path, typer.Option(metavar="BESTAND", help="Een .pdf, .xlsx of .csv.")],
    school: filters.OptionalSchool = None,
    all_schools: Annotated[
        bool, typer.Option("--all", help="Alle instellingen, samen en apart.")
    ] = False,
    first: Annotated[
        datetime | None,
        typer.Option(
            "--from", formats=DATE_FORMATS, metavar="DATUM", help="Eerste dag [1 september]."
        ),
    ] = None,
    last: Annotated[
        datetime | None,
        typer.Option("--to", formats=DATE_FORMATS, metavar="DATUM", help="Laatste dag [vandaag]."),
    ] = None,
) -> None:
    """Maak een verslag met gebruiksstatistieken, voor bestuur en directie."""
    if all_schools == bool(school):
        raise typer.BadParameter("geef met --school één instelling, of --all voor alle")
    session = current(context)
    form = _form(out, tuple(ReportForm))
    query = UsageQuery(None if school is None else (school,), _day(first), _day(last))
    with session.context() as opened, working() as work:
        made = make_report(opened, session.actor, query, form, work)
    _write(session, made, out, "Het verslag staat")


def follow_up(
    context: typer.Context,
    school: filters.School,
    out: Annotated[Path, typer.Option(metavar="BESTAND", help="Een .pdf of .xlsx.")],
    classes: Annotated[
        list[str] | None, typer.Option("--class", help="Alleen deze (sub)klas; mag vaker.")
    ] = None,
    group: filters.Group = None,
    new_days: Annotated[
        int,
        typer.Option("--days", min=0, max=365, help="Alleen accounts die minstens zo oud zijn."),
    ] = NEW_DAYS,
) -> None:
    """Maak een lijst van wie zich nog nooit aanmeldde, per klas."""
    session = current(context)
    form = _form(out, (ReportForm.PDF, ReportForm.EXCEL))
    query = UsageQuery((school,), group=group, new_days=new_days)
    with session.context() as opened, working() as work:
        made = make_follow_up(opened, session.actor, query, form, classes or (), work)
    _write(session, made, out, "De lijst staat")


def _form(out: Path, forms: tuple[ReportForm, ...]) -> ReportForm:
    """Return the form that the extension asks for, once it is sure that it can be written."""
    found = [form for form in forms if out.suffix.lower() == f".{form}"]
    if not found:
        wanted = " of ".join(f".{form}" for form in forms)
        raise Refused("report_form", name=out.name, forms=wanted)
    zip_file.check_place(out)
    return found[0]


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None


def _write(session: Session, made: ReportFile, out: Path, label: str) -> None:
    try:
        zip_file.write_new(out, made.content)
    except OSError as error:
        raise Refused("file_failed", path=out) from error
    session.document({"file": out})
    session.say(f"{label} in {out}")
