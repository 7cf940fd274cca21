"""A workbench to try: two invented schools, with accounts for part of their pupils."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta

from leerid_core.demo import (
    DemoSchool,
    Learner,
    demo_schools,
    enrolment_workbook,
    school_day_until,
    sign_ins,
)
from leerid_core.errors import Refused
from leerid_core.rules.accounts import PasswordKind
from leerid_core.rules.roles import Role
from leerid_core.rules.school_time import SCHOOLS_LIVE_IN
from leerid_core.rules.school_years import SchoolYear
from leerid_core.services.actors import Actor
from leerid_core.services.administrators import (
    add_administrator,
    list_administrators,
    set_password,
    set_roles,
)
from leerid_core.services.context import Context
from leerid_core.services.hashing import NOBODY
from leerid_core.services.imports import apply_import, preview_import
from leerid_core.services.issuing import Issued, create_accounts
from leerid_core.services.plans import Plan, plan_accounts
from leerid_core.services.schools import add_school, list_schools
from leerid_core.services.work import Work
from leerid_core.store import Password, PupilQuery, School, SignInEvent


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


def fill_demo(context: Context, actor: Actor, work: Work) -> Iterator[DemoBatch]:
    """Fill an empty database with the demo schools, and yield each batch as it is made.

    Everything goes the way of a real school: its file is imported, accounts are planned and made,
    pupils sign in; only the clock is that of the day on which it happened. The same day gives the
    same history. Raises `Refused("demo_not_empty")` where there are schools already.
    """
    if list_schools(context, actor):
        raise Refused("demo_not_empty")
    for demo in demo_schools(context.today()):
        begin = min(_moment(context, one) for one in HANDED_OUT[demo.number])
        school = _enrol(_at(context, begin - timedelta(hours=1)), actor, demo)
        for hand_out in HANDED_OUT[demo.number]:
            yield _hand_out(context, actor, school, hand_out, work)


def _hand_out(
    context: Context, actor: Actor, school: School, hand_out: HandOut, work: Work
) -> DemoBatch:
    then = _at(context, _moment(context, hand_out))
    query = PupilQuery(group=hand_out.group)
    plan = plan_accounts(then, actor, school.number, query, basic_kind=hand_out.kind)
    issued = create_accounts(then, actor, plan, work=work)
    if hand_out.days_ago:
        _sign_in(context, plan, then.clock(), lags=hand_out.lags)
    return DemoBatch(school, len(plan.rows), issued)


def _at(context: Context, moment: datetime) -> Context:
    return replace(context, clock=lambda: moment)


def _moment(context: Context, hand_out: HandOut) -> datetime:
    """Return when cards were handed out: on a school day of this year, at ten, or just now."""
    now = context.clock()
    if not hand_out.days_ago:
        return now
    day = school_day_until(context.today() - timedelta(days=hand_out.days_ago))
    day = max(day, SchoolYear.of(context.today()).begin)
    at_ten = datetime.combine(day, time(10, tzinfo=SCHOOLS_LIVE_IN)).astimezone(UTC)
    return min(at_ten, now)


def _sign_in(context: Context, plan: Plan, handed_out: datetime, *, lags: bool) -> None:
    """Let the pupils of a plan sign in as the demo's history says, until now."""
    events = []
    chosen = {}
    for row in plan.rows:
        pupil = row.pupil
        school_class = pupil.school_classes[0] if pupil.school_classes else ""
        learner = Learner(
            pupil.stamnummer or "", school_class, row.account_type, pupil.begin_date, lags
        )
        own = [
            SignInEvent(pupil.pupil_id, at, application)
            for at, application in sign_ins(learner, handed_out, context.clock())
        ]
        events += own
        if own and row.password_kind is PasswordKind.TEMPORARY:
            # Changed at the first sign-in, into one that nobody knows.
            chosen[pupil.pupil_id] = Password(
                row.account_type, PasswordKind.CHOSEN, NOBODY, own[0].at
            )
    with context.database.write() as uow:
        uow.sign_ins.record(events)
        uow.accounts.set_passwords(chosen)


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
