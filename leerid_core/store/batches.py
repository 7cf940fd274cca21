"""Hand-out batches: every creation and renewal, with its sealed credentials for a while."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update

from leerid_core.store.accounts import Password, from_json, to_json
from leerid_core.store.chunks import chunks
from leerid_core.store.tables import batch_members, batch_numbers, batches


class BatchKind(StrEnum):
    """What a batch handed out."""

    CREATION = "creation"
    RENEWAL = "renewal"


@dataclass(frozen=True, slots=True)
class Member:
    """One pupil of a batch. `sealed` is None once it was destroyed.

    `previous` is what a renewal replaced, so that it can be undone. `first_sign_in` is the first
    since the batch was made, in whatever order sign-ins came to be known.
    """

    pupil_id: int
    position: int
    sealed: bytes | None = field(default=None, repr=False)
    sealed_until: datetime | None = None
    previous: Password | None = None
    first_sign_in: datetime | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    """A batch, with how many pupils it has and how many of them signed in since.

    `sealed_until` is the last moment that any of its credentials can be printed again, None when
    all are destroyed.
    """

    number: int
    school_number: str
    kind: BatchKind
    created_at: datetime
    created_by: str
    undone_at: datetime | None = None
    pupils: int = 0
    signed_in: int = 0
    sealed_until: datetime | None = None


class Batches:
    """The batches of every school."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def next_number(self) -> int:
        """Return a number that no other batch has or gets."""
        inserted = self._connection.execute(insert(batch_numbers).values())
        key = inserted.inserted_primary_key
        assert key is not None  # noqa: S101 - for the type checker: an insert of one row has a key
        return int(key[0])

    def add(self, batch: Batch, members: Sequence[Member]) -> None:
        """Keep a batch and its members."""
        self._connection.execute(
            insert(batches).values(
                number=batch.number,
                school_number=batch.school_number,
                kind=batch.kind,
                created_at=batch.created_at,
                created_by=batch.created_by,
            )
        )
        self._connection.execute(
            insert(batch_members),
            [
                {
                    "batch": batch.number,
                    "pupil_id": member.pupil_id,
                    "position": member.position,
                    "sealed": member.sealed,
                    "sealed_until": member.sealed_until,
                    "previous": member.previous and to_json(member.previous),
                }
                for member in members
            ],
        )

    def get(self, number: int) -> Batch | None:
        """Return the batch with this number, or None."""
        return next(iter(self._select(batches.c.number == number)), None)

    def of_school(self, school_number: str) -> list[Batch]:
        """Return the batches of a school, newest first."""
        return self._select(batches.c.school_number == school_number)

    def members(self, number: int) -> list[Member]:
        """Return the members of a batch, in the order in which they were given."""
        rows = self._connection.execute(
            select(
                batch_members.c.pupil_id,
                batch_members.c.position,
                batch_members.c.sealed,
                batch_members.c.sealed_until,
                batch_members.c.previous,
                batch_members.c.first_sign_in,
            )
            .where(batch_members.c.batch == number)
            .order_by(batch_members.c.position)
        )
        return [_member(row) for row in rows]

    def last_hand_outs(self, pupil_ids: Collection[int]) -> dict[int, datetime]:
        """Return when each of these pupils last got a card, where one was made and not undone."""
        handed_out: dict[int, datetime] = {}
        for chunk in chunks(sorted(pupil_ids)):
            rows = self._connection.execute(
                select(batch_members.c.pupil_id, func.max(batches.c.created_at).label("at"))
                .join(batches, batches.c.number == batch_members.c.batch)
                .where(batch_members.c.pupil_id.in_(chunk), batches.c.undone_at.is_(None))
                .group_by(batch_members.c.pupil_id)
            )
            handed_out |= {row.pupil_id: row.at for row in rows}
        return handed_out

    def later_batches(self, number: int) -> list[int]:
        """Return the batches, not undone, that gave pupils of this batch something newer."""
        later = batch_members.alias()
        rows = self._connection.scalars(
            select(later.c.batch)
            .join(batch_members, batch_members.c.pupil_id == later.c.pupil_id)
            .join(batches, batches.c.number == later.c.batch)
            .where(
                batch_members.c.batch == number,
                later.c.batch > number,
                batches.c.undone_at.is_(None),
            )
            .distinct()
            .order_by(later.c.batch)
        )
        return list(rows)

    def mark_undone(self, number: int, at: datetime) -> None:
        """Keep that a batch was undone, and destroy what it sealed."""
        self._connection.execute(
            update(batches).where(batches.c.number == number).values(undone_at=at)
        )
        self._destroy(batch_members.c.batch == number)

    def destroy_of_pupils(self, pupil_ids: Collection[int]) -> None:
        """Destroy every sealed credential of these pupils."""
        for piece in chunks(pupil_ids):
            self._destroy(batch_members.c.pupil_id.in_(piece))

    def destroy_expired(self, now: datetime) -> None:
        """Destroy every sealed credential whose time is over.

        Those of a pupil who signs in go with the sign-in itself, see `SignIns.record`.
        """
        self._destroy(batch_members.c.sealed_until <= now)

    def _destroy(self, which: Any) -> None:
        self._connection.execute(
            update(batch_members)
            .where(which, batch_members.c.sealed_until.is_not(None))
            .values(sealed=None, sealed_until=None, previous=None)
        )

    def _select(self, which: Any) -> list[Batch]:
        rows = self._connection.execute(
            select(
                batches.c.number,
                batches.c.school_number,
                batches.c.kind,
                batches.c.created_at,
                batches.c.created_by,
                batches.c.undone_at,
                func.count(batch_members.c.pupil_id).label("pupils"),
                func.count(batch_members.c.first_sign_in).label("signed_in"),
                func.max(batch_members.c.sealed_until).label("sealed_until"),
            )
            .join(batch_members, batch_members.c.batch == batches.c.number)
            .where(which)
            .group_by(batches.c.number)
            .order_by(batches.c.number.desc())
        )
        return [Batch(**{**row._asdict(), "kind": BatchKind(row.kind)}) for row in rows]


def _member(row: Row[*tuple[Any, ...]]) -> Member:
    previous = from_json(row.previous) if row.previous else None
    return Member(
        row.pupil_id, row.position, row.sealed, row.sealed_until, previous, row.first_sign_in
    )
