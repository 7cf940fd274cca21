"""Everything done in bulk is first a plan: what will happen to each row, and why.

Names in a plan are reserved for a while, so that what was shown is what is made (ARCHITECTURE.md,
contract 2).
"""

from __future__ import annotations

import secrets
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from leerid_core.rules.accounts import AccountStatus, AccountType, PasswordKind
from leerid_core.rules.dates import dutch_date
from leerid_core.rules.findings import Finding, Severity
from leerid_core.rules.passwords import default_kind, generate_password, kinds_for
from leerid_core.rules.roles import Right
from leerid_core.rules.school_years import SchoolYear
from leerid_core.rules.usernames import (
    Proposal,
    base_username,
    confusable_usernames,
    is_fallback,
    propose_usernames,
)
from leerid_core.services.actors import Actor, authorise
from leerid_core.services.context import Context
from leerid_core.services.pupils import Pupil, check_query, with_status
from leerid_core.store import (
    BatchKind,
    ListedPupil,
    PupilQuery,
    Reservation,
    School,
    UnitOfWork,
)

RESERVED_FOR = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class PlannedAccount:
    """What one pupil will get; `reason` says why this username or this password."""

    pupil: ListedPupil
    account_type: AccountType
    username: str
    password_kind: PasswordKind
    password: str = field(repr=False)
    reason: Finding
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class SkippedPupil:
    """A pupil of the selection who cannot be taken, and why."""

    pupil: ListedPupil
    reason: Finding


@dataclass(frozen=True, slots=True)
class Plan:
    """What a bulk creation or renewal will do; `token` holds the reserved names until `expires_at`.

    `rows` and `skipped` are in the order of the list, by name.
    """

    token: str
    kind: BatchKind
    school: School
    expires_at: datetime
    rows: tuple[PlannedAccount, ...]
    skipped: tuple[SkippedPupil, ...]


def plan_accounts(
    context: Context,
    actor: Actor,
    school_number: str,
    query: PupilQuery,
    *,
    year: SchoolYear | None = None,
    basic_kind: PasswordKind | None = None,
) -> Plan:
    """Plan an account for every pupil of the query who has none; nobody has a LeerID yet.

    `basic_kind` is the kind of password for basis accounts: WORD, or PICTURES (manual, chapter 2).
    An earlier plan for the same pupils loses its names to this one. Raises `NotAllowed` for who
    may not make accounts there.
    """
    now = context.clock()
    with context.database.write() as uow:
        uow.usernames.release_expired(now)
        school, pupils = _selection(uow, context, actor, school_number, query, year)
        taken, skipped = _sorted_out(pupils, _not_creatable)
        token = secrets.token_hex(16)
        names = _names(uow, taken, token, now + RESERVED_FOR)
        rows = [
            _planned(context, pupil, username, reason, basic_kind)
            for pupil, (username, reason) in zip(taken, names, strict=True)
        ]
    rows = with_warnings(rows)
    expires_at = now + RESERVED_FOR
    return Plan(token, BatchKind.CREATION, school, expires_at, tuple(rows), tuple(skipped))


def plan_renewal(
    context: Context,
    actor: Actor,
    school_number: str,
    query: PupilQuery,
    *,
    year: SchoolYear | None = None,
    basic_kind: PasswordKind | None = None,
) -> Plan:
    """Plan a new password for every pupil of the query with an active account.

    The username stays. A basis account keeps its kind of password unless `basic_kind` is given;
    the account of a pupil who moved up to secundair becomes gevorderd (DOMAIN.md, Type). Raises
    `NotAllowed` for who may not renew passwords there.
    """
    now = context.clock()
    with context.database.read() as uow:
        school, pupils = _selection(uow, context, actor, school_number, query, year)
    taken, skipped = _sorted_out(pupils, _not_renewable)
    rows = [_renewed(context, pupil, basic_kind) for pupil in taken]
    token, expires_at = secrets.token_hex(16), now + RESERVED_FOR
    return Plan(token, BatchKind.RENEWAL, school, expires_at, tuple(rows), tuple(skipped))


def release_plan(context: Context, actor: Actor, plan: Plan) -> None:
    """Give up the names that a plan reserved; raises `NotAllowed` for who could not make it."""
    with context.database.write() as uow:
        authorise(uow, actor, plan.school.number, Right.ISSUE)
        uow.usernames.release(plan.token)


def _selection(
    uow: UnitOfWork,
    context: Context,
    actor: Actor,
    school_number: str,
    query: PupilQuery,
    year: SchoolYear | None,
) -> tuple[School, list[Pupil]]:
    school = authorise(uow, actor, school_number, Right.ISSUE)
    check_query(school, query)
    today = context.today()
    rows = uow.listing.page(school_number, year or SchoolYear.of(today), query)
    return school, with_status(uow, school, rows, today)


