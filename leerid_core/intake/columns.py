"""Which column of a file holds which field: matched by header, shown to the user and corrected."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from leerid_core.errors import Refused
from leerid_core.intake.fields import Field, Shape
from leerid_core.intake.headers import HEADERS, SIGNATURES, SUBSTITUTES
from leerid_core.rules.folding import fold


class Match(StrEnum):
    """How a column came by its field."""

    EXACT = "exact"
    BY_NAME = "by name"
    BY_USER = "by the user"
    POSITION = "position"


@dataclass(frozen=True, slots=True)
class ColumnMatch:
    """One column of the file: its header as shown, its field, and how that was found.

    `field` and `how` are None for a column that is not used; a column that the user left out has
    the field IGNORE. `index` counts the columns from 0.
    """

    header: str
    field: Field | None
    how: Match | None
    index: int


@lru_cache(maxsize=4_096)
def header_key(header: str) -> str:
    """Return what two spellings of one header have in common."""
    return "".join(filter(str.isalnum, fold(header)))


def _by_name(headers: Mapping[Field, tuple[str, ...]]) -> Mapping[str, Field]:
    return {header_key(name): field for field, names in headers.items() for name in names}


_LITERAL = {name: field for field, names in HEADERS.items() for name in names}
_NAMED = _by_name(HEADERS)
_SUBSTITUTED = _by_name(SUBSTITUTES)


def match_columns(
    headers: Sequence[str], mapping: Mapping[str, Field], *, positional: bool = False
) -> tuple[ColumnMatch, ...]:
    """Return the match of each column that has a header, in the file's order.

    What the user says in `mapping` goes before a literal header, a literal one before one matched
    by name; of equals the leftmost. A second header with the same text is shown as "Naam (2)".
    Raises `Refused` with `unknown_column` for a header in `mapping` that the file does not have,
    with `field_mapped_twice` for a field that the user gives to two columns.
    """
    shown = _distinct(headers)
    _check_mapping(mapping, shown)
    found: dict[int, tuple[Field, Match]] = {
        index: (mapping[header], Match.BY_USER)
        for index, header in enumerate(shown)
        if header in mapping
    }
    taken = set(mapping.values())
    for catalogue, how, key in (
        (_LITERAL, Match.EXACT, str),
        (_NAMED, Match.BY_NAME, header_key),
        (_SUBSTITUTED, Match.BY_NAME, header_key),
    ):
        for index, header in enumerate(headers):
            field = catalogue.get(key(header))
            if field and field not in taken and index not in found:
                found[index] = (field, Match.POSITION if positional else how)
                taken.add(field)
    unused = (None, None)
    return tuple(
        ColumnMatch(header, field, how, index)
        for index, header in enumerate(shown)
        for field, how in [found.get(index, unused)]
        if header
    )


def columns_by_field(columns: Sequence[ColumnMatch]) -> dict[Field, ColumnMatch]:
    """Return where each field stands, without the columns that are not used."""
    return {
        column.field: column
        for column in columns
        if column.field is not None and column.field is not Field.IGNORE
    }


def recognise_shape(headers: Sequence[str]) -> Shape:
    """Return the shape that these headers belong to, OTHER when to none."""
    keys = {header_key(header) for header in headers}
    for shape, signature in SIGNATURES.items():
        if keys.issuperset(map(header_key, signature)):
            return shape
    return Shape.OTHER


def _distinct(headers: Sequence[str]) -> list[str]:
    shown: list[str] = []
    counts: dict[str, int] = {}
    for header in headers:
        counts[header] = count = counts.get(header, 0) + 1
        shown.append(f"{header} ({count})" if header and count > 1 else header)
    return shown


def _check_mapping(mapping: Mapping[str, Field], shown: Sequence[str]) -> None:
    for header in mapping:
        if not header or header not in shown:
            raise Refused("unknown_column", column=header)
    used = [field for field in mapping.values() if field is not Field.IGNORE]
    for field in used:
        if used.count(field) > 1:
            raise Refused("field_mapped_twice", field=field.label)
