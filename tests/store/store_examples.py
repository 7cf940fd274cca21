"""Values for the tests of the store: a school, its pupils, their accounts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from leerid_core.rules.accounts import AccountType, PasswordKind
from leerid_core.rules.enrolments import Enrolment, Level, Sex
from leerid_core.rules.school_years import SchoolYear
from leerid_core.store import (
    Account,
    Batch,
    BatchKind,
    Database,
    Member,
    Password,
    Person,
    Reservation,
    School,
    SignInEvent,
    UnitOfWork,
)

SCHOOL, OTHER_SCHOOL = "030569", "125252"
NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
YEAR = SchoolYear(2026)


def add_schools(database: Database) -> None:
    """Add the two schools."""
    with database.write() as uow:
        for number in (SCHOOL, OTHER_SCHOOL):
            uow.schools.add(School(number, f"TEST School {number}"), NOW)


def enrolment(pupil_id: int, name: str, **changes: Any) -> Enrolment:
    """Return an enrolment of "Voornaam Naam" for the whole of this school year."""
    first_name, last_name = name.split(" ", 1)
    fields: dict[str, Any] = {
        "school_year": YEAR,
        "first_name": first_name,
        "last_name": last_name,
        "begin_date": YEAR.begin,
        "end_date": YEAR.end,
        "stamnummer": f"{pupil_id:07}",
        "administrative_group": "4de leerjaar",
        "level": Level.LAGER,
        "school_classes": ("4A",),
        "sex": Sex.FEMALE,
        "birth_date": date(2016, 2, 9),
        "account_type": AccountType.BASIC,
    }
    return Enrolment(pupil_id, **(fields | changes))


def enrol(database: Database, *names: str, school: str = SCHOOL, **changes: Any) -> list[int]:
    """Enrol new pupils in a school, all with the same data; return their ids."""
    people = [Person(name, name, Sex.FEMALE, date(2016, 2, 9)) for name in names]
    with database.write() as uow:
        ids = uow.enrolments.add_people(people)
        new = [enrolment(key, name, **changes) for key, name in zip(ids, names, strict=True)]
        uow.enrolments.add(school, new)
    return ids


def password(**changes: Any) -> Password:
    """Return what is kept of a word password."""
    fields: dict[str, Any] = {
        "account_type": AccountType.BASIC,
        "password_kind": PasswordKind.WORD,
        "password_hash": "$argon2id$hash",
        "password_set_at": NOW,
    }
    return Password(**(fields | changes))


def account(pupil_id: int, username: str, **changes: Any) -> Account:
    """Return an account with a word password."""
    fields: dict[str, Any] = {"password": password(), "created_at": NOW, "created_by": "An"}
    return Account(pupil_id, username, **(fields | changes))


def issue_names(uow: UnitOfWork, owners: dict[str, int], at: datetime = NOW) -> None:
    """Give names to pupils, for ever."""
    uow.usernames.reserve([Reservation(name) for name in owners], "plan", LATER)
    uow.usernames.issue("plan", owners, at)


def open_accounts(database: Database, names: dict[int, str], **changes: Any) -> None:
    """Give each of these pupils an account with this username."""
    with database.write() as uow:
        issue_names(uow, {name: pupil_id for pupil_id, name in names.items()})
        uow.accounts.add([account(pupil_id, name, **changes) for pupil_id, name in names.items()])


def signed_in(pupil_id: int, at: datetime, application: str = "Mijn LeerID") -> SignInEvent:
    """Return a sign-in."""
    return SignInEvent(pupil_id, at, application)


def hand_out(uow: UnitOfWork, pupil_ids: Sequence[int], **changes: Any) -> int:
    """Keep a batch of these pupils, sealed for an hour; return its number."""
    number = uow.batches.next_number()
    fields: dict[str, Any] = {
        "school_number": SCHOOL,
        "kind": BatchKind.CREATION,
        "created_at": NOW,
        "created_by": "An",
    }
    members = [
        Member(pupil_id, position, b"sealed", LATER, password())
        for position, pupil_id in enumerate(pupil_ids)
    ]
    uow.batches.add(Batch(number, **(fields | changes)), members)
    return number
