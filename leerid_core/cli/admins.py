"""`leerid admins`: who may sign in, and the roles at each school; no password is ever shown."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import Annotated

import typer

from leerid_core.cli.session import current
from leerid_core.rules.roles import Role
from leerid_core.rules.school_numbers import parse_school_number
from leerid_core.services import administrators as services
from leerid_core.store import AdministratorAccount

app = typer.Typer(help="De beheerders.", no_args_is_help=True, rich_markup_mode=None)

Login = Annotated[str, typer.Argument(metavar="LOGIN", help="Naam om aan te melden.")]


class RoleName(StrEnum):
    """The roles as they are typed."""

    ACCOUNT_MANAGER = "beheerder"
    DATA_MANAGER = "databeheerder"
    VIEWER = "inzage"

    @property
    def role(self) -> Role:
        """The role itself."""
        return Role[self.name]


@app.command()
def add(
    context: typer.Context,
    login: Login,
    name: Annotated[str, typer.Argument(metavar="NAAM", help="Voornaam en naam.")],
) -> None:
    """Voeg een beheerder toe; het wachtwoord wordt gevraagd, of gelezen van de invoer."""
    session = current(context)
    with session.context() as opened:
        account = services.add_administrator(opened, session.actor, login, name, _password())
    session.document(_values(account))
    session.say(f"{account.login} kan zich aanmelden. Geef nu rollen: leerid admins roles")


@app.command()
def password(context: typer.Context, login: Login) -> None:
    """Geef een beheerder een ander wachtwoord; wie aangemeld is, wordt afgemeld."""
    session = current(context)
    with session.context() as opened:
        services.set_password(opened, session.actor, login, _password())
    session.document({"login": login})
    session.say(f"Het wachtwoord van {login} is gewijzigd.")


@app.command()
def roles(
    context: typer.Context,
    login: Login,
    school: Annotated[str, typer.Argument(metavar="NUMMER", help="Instellingsnummer.")],
    names: Annotated[
        list[RoleName] | None,
        typer.Argument(metavar="[ROL]...", help="beheerder, databeheerder of inzage; geen: niets."),
    ] = None,
) -> None:
    """Geef een beheerder precies deze rollen in een instelling."""
    session = current(context)
    with session.context() as opened:
        account = services.set_roles(
            opened,
            session.actor,
            login,
            parse_school_number(school) or school,
            {name.role for name in names or ()},
        )
    session.document(_values(account))
    session.say(f"{account.login}: {_roles(account) or 'geen rollen'}")


@app.command()
def disable(context: typer.Context, login: Login) -> None:
    """Houd een beheerder buiten, ook wie nu aangemeld is."""
    _set_disabled(context, login, disabled=True)


@app.command()
def enable(context: typer.Context, login: Login) -> None:
    """Laat een beheerder opnieuw toe."""
    _set_disabled(context, login, disabled=False)


@app.command("list")
def list_all(context: typer.Context) -> None:
    """Toon de beheerders en hun rollen."""
    session = current(context)
    with session.context() as opened:
        found = services.list_administrators(opened, session.actor)
    session.document([_values(account) for account in found])
    rows = [
        (account.login, account.name, "nee" if account.disabled else "ja", _roles(account))
        for account in found
    ]
    session.table("Beheerders", ("Login", "Naam", "Toegelaten", "Rollen"), rows)


def _set_disabled(context: typer.Context, login: str, *, disabled: bool) -> None:
    session = current(context)
    with session.context() as opened:
        services.set_disabled(opened, session.actor, login, disabled=disabled)
    session.document({"login": login, "disabled": disabled})
    session.say(f"{login} is {'buitengehouden' if disabled else 'opnieuw toegelaten'}.")


def _password() -> str:
    if sys.stdin.isatty():
        asked: str = typer.prompt("Wachtwoord", hide_input=True, confirmation_prompt=True, err=True)
        return asked
    return sys.stdin.readline().rstrip("\r\n")


def _roles(account: AdministratorAccount) -> str:
    return ", ".join(
        f"{school_number} {' en '.join(sorted(role.dutch for role in some))}"
        for school_number, some in sorted(account.roles.items())
    )


def _values(account: AdministratorAccount) -> dict[str, object]:
    names = {name.role: name.value for name in RoleName}
    return {
        "login": account.login,
        "name": account.name,
        "disabled": account.disabled,
        "roles": {
            school_number: sorted(names[role] for role in some)
            for school_number, some in sorted(account.roles.items())
        },
    }
