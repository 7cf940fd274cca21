"""Every sign-in that succeeded, and what follows from it for the account and its batches."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    Connection,
    Insert,
    bindparam,
    case,
    insert,
    or_,
    select,
    true,
    type_coerce,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from leerid_core.store import tables
from leerid_core.store.chunks import chunks
from leerid_core.store.incoming import COLUMNS, Row, incoming, parameters
from leerid_core.store.sign_in_counts import SignInCounts
from leerid_core.store.sign_in_figures import CountBy, SignInQuery, count_sign_ins
from leerid_core.store.tables import EPOCH, MILLISECOND, accounts, batch_members, batches

_sign_ins = tables.sign_ins
_applications = tables.applications


@dataclass(frozen=True, slots=True)
class SignInEvent:
    """A pupil signed in to an application; the moment is kept in whole milliseconds."""

    pupil_id: int
    at: datetime
    application: str


class SignIns:
    """The sign-ins of every pupil."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._counts = SignInCounts(connection)

    def record(self, events: Sequence[SignInEvent]) -> int:
        """Keep sign-ins, and return how many were not known yet.

        The account of each pupil gets its last sign-in and how many there were, each batch the
        first since it was made, and what was sealed for the pupil before is destroyed.
        """
        if not events:
            return 0
        applications = self._application_ids({event.application for event in events})
        rows = {
            (event.pupil_id, (event.at - EPOCH) // MILLISECOND, applications[event.application])
            for event in events
        }
        new = self._add(sorted(rows))
        if new:
            self._follow(new)
        return len(new)

    def of_pupil(self, pupil_id: int, limit: int = 20) -> list[SignInEvent]:
        """Return the last sign-ins of a pupil, newest first."""
        rows = self._connection.execute(
            select(_sign_ins.c.pupil_id, _sign_ins.c.at, _applications.c.name)
            .join(_applications, _applications.c.id == _sign_ins.c.application_id)
            .where(_sign_ins.c.pupil_id == pupil_id)
            .order_by(_sign_ins.c.at.desc(), _applications.c.name)
            .limit(limit)
        )
        return [SignInEvent(*row) for row in rows]

    def counts(self, by: Sequence[CountBy], query: SignInQuery) -> list[tuple[Any, ...]]:
        """Return, for each combination of `by` that occurs, its values and how many sign-ins.

        The values stand in the order of `by` and are sorted, None first. Without any `by` there
        is one row, with the total. It costs what is asked for, not all of history.
        """
        return count_sign_ins(self._connection, by, query)

    def recount(self, school_number: str) -> int:
        """Count the sign-ins of a school anew; return how many counts were wrong, and right them.

        None should be: this proves it, or mends a database that other hands changed.
        """
        return self._counts.recount(school_number)

    def _application_ids(self, names: Collection[str]) -> dict[str, int]:
        found: dict[str, int] = {}
        for name in names:
            key = self._connection.scalar(_APPLICATION, {"name": name})
            found[name] = self._add_application(name) if key is None else key
        return found

    def _add_application(self, name: str) -> int:
        added = self._connection.execute(insert(_applications).values(name=name))
        key = added.inserted_primary_key
        assert key is not None  # noqa: S101 - for the type checker: an insert of one row has a key
        return int(key[0])

    def _add(self, rows: Sequence[Row]) -> list[Row]:
        """Keep the rows, and return those that were not there."""
        dialect = self._connection.dialect.name
        kept = self._connection.execute(_adding(dialect), parameters(dialect, rows))
        return [(pupil_id, at, application) for pupil_id, at, application in kept]

    def _follow(self, new: Sequence[Row]) -> None:
        dialect = self._connection.dialect.name
        self._counts.add(incoming(dialect), parameters(dialect, new))
        moments: dict[int, list[int]] = {}
        for pupil_id, at, _ in new:
            moments.setdefault(pupil_id, []).append(at)
        self._update_accounts(moments)
        self._update_batches(moments)

    def _update_accounts(self, moments: Mapping[int, Sequence[int]]) -> None:
        self._connection.execute(
            _ACCOUNTS,
            [
                {"pupil": pupil_id, "more": len(own), "newest": _moment(max(own))}
                for pupil_id, own in moments.items()
            ],
        )

    def _update_batches(self, moments: Mapping[int, Sequence[int]]) -> None:
        earliest = _moment(min(min(own) for own in moments.values()))
        changed = []
        for piece in chunks(moments):
            rows = self._connection.execute(_BATCHES, {"pupils": piece, "earliest": earliest})
            for number, pupil_id, made_at, known in rows:
                since = (made_at - EPOCH) // MILLISECOND
                first = min((at for at in moments[pupil_id] if at >= since), default=None)
                if first is not None and (known is None or _moment(first) < known):
                    changed.append({"of": number, "pupil": pupil_id, "first": _moment(first)})
        if changed:
            self._connection.execute(_FIRST_SIGN_IN, changed)


def _moment(millis: int) -> datetime:
    return EPOCH + millis * MILLISECOND


@cache
def _adding(dialect: str) -> Insert:
    """Return the statement that keeps what is incoming, and gives back what is new."""
    new = incoming(dialect)
    insert_new: Any = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}[dialect]
    rows = select(*(new.c[name] for name in COLUMNS)).where(true())
    statement = insert_new(_sign_ins).from_select(COLUMNS, rows).on_conflict_do_nothing()
    millis = type_coerce(_sign_ins.c.at, BigInteger)
    result: Insert = statement.returning(_sign_ins.c.pupil_id, millis, _sign_ins.c.application_id)
    return result


_APPLICATION = select(_applications.c.id).where(_applications.c.name == bindparam("name"))

_BEFORE = or_(accounts.c.last_sign_in.is_(None), accounts.c.last_sign_in < bindparam("newest"))
_ACCOUNTS = (
    update(accounts)
    .where(accounts.c.pupil_id == bindparam("pupil"))
    .values(
        sign_in_count=accounts.c.sign_in_count + bindparam("more"),
        last_sign_in=case((_BEFORE, bindparam("newest")), else_=accounts.c.last_sign_in),
    )
)

# The batches for which a sign-in since `earliest` could be the first one.
_BATCHES = (
    select(
        batch_members.c.batch,
        batch_members.c.pupil_id,
        batches.c.created_at,
        batch_members.c.first_sign_in,
    )
    .join(batches, batches.c.number == batch_members.c.batch)
    .where(
        batch_members.c.pupil_id.in_(bindparam("pupils", expanding=True)),
        batches.c.undone_at.is_(None),
        or_(
            batch_members.c.first_sign_in.is_(None),
            batch_members.c.first_sign_in > bindparam("earliest"),
        ),
    )
)
_FIRST_SIGN_IN = (
    update(batch_members)
    .where(batch_members.c.batch == bindparam("of"), batch_members.c.pupil_id == bindparam("pupil"))
    .values(first_sign_in=bindparam("first"), sealed=None, sealed_until=None, previous=None)
)
