"""A workbench to try: two invented schools, with accounts for part of their pupils."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from leerid_core.demo import DemoSchool, demo_schools, enrolment_workbook
from leerid_core.errors import Refused
from leerid_core.rules.accounts import PasswordKind
from leerid_core.rules.roles import Role
from leerid_core.services.actors import Actor
from leerid_core.services.administrators import (
    add_administrator,
    list_administrators,
    set_password,
    set_roles,
)
from leerid_core.services.context import Context
from leerid_core.services.imports import apply_import, preview_import
from leerid_core.services.issuing import Issued, create_accounts
from leerid_core.services.plans import plan_accounts
from leerid_core.services.schools import add_school, list_schools
from leerid_core.services.work import Work
from leerid_core.store import PupilQuery, School

# Who has a card at the start: a few groups of each school, the younger with pictures.
HANDED_OUT = {
    "990412": (
        ("1ste leerjaar", PasswordKind.PICTURES),
        ("2de leerjaar", PasswordKind.PICTURES),
        ("4de leerjaar", PasswordKind.WORD),
    ),
    "990688": (("1e lj A", None), ("OKAN", None)),
}
DEMO_USERS = (
    ("beheerder", Role.ACCOUNT_MANAGER),
    ("databeheerder", Role.DATA_MANAGER),
    ("inzage", Role.VIEWER),
)


@dataclass(frozen=True, slots=True)
class DemoBatch:
    """Cards that the demo made."""

    school: School
    pupils: int
    issued: Issued = field(repr=False)


def fill_demo(context: Context, actor: Actor, work: Work) -> Iterator[DemoBatch]:
    """Fill an empty database with the demo schools, and yield each batch as it is made.

    Everything goes the way of a real school: its file is imported, accounts are planned and made.
    Raises `Refused("demo_not_empty")` where there are schools already.
    """
    if list_schools(context, actor):
        raise Refused("demo_not_empty")
    for demo in demo_schools(context.today()):
        school = _enrol(context, actor, demo)
        for group, kind in HANDED_OUT[school.number]:
            plan = plan_accounts(
                context, actor, school.number, PupilQuery(group=group), basic_kind=kind
            )
            issued = create_accounts(context, actor, plan, work=work)
            yield DemoBatch(school, len(plan.rows), issued)


def _enrol(context: Context, actor: Actor, demo: DemoSchool) -> School:
    school = add_school(context, actor, demo.number, demo.name, demo.level)
    preview = preview_import(context, actor, school.number, enrolment_workbook(demo))
    apply_import(context, actor, preview, "inschrijvingen.xlsx")
    return school


@dataclass(frozen=True, slots=True)
class DemoUser:
    """Somebody who can sign in to the demo until it is started again."""

    login: str
    role: Role
    password: str = field(repr=False)


def let_demo_users_in(context: Context, actor: Actor) -> list[DemoUser]:
    """Return a user for each role, with a password of this moment and both schools.

    The data manager is LeerID-beheerder too, as in most small schools. Raises `NotAllowed` for
    all but the operator.
    """
    known = {account.login for account in list_administrators(context, actor)}
    return [_let_in(context, actor, login, role, known) for login, role in DEMO_USERS]


def _let_in(
    context: Context, actor: Actor, login: str, role: Role, known: Collection[str]
) -> DemoUser:
    password = secrets.token_urlsafe(12)
    if login in known:
        set_password(context, actor, login, password)
    else:
        add_administrator(context, actor, login, login.capitalize(), password)
    roles = {role, Role.ACCOUNT_MANAGER} if role is Role.DATA_MANAGER else {role}
    for school_number in HANDED_OUT:
        set_roles(context, actor, login, school_number, roles)
    return DemoUser(login, role, password)
