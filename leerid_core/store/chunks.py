"""Long lists of parameters, in pieces that every database takes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

T = TypeVar("T")
SIZE = 5_000  # SQLite takes at most 32,766 parameters in one statement


def chunks(items: Iterable[T]) -> Iterator[list[T]]:
    """Cut `items` into lists of at most `SIZE`."""
    iterator = iter(items)
    while piece := list(islice(iterator, SIZE)):
        yield piece
