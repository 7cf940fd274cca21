"""Who works for the school, and with which roles (Schoolinstellingen)."""

from __future__ import annotations

from collections.abc import Callable

import ipywidgets

from leerid_core.rules.roles import Role
from leerid_core.services.administrators import administrators_of, set_roles
from leerid_core.workbench import forms
from leerid_core.workbench.components.content import Content, element
from leerid_core.workbench.desk import Desk, handler

_ABOUT = (
    "De LeerID-beheerder maakt LeerID's aan, de LeerID-databeheerder importeert inschrijvingen en "
    "beheert deze instellingen, inzage leest alleen. Wie je hier toevoegt, moet al een login voor "
    "het Schoolloket hebben."
)


class RolesCard:
    """One row of roles for each administrator; `shown_again` draws the page anew."""

    def __init__(self, desk: Desk, shown_again: Callable[[], None]) -> None:
        self.desk = desk
        self._shown_again = shown_again

    def widget(self) -> ipywidgets.Box:
        """Return the card; raises `NotAllowed` for who may not change the settings."""
        desk = self.desk
        number = desk.school.number
        rows = [
            self._row(forms.fixed("Login", account.login), account.name, account.roles[number])
            for account in administrators_of(desk.context, desk.actor, number)
        ]
        new = forms.text("Login van een nieuwe beheerder")
        return forms.card(
            Content(element("h2", "Beheerders en hun rollen"), element("p", _ABOUT)),
            *rows,
            self._row(new, "de nieuwe beheerder", frozenset()),
        )

    def _row(self, login: ipywidgets.Text, name: str, roles: frozenset[Role]) -> ipywidgets.Box:
        ticks = {role: forms.tick(role.dutch, value=role in roles) for role in Role}

        def save() -> None:
            self._save(login.value, {role for role, tick in ticks.items() if tick.value})

        button = forms.button("Bewaar rollen", save)
        button.tooltip = f"Bewaar de rollen van {name}"
        return forms.row(login, *ticks.values(), button)

    @handler
    def _save(self, login: str, roles: set[Role]) -> None:
        desk = self.desk
        account = set_roles(desk.context, desk.actor, login, desk.school.number, roles)
        self._shown_again()
        desk.message.tell(f"De rollen van {account.name} zijn bewaard.", "success")
