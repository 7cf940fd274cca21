"""One pupil: Inschrijvingsgegevens, Officiële gegevens and the account (manual, chapter 2)."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby
from math import ceil

import ipywidgets

from leerid_core.labels import KIND_LABELS, OUTCOME_LABELS, STATUS_LABELS, TYPE_LABELS
from leerid_core.rules.accounts import AccountStatus
from leerid_core.rules.dates import dutch_date
from leerid_core.rules.roles import Right
from leerid_core.rules.school_years import SchoolYear
from leerid_core.rules.throttling import NO_WAIT
from leerid_core.services.pupil_detail import PupilDetail, show_pupil
from leerid_core.services.pupil_throttling import waiting_time
from leerid_core.services.usernames import change_username
from leerid_core.workbench import forms
from leerid_core.workbench.components.content import (
    Content,
    Node,
    definitions,
    element,
    notice,
    table,
    title,
)
from leerid_core.workbench.desk import Desk, handler
from leerid_core.workbench.views.wording import (
    NOT_YET,
    REMARK_PUPIL,
    action,
    day,
    full_name,
    time_of,
)


class PupilScreen:
    """Shows a pupil; `create` and `renew` open what makes a card for him, `back` the list."""

    def __init__(
        self,
        desk: Desk,
        year: SchoolYear,
        create: Callable[[int], None],
        renew: Callable[[int], None],
        back: Callable[[], None],
    ) -> None:
        self.desk = desk
        self.year = year
        self._create = create
        self._renew = renew
        self._back = back

    def show(self, pupil_id: int) -> None:
        """Show the pupil; raises `NotFound` and `NotAllowed` as `show_pupil` does."""
        desk = self.desk
        detail = show_pupil(desk.context, desk.actor, desk.school.number, pupil_id, self.year)
        listed = detail.pupil.listed
        account = self._account(detail) if listed.username else self._no_account(detail)
        desk.show(
            forms.button("← Terug naar overzicht", self._back, plain=True),
            title(full_name(listed)),
            forms.card(Content(_data(detail, classes=desk.school.shares_classes))),
            forms.card(*account),
            *_attempts(detail),
            Content(REMARK_PUPIL),
            *_history(detail),
        )

    def _no_account(self, detail: PupilDetail) -> list[ipywidgets.Widget]:
        listed = detail.pupil.listed
        ended = listed.end_date < self.desk.context.today()
        verb = "was" if ended else "is"
        until = f"Deze leerling {verb} ingeschreven tot {dutch_date(listed.end_date)}"
        shown: list[ipywidgets.Widget] = [
            Content(element("h2", "Nog geen LeerID"), element("p", until))
        ]
        if self.desk.may(Right.ISSUE) and not ended:
            make = forms.button(
                "Maak een LeerID aan", lambda: self._create(listed.pupil_id), primary=True
            )
            shown.append(forms.row(make))
        return shown

    def _account(self, detail: PupilDetail) -> list[ipywidgets.Widget]:
        shown: list[ipywidgets.Widget] = [Content(_account(detail))]
        waits = detail.wait > NO_WAIT and detail.pupil.account_status is not AccountStatus.INACTIVE
        if waits:
            shown.append(Content(_wait(detail, renews=self.desk.may(Right.ISSUE))))
        if self.desk.may(Right.ISSUE):
            change = forms.button("Pas aanmeldgegevens aan", lambda: self._change(detail))
            buttons = [self._renewing(detail), change] if waits else [change]
            self._place = forms.card()
            self._place.add_class("leerid-hidden")
            shown += [forms.row(*buttons), self._place]
        return shown

    def _renewing(self, detail: PupilDetail) -> ipywidgets.Button:
        pupil_id = detail.pupil.listed.pupil_id
        renew = forms.button("Vernieuw wachtwoord", lambda: self._renew(pupil_id))
        renew.disabled = detail.pupil.account_status is AccountStatus.INACTIVE
        return renew

    @handler
    def _change(self, detail: PupilDetail) -> None:
        """Offer another username and a new password, below the account."""
        listed = detail.pupil.listed
        field = forms.text("Gebruikersnaam", listed.username or "", wide=True)
        save = forms.button(
            "Bewaar gebruikersnaam", lambda: self._rename(listed.pupil_id, field.value)
        )
        self._place.children = [
            Content(
                element("h2", "Pas aanmeldgegevens aan", tabindex="-1"),
                element("p", _NEW_CARD),
                takes_focus=True,
            ),
            forms.row(field, save, self._renewing(detail)),
        ]
        self._place.remove_class("leerid-hidden")

    @handler
    def _rename(self, pupil_id: int, wanted: str) -> None:
        desk = self.desk
        kept = change_username(desk.context, desk.actor, desk.school.number, pupil_id, wanted)
        self.show(pupil_id)
        desk.message.tell(f"De gebruikersnaam is nu {kept}.", "success")


_NEW_CARD = (
    "Met een andere gebruikersnaam klopt het oude kaartje niet meer: druk daarna een nieuw af."
)


def _data(detail: PupilDetail, *, classes: bool) -> Node:
    """Return both sets of data side by side, with what differs marked."""
    listed, official = detail.pupil.listed, detail.official
    enrolled: list[tuple[str, Node]] = [
        ("Voornaam", listed.first_name),
        ("Naam", listed.last_name),
        ("Stamnummer", listed.stamnummer or "–"),
        ("Administratieve groep", listed.administrative_group or "–"),
    ]
    if classes:
        enrolled.append(("(sub)Klas", ", ".join(listed.school_classes) or "–"))
    columns = [element("section", element("h2", "Inschrijvingsgegevens"), definitions(enrolled))]
    if official is None:
        given: Node = element("p", "Geen officiële gegevens beschikbaar.")
    else:
        given = definitions(
            [
                ("Voornaam", _marked(official.first_name, listed.first_name)),
                ("Naam", _marked(official.last_name, listed.last_name)),
                ("Geslacht", official.sex or "–"),
                ("Geboortedatum", dutch_date(official.birth_date) if official.birth_date else "–"),
            ]
        )
    columns.append(element("section", element("h2", "Officiële gegevens"), given))
    return element("div", *columns, class_="leerid-columns")


def _marked(value: str, enrolled: str) -> Node:
    if value == enrolled:
        return value
    return element("span", value, " – anders dan bij inschrijving", class_="leerid-differs")


def _account(detail: PupilDetail) -> Node:
    listed, status = detail.pupil.listed, detail.pupil.account_status
    pairs: list[tuple[str, Node]] = [("Account status", STATUS_LABELS[status])]
    if status is AccountStatus.ACTIVE and detail.inactive_from:
        until = dutch_date(detail.inactive_from)
        pairs.append(("", f"Wordt automatisch inactief bij einde inschrijving - {until}"))
    if status is AccountStatus.UPCOMING:
        pairs.append(("", f"Wordt actief op {dutch_date(listed.begin_date)}"))
    pairs += [
        ("Gebruikersnaam", listed.username or ""),
        ("Wachtwoord type", KIND_LABELS[listed.password_kind]),
        ("LeerID creatie", day(listed.created_at) if listed.created_at else "–"),
        ("Laatste aanmelding", time_of(listed.last_sign_in) if listed.last_sign_in else NOT_YET),
    ]
    heading = f"{TYPE_LABELS[listed.account_type]} LeerID"
    return element("section", element("h2", heading), definitions(pairs))


def _wait(detail: PupilDetail, *, renews: bool) -> Node:
    """Return that the pupil is kept waiting, and the way out."""
    wait = waiting_time(ceil(detail.wait.total_seconds()))
    way_out = (
        "Vernieuw het wachtwoord"
        if renews
        else "Een LeerID-beheerder kan het wachtwoord vernieuwen"
    )
    return notice(
        "Moet even wachten",
        f"Na te veel verkeerde wachtwoorden kan deze leerling zich pas over {wait} weer aanmelden. "
        f"{way_out}: met het nieuwe kaartje kan het meteen.",
    )


def _attempts(detail: PupilDetail) -> list[ipywidgets.Widget]:
    if not detail.attempts:
        return []
    told = groupby((time_of(one.at), OUTCOME_LABELS[one.outcome]) for one in detail.attempts)
    rows = [(at, _times(what, len(list(same)))) for (at, what), same in told]
    return [forms.card(Content(table("Laatste pogingen op Mijn LeerID", ("Wanneer", "Wat"), rows)))]


def _times(what: str, count: int) -> str:
    """Return what happened so many times within a minute."""
    return what if count == 1 else f"{what} ({count} keer)"


def _history(detail: PupilDetail) -> list[ipywidgets.Widget]:
    if not detail.history:
        return []
    rows = [(time_of(entry.at), action(entry), entry.actor) for entry in detail.history]
    return [forms.card(Content(table("Geschiedenis", ("Wanneer", "Wat", "Door"), rows)))]
