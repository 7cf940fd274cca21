"""The editable table of a plan: what each pupil will get (manual, chapter 3)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import traitlets

from leerid_core.labels import KIND_LABELS
from leerid_core.rules.accounts import PasswordKind
from leerid_core.rules.passwords import kinds_for
from leerid_core.services.plans import PlannedAccount
from leerid_core.store import BatchKind
from leerid_core.workbench.components.component import Component, static
from leerid_core.workbench.pictures import picture_addresses


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

    def show(
        self, rows: Sequence[PlannedAccount], kind: BatchKind, checked: frozenset[int]
    ) -> None:
        """Show all rows anew."""
        values = [_values(row, kind, row.pupil.pupil_id in checked) for row in rows]
        self.send({"kind": "rows", "rows": values})

    def show_row(
        self, row: PlannedAccount, kind: BatchKind, checked: bool, number: int = 0
    ) -> None:
        """Show one row anew; `number` is that of the typed name that it answers."""
        self.send({"kind": "row", "row": _values(row, kind, checked), "number": number})

    def refuse(self, key: int, number: int, text: str) -> None:
        """Say at a row why the name that was typed there cannot be."""
        self.send({"kind": "refused", "key": key, "number": number, "text": text})


def _values(row: PlannedAccount, kind: BatchKind, checked: bool) -> dict[str, object]:
    pupil = row.pupil
    reasons = () if row.reason.code in _SILENT else (row.reason,)
    pictures = row.password_kind is PasswordKind.PICTURES
    return {
        "key": pupil.pupil_id,
        "name": f"{pupil.first_name} {pupil.last_name}",
        "stamnummer": pupil.stamnummer or "",
        "username": row.username,
        "renamable": kind is BatchKind.CREATION,
        "kind": row.password_kind,
        "kind_label": KIND_LABELS[row.password_kind],
        "kinds": [(one, KIND_LABELS[one]) for one in kinds_for(row.account_type)],
        "password": "" if pictures else row.password,
        "pictures": row.password.split() if pictures else [],
        "checked": checked,
        "findings": [
            {"severity": finding.severity, "text": finding.message}
            for finding in (*reasons, *row.findings)
        ],
    }


_SILENT = {"username_from_name", "password_renewed"}
"""What goes without saying in a table."""
