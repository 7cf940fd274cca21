"""What leaves for a board: no figure about fewer than five pupils, nor one that gives it away.

Three steps (docs/cijfers.md tells them to a reader). Rows of fewer than five pupils are put
together in one, which leaves the sums whole. Then every number from 1 to 4 is hidden. Then, as
long as one of those follows from what is still shown, because parts add up to a whole or rows to
their total, one more is hidden. Whether it follows is asked of all sums at once, so that no
combination of tables is forgotten.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any

from leerid_core.rules.figures import PARTITIONS, PARTS, Figure, Measure
from leerid_core.services.usage import Usage

if TYPE_CHECKING:
    from pandas import DataFrame

FEWEST = 5
"""Figures about fewer pupils are not shown."""
TOGETHER = "Kleine groepen samen"
"""The key of the row that small ones are put together in."""

ROUNDING = 1e-9
TABLES = tuple(field.name for field in fields(Usage) if field.name.startswith("by_"))
_TOTALS = ("totals", 0)

Cell = tuple[str, int, str]
"""A number: its table, row and column. A column of two names is what the first has more."""


@dataclass(frozen=True, slots=True)
class Sum:
    """Numbers that add up to another: a reader who misses one of them can work it out."""

    whole: Cell
    parts: tuple[Cell, ...]

    @property
    def cells(self) -> tuple[Cell, ...]:
        """All of them."""
        return (self.whole, *self.parts)


def suppressed(usage: Usage) -> Usage:
    """Return the statistics as they may leave for a board.

    A hidden number is NA in a table and None in `totals`; `shown` says "minder dan 5" or "meer dan
    407" where that is no secret. The tables have the same columns; rows of fewer than five pupils
    are one row `TOGETHER`. Of batches of fewer than five pupils nothing is left, and without five
    pupils in all nothing of sign-ins either.
    """
    tables = {name: _put_together(getattr(usage, name)) for name in TABLES}
    values = dict(_values(usage, tables))
    sums = list(_sums(values))
    hidden = _hidden(values, sums)
    totals = {
        figure: None if (*_TOTALS, figure.value) in hidden else count
        for figure, count in usage.totals.items()
    }
    few = max(count or 0 for count in usage.totals.values()) < FEWEST
    return replace(
        usage,
        totals=totals,
        shown={figure: _in_words(figure, usage.totals, totals) for figure in totals},
        sign_ins=None if few else usage.sign_ins,
        **{name: _without(table, name, hidden) for name, table in tables.items()},
        **_sign_ins(usage, few=few),
        **_adoption(usage),
    )


def is_small(count: int) -> bool:
    """Say whether a number of pupils must not be shown."""
    return 0 < count < FEWEST


def _put_together(table: DataFrame) -> DataFrame:
    """Make one row of the rows with few pupils; of one more when even together they are few."""
    import pandas as pd

    figures = [figure.value for figure in Figure]
    size = table[figures].max(axis="columns").fillna(0)
    used = table[Measure.SIGN_INS.value].fillna(0) > 0
    small = (size < FEWEST) & ((size > 0) | used)
    if not small.any():
        return table
    while size[small].sum() < FEWEST and (~small & (size > 0)).any():
        small |= table.index == size[~small & (size > 0)].idxmin()
    numbers = [*figures, Measure.SIGN_INS.value]
    row = table.loc[small, numbers].sum(min_count=1).to_frame().T.astype("Int64")
    keys = [name for name in table.columns if name not in numbers]
    rest = table[~small].astype(dict.fromkeys(keys, "string"))
    keyed = row.assign(**{name: TOGETHER if name == keys[-1] else pd.NA for name in keys})
    made = pd.concat([rest, keyed.astype(dict.fromkeys(keys, "string"))], ignore_index=True)
    return made[table.columns]


def _values(usage: Usage, tables: Mapping[str, DataFrame]) -> Iterator[tuple[Cell, int]]:
    """Return every number that would be shown, and those that follow from two of them."""
    rows: list[tuple[str, int, Mapping[str, Any]]] = [
        (*_TOTALS, {figure.value: count for figure, count in usage.totals.items()})
    ]
    for name, table in tables.items():
        rows += [(name, at, row) for at, row in enumerate(table.to_dict("records"))]
    for name, at, row in rows:
        for figure in Figure:
            yield (name, at, figure.value), int(row[figure.value])
        for part, whole in PARTS.items():
            yield (name, at, _rest(part)), int(row[whole.value]) - int(row[part.value])


def _sums(values: Mapping[Cell, int]) -> Iterator[Sum]:
    for name, at in sorted({cell[:2] for cell in values}):
        for whole, parts in PARTITIONS.items():
            yield Sum((name, at, whole.value), tuple((name, at, part.value) for part in parts))
        for part, whole in PARTS.items():
            yield Sum((name, at, whole.value), ((name, at, part.value), (name, at, _rest(part))))
    for name in TABLES:
        for column in [*Figure, *map(_rest, PARTS)]:
            cells = tuple(cell for cell in values if cell[0] == name and cell[2] == str(column))
            total = (*_TOTALS, str(column))
            # A table whose rows overlap, or do not cover everybody, gives nothing away.
            if cells and sum(values[cell] for cell in cells) == values[total]:
                yield Sum(total, cells)


def _rest(part: Figure) -> str:
    return f"{PARTS[part].value} {part.value}"


def _is_rest(cell: Cell) -> bool:
    """A difference is shown nowhere, but a reader who sees both numbers knows it."""
    return " " in cell[2]


def _hidden(values: Mapping[Cell, int], sums: Sequence[Sum]) -> set[Cell]:
    """Return the small numbers, and what must be hidden with them so that none follows.

    What still follows in the end, and is not small, is shown after all: it gives nothing away.
    """
    small = {cell for cell, count in values.items() if is_small(count)}
    hidden = small | {cell for cell in values if _is_rest(cell)}
    while True:
        touched = [one for one in sums if not hidden.isdisjoint(one.cells)]
        followed = _one_by_one(hidden, touched)
        by = {cell: _chain(cell, followed) for cell in sorted(small & followed.keys())}
        jointly = set() if by else _together(hidden - followed.keys(), touched)
        by = by or dict.fromkeys(sorted(small & jointly), touched)
        more = {_one_more(chain, hidden, values) for chain in by.values()} - {None}
        if not more:
            return hidden - ({*followed, *jointly} - small)
        hidden |= {cell for cell in more if cell is not None}


def _one_by_one(hidden: set[Cell], touched: Sequence[Sum]) -> dict[Cell, Sum]:
    """Return the numbers that follow by filling in sums with one unknown, and by which sum."""
    unknown, followed = set(hidden), dict[Cell, Sum]()
    found = True
    while found:
        found = False
        for one in touched:
            left = [cell for cell in one.cells if cell in unknown]
            if len(left) == 1:
                unknown.discard(left[0])
                followed[left[0]] = one
                found = True
    return followed


def _chain(cell: Cell, followed: Mapping[Cell, Sum]) -> list[Sum]:
    """Return the sums that a number follows from, those that came before included."""
    chain, open_cells = dict[Sum, None](), [cell]
    while open_cells:
        one = followed.get(open_cells.pop())
        if one is not None and one not in chain:
            chain[one] = None
            open_cells += one.cells
    return list(chain)


def _together(hidden: set[Cell], touched: Sequence[Sum]) -> set[Cell]:
    """Return the hidden numbers that are the same in every solution of all sums together.

    Those are zero throughout the null space of the sums over what is hidden.
    """
    import numpy as np

    touched = [one for one in touched if not hidden.isdisjoint(one.cells)]
    unknown = sorted({cell for one in touched for cell in one.cells if cell in hidden})
    if not unknown:
        return set()
    at = {cell: column for column, cell in enumerate(unknown)}
    matrix = np.zeros((len(touched), len(unknown)))
    for row, one in enumerate(touched):
        for cell in hidden.intersection(one.cells):
            matrix[row, at[cell]] = -1 if cell == one.whole else 1
    lengths, vectors = np.linalg.eigh(matrix.T @ matrix)
    free = vectors[:, lengths < ROUNDING]
    return {cell for cell in unknown if (abs(free[at[cell]]) < ROUNDING**0.5).all()}


def _one_more(chain: Sequence[Sum], hidden: set[Cell], values: Mapping[Cell, int]) -> Cell | None:
    """Return what else of these sums to hide: the smallest, but enrolments and zeros last."""
    shown = [
        (cell[2] == Figure.ENROLLED, values[cell] == 0, values[cell], cell)
        for one in chain
        for cell in one.cells
        if cell not in hidden
    ]
    return min(shown)[-1] if shown else None


def _without(table: DataFrame, name: str, hidden: Iterable[Cell]) -> DataFrame:
    import pandas as pd

    made = table.copy()
    for of, row, column in hidden:
        if of == name and not _is_rest((of, row, column)):
            made.loc[made.index[row], column] = pd.NA
    return made


def _in_words(
    figure: Figure, counts: Mapping[Figure, int | None], totals: Mapping[Figure, int | None]
) -> str:
    count, whole = counts[figure] or 0, _whole(figure)
    if totals[figure] is not None:
        return str(count)
    if is_small(count):
        return f"minder dan {FEWEST}"
    known = totals[whole] if whole else None
    if known is not None and is_small(known - count):
        return f"meer dan {known - FEWEST}"
    return "niet getoond"


def _whole(figure: Figure) -> Figure | None:
    if figure in PARTS:
        return PARTS[figure]
    return next((whole for whole, parts in PARTITIONS.items() if figure in parts), None)


def _sign_ins(usage: Usage, *, few: bool) -> dict[str, DataFrame]:
    names = ("per_day", "per_hour", "per_application")
    return {name: getattr(usage, name).iloc[: 0 if few else None] for name in names}


def _adoption(usage: Usage) -> dict[str, DataFrame]:
    """Hide the shares that are those of a few pupils, or of all but a few."""
    import pandas as pd

    enough = usage.adoption["pupils"] >= FEWEST
    adoption = usage.adoption[enough].reset_index(drop=True)
    pupils = adoption["pupils"]
    for name in adoption.columns:
        if name == "signed_in" or name.startswith("within_"):
            count = adoption[name] if name == "signed_in" else (adoption[name] * pupils).round()
            adoption[name] = adoption[name].mask(_few(count, pupils), pd.NA)
    curves = usage.batch_curves.merge(adoption[["batch", "pupils"]], on="batch")
    curves = curves[~_few(curves["signed_in"], curves["pupils"])]
    curve = usage.adoption_curve.copy()
    if usage.adoption["pupils"].sum() < FEWEST:
        curve = curve.iloc[:0]
    for name in ("at_risk", "signed_in"):
        curve[name] = curve[name].mask(curve[name].between(1, FEWEST - 1), pd.NA)
    return {
        "adoption": adoption,
        "batch_curves": curves.drop(columns="pupils").reset_index(drop=True),
        "adoption_curve": curve.assign(share=curve["share"].round(2)),
    }


def _few(count: Any, pupils: Any) -> Any:
    few = count.between(1, FEWEST - 1) | (pupils - count).between(1, FEWEST - 1)
    return few.fillna(False).astype(bool)
