"""What follows from numbers that add up."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from leerid_core.services.inference import Cell, Sum, is_small, to_hide, with_rests


def cell(at: int) -> Cell:
    """Return a cell by its number."""
    return ("table", at, "count")


@st.composite
def numbers(draw: st.DrawFn) -> tuple[dict[Cell, int], list[Sum]]:
    """Draw numbers, and sums of some of them that lie in one another as they like."""
    values = {cell(at): draw(st.integers(0, 12)) for at in range(draw(st.integers(2, 8)))}
    sums = []
    for _ in range(draw(st.integers(1, 6))):
        parts = draw(st.sets(st.sampled_from(sorted(values)), min_size=2, max_size=5))
        whole = cell(len(values))
        values[whole] = sum(values[part] for part in parts)
        sums.append(Sum(whole, tuple(sorted(parts))))
    return values, with_rests(values, sums)


@given(numbers())
def test_no_small_number_follows_from_all_sums_together(
    drawn: tuple[dict[Cell, int], list[Sum]],
) -> None:
    """Whatever is hidden can be another number too, all sums kept; what is small is hidden."""
    values, sums = drawn
    hidden = to_hide(values, sums, ())
    small = {one for one, count in values.items() if is_small(count)}
    assert small <= hidden
    unknown = sorted(hidden)
    matrix = np.zeros((len(sums) + 1, len(unknown)))
    for row, one in enumerate(sums):
        for at, of in enumerate(unknown):
            matrix[row, at] = (of in one.parts) - (of == one.whole)
    rank = np.linalg.matrix_rank(matrix)
    for at, of in enumerate(unknown):
        alone = np.eye(len(unknown))[at]
        if of in small:
            assert np.linalg.matrix_rank(np.vstack([matrix, alone])) > rank


def test_a_number_of_two_sums_together_is_covered() -> None:
    """7 are in a or b, 10 in a, b or c: c is 3, though no sum has c alone."""
    a, b, c, two, three = map(cell, range(5))
    values = {a: 4, b: 3, c: 3, two: 7, three: 10}
    hidden = to_hide(values, [Sum(two, (a, b)), Sum(three, (a, b, c))], ())
    assert {a, b, c} < hidden


def test_far_from_a_small_number_nothing_is_hidden() -> None:
    """In a hundred tables of which one has a small number, the others are shown whole."""
    values, sums = dict[Cell, int](), []
    for at in range(100):
        name = f"by_{at}"
        values |= {(name, 0, "count"): 40, (name, 1, "count"): 8 if at else 3}
        values |= {(name, 2, "count"): 32 if at else 37}
        sums.append(Sum((name, 0, "count"), ((name, 1, "count"), (name, 2, "count"))))
    assert {one[0] for one in to_hide(values, sums, ())} == {"by_0"}
