"""The filter of the pupil list, as options that several commands share."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from leerid_core.rules.accounts import AccountType, PasswordKind
from leerid_core.rules.school_numbers import parse_school_number
from leerid_core.store import NO_ACCOUNT, PupilQuery


class TypeFilter(StrEnum):
    """The types of the filter; NONE is "Geen account"."""

    NONE = NO_ACCOUNT
    BASIC = AccountType.BASIC
    ADVANCED = AccountType.ADVANCED


class BasicKind(StrEnum):
    """The kinds of password for a basis account."""

    WORD = PasswordKind.WORD
    PICTURES = PasswordKind.PICTURES


def _school_number(text: str | None) -> str | None:
    if text is None:
        return None
    number = parse_school_number(text)
    if number is None:
        raise typer.BadParameter("een instellingsnummer heeft zes cijfers")
    return number


_SCHOOL = typer.Option(
    "--school", metavar="NUMMER", help="Instellingsnummer.", callback=_school_number
)
School = Annotated[str, _SCHOOL]
OptionalSchool = Annotated[str | None, _SCHOOL]
Search = Annotated[str, typer.Option(help="Zoek op stamnummer, naam of voornaam.")]
Type = Annotated[TypeFilter | None, typer.Option("--type", help="Filter op LeerID-type.")]
Group = Annotated[str | None, typer.Option(help="Administratieve groep.")]
SchoolClass = Annotated[str | None, typer.Option("--class", help="(sub)Klas.")]
Stamnummers = Annotated[
    list[str] | None,
    typer.Option("--stamnummer", metavar="N", help="Alleen deze leerlingen; mag vaker."),
]
Basic = Annotated[
    BasicKind | None, typer.Option("--basic", help="Wachtwoord type van basis accounts.")
]


def query(
    search: str,
    account_type: TypeFilter | None,
    group: str | None,
    school_class: str | None,
    stamnummers: list[str] | None = None,
) -> PupilQuery:
    """Return the query of the options; raises a usage error for two ways of choosing."""
    filtered = search or account_type or group or school_class
    if stamnummers and filtered:
        raise typer.BadParameter("kies met --stamnummer of met een filter, niet met beide")
    return PupilQuery(
        search=search,
        account_type=account_type and account_type.value,
        group=group,
        school_class=school_class,
        stamnummers=frozenset(stamnummers) if stamnummers else None,
    )


def basic_kind(kind: BasicKind | None) -> PasswordKind | None:
    """Return the kind of password that was asked for basis accounts."""
    return PasswordKind(kind.value) if kind else None
