"""Many values in one parameter, as rows that a statement reads: no limit on how many."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    FromClause,
    Integer,
    bindparam,
    cast,
    column,
    func,
    select,
)
from sqlalchemy.dialects.postgresql import ARRAY

Row = tuple[int, int, int]
"""A pupil, a moment in milliseconds and an application."""
COLUMNS = ("pupil_id", "at", "application_id")


@cache
def incoming(dialect: str) -> FromClause:
    """Return rows `pupil_id`, `at`, `application_id`, filled by `parameters`."""
    if dialect == "postgresql":
        arrays = (("pupils", Integer), ("moments", BigInteger), ("applications", Integer))
        return (
            func.unnest(*(cast(bindparam(name), ARRAY(kind)) for name, kind in arrays))
            .table_valued(*COLUMNS)
            .render_derived(name="incoming")
        )
    each = func.json_each(bindparam("rows")).table_valued(column("value"))
    cells = [func.json_extract(each.c.value, f"$[{at}]") for at in range(3)]
    labelled = (cell.label(name) for cell, name in zip(cells, COLUMNS, strict=True))
    # Materialized: else SQLite takes the text apart again for every mention of a column.
    return select(*labelled).cte("incoming").prefix_with("MATERIALIZED")


def parameters(dialect: str, rows: Sequence[Row]) -> dict[str, Any]:
    """Return the parameters that fill `incoming`."""
    if dialect == "postgresql":
        pupils, moments, applications = (list(one) for one in zip(*rows, strict=True))
        return {"pupils": pupils, "moments": moments, "applications": applications}
    return {"rows": json.dumps(rows)}
