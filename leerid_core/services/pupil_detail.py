"""Everything that LeerID-beheer shows of one pupil (manual, chapter 2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from leerid_core.errors import NotFound
from leerid_core.rules.accounts import inactive_from
from leerid_core.rules.enrolments import Sex
from leerid_core.rules.roles import Right
from leerid_core.rules.school_years import SchoolYear
from leerid_core.rules.throttling import NO_WAIT
from leerid_core.services.actors import Actor, authorise
from leerid_core.services.context import Context
from leerid_core.services.pupil_throttling import waiting
from leerid_core.services.pupils import Pupil, with_status
from leerid_core.store import AuditEntry, PupilQuery, SignInAttempt

ATTEMPTS_SHOWN = 10


@dataclass(frozen=True, slots=True)
class OfficialData:
    """The person as the rijksregister- or bisnummer tells."""

    first_name: str
    last_name: str
    sex: Sex | None
    birth_date: date | None


@dataclass(frozen=True, slots=True)
class PupilDetail:
    """One pupil of a school: the enrolment, the official data, the account and what was done.

    `official` is None without a valid identity number. `inactive_from` is the last day of the
    enrolments that count, in whatever school. `history` holds this school's entries, newest first;
    `attempts` the last ones to sign in at Mijn LeerID, newest first, for as long as they are kept.
    `wait` is how long the next one must wait, after too many wrong passwords.
    """

    pupil: Pupil
    official: OfficialData | None
    inactive_from: date | None
    history: tuple[AuditEntry, ...]
    attempts: tuple[SignInAttempt, ...]
    wait: timedelta


def show_pupil(
    context: Context, actor: Actor, school_number: str, pupil_id: int, year: SchoolYear
) -> PupilDetail:
    """Return what is known of a pupil.

    Raises `NotFound("pupil_unknown")` for who is not enrolled at this school in `year`, and
    `NotAllowed` for who may not read there.
    """
    today = context.today()
    with context.database.read() as uow:
        school = authorise(uow, actor, school_number, Right.READ)
        query = PupilQuery(pupil_ids=frozenset({pupil_id}))
        rows = with_status(uow, school, uow.listing.page(school_number, year, query), today)
        person = uow.enrolments.person(pupil_id)
        if not rows or person is None:
            raise NotFound("pupil_unknown")
        username = rows[0].listed.username
        official = OfficialData(person.first_name, person.last_name, person.sex, person.birth_date)
        return PupilDetail(
            rows[0],
            official if person.identity is not None else None,
            inactive_from(uow.enrolments.periods([pupil_id])[pupil_id], today),
            tuple(uow.audit.of_pupil(school_number, pupil_id)),
            tuple(uow.sign_in_attempts.of_pupil(pupil_id, ATTEMPTS_SHOWN)),
            waiting(context, uow, username) if username else NO_WAIT,
        )
