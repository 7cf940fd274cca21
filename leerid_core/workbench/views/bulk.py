"""Bulk: a plan is looked over and changed before anything is made (manual, chapter 3)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ipywidgets import Widget

from leerid_core.errors import Refused
from leerid_core.labels import KIND_LABELS
from leerid_core.messages import sentence
from leerid_core.rules.accounts import AccountType, PasswordKind
from leerid_core.rules.passwords import kinds_for
from leerid_core.services.issuing import Issued
from leerid_core.services.planning_edits import change_kind, rename_planned, renew_planned
from leerid_core.services.plans import Plan, SkippedPupil, release_plan
from leerid_core.store import BatchKind
from leerid_core.workbench import forms
from leerid_core.workbench.components.content import Content, Node, bullets, element, title
from leerid_core.workbench.components.plan_table import PlanTable
from leerid_core.workbench.desk import Desk, handler
from leerid_core.workbench.states.plan import PlanState, RefusedName
from leerid_core.workbench.views.issuing import give_archive, issue, show_result
from leerid_core.workbench.views.printing import PrintForm
from leerid_core.workbench.views.wording import REMARK_NAMES, counted, who

NAMED = 50
_HEADINGS = {
    BatchKind.CREATION: ("Bulk: maak LeerID's aan", "Leerlingen zonder LeerID"),
    BatchKind.RENEWAL: ("Bulk: vernieuw wachtwoorden", "Leerlingen met een LeerID"),
}


class BulkScreen:
    """Shows a plan; `back` opens the list again."""

    def __init__(self, desk: Desk, plan: Plan, back: Callable[[], None]) -> None:
        self.desk = desk
        self.state = PlanState(plan)
        self._back = back
        self._printing = PrintForm(plan.school)

    def show(self) -> None:
        """Show the rows, who is left out and why, and how to print."""
        plan = self.state.plan
        heading, caption = _HEADINGS[plan.kind]
        self._table = PlanTable(caption)
        self._table.on("ready", self._fill)
        self._table.on("rename", self._rename, key=int, username=str, number=int)
        self._table.on("change_kind", self._change_kind, key=int, value=str)
        self._table.on("renew", self._renew, key=int)
        self._table.on("check", self.state.check, keys=list, checked=bool)
        buttons = [forms.button("Annuleren", self._cancel)]
        if plan.rows:
            buttons.insert(0, forms.button("Bewaren en afdrukken", self._save, primary=True))
        table = [forms.card(*self._kind_choice(), self._table)] if plan.rows else []
        self.desk.show(
            title(heading),
            *_left_out(plan.skipped),
            *table,
            *([self._printing.widget()] if plan.rows else []),
            forms.row(*buttons),
            Content(REMARK_NAMES),
        )
        if not plan.rows:
            self.desk.message.tell(sentence("plan_empty"), "warning")

    def _fill(self) -> None:
        self._table.show(self.state)

    def _kind_choice(self) -> list[Widget]:
        basic = [row for row in self.state.plan.rows if row.account_type is AccountType.BASIC]
        if not basic:
            return []
        kinds = kinds_for(AccountType.BASIC)
        choice = forms.choice(
            "Wachtwoord type voor de hele selectie", [(KIND_LABELS[kind], kind) for kind in kinds]
        )
        apply = forms.button(
            "Pas toe op alle basisaccounts", lambda: self._change_all(choice.value)
        )
        return [forms.row(choice, apply)]

    @handler
    def _change_all(self, kind: PasswordKind) -> None:
        everyone = frozenset(row.pupil.pupil_id for row in self.state.plan.rows)
        desk = self.desk
        self.state.plan = change_kind(desk.context, desk.actor, self.state.plan, everyone, kind)
        self._fill()

    @handler
    def _change_kind(self, key: int, value: str) -> None:
        if value in set(PasswordKind):
            desk, kind = self.desk, PasswordKind(value)
            self._go_on(change_kind(desk.context, desk.actor, self.state.plan, [key], kind))

    @handler
    def _renew(self, key: int) -> None:
        desk = self.desk
        self._go_on(renew_planned(desk.context, desk.actor, self.state.plan, [key]))

    @handler
    def _rename(self, key: int, username: str, number: int) -> None:
        """Take a typed name; what is wrong with it is told at its row."""
        desk, state = self.desk, self.state
        try:
            plan = rename_planned(desk.context, desk.actor, state.plan, key, username)
        except Refused as error:
            refused = RefusedName(username, sentence(error.code, error.parameters))
            state.refuse(key, refused)
            self._table.refuse(key, number, refused.reason)
            return
        state.refuse(key, None)
        self._go_on(plan, key, number)

    def _go_on(self, plan: Plan, typed: int = 0, number: int = 0) -> None:
        """Show what is different; a typed name is answered even when it is the same again."""
        state = self.state
        changed = state.replace_plan(plan)
        rows = {row.pupil.pupil_id: row for row in changed}
        row = state.row(typed)
        if row is not None:
            rows[typed] = row
        for key, one in rows.items():
            self._table.show_row(one, state, number if key == typed else 0)

    @handler
    def _save(self) -> None:
        try:
            plan = self.state.settled()
        except Refused as error:
            self.desk.message.tell(sentence(error.code, error.parameters), "error")
            for key in self.state.to_mend()[:1]:
                self._table.point(key)
            return
        options = self._printing.options()

        def done(issued: Issued) -> None:
            show_result(self.desk, plan, issued, self._back)
            give_archive(self.desk, issued)

        issue(self.desk, plan, options, done)

    @handler
    def _cancel(self) -> None:
        release_plan(self.desk.context, self.desk.actor, self.state.plan)
        self._back()


def _left_out(skipped: Sequence[SkippedPupil]) -> list[Widget]:
    """Name who cannot be taken before anything is made, with the reason."""
    if not skipped:
        return []
    heading = f"{counted(len(skipped), 'leerling kan', 'leerlingen kunnen')} niet mee"
    named: list[Node] = [f"{who(one.pupil)}: {one.reason.message}" for one in skipped[:NAMED]]
    if len(skipped) > NAMED:
        named.append(f"… en nog {len(skipped) - NAMED}")
    return [forms.card(Content(element("h2", heading), bullets(named)))]
