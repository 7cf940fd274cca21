"""Carry a plan out: progress, and the result in the manual's words (chapter 3)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import ipywidgets

from leerid_core.exports import PrintOptions
from leerid_core.rules.accounts import AccountType, PasswordKind
from leerid_core.services.issuing import Issued, create_accounts, renew_passwords
from leerid_core.services.plans import Plan
from leerid_core.services.work import Work
from leerid_core.store import BatchKind
from leerid_core.workbench import forms
from leerid_core.workbench.components.content import Content, bullets, element, title
from leerid_core.workbench.components.files import ZIP
from leerid_core.workbench.components.plan_table import PlanTable
from leerid_core.workbench.desk import Desk
from leerid_core.workbench.states.plan import PlanState
from leerid_core.workbench.views.wording import counted

DOWNLOAD = "Download zipbestand (Excel, A4 PDF, sticker PDF's)"
_CREATED = (
    "Het LeerID is succesvol aangemaakt.",
    "LeerID is aangemaakt",
    "LeerID's zijn aangemaakt",
)
_RENEWED = (
    "Het wachtwoord is succesvol vernieuwd.",
    "wachtwoord is vernieuwd",
    "wachtwoorden zijn vernieuwd",
)
_KINDS = {
    PasswordKind.TEMPORARY: (
        "met gevorderd wachtwoord: De leerlingen moeten hun wachtwoord aanpassen nadat ze de "
        "eerste keer aangemeld zijn. Ze kunnen nadien steeds hun wachtwoord aanpassen en een "
        "e-mailadres toevoegen."
    ),
    PasswordKind.WORD: "met basis wachtwoord.",
    PasswordKind.PICTURES: (
        "met afbeeldingswachtwoord: Gebruik de pdf-documenten, omdat de afbeeldingen niet in een "
        "Excel-bestand weer te geven zijn."
    ),
}
_NOUN = ("LeerID", "LeerID's")
_TYPES = {AccountType.BASIC: "basis", AccountType.ADVANCED: "gevorderde"}


def issue(desk: Desk, plan: Plan, options: PrintOptions, done: Callable[[Issued], None]) -> None:
    """Carry `plan` out in a thread; `done` gets what was made.

    Raises `Refused("work_under_way")` while other work is being done.
    """
    act = create_accounts if plan.kind is BatchKind.CREATION else renew_passwords

    def work(work: Work) -> Issued:
        return act(desk.context, desk.actor, plan, options, work)

    desk.run(work, done)


def give_archive(desk: Desk, issued: Issued) -> None:
    """Let the browser save the zip."""
    desk.download.give(issued.archive.name, ZIP, issued.archive.content)


def show_result(desk: Desk, plan: Plan, issued: Issued, back: Callable[[], None]) -> None:
    """Tell what was made, and give the zip to download as often as it is asked."""
    heading = _CREATED if plan.kind is BatchKind.CREATION else _RENEWED
    count = len(plan.rows)
    told = heading[0] if count == 1 else counted(count, *heading[1:])
    desk.show(
        title(_TITLES[plan.kind]),
        forms.card(
            Content(element("h2", told), bullets(_counts(plan))),
            forms.row(
                forms.button(DOWNLOAD, lambda: give_archive(desk, issued), primary=True),
                forms.button("Terug naar overzicht", back),
            ),
            Content(element("p", _KEPT.format(batch=issued.batch), class_="leerid-aside")),
        ),
        *(_list(plan, account_type) for account_type in AccountType),
        Content(element("p", _ABOUT_ZIP, class_="leerid-aside")),
    )
    desk.message.tell(_TOLD, "success")


_TOLD = "Alles is bewaard. Het zipbestand wordt gedownload."
_TITLES = {
    BatchKind.CREATION: "Bulk: maak LeerID's aan",
    BatchKind.RENEWAL: "Bulk: vernieuw wachtwoorden",
}
_KEPT = (
    "Dit is lijst {batch}. Onder Afdrukken kun je ze 14 dagen lang nog eens afdrukken, tot de "
    "leerling zich een eerste keer aanmeldt."
)
_ABOUT_ZIP = (
    "Let op: voor de leerlingen met een afbeeldingswachtwoord zal je steeds de pdf-documenten "
    "moeten gebruiken. De pdf-documenten bevatten kaartjes die je kan uitsnijden om uit te delen "
    "aan de leerlingen, op gewoon wit papier of op stickers van het formaat 105 x 48 mm."
)


def _counts(plan: Plan) -> list[str]:
    kinds = Counter(row.password_kind for row in plan.rows)
    return [f"{counted(number, *_NOUN)} {_KINDS[kind]}" for kind, number in kinds.items()]


def _list(plan: Plan, account_type: AccountType) -> ipywidgets.Widget:
    rows = tuple(row for row in plan.rows if row.account_type is account_type)
    if not rows:
        return Content()
    state = PlanState(replace(plan, rows=rows))
    new = "Nieuwe" if plan.kind is BatchKind.CREATION else "Vernieuwde"
    made = PlanTable(f"{new} {_TYPES[account_type]} LeerID's", editable=False)
    made.on("ready", lambda: made.show(state))
    return forms.card(made)
