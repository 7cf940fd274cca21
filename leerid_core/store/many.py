"""A condition on any number of values: they travel as one parameter.

A parameter for each would be refused from some tens of thousands on, and a statement cut in pieces
can be neither sorted nor counted in the database.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any

from sqlalchemy import Column, ColumnElement, String, cast, literal, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement


class _Elements(FunctionElement[Any]):
    """The elements of a JSON array, as rows of one column `value`."""

    name = "elements"
    inherit_cache = True


def among(column: Column[Any], values: Collection[int] | Collection[str]) -> ColumnElement[bool]:
    """Return the condition that `column` is one of `values`."""
    elements = _Elements(literal(json.dumps(sorted(values)), String)).table_valued("value")
    return column.in_(select(cast(elements.c.value, column.type)))


@compiles(_Elements, "sqlite")
def _sqlite(element: _Elements, compiler: SQLCompiler, **kwargs: Any) -> str:
    return f"json_each({compiler.process(element.clauses, **kwargs)})"


@compiles(_Elements, "postgresql")
def _postgresql(element: _Elements, compiler: SQLCompiler, **kwargs: Any) -> str:
    return f"json_array_elements_text(CAST({compiler.process(element.clauses, **kwargs)} AS json))"
