"""Who works for the school, and with which roles (Schoolinstellingen)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import ipywidgets

from leerid_core.rules.administrators import START_PASSWORD_DAYS
from leerid_core.rules.roles import Role
from leerid_core.services.administrators import administrators_of, set_roles
from leerid_core.services.colleagues import Colleague, add_colleague, renew_start_password
from leerid_core.store import AdministratorAccount
from leerid_core.workbench import forms
from leerid_core.workbench.components.content import Content, element
from leerid_core.workbench.desk import Desk, close, handler

_ABOUT = (
    "De LeerID-beheerder maakt LeerID's aan, de LeerID-databeheerder importeert inschrijvingen en "
    "beheert deze instellingen, inzage leest alleen. Wie geen rol meer heeft, ziet niets meer van "
    "deze instelling."
)
_ADD = (
    "Wie nog geen login heeft, krijgt een startwachtwoord. Wie al een login heeft voor een andere "
    "instelling, krijgt de rollen erbij: vul dan dezelfde login en naam in."
)
_START = (
    "Geef het persoonlijk of telefonisch door: je ziet het maar één keer. Het moet bij de eerste "
    f"aanmelding gewijzigd worden, en werkt {START_PASSWORD_DAYS} dagen."
)
Ticks = Mapping[Role, ipywidgets.Checkbox]


class RolesCard:
    """One row of roles for each administrator; `shown_again` draws the page anew."""

    def __init__(self, desk: Desk, shown_again: Callable[[], None]) -> None:
        self.desk = desk
        self._shown_again = shown_again

    def widget(self) -> ipywidgets.Box:
        """Return the card; raises `NotAllowed` for who may not change the settings."""
        desk = self.desk
        accounts = administrators_of(desk.context, desk.actor, desk.school.number)
        self._place = forms.card()
        self._place.add_class("leerid-hidden")
        return forms.card(
            Content(element("h2", "Beheerders en hun rollen"), element("p", _ABOUT)),
            *map(self._row, accounts),
            self._place,
            *self._new(),
        )

    def _row(self, account: AdministratorAccount) -> ipywidgets.Box:
        ticks = _ticks(account.roles[self.desk.school.number])
        save = forms.button("Bewaar rollen", lambda: self._save(account, _chosen(ticks)))
        save.tooltip = f"Bewaar de rollen van {account.name}"
        renew = forms.button("Nieuw startwachtwoord", lambda: self._renew(account))
        renew.tooltip = f"Nieuw startwachtwoord voor {account.name}"
        who = Content(
            element("strong", account.name),
            element("span", account.login, class_="leerid-aside"),
        )
        who.add_class("leerid-who")
        return forms.row(who, *ticks.values(), save, renew)

    def _new(self) -> list[ipywidgets.Widget]:
        login = forms.text("Login van een nieuwe beheerder", hint="naam@school.be")
        name = forms.text("Voornaam en naam")
        ticks = _ticks(frozenset())
        add = forms.button("Voeg toe", lambda: self._add(login.value, name.value, _chosen(ticks)))
        about = Content(
            element("h3", "Voeg een beheerder toe"), element("p", _ADD, class_="leerid-aside")
        )
        return [about, forms.row(login, name, *ticks.values(), add)]

    @handler
    def _save(self, account: AdministratorAccount, roles: set[Role]) -> None:
        desk = self.desk
        set_roles(desk.context, desk.actor, account.login, desk.school.number, roles)
        self._shown_again()
        told = "zijn bewaard" if roles else "zijn afgenomen"
        desk.message.tell(f"De rollen van {account.name} {told}.", "success")

    @handler
    def _add(self, login: str, name: str, roles: set[Role]) -> None:
        desk = self.desk
        added = add_colleague(desk.context, desk.actor, desk.school.number, login, name, roles)
        self._shown_again()
        desk.message.tell(f"{added.account.name} is toegevoegd.", "success")
        self._tell(added)

    @handler
    def _renew(self, account: AdministratorAccount) -> None:
        desk = self.desk
        self._tell(
            renew_start_password(desk.context, desk.actor, desk.school.number, account.login)
        )

    def _tell(self, colleague: Colleague) -> None:
        """Show a start password, until the page is drawn anew."""
        if colleague.start_password is None:
            return
        heading = f"Startwachtwoord van {colleague.account.name} ({colleague.account.login})"
        for earlier in self._place.children:
            close(earlier)
        self._place.remove_class("leerid-hidden")
        self._place.children = [
            Content(
                element("h3", heading, tabindex="-1"),
                element("p", element("span", colleague.start_password, class_="leerid-code")),
                element("p", _START, class_="leerid-aside"),
                takes_focus=True,
            ),
            forms.row(forms.button("Verberg", self._shown_again)),
        ]


def _ticks(roles: frozenset[Role]) -> Ticks:
    return {role: forms.tick(role.dutch, value=role in roles) for role in Role}


def _chosen(ticks: Ticks) -> set[Role]:
    return {role for role, tick in ticks.items() if tick.value}
