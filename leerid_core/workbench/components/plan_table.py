"""The editable table of a plan: what each pupil will get (manual, chapter 3)."""

from __future__ import annotations

from typing import Any

import traitlets

from leerid_core.labels import KIND_LABELS
from leerid_core.rules.accounts import PasswordKind
from leerid_core.rules.findings import Severity
from leerid_core.rules.passwords import kinds_for
from leerid_core.services.plans import PlannedAccount
from leerid_core.store import BatchKind
from leerid_core.workbench.components.component import Component, static
from leerid_core.workbench.pictures import picture_addresses
from leerid_core.workbench.states.plan import PlanState, RefusedName


class PlanTable(Component):
    """Shows the rows of a plan. Passwords travel in messages only, never in a synced trait.

    Messages of the browser: "ready", "rename", "change_kind", "renew" and "check".
    """

    _esm = static("dom.js", "plan_table.js")
    title = traitlets.Unicode().tag(sync=True)
    editable = traitlets.Bool(True).tag(sync=True)
    pictures: traitlets.Dict[str, Any] = traitlets.Dict().tag(sync=True)

    def __init__(self, title: str, *, editable: bool = True) -> None:
        super().__init__(title=title, editable=editable, pictures=picture_addresses())

    def show(self, state: PlanState) -> None:
        """Show all rows anew."""
        self.send({"kind": "rows", "rows": [_values(row, state) for row in state.plan.rows]})

    def show_row(self, row: PlannedAccount, state: PlanState, number: int = 0) -> None:
        """Show one row anew; `number` is that of the typed name that it answers."""
        self.send({"kind": "row", "row": _values(row, state), "number": number})

    def point(self, key: int) -> None:
        """Bring the user to the username of a row."""
        self.send({"kind": "point", "key": key})

    def refuse(self, key: int, number: int, text: str) -> None:
        """Say at a row why the name that was typed there cannot be."""
        self.send({"kind": "refused", "key": key, "number": number, "text": text})


def _values(row: PlannedAccount, state: PlanState) -> dict[str, object]:
    pupil = row.pupil
    refused = state.refused.get(pupil.pupil_id)
    pictures = row.password_kind is PasswordKind.PICTURES
    return {
        "key": pupil.pupil_id,
        "name": f"{pupil.first_name} {pupil.last_name}",
        "stamnummer": pupil.stamnummer or "",
        "username": refused.username if refused else row.username,
        "renamable": state.plan.kind is BatchKind.CREATION,
        "kind": row.password_kind,
        "kind_label": KIND_LABELS[row.password_kind],
        "kinds": [(one, KIND_LABELS[one]) for one in kinds_for(row.account_type)],
        "password": "" if pictures else row.password,
        "pictures": row.password.split() if pictures else [],
        "checked": pupil.pupil_id in state.checked,
        "findings": _notes(row, refused),
    }


def _notes(row: PlannedAccount, refused: RefusedName | None) -> list[dict[str, str]]:
    if refused is not None:
        return [{"severity": Severity.ERROR, "text": refused.reason}]
    reasons = () if row.reason.code in _SILENT else (row.reason,)
    return [
        {"severity": finding.severity, "text": finding.message}
        for finding in (*reasons, *row.findings)
    ]


_SILENT = {"username_from_name", "password_renewed"}
"""What goes without saying in a table."""
