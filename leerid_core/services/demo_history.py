"""What happened in the demo before today: sign-ins, and a whole school year before this one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from leerid_core.demo import (
    LAST_YEARS,
    DemoSchool,
    Learner,
    enrolment_workbook,
    school_day_until,
    sign_ins,
    year_before,
)
from leerid_core.rules.accounts import AccountType, PasswordKind
from leerid_core.rules.passwords import temporary_expiry
from leerid_core.rules.school_time import SCHOOLS_LIVE_IN
from leerid_core.rules.school_years import SchoolYear
from leerid_core.services.actors import Actor
from leerid_core.services.context import Context
from leerid_core.services.hashing import NOBODY
from leerid_core.services.imports import apply_import, preview_import
from leerid_core.services.plans import Plan, PlannedAccount, plan_accounts
from leerid_core.services.schools import add_school
from leerid_core.store import (
    Account,
    Batch,
    BatchKind,
    Member,
    Password,
    PupilQuery,
    SignInEvent,
)


@dataclass(frozen=True, slots=True)
class HandOutBefore:
    """A group that got cards last year, so many days after 1 September."""

    group: str
    days: int
    lags: bool = False


# Groups that stay and groups that leave after it; none of them gets a card in the demo's own year.
BEFORE = {
    "990412": (HandOutBefore("5de leerjaar", 18), HandOutBefore("6de leerjaar", 40, lags=True)),
    "990688": (
        HandOutBefore("1e lj A", 25),
        HandOutBefore("2e lj 3e gr Wetensch.-wiskunde ASO", 60, lags=True),
    ),
}


def at_moment(context: Context, moment: datetime) -> Context:
    """Return the context as it was at a moment."""
    return replace(context, clock=lambda: moment)


def at_ten(day: date) -> datetime:
    """Return ten o'clock in the schools."""
    return datetime.combine(day, time(10, tzinfo=SCHOOLS_LIVE_IN)).astimezone(UTC)


def let_sign_in(
    context: Context,
    plan: Plan,
    handed_out: datetime,
    until: datetime | None = None,
    *,
    lags: bool,
) -> None:
    """Let the pupils of a plan sign in as the demo's history says, until now or a moment before."""
    events, chosen = [], {}
    for row in plan.rows:
        own = _events(row, handed_out, until or context.clock(), lags=lags)
        events += own
        if own and row.password_kind is PasswordKind.TEMPORARY:
            # Changed at the first sign-in, into one that nobody knows.
            chosen[row.pupil.pupil_id] = Password(
                row.account_type, PasswordKind.CHOSEN, NOBODY, own[0].at
            )
    with context.database.write() as uow:
        uow.sign_ins.record(events)
        uow.accounts.set_passwords(chosen)


def _events(
    row: PlannedAccount, handed_out: datetime, until: datetime, *, lags: bool
) -> list[SignInEvent]:
    pupil = row.pupil
    school_class = pupil.school_classes[0] if pupil.school_classes else ""
    learner = Learner(
        pupil.stamnummer or "", school_class, row.account_type, pupil.begin_date, lags
    )
    return [
        SignInEvent(pupil.pupil_id, at, application)
        for at, application in sign_ins(learner, handed_out, until)
    ]


def begin_year_before(
    context: Context, actor: Actor, demo: DemoSchool
) -> list[tuple[Plan, HandOutBefore]]:
    """Enrol a demo school as it was last year, and give some groups their accounts.

    Their passwords were for then and nobody knows them now, so none is made.
    """
    then = at_moment(context, at_ten(_begin(context)) - timedelta(hours=1))
    add_school(then, actor, demo.number, demo.name, demo.level)
    file = enrolment_workbook(year_before(demo, context.today()))
    apply_import(then, actor, preview_import(then, actor, demo.number, file), "vorig.xlsx")
    return [(_accounts(context, actor, demo.number, one), one) for one in BEFORE[demo.number]]


def sign_in_before(context: Context, plan: Plan, hand_out: HandOutBefore) -> None:
    """Let them sign in, from last year until now, or until they left."""
    leaves = hand_out.group in LAST_YEARS
    end = datetime.combine(SchoolYear.of(_begin(context)).end, time(), SCHOOLS_LIVE_IN)
    until = end.astimezone(UTC) if leaves else None
    let_sign_in(context, plan, _moment(context, hand_out), until, lags=hand_out.lags)


def _begin(context: Context) -> date:
    return SchoolYear(SchoolYear.of(context.today()).start - 1).begin


def _moment(context: Context, hand_out: HandOutBefore) -> datetime:
    return at_ten(school_day_until(_begin(context) + timedelta(days=hand_out.days)))


def _accounts(context: Context, actor: Actor, number: str, hand_out: HandOutBefore) -> Plan:
    then = at_moment(context, _moment(context, hand_out))
    plan = plan_accounts(
        then, actor, number, PupilQuery(group=hand_out.group), basic_kind=PasswordKind.WORD
    )
    at = then.clock()
    owners = {row.username: row.pupil.pupil_id for row in plan.rows}
    with context.database.write() as uow:
        uow.usernames.issue(plan.token, owners, at)
        uow.accounts.add(
            [
                Account(row.pupil.pupil_id, row.username, _password(then, row), at, actor.name)
                for row in plan.rows
            ]
        )
        batch = Batch(uow.batches.next_number(), number, BatchKind.CREATION, at, actor.name)
        uow.batches.add(
            batch, [Member(pupil, place) for place, pupil in enumerate(owners.values())]
        )
    return plan


def _password(then: Context, row: PlannedAccount) -> Password:
    at = then.clock()
    temporary = row.account_type is AccountType.ADVANCED
    expires = temporary_expiry(at, then.temporary_days) if temporary else None
    return Password(row.account_type, row.password_kind, NOBODY, at, expires)
