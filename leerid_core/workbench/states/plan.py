"""A plan on the screen: which of its rows are taken, and what is wrong with a typed name."""

from __future__ import annotations

from dataclasses import dataclass

import traitlets

from leerid_core.errors import Refused
from leerid_core.services.planning_edits import only
from leerid_core.services.plans import Plan, PlannedAccount


@dataclass(frozen=True, slots=True)
class RefusedName:
    """A name that was typed and cannot be, and why: it stays to be mended, after a reload too."""

    username: str
    reason: str


class PlanState(traitlets.HasTraits):
    """What is true of a plan. `refused` are the typed names that cannot be, by pupil."""

    plan = traitlets.Instance(Plan)
    checked = traitlets.Instance(frozenset)
    refused: traitlets.Dict[int, RefusedName] = traitlets.Dict()

    def __init__(self, plan: Plan) -> None:
        super().__init__(plan=plan, checked=frozenset(row.pupil.pupil_id for row in plan.rows))

    def row(self, pupil_id: int) -> PlannedAccount | None:
        """Return the row of a pupil, None when the plan has none."""
        return next((row for row in self.plan.rows if row.pupil.pupil_id == pupil_id), None)

    def replace_plan(self, plan: Plan) -> list[PlannedAccount]:
        """Go on with a changed plan; return the rows that are different."""
        before = {row.pupil.pupil_id: row for row in self.plan.rows}
        self.plan = plan
        return [row for row in plan.rows if before[row.pupil.pupil_id] != row]

    def check(self, keys: list[int], checked: bool) -> None:
        """Take the rows of these pupils, or leave them out; keys of others are not heard."""
        known = {row.pupil.pupil_id for row in self.plan.rows if row.pupil.pupil_id in keys}
        self.checked = self.checked | known if checked else self.checked - known

    def refuse(self, pupil_id: int, name: RefusedName | None) -> None:
        """Keep that a typed name cannot be; None when the row has one that can."""
        others = {key: one for key, one in self.refused.items() if key != pupil_id}
        self.refused = others | ({pupil_id: name} if name else {})

    def to_mend(self) -> list[int]:
        """Return the rows that are taken with a name that cannot be, from the top."""
        taken = self.refused.keys() & self.checked
        return [row.pupil.pupil_id for row in self.plan.rows if row.pupil.pupil_id in taken]

    def settled(self) -> Plan:
        """Return the plan for the rows that are taken.

        Raises `Refused("plan_empty")` when there are none, and `Refused("names_refused")` when one
        of them still has a name that cannot be.
        """
        if not self.checked:
            raise Refused("plan_empty")
        if self.to_mend():
            raise Refused("names_refused", count=len(self.to_mend()))
        return only(self.plan, self.checked)
