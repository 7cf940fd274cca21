"""Many numbers and moments in few parameters, as rows that a statement reads: no limit on how many.

What the drivers make of a list takes longer than what the database does with it, so it is written
here: as JSON for SQLite, as arrays in PostgreSQL's own notation.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import Dialect, FromClause, bindparam, cast, column, func, select, type_coerce
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.types import NULLTYPE, TypeEngine


class Incoming:
    """Rows of some columns that come in with a statement, each column with its type."""

    def __init__(self, **columns: TypeEngine[Any]) -> None:
        self._columns = columns

    @cache  # noqa: B019 - each is made once, by a module
    def rows(self, dialect: str) -> FromClause:
        """Return the rows, filled by `parameters`."""
        names = list(self._columns)
        if dialect == "postgresql":
            arrays = [
                cast(bindparam(f"incoming_{name}", type_=NULLTYPE), ARRAY(kind))
                for name, kind in self._columns.items()
            ]
            columns = [column(name, kind) for name, kind in self._columns.items()]
            return func.unnest(*arrays).table_valued(*columns).render_derived(name="incoming")
        each = func.json_each(bindparam("incoming")).table_valued(column("value"))
        cells = [func.json_extract(each.c.value, f"$[{at}]") for at in range(len(names))]
        typed = (
            type_coerce(cell, kind).label(name)
            for cell, (name, kind) in zip(cells, self._columns.items(), strict=True)
        )
        # Materialized: else SQLite takes the text apart again for every mention of a column.
        return select(*typed).cte("incoming").prefix_with("MATERIALIZED")

    def parameters(self, dialect: Dialect, rows: Sequence[Sequence[Any]]) -> dict[str, Any]:
        """Return the parameters that make `rows` of these, of which there is at least one."""
        written = self._written(dialect, rows)
        if dialect.name == "sqlite":
            return {"incoming": json.dumps(written)}
        arrays = (f"{{{','.join(map(str, values))}}}" for values in zip(*written, strict=True))
        return {
            f"incoming_{name}": array for name, array in zip(self._columns, arrays, strict=True)
        }

    def _written(self, dialect: Dialect, rows: Sequence[Sequence[Any]]) -> Sequence[Sequence[Any]]:
        """Return the rows as the database keeps them."""
        kinds = [kind.dialect_impl(dialect) for kind in self._columns.values()]
        writers = [kind.bind_processor(dialect) for kind in kinds]
        if not any(writers):
            return rows
        return [
            [
                value if write is None else write(value)
                for write, value in zip(writers, row, strict=True)
            ]
            for row in rows
        ]
