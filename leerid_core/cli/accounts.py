"""`leerid create`, `leerid renew` and `leerid rename`; none of them ever prints a password."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from leerid_core.cli import filters, zip_file
from leerid_core.cli.progress import working
from leerid_core.cli.session import REFUSED, Session, current, finding_values
from leerid_core.errors import NotFound
from leerid_core.exports import PrintOptions
from leerid_core.labels import KIND_LABELS
from leerid_core.messages import sentence
from leerid_core.services.actors import Actor
from leerid_core.services.context import Context
from leerid_core.services.issuing import Issued, create_accounts, renew_passwords
from leerid_core.services.plans import (
    Plan,
    PlannedAccount,
    plan_accounts,
    plan_renewal,
    release_plan,
)
from leerid_core.services.pupils import list_pupils
from leerid_core.services.usernames import change_username
from leerid_core.services.work import Work
from leerid_core.store import ListedPupil, PupilQuery

Planner = Callable[..., Plan]
Issuer = Callable[[Context, Actor, Plan, PrintOptions, Work], Issued]

DryRun = Annotated[bool, typer.Option(help="Toon alleen wat er zou gebeuren.")]


def _command(plan: Planner, issue: Issuer) -> Callable[..., None]:
    """Return a command that plans for a selection and issues what was planned."""

    def command(
        context: typer.Context,
        school: filters.School,
        search: filters.Search = "",
        account_type: filters.Type = None,
        group: filters.Group = None,
        school_class: filters.SchoolClass = None,
        stamnummers: filters.Stamnummers = None,
        basic: filters.Basic = None,
        out: zip_file.Out = None,
        start_at: zip_file.StartAt = 1,
        offset_x: zip_file.OffsetX = None,
        offset_y: zip_file.OffsetY = None,
        zip_password_stdin: zip_file.PasswordFromStdin = False,
        dry_run: DryRun = False,
    ) -> None:
        query = filters.query(search, account_type, group, school_class, stamnummers)
        printing = _printing(dry_run, out, start_at, offset_x, offset_y, zip_password_stdin)
        kind = filters.basic_kind(basic)

        def planned(opened: Context, actor: Actor) -> Plan:
            return plan(opened, actor, school, query, basic_kind=kind)

        _run(current(context), planned, query, issue, printing)

    return command


create = _command(plan_accounts, create_accounts)
renew = _command(plan_renewal, renew_passwords)


def rename(
    context: typer.Context,
    school: filters.School,
    stamnummer: Annotated[str, typer.Option(metavar="N", help="De leerling.")],
    username: Annotated[str, typer.Argument(metavar="GEBRUIKERSNAAM")],
) -> None:
    """Pas de gebruikersnaam van een leerling aan."""
    session = current(context)
    with session.context() as opened:
        query = PupilQuery(stamnummers=frozenset({stamnummer}))
        found = list_pupils(opened, session.actor, school, query).pupils
        if not found:
            raise NotFound("stamnummer_unknown", stamnummers=stamnummer)
        pupil_id = found[0].listed.pupil_id
        kept = change_username(opened, session.actor, school, pupil_id, username)
    session.document({"stamnummer": stamnummer, "username": kept})
    session.say(f"De gebruikersnaam is nu {kept}. Oude kaartjes kloppen niet meer: druk nieuwe af.")


def _run(
    session: Session,
    make_plan: Callable[[Context, Actor], Plan],
    query: PupilQuery,
    issue: Issuer,
    printing: zip_file.Printing | None,
) -> None:
    """Plan, and unless only that was asked, issue and write the zip; then tell what was done."""
    if printing is not None:
        zip_file.check_place(printing.out)
    with session.context() as opened, working() as work:
        plan = make_plan(opened, session.actor)
        _check_found(plan, query)
        try:
            if printing is None or not plan.rows:
                _report(session, plan)
                return
            options = printing.options(plan.school)
            issued = issue(opened, session.actor, plan, options, work)
        finally:
            release_plan(opened, session.actor, plan)
    place = zip_file.write(issued.archive, printing.out, issued.batch)
    _report(session, plan, issued.batch, place)


def _printing(
    dry_run: bool,
    out: Path | None,
    start_at: int,
    offset_x: float | None,
    offset_y: float | None,
    password_from_stdin: bool,
) -> zip_file.Printing | None:
    """Return how to print, None when nothing is to be made."""
    if dry_run:
        return None
    if out is None:
        raise typer.BadParameter("geef met --out waar het zipbestand komt")
    return zip_file.Printing(out, start_at, offset_x, offset_y, password_from_stdin)


def _check_found(plan: Plan, query: PupilQuery) -> None:
    """A stamnummer that nobody has is said before anything is made."""
    found = {row.pupil.stamnummer for row in plan.rows} | {
        row.pupil.stamnummer for row in plan.skipped
    }
    unknown = (query.stamnummers or frozenset()) - found
    if unknown:
        raise NotFound("stamnummer_unknown", stamnummers=", ".join(sorted(unknown)))


def _report(
    session: Session, plan: Plan, batch: int | None = None, place: Path | None = None
) -> None:
    session.document(
        {
            "batch": batch,
            "created": len(plan.rows),
            "skipped": len(plan.skipped),
            "rows": [_values(row) for row in plan.rows],
            "skipped_rows": [
                {"stamnummer": row.pupil.stamnummer, **finding_values(row.reason)}
                for row in plan.skipped
            ],
            "zip": place,
        }
    )
    session.table(
        f"Totaal aantal rijen: {len(plan.rows)}",
        ("Stamnummer", "Naam", "Gebruikersnaam", "Wachtwoord type", "Uitleg"),
        [_row(row) for row in plan.rows],
    )
    for row in plan.skipped:
        session.say(f"Overgeslagen: {_name(row.pupil)}: {row.reason.message}")
    if place is not None:
        session.say(f"Lijst {batch}: {len(plan.rows)} LeerID's. Zipbestand: {place}")
    elif plan.rows:
        session.say("Er is nog niets gewijzigd.")
    else:
        session.say(sentence("plan_empty"))
    if not plan.rows or any(row.reason.code == "type_unknown" for row in plan.skipped):
        raise typer.Exit(REFUSED)


def _values(row: PlannedAccount) -> dict[str, object]:
    return {
        "stamnummer": row.pupil.stamnummer,
        "username": row.username,
        "account_type": row.account_type,
        "password_kind": row.password_kind,
        "reason": row.reason.message,
        "findings": [finding_values(finding) for finding in row.findings],
    }


def _row(row: PlannedAccount) -> tuple[str | None, ...]:
    reasons = () if row.reason.code == "username_from_name" else (row.reason,)
    explanation = " ".join(finding.message for finding in (*reasons, *row.findings))
    kind = KIND_LABELS[row.password_kind]
    return row.pupil.stamnummer, _name(row.pupil), row.username, kind, explanation


def _name(pupil: ListedPupil) -> str:
    return f"{pupil.first_name} {pupil.last_name}"
