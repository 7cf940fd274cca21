"""Cohorts: the enrolments that no figure over sign-ins can tell apart, counted together."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, insert, select

from leerid_core.store.chunks import chunks
from leerid_core.store.tables import cohort_classes, cohorts

COLUMNS = (
    "school_number",
    "school_year",
    "administrative_group",
    "level",
    "account_type",
    "school_classes",
)
"""What tells cohorts apart: columns that an enrolment has too."""


class Cohorts:
    """The cohorts of every school; those that have become empty stay, with their counts."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of_enrolments(self, values: Sequence[Mapping[str, Any]]) -> list[int]:
        """Return the cohort of each enrolment, given as its columns; new ones are made."""
        keys = [_key(one) for one in values]
        wanted = dict(zip(keys, values, strict=True))
        found = self._find(wanted)
        self._add({key: wanted[key] for key in wanted if key not in found})
        found |= self._find(wanted.keys() - found.keys())
        return [found[key] for key in keys]

    def _find(self, keys: Collection[bytes]) -> dict[bytes, int]:
        found: dict[bytes, int] = {}
        for piece in chunks(keys):
            rows = self._connection.execute(
                select(cohorts.c.key, cohorts.c.id).where(cohorts.c.key.in_(piece))
            )
            found.update((key, cohort_id) for key, cohort_id in rows)
        return found

    def _add(self, new: Mapping[bytes, Mapping[str, Any]]) -> None:
        if not new:
            return
        statement = insert(cohorts).returning(cohorts.c.id, sort_by_parameter_order=True)
        rows = [{"key": key, **{name: one[name] for name in COLUMNS}} for key, one in new.items()]
        ids = self._connection.scalars(statement, rows)
        classes = [
            {"cohort_id": cohort_id, "name": name}
            for cohort_id, one in zip(ids, new.values(), strict=True)
            for name in dict.fromkeys(one["school_classes"])
        ]
        if classes:
            self._connection.execute(insert(cohort_classes), classes)


def _key(values: Mapping[str, Any]) -> bytes:
    text = json.dumps([values[name] for name in COLUMNS])
    return hashlib.sha256(text.encode()).digest()
