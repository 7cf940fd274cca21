"""A LeerID for one pupil: name and password can be changed first (manual, chapter 2)."""

from __future__ import annotations

from collections.abc import Callable

import ipywidgets

from leerid_core.errors import Refused
from leerid_core.labels import KIND_LABELS
from leerid_core.messages import sentence
from leerid_core.rules.accounts import PasswordKind
from leerid_core.rules.passwords import kinds_for
from leerid_core.services.issuing import Issued
from leerid_core.services.planning_edits import change_kind, rename_planned, renew_planned
from leerid_core.services.plans import Plan, PlannedAccount, release_plan
from leerid_core.store import BatchKind
from leerid_core.workbench import forms
from leerid_core.workbench.components.content import Content, Node, element, title
from leerid_core.workbench.desk import Desk, handler
from leerid_core.workbench.pictures import picture_addresses
from leerid_core.workbench.states.plan import PlanState, RefusedName
from leerid_core.workbench.views.issuing import give_archive, issue
from leerid_core.workbench.views.printing import PrintForm
from leerid_core.workbench.views.wording import REMARK_NAMES, full_name

_TITLES = {
    BatchKind.CREATION: "LeerID aanmaken",
    BatchKind.RENEWAL: "Wachtwoord vernieuwen",
}
_DONE = {
    BatchKind.CREATION: "Het LeerID is succesvol aangemaakt.",
    BatchKind.RENEWAL: "Het wachtwoord is succesvol vernieuwd.",
}


class SingleScreen:
    """Shows the plan of one pupil; `back` opens the pupil again."""

    def __init__(self, desk: Desk, plan: Plan, back: Callable[[], None]) -> None:
        self.desk = desk
        self.state = PlanState(plan)
        self._back = back
        self._printing = PrintForm(plan.school)
        self._password = Content()
        self._note = Content()

    @property
    def _row(self) -> PlannedAccount:
        return self.state.plan.rows[0]

    def show(self) -> None:
        """Show the form; without a row the pupil cannot be taken, which is told instead.

        Raises `Refused("plan_empty")` for a plan of nobody.
        """
        plan = self.state.plan
        if plan.skipped:
            self.desk.message.tell(plan.skipped[0].reason.message, "error")
            return
        if not plan.rows:
            raise Refused("plan_empty")
        self._draw()
        self.desk.show(
            forms.button("← Terug naar de leerling", self._cancel, plain=True),
            title(_TITLES[plan.kind]),
            forms.card(
                Content(element("h2", full_name(self._row.pupil))),
                forms.row(*self._name()),
                self._note,
                *self._kinds(),
                forms.row(
                    self._password,
                    forms.button("genereer nieuw wachtwoord", self._renew, plain=True),
                ),
            ),
            self._printing.widget(),
            forms.row(
                forms.button("Bewaren en afdrukken", self._save, primary=True),
                forms.button("Annuleer", self._cancel),
            ),
            Content(REMARK_NAMES),
        )

    def _name(self) -> list[ipywidgets.Widget]:
        field = forms.text("Gebruikersnaam *", self._row.username, wide=True)
        field.disabled = True
        if self.state.plan.kind is not BatchKind.CREATION:
            return [field]

        def allow() -> None:
            field.disabled = False
            field.focus()

        field.observe(lambda change: self._rename(change["new"]), "value")
        return [field, forms.button("pas gebruikersnaam aan", allow, plain=True)]

    def _kinds(self) -> list[ipywidgets.Widget]:
        kinds = kinds_for(self._row.account_type)
        if len(kinds) < 2:
            return []
        options = [(KIND_LABELS[kind], kind) for kind in kinds]
        choice = ipywidgets.RadioButtons(
            options=options, value=self._row.password_kind, description="Wachtwoord type"
        )
        choice.observe(lambda change: self._change_kind(change["new"]), "value")
        return [choice]

    @handler
    def _rename(self, username: str) -> None:
        """Take the typed name, or say at once why it cannot be."""
        desk, state = self.desk, self.state
        key = self._row.pupil.pupil_id
        try:
            state.plan = rename_planned(desk.context, desk.actor, state.plan, key, username)
        except Refused as error:
            refused = RefusedName(username, sentence(error.code, error.parameters))
            state.refuse(key, refused)
            self._note.show(_note("error", refused.reason))
            return
        state.refuse(key, None)
        self._draw()

    @handler
    def _change_kind(self, kind: PasswordKind) -> None:
        desk, key = self.desk, self._row.pupil.pupil_id
        self.state.plan = change_kind(desk.context, desk.actor, self.state.plan, [key], kind)
        self._draw()

    @handler
    def _renew(self) -> None:
        desk, key = self.desk, self._row.pupil.pupil_id
        self.state.plan = renew_planned(desk.context, desk.actor, self.state.plan, [key])
        self._draw()

    def _draw(self) -> None:
        row = self._row
        self._password.show(element("dl", element("dt", "Wachtwoord"), element("dd", _shown(row))))
        self._note.show(_note("info", row.reason.message))

    @handler
    def _save(self) -> None:
        plan = self.state.settled()
        options = self._printing.options()

        def done(issued: Issued) -> None:
            give_archive(self.desk, issued)
            self._back()
            self.desk.message.tell(_DONE[plan.kind], "success")

        issue(self.desk, plan, options, done)

    @handler
    def _cancel(self) -> None:
        release_plan(self.desk.context, self.desk.actor, self.state.plan)
        self._back()


def _shown(row: PlannedAccount) -> Node:
    if row.password_kind is not PasswordKind.PICTURES:
        return element("span", row.password, class_="leerid-code")
    addresses = picture_addresses()
    pictures = (element("img", src=addresses[key], alt=key) for key in row.password.split())
    return element("span", *pictures, class_="leerid-pictures")


def _note(severity: str, text: str) -> Node:
    return element("ul", element("li", text, class_=f"leerid-{severity}"), class_="leerid-notes")
