"""What SQLite's planner cannot know: it keeps no statistics here, and takes schools for tiny."""

from __future__ import annotations

from typing import Any, TypeVar

from sqlalchemy import Column, ColumnElement
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

T = TypeVar("T")


class _NotByIndex(FunctionElement[Any]):
    inherit_cache = True


def not_by_index(column: Column[T]) -> ColumnElement[T]:
    """Return `column` for a condition that only checks: another one finds the rows."""
    marked = _NotByIndex(column)
    marked.type = column.type
    return marked


@compiles(_NotByIndex)
def _as_it_is(element: _NotByIndex, compiler: SQLCompiler, **kwargs: Any) -> str:
    return compiler.process(element.clauses, **kwargs)


@compiles(_NotByIndex, "sqlite")
def _sqlite(element: _NotByIndex, compiler: SQLCompiler, **kwargs: Any) -> str:
    return f"+{compiler.process(element.clauses, **kwargs)}"
