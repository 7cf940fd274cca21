"""What a reader can work out of numbers that he knows to add up, and what to hide against that.

Numbers of 1 to 4 are hidden. One is given away when the sums that it is in leave it no room to be
five or more: because it is the only unknown of a sum (98 of 100), or because all that is hidden in
a sum is little together (ten numbers of which each is hidden, and ten in all).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

FEWEST = 5
"""Figures about fewer pupils are not shown."""

Cell = tuple[str, int, str]
"""A number: its table, row and column. What a number has more than others ends with "rest"."""
Row = dict[Cell, Fraction]
"""Numbers that come to nothing when each is taken so many times."""

_ZERO, _ONE = Fraction(0), Fraction(1)
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
        known = _Bounds(hidden, touched, values)
        given = [known.because_of(cell) for cell in small if known.high[cell] < FEWEST]
        more = {
            min(
                reason,
                key=lambda cell: (cell[2] in last, not values[cell], values[cell], cell),
            )
            for reason in given or _certain(small, hidden, touched)
        }
        if not more:
            return hidden
        hidden |= more


class _Bounds:
    """How small and how large each number can be, and which sum told so."""

    def __init__(
        self, hidden: set[Cell], touched: Sequence[Sum], values: Mapping[Cell, int]
    ) -> None:
        cells = {cell for one in touched for cell in one.cells} | hidden
        shown = {cell: values[cell] for cell in cells - hidden}
        # A zero that is hidden looks like any other number, but a small one is known not to be it.
        self.low = {cell: min(values[cell], 1) for cell in hidden} | shown
        self.high = dict.fromkeys(hidden, _UNKNOWN) | shown
        self._hidden = hidden
        self._low_by: dict[Cell, Sum] = {}
        self._high_by: dict[Cell, Sum] = {}
        for _ in range(_PASSES):
            # All of them: each may tighten what the next one tells.
            if not sum([self._tighten(one) for one in touched]):
                break

    def _tighten(self, one: Sum) -> bool:
        low, high, whole = self.low, self.high, one.whole
        least, most = sum(low[part] for part in one.parts), sum(high[part] for part in one.parts)
        told = [(whole, least, most)]
        told += [
            (part, low[whole] - most + high[part], high[whole] - least + low[part])
            for part in one.parts
        ]
        news = False
        for cell, above, below in told:
            if above > low[cell]:
                low[cell], self._low_by[cell], news = above, one, True
            if below < min(high[cell], _UNKNOWN // 2):
                high[cell], self._high_by[cell], news = below, one, True
        return news

    def because_of(self, cell: Cell) -> set[Cell]:
        """Return what tells how large a number can be: of the nearest sums with a number shown.

        Of those only the ones that leave it room to be `FEWEST` when hidden, if there are any.
        """
        reached, ends = set[tuple[Cell, bool]](), [(cell, True)]
        while ends:
            reached.update(ends)
            sums = [self._told(*end) for end in ends]
            found = {one for told in sums if told for one in told.cells} - self._hidden
            if found:
                wholes = {told.whole for told in sums if told}
                room = FEWEST - self.high[cell]
                return {one for one in found if one in wholes or self.low[one] > room} or found
            ends = [
                end
                for told, (of, upwards) in zip(sums, ends, strict=True)
                if told
                for end in _behind(told, of, upwards)
                if end not in reached
            ]
        return self.high.keys() - self._hidden

    def _told(self, cell: Cell, upwards: bool) -> Sum | None:
        return (self._high_by if upwards else self._low_by).get(cell)


def _behind(one: Sum, cell: Cell, upwards: bool) -> Iterator[tuple[Cell, bool]]:
    """Yield the bounds of the other numbers of a sum that a bound of one follows from."""
    for other in one.cells:
        if other != cell:
            yield other, upwards is (one.whole in (cell, other))


def _certain(small: set[Cell], hidden: set[Cell], touched: Sequence[Sum]) -> list[set[Cell]]:
    """Return, for each small number that is the same in every solution of all sums, why it is.

    It is what a combination of sums leaves when every other hidden number falls away: it follows
    from the shown ones in it, and first from those that no other combination does without.
    """
    solved, identities = _eliminated(hidden, touched)
    spare = {cell for row in identities for cell in row}
    reasons = []
    for row in solved:
        unknown = [cell for cell in row if cell in hidden]
        if len(unknown) == 1 and unknown[0] in small:
            reason = row.keys() - hidden
            reasons.append(reason - spare or reason)
    return reasons


def _eliminated(hidden: set[Cell], sums: Sequence[Sum]) -> tuple[list[Row], list[Row]]:
    """Solve sums for what is hidden, by Gauss and Jordan's elimination.

    Returns a row for each number that was solved for, in no other row, and the rows without any.
    """
    rows = dict(enumerate({one.whole: -_ONE, **dict.fromkeys(one.parts, _ONE)} for one in sums))
    rows_of: dict[Cell, set[int]] = {}
    for at, row in rows.items():
        for cell in row:
            rows_of.setdefault(cell, set()).add(at)
    identities = []
    # The short ones first, and the cell that is least used: else all rows grow long.
    for at in sorted(rows, key=lambda at: len(rows[at])):
        row = rows[at]
        unknown = [cell for cell in row if cell in hidden]
        if not unknown:
            identities.append(row)
            continue
        pivot = min(unknown, key=lambda cell: (len(rows_of[cell]), cell))
        for other in rows_of[pivot] - {at}:
            _subtract(rows[other], row, pivot, other, rows_of)
    solved = [row for row in rows.values() if not hidden.isdisjoint(row)]
    return solved, identities


def _subtract(row: Row, other: Row, pivot: Cell, at: int, rows_of: Mapping[Cell, set[int]]) -> None:
    """Take another row so often from row number `at` that its pivot falls away."""
    times = row[pivot] / other[pivot]
    for cell, count in other.items():
        left = row.get(cell, _ZERO) - times * count
        if left:
            row[cell] = left
            rows_of[cell].add(at)
        else:
            row.pop(cell, None)
            rows_of[cell].discard(at)
