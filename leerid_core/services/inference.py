"""What a reader can work out of numbers that he knows to add up, and what to hide against that.

Numbers of 1 to 4 are hidden. One is given away when the sums that it is in leave it no room to be
five or more: because it is the only unknown of a sum (98 of 100), or because all that is hidden in
a sum is little together (ten numbers of which each is hidden, and ten in all).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, MutableMapping, Sequence
from dataclasses import dataclass

FEWEST = 5
"""Figures about fewer pupils are not shown."""

Cell = tuple[str, int, str]
"""A number: its table, row and column. What a number has more than others ends with "rest"."""

_ROUNDING = 1e-9
_UNKNOWN = 10**9
_PASSES = 30
_REST = " rest"


@dataclass(frozen=True, slots=True)
class Sum:
    """Numbers that add up to another."""

    whole: Cell
    parts: tuple[Cell, ...]

    @property
    def cells(self) -> tuple[Cell, ...]:
        """All of them."""
        return (self.whole, *self.parts)


def is_small(count: int) -> bool:
    """Say whether a number of pupils must not be shown."""
    return 0 < count < FEWEST


def is_rest(cell: Cell) -> bool:
    """A rest is shown nowhere, but who sees the numbers around it knows it."""
    return cell[2].endswith(_REST)


def with_rests(values: MutableMapping[Cell, int], sums: Iterable[Sum]) -> list[Sum]:
    """Return the sums that a reader can use; a small rest becomes a number of `values`.

    A rest that is large gives nothing away, and neither does its sum.
    """
    usable = []
    for at, one in enumerate(sums):
        rest = values[one.whole] - sum(values[part] for part in one.parts)
        if is_small(rest):
            cell = (*one.whole[:2], f"{one.whole[2]} {at}{_REST}")
            values[cell] = rest
            usable.append(Sum(one.whole, (*one.parts, cell)))
        elif not rest:
            usable.append(one)
    return usable


def to_hide(values: Mapping[Cell, int], sums: Sequence[Sum], last: Collection[str]) -> set[Cell]:
    """Return the small numbers, and what must be hidden with them so that none is given away.

    Of the columns `last`, and of zeros, no number is hidden as long as another will do.
    """
    small = {cell for cell, count in values.items() if is_small(count)}
    hidden = set(small)
    while True:
        touched = [one for one in sums if not hidden.isdisjoint(one.cells)]
        highest, because = _bounds(hidden, touched, values)
        given = sorted(cell for cell in small if highest[cell] < FEWEST)
        chains = [_chain(cell, because) for cell in given]
        if not given and small & _certain(hidden, touched):
            chains = [touched]
        more = {_one_more(chain, hidden, values, last) for chain in chains} - {None}
        if given and not more:
            more = {_one_more(touched, hidden, values, last)} - {None}
        if not more:
            return hidden
        hidden |= {cell for cell in more if cell is not None}


def _bounds(
    hidden: set[Cell], touched: Sequence[Sum], values: Mapping[Cell, int]
) -> tuple[dict[Cell, int], dict[Cell, Sum]]:
    """Return how large each number can be, and the sum that last told so."""
    cells = {cell for one in touched for cell in one.cells} | hidden
    low = {cell: min(values[cell], 1) if cell in hidden else values[cell] for cell in cells}
    high = {cell: _UNKNOWN if cell in hidden else values[cell] for cell in cells}
    because: dict[Cell, Sum] = {}
    for _ in range(_PASSES):
        before = len(because), sum(high.values()), sum(low.values())
        for one in touched:
            _tighten(one, low, high, because)
        if before == (len(because), sum(high.values()), sum(low.values())):
            break
    return high, because


def _tighten(
    one: Sum, low: dict[Cell, int], high: dict[Cell, int], because: dict[Cell, Sum]
) -> None:
    least, most = sum(low[part] for part in one.parts), sum(high[part] for part in one.parts)
    told = [(one.whole, least, most)]
    told += [
        (part, low[one.whole] - most + high[part], high[one.whole] - least + low[part])
        for part in one.parts
    ]
    for cell, above, below in told:
        if above > low[cell]:
            low[cell], because[cell] = above, one
        if below < min(high[cell], _UNKNOWN // 2):
            high[cell], because[cell] = below, one


def _chain(cell: Cell, because: Mapping[Cell, Sum]) -> list[Sum]:
    """Return the sums that tell about a number, those that came before included."""
    chain, open_cells = dict[Sum, None](), [cell]
    while open_cells:
        one = because.get(open_cells.pop())
        if one is not None and one not in chain:
            chain[one] = None
            open_cells += one.cells
    return list(chain)


def _certain(hidden: set[Cell], touched: Sequence[Sum]) -> set[Cell]:
    """Return the hidden numbers that are the same in every solution of all sums together.

    Those are zero throughout the null space of the sums over what is hidden.
    """
    import numpy as np

    unknown = sorted({cell for one in touched for cell in one.cells if cell in hidden})
    if not unknown:
        return set()
    at = {cell: column for column, cell in enumerate(unknown)}
    matrix = np.zeros((len(touched), len(unknown)))
    for row, one in enumerate(touched):
        for cell in hidden.intersection(one.cells):
            matrix[row, at[cell]] = -1 if cell == one.whole else 1
    lengths, vectors = np.linalg.eigh(matrix.T @ matrix)
    free = vectors[:, lengths < _ROUNDING]
    return {cell for cell in unknown if (abs(free[at[cell]]) < _ROUNDING**0.5).all()}


def _one_more(
    sums: Iterable[Sum], hidden: set[Cell], values: Mapping[Cell, int], last: Collection[str]
) -> Cell | None:
    """Return what else of these sums to hide: the smallest."""
    shown = [
        (cell[2] in last, values[cell] == 0, values[cell], cell)
        for one in sums
        for cell in one.cells
        if cell not in hidden
    ]
    return min(shown)[-1] if shown else None
