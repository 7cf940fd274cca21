"""The register of usernames: what was ever issued, and what is reserved for a plan."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from leerid_core.store.chunks import chunks
from leerid_core.store.many import among
from leerid_core.store.tables import usernames


@dataclass(frozen=True, slots=True)
class Reservation:
    """A username to hold; `base` and `number` say what it was numbered from, None when typed.

    `pupil_id` is the pupil whom it was proposed for.
    """

    username: str
    base: str | None = None
    number: int | None = None
    pupil_id: int | None = None


class Usernames:
    """The one register for all schools. A name issued once stays with its pupil for ever.

    To look a name up and to reserve it belong in one writing transaction: these take turns, so
    two schools can never be given the same name.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def taken(self, names: Collection[str]) -> set[str]:
        """Return those of `names` that are issued or reserved."""
        found: set[str] = set()
        for piece in chunks(names):
            found.update(
                self._connection.scalars(
                    select(usernames.c.username).where(usernames.c.username.in_(piece))
                )
            )
        return found

    def highest_numbers(self, bases: Collection[str]) -> Mapping[str, int]:
        """Return the highest generated number per base; absent for one never numbered."""
        highest: dict[str, int] = {}
        for piece in chunks(bases):
            rows = self._connection.execute(
                select(usernames.c.base, func.max(usernames.c.number))
                .where(usernames.c.base.in_(piece), usernames.c.number.is_not(None))
                .group_by(usernames.c.base)
            )
            highest.update((base, number) for base, number in rows)
        return highest

    def reserve(self, reservations: Iterable[Reservation], plan: str, until: datetime) -> None:
        """Hold names for `plan`; raises `StoreError("store_conflict")` when one is taken."""
        for piece in chunks(reservations):
            self._connection.execute(
                insert(usernames),
                [
                    {
                        "username": held.username,
                        "base": held.base,
                        "number": held.number,
                        "pupil_id": held.pupil_id,
                        "plan": plan,
                        "reserved_until": until,
                    }
                    for held in piece
                ],
            )

    def reserved(self, plan: str) -> set[str]:
        """Return the names that `plan` holds."""
        return set(
            self._connection.scalars(select(usernames.c.username).where(usernames.c.plan == plan))
        )

    def release(self, plan: str, names: Collection[str] | None = None) -> None:
        """Give up the names of `plan`, or only `names` of them."""
        if names is None:
            self._connection.execute(delete(usernames).where(usernames.c.plan == plan))
            return
        for piece in chunks(names):
            self._connection.execute(
                delete(usernames).where(usernames.c.plan == plan, usernames.c.username.in_(piece))
            )

    def release_of_pupils(self, pupil_ids: Collection[int]) -> None:
        """Give up what any plan reserved for these pupils."""
        for piece in chunks(pupil_ids):
            self._connection.execute(
                delete(usernames).where(
                    usernames.c.pupil_id.in_(piece), usernames.c.plan.is_not(None)
                )
            )

    def release_expired(self, now: datetime) -> None:
        """Give up every reservation whose time is over."""
        self._connection.execute(delete(usernames).where(usernames.c.reserved_until <= now))

    def issue(self, plan: str, owners: Mapping[str, int], at: datetime) -> None:
        """Give the names that `plan` holds to their pupils, for ever."""
        if not owners:
            return
        statement = (
            update(usernames)
            .where(usernames.c.username == bindparam("name"), usernames.c.plan == plan)
            .values(pupil_id=bindparam("owner"), plan=None, reserved_until=None, issued_at=at)
        )
        self._connection.execute(
            statement, [{"name": name, "owner": owner} for name, owner in owners.items()]
        )

    def owned(self, pupil_ids: Collection[int]) -> dict[int, str]:
        """Return the name issued last to each of these pupils who ever had one."""
        last: dict[int, str] = {}
        for piece in chunks(pupil_ids):
            rows = self._connection.execute(
                select(usernames.c.pupil_id, usernames.c.username)
                .where(usernames.c.pupil_id.in_(piece), usernames.c.issued_at.is_not(None))
                .order_by(usernames.c.issued_at)
            )
            last.update((pupil_id, username) for pupil_id, username in rows)
        return last

    def owners(self, names: Collection[str]) -> dict[str, int]:
        """Return the pupil of each of `names` that was issued."""
        rows = self._connection.execute(
            select(usernames.c.username, usernames.c.pupil_id).where(
                among(usernames.c.username, names), usernames.c.issued_at.is_not(None)
            )
        )
        return {row.username: row.pupil_id for row in rows}
