"""Which rows of the tables of the statistics lie in which: 1A in the first year, that in lager.

Who reads two tables can subtract one from the other, so what hides small numbers must know it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from leerid_core.store import Counted

Key = tuple[Any, ...]
Keys = Callable[[Counted], Iterable[Key]]
"""The rows of a table that some pupils count in."""
Row = tuple[str, Key]
"""A row: the name of its table, and its key."""
Nesting = Mapping[Row, frozenset[Row]]


def nesting(counted: Iterable[Counted], tables: Mapping[str, Keys]) -> Nesting:
    """Return for each row those, of other tables, in which all its pupils count.

    For a row with a pupil who is in another row of its table too it is none: those do not add up.
    """
    within: dict[Row, frozenset[Row]] = {}
    shared: set[Row] = set()
    for one in counted:
        of = {name: [(name, key) for key in keys(one)] for name, keys in tables.items()}
        every = frozenset(row for rows in of.values() for row in rows)
        for rows in of.values():
            others = every.difference(rows)
            for row in rows:
                within[row] = within.get(row, others) & others
            if len(rows) > 1:
                shared.update(rows)
    return within | dict.fromkeys(shared, frozenset())
