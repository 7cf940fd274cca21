"""Every sign-in that succeeded, and what follows from it for the account and its batches."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    Connection,
    CursorResult,
    Executable,
    Insert,
    Integer,
    Select,
    Update,
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
from leerid_core.store.incoming import Incoming
from leerid_core.store.sign_in_counts import SignInCounts
from leerid_core.store.sign_in_figures import CountBy, SignInQuery, count_sign_ins
from leerid_core.store.tables import (
    EPOCH,
    MILLISECOND,
    UTCDateTime,
    accounts,
    batch_members,
    batches,
)

Row = tuple[int, int, int]
"""A pupil, a moment in milliseconds and an application."""

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
        kept = self._execute(_adding, _NEW, rows)
        return [(row[0], row[1], row[2]) for row in kept]

    def _follow(self, new: Sequence[Row]) -> None:
        self._counts.add(new)
        moments: dict[int, list[int]] = {}
        for pupil_id, at, _ in new:
            moments.setdefault(pupil_id, []).append(at)
        self._update_accounts(moments)
        self._update_batches(moments)

    def _update_accounts(self, moments: Mapping[int, Sequence[int]]) -> None:
        rows = [(pupil, len(own), _moment(max(own))) for pupil, own in moments.items()]
        self._execute(_using, _USED, rows)

    def _update_batches(self, moments: Mapping[int, Sequence[int]]) -> None:
        earliest = _moment(min(min(own) for own in moments.values()))
        changed = []
        pupils = [(pupil_id,) for pupil_id in moments]
        for number, pupil_id, made_at, known in self._execute(
            _waiting, _PUPILS, pupils, earliest=earliest
        ):
            since = (made_at - EPOCH) // MILLISECOND
            first = min((at for at in moments[pupil_id] if at >= since), default=None)
            if first is not None and (known is None or _moment(first) < known):
                changed.append((number, pupil_id, _moment(first)))
        if changed:
            self._execute(_beginning, _FIRST, changed)

    def _execute(
        self,
        statement: Callable[[str], Executable],
        incoming: Incoming,
        rows: Sequence[Sequence[Any]],
        **parameters: object,
    ) -> CursorResult[*tuple[Any, ...]]:
        dialect = self._connection.dialect
        filled = {**incoming.parameters(dialect, rows), **parameters}
        return self._connection.execute(statement(dialect.name), filled)


def _moment(millis: int) -> datetime:
    return EPOCH + millis * MILLISECOND


_NEW = Incoming(pupil_id=Integer(), at=BigInteger(), application_id=Integer())
_USED = Incoming(pupil_id=Integer(), more=Integer(), newest=UTCDateTime())
_PUPILS = Incoming(pupil_id=Integer())
_FIRST = Incoming(batch=Integer(), pupil_id=Integer(), first=UTCDateTime())
_APPLICATION = select(_applications.c.id).where(_applications.c.name == bindparam("name"))


@cache
def _adding(dialect: str) -> Insert:
    """Return the statement that keeps what is new, and gives that back."""
    new = _NEW.rows(dialect)
    insert_new: Any = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}[dialect]
    names = new.c.keys()
    statement = insert_new(_sign_ins).from_select(names, select(new).where(true()))
    millis = type_coerce(_sign_ins.c.at, BigInteger)
    result: Insert = statement.on_conflict_do_nothing().returning(
        _sign_ins.c.pupil_id, millis, _sign_ins.c.application_id
    )
    return result


@cache
def _using(dialect: str) -> Update:
    """Return the statement that gives accounts how often they were used more, and when last."""
    new = _USED.rows(dialect)
    before = or_(accounts.c.last_sign_in.is_(None), accounts.c.last_sign_in < new.c.newest)
    return (
        update(accounts)
        .where(accounts.c.pupil_id == new.c.pupil_id)
        .values(
            sign_in_count=accounts.c.sign_in_count + new.c.more,
            last_sign_in=case((before, new.c.newest), else_=accounts.c.last_sign_in),
        )
    )


@cache
def _waiting(dialect: str) -> Select[Any]:
    """Return the query of the batches for which a sign-in since `earliest` could be the first."""
    return (
        select(
            batch_members.c.batch,
            batch_members.c.pupil_id,
            batches.c.created_at,
            batch_members.c.first_sign_in,
        )
        .join(batches, batches.c.number == batch_members.c.batch)
        .where(
            batch_members.c.pupil_id.in_(select(_PUPILS.rows(dialect).c.pupil_id)),
            batches.c.undone_at.is_(None),
            or_(
                batch_members.c.first_sign_in.is_(None),
                batch_members.c.first_sign_in > bindparam("earliest"),
            ),
        )
    )


@cache
def _beginning(dialect: str) -> Update:
    """Return the statement that keeps the first sign-in since a batch; what was sealed goes."""
    new = _FIRST.rows(dialect)
    return (
        update(batch_members)
        .where(batch_members.c.batch == new.c.batch, batch_members.c.pupil_id == new.c.pupil_id)
        .values(first_sign_in=new.c.first, sealed=None, sealed_until=None, previous=None)
    )
