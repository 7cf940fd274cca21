"""`leerid import`, `leerid pupils` and `leerid settle-group`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from leerid_core.cli import filters
from leerid_core.cli.progress import counting
from leerid_core.cli.session import REFUSED, Session, current, finding_values
from leerid_core.errors import Refused
from leerid_core.intake import Field
from leerid_core.labels import (
    CHANGE_LABELS,
    COUNT_LABELS,
    SEVERITY_LABELS,
    TYPE_LABELS,
)
from leerid_core.messages import sentence
from leerid_core.rules.accounts import AccountType
from leerid_core.rules.dates import dutch_date
from leerid_core.rules.enrolment_changes import Change, Difference, EnrolmentChange
from leerid_core.rules.enrolments import Enrolment
from leerid_core.rules.findings import Finding
from leerid_core.services.imports import ImportPreview, apply_import, preview_import
from leerid_core.services.schools import settle_group_type

SHOWN = 50


def import_file(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="BESTAND", exists=True, dir_okay=False)],
    school: filters.School,
    dry_run: Annotated[bool, typer.Option(help="Toon alleen wat er zou wijzigen.")] = False,
    end_missing: Annotated[
        bool, typer.Option(help="Beëindig de inschrijvingen die niet in het bestand staan.")
    ] = False,
    accept_large_change: Annotated[
        bool, typer.Option(help="Aanvaard dat meer dan 10 % van de inschrijvingen eindigt.")
    ] = False,
    mapping: Annotated[
        list[str] | None,
        typer.Option("--map", metavar="KOLOM=VELD", help="Verbeter een kolom; mag vaker."),
    ] = None,
) -> None:
    """Lees de inschrijvingen van een school uit een bestand."""
    session = current(context)
    fields = _mapping(mapping or [])
    with session.context() as opened, counting("Rijen lezen") as progress:
        preview = preview_import(
            opened,
            session.actor,
            school,
            file,
            mapping=fields,
            end_missing=end_missing,
            progress=progress,
        )
        refusal = None
        if not dry_run:
            try:
                preview = apply_import(
                    opened,
                    session.actor,
                    preview,
                    file.name,
                    accept_large_change=accept_large_change,
                )
            except Refused as error:
                refusal = error
        elif preview.is_large and not accept_large_change:
            refusal = Refused("import_large", ended=preview.counts()["ended"])
    _report_import(session, preview, refusal, applied=not dry_run and refusal is None)
    if refusal is not None or preview.counts()["errors"]:
        raise typer.Exit(REFUSED)


def _mapping(pairs: Sequence[str]) -> dict[str, Field]:
    labels = {field.label.casefold(): field for field in Field} | {field: field for field in Field}
    mapping = {}
    for pair in pairs:
        column, _, name = pair.rpartition("=")
        field = labels.get(name.strip().casefold())
        if not column or field is None:
            known = ", ".join(Field)
            raise typer.BadParameter(f"“{pair}” is geen KOLOM=VELD; de velden zijn {known}")
        mapping[column] = field
    return mapping


def _report_import(
    session: Session, preview: ImportPreview, refusal: Refused | None, *, applied: bool
) -> None:
    counts = preview.counts()
    document: dict[str, object] = {
        "applied": applied,
        "shape": preview.file.shape,
        "columns": [
            {"column": one.header, "field": one.field, "how": one.how}
            for one in preview.file.columns
        ],
        **counts,
        "findings": [finding_values(finding) for finding in preview.findings],
        "changes": [
            _change_values(change)
            for change in preview.changes
            if change.change is not Change.UNCHANGED
        ],
    }
    if refusal is not None:
        message = sentence(refusal.code, refusal.parameters)
        document["error"] = {"code": refusal.code, "message": message}
    session.document(document)
    _say_columns(session, preview)
    session.table(
        "Inschrijvingen", ("", "Aantal"), [(COUNT_LABELS[key], n) for key, n in counts.items()]
    )
    _say_changes(session, preview)
    _say_findings(session, preview.findings)
    if refusal is not None:
        session.say(sentence(refusal.code, refusal.parameters))
    elif not applied:
        session.say("Er is nog niets gewijzigd.")


def _say_columns(session: Session, preview: ImportPreview) -> None:
    used = [(one.header, one.field.label) for one in preview.file.columns if one.field]
    unused = [one.header for one in preview.file.columns if not one.field]
    session.table("Kolommen", ("Kolom", "Veld"), used)
    if unused:
        session.say(f"Niet gebruikt: {', '.join(unused)}")


def _say_changes(session: Session, preview: ImportPreview) -> None:
    """Show what is different in each enrolment that was there: old -> new."""
    lines = [
        f"{CHANGE_LABELS[change.change]}: {_name(change.enrolment)}: {_shown(change.differences)}"
        for change in preview.changes
        if change.change not in {Change.NEW, Change.UNCHANGED}
    ]
    session.say(*lines[:SHOWN])
    if len(lines) > SHOWN:
        session.say(f"… en nog {len(lines) - SHOWN} (alle met --json)")


def _name(enrolment: Enrolment) -> str:
    return f"{enrolment.first_name} {enrolment.last_name} ({enrolment.stamnummer or '–'})"


def _shown(differences: Sequence[Difference]) -> str:
    return ", ".join(
        f"{Field(one.field).label} {_plain(one.old) or '–'} → {_plain(one.new) or '–'}"
        for one in differences
    )


def _plain(value: object) -> str:
    if isinstance(value, date):
        return dutch_date(value)
    return ", ".join(value) if isinstance(value, tuple) else str(value or "")


def _change_values(change: EnrolmentChange) -> dict[str, object]:
    return {
        "row": change.match.row.row if change.match else None,
        "stamnummer": change.enrolment.stamnummer,
        "change": change.change,
        "differences": [
            {"field": one.field, "old": _plain(one.old), "new": _plain(one.new)}
            for one in change.differences
        ],
    }


def _say_findings(session: Session, findings: Sequence[Finding]) -> None:
    for finding in findings[:SHOWN]:
        place = f"rij {finding.row}" if finding.row else "bestand"
        column = f", kolom {finding.column}" if finding.column else ""
        session.say(f"{SEVERITY_LABELS[finding.severity]}: {place}{column}: {finding.message}")
    if len(findings) > SHOWN:
        session.say(f"… en nog {len(findings) - SHOWN} (alle met --json)")


def settle_group(
    context: typer.Context,
    school: filters.School,
    group: Annotated[str, typer.Option(help="Administratieve groep zoals ze in de lijst staat.")],
    account_type: Annotated[AccountType, typer.Option("--type", help="Het type van de groep.")],
) -> None:
    """Kies het type van een groep waarvan de naam het niet zegt."""
    session = current(context)
    with session.context() as opened:
        count = settle_group_type(opened, session.actor, school, group, account_type)
    session.document({"group": group, "account_type": account_type, "pupils": count})
    session.say(f"{count} leerlingen van “{group}”: {TYPE_LABELS[account_type].lower()} account.")