def _sorted_out(
    pupils: Iterable[Pupil], refused: Callable[[Pupil], str | None]
) -> tuple[list[ListedPupil], list[SkippedPupil]]:
    taken, skipped = [], []
    for pupil in pupils:
        code = refused(pupil)
        if code is None:
            taken.append(pupil.listed)
        else:
            skipped.append(SkippedPupil(pupil.listed, _reason(code, pupil.listed)))
    return taken, skipped


def _not_creatable(pupil: Pupil) -> str | None:
    if pupil.listed.username is not None:
        return "account_exists"
    if pupil.enrolment_over:
        return "enrolment_over"
    return "type_unknown" if pupil.listed.enrolled_type is None else None


def _not_renewable(pupil: Pupil) -> str | None:
    if pupil.listed.username is None:
        return "account_missing"
    return "account_inactive" if pupil.account_status is AccountStatus.INACTIVE else None


def _names(
    uow: UnitOfWork, pupils: Sequence[ListedPupil], token: str, until: datetime
) -> list[tuple[str, Finding]]:
    """Reserve a username for each pupil; who had one before gets that back."""
    owned = uow.usernames.owned([pupil.pupil_id for pupil in pupils])
    without = [pupil for pupil in pupils if pupil.pupil_id not in owned]
    bases = [base_username(one.first_name, one.last_name, one.stamnummer) for one in without]
    # A plan that was left, or broke off, does not keep its pupils from their names.
    uow.usernames.release_of_pupils([pupil.pupil_id for pupil in without])
    proposals = propose_usernames(bases, uow.usernames)
    reservations = [
        Reservation(proposal.username, proposal.base, proposal.number, pupil.pupil_id)
        for pupil, proposal in zip(without, proposals, strict=True)
    ]
    uow.usernames.reserve(reservations, token, until)
    proposed = {
        pupil.pupil_id: (proposal.username, _reason_of(proposal))
        for pupil, proposal in zip(without, proposals, strict=True)
    }
    returned = {
        pupil_id: (username, Finding("username_returned", Severity.INFO))
        for pupil_id, username in owned.items()
    }
    return [(proposed | returned)[pupil.pupil_id] for pupil in pupils]


def _reason_of(proposal: Proposal) -> Finding:
    if is_fallback(proposal.base):
        return Finding("username_fallback", Severity.WARNING)
    code = "username_numbered" if proposal.number else "username_from_name"
    parameters = {"base": proposal.base, "username": proposal.username}
    return Finding(code, Severity.INFO, parameters=parameters)


def _planned(
    context: Context,
    pupil: ListedPupil,
    username: str,
    reason: Finding,
    basic_kind: PasswordKind | None,
) -> PlannedAccount:
    account_type = pupil.enrolled_type or AccountType.BASIC
    kind = _kind(account_type, basic_kind)
    password = generate_password(kind, context.random)
    return PlannedAccount(pupil, account_type, username, kind, password, reason)


def _renewed(
    context: Context, pupil: ListedPupil, basic_kind: PasswordKind | None
) -> PlannedAccount:
    """Plan a new password; an account grows from basis to gevorderd and never back."""
    account_type = pupil.account_type or AccountType.BASIC
    grows = account_type is AccountType.BASIC and pupil.enrolled_type is AccountType.ADVANCED
    account_type = AccountType.ADVANCED if grows else account_type
    kind = _kind(account_type, basic_kind or pupil.password_kind)
    return PlannedAccount(
        pupil,
        account_type,
        pupil.username or "",
        kind,
        generate_password(kind, context.random),
        _reason("account_grows" if grows else "password_renewed", pupil, Severity.INFO),
    )


def _kind(account_type: AccountType, wanted: PasswordKind | None) -> PasswordKind:
    return wanted if wanted in kinds_for(account_type) else default_kind(account_type)


def _reason(code: str, pupil: ListedPupil, severity: Severity = Severity.ERROR) -> Finding:
    parameters = {
        "username": pupil.username,
        "group": pupil.administrative_group,
        "end_date": dutch_date(pupil.end_date),
    }
    return Finding(code, severity, parameters=parameters)


def with_warnings(rows: Sequence[PlannedAccount]) -> list[PlannedAccount]:
    """Warn of two cards in one class whose usernames differ in one character."""
    classes: defaultdict[str, list[int]] = defaultdict(list)
    for index, row in enumerate(rows):
        for name in row.pupil.school_classes or (row.pupil.administrative_group,):
            classes[name].append(index)
    alike: defaultdict[int, dict[str, Finding]] = defaultdict(dict)
    for members in classes.values():
        for pair in confusable_usernames([rows[index].username for index in members]):
            for one, other in (pair, pair[::-1]):
                username = rows[members[other]].username
                alike[members[one]][username] = Finding(
                    "username_confusable", Severity.WARNING, parameters={"other": username}
                )
    return [
        replace(row, findings=tuple(alike[index].values())) if index in alike else row
        for index, row in enumerate(rows)
    ]
