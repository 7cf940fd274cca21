"""A workbench to try: two invented schools, with accounts for part of their pupils."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from leerid_core.demo import DemoSchool, demo_schools, enrolment_workbook, school_day_until
from leerid_core.errors import Refused
from leerid_core.rules.accounts import PasswordKind
from leerid_core.rules.roles import Role
from leerid_core.rules.school_years import SchoolYear
from leerid_core.services.actors import Actor
from leerid_core.services.administrators import (
    add_administrator,
    list_administrators,
    set_password,
    set_roles,
)
from leerid_core.services.context import Context
from leerid_core.services.demo_history import (
    at_moment,
    at_ten,
    begin_year_before,
    let_sign_in,
    sign_in_before,
)
from leerid_core.services.imports import apply_import, preview_import
from leerid_core.services.issuing import Issued, create_accounts
from leerid_core.services.plans import plan_accounts
from leerid_core.services.schools import add_school, list_schools
from leerid_core.services.work import Work
from leerid_core.store import PupilQuery, School


@dataclass(frozen=True, slots=True)
class HandOut:
    """A group that got cards, so many days ago; `lags` tells that it was slow to use them."""

    group: str
    kind: PasswordKind | None
    days_ago: int = 0
    lags: bool = False


# Who has a card at the start: a few groups of each school, the youngest with pictures. The last
# of each school is of this moment, so that there is something to print again and to undo.
HANDED_OUT = {
    "990412": (
        HandOut("1ste leerjaar", PasswordKind.PICTURES, 75),
        HandOut("2de leerjaar", PasswordKind.PICTURES, 60, lags=True),
        HandOut("3de leerjaar", PasswordKind.WORD, 24),
        HandOut("4de leerjaar", PasswordKind.WORD),
    ),
    "990688": (
        HandOut("1e lj A", None, 80),
        HandOut("1e lj B", None, 45, lags=True),
        HandOut("OKAN", None),
    ),
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


def fill_demo(
    context: Context, actor: Actor, work: Work, *, year_before: bool = False
) -> Iterator[DemoBatch]:
    """Fill an empty database with the demo schools, and yield each batch as it is made.

    Everything goes the way of a real school: its file is imported, accounts are planned and made,
    pupils sign in; only the clock is that of the day on which it happened. The same day gives the
    same history. With the `year_before` there is more to compare, made a little shorter. Raises
    `Refused("demo_not_empty")` where there are schools already.
    """
    if list_schools(context, actor):
        raise Refused("demo_not_empty")
    for demo in demo_schools(context.today()):
        begin = min(_moment(context, one) for one in HANDED_OUT[demo.number])
        then = at_moment(context, begin - timedelta(hours=1))
        before = begin_year_before(context, actor, demo) if year_before else []
        school = _enrol(then, actor, demo)
        for plan, hand_out in before:
            sign_in_before(context, plan, hand_out)
        for one in HANDED_OUT[demo.number]:
            yield _hand_out(context, actor, school, one, work)


def _hand_out(
    context: Context, actor: Actor, school: School, hand_out: HandOut, work: Work
) -> DemoBatch:
    then = at_moment(context, _moment(context, hand_out))
    query = PupilQuery(group=hand_out.group)
    plan = plan_accounts(then, actor, school.number, query, basic_kind=hand_out.kind)
    issued = create_accounts(then, actor, plan, work=work)
    if hand_out.days_ago:
        let_sign_in(context, plan, then.clock(), lags=hand_out.lags)
    return DemoBatch(school, len(plan.rows), issued)


def _moment(context: Context, hand_out: HandOut) -> datetime:
    """Return when cards were handed out: on a school day of this year, at ten, or just now."""
    now = context.clock()
    if not hand_out.days_ago:
        return now
    day = school_day_until(context.today() - timedelta(days=hand_out.days_ago))
    return min(at_ten(max(day, SchoolYear.of(context.today()).begin)), now)


def _enrol(context: Context, actor: Actor, demo: DemoSchool) -> School:
    known = {school.number: school for school in list_schools(context, actor)}
    school = known.get(demo.number) or add_school(
        context, actor, demo.number, demo.name, demo.level
    )
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
