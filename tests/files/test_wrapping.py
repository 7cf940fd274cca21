"""Texts that fit their place."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leerid_core.exports.documents import PrintRun
from leerid_core.files.wrapping import fit, wrap

SIZES = ((12, 1), (10, 2), (8, 3))
WIDTH = 60.0


@pytest.fixture(scope="module")
def run() -> Iterator[PrintRun]:
    """Yield the fonts, read once for this module."""
    with PrintRun("TEST School 1", date(2026, 11, 23)) as opened:
        yield opened


@given(st.text("abc .-_/@WiIé", max_size=200))
def test_no_line_is_wider_than_its_place(run: PrintRun, text: str) -> None:
    """Whatever the text, every line fits the width and the number of lines its size."""
    size, lines = fit(text, run.bold, WIDTH, SIZES)
    assert 1 <= len(lines) <= dict[float, int](SIZES)[size]
    assert all(run.bold.width(line, size) <= WIDTH for line in lines)


@given(st.text("abc.-_", max_size=200))
def test_wrapping_loses_nothing(run: PrintRun, text: str) -> None:
    """The lines of a username, put together, are the username."""
    assert "".join(wrap(text, run.mono, 9, WIDTH)) == text


def test_a_break_comes_after_a_dot_rather_than_in_a_word(run: PrintRun) -> None:
    """A username is broken where it is easiest to read on."""
    lines = wrap("jeanbaptiste.vandenheuvelvandenbroucke", run.mono, 11, WIDTH)
    assert lines == ["jeanbaptiste.", "vandenheuvelvandenbroucke"]


def test_a_short_text_keeps_the_largest_size(run: PrintRun) -> None:
    """Nothing shrinks without need."""
    assert fit("Jan", run.bold, WIDTH, SIZES) == (12, ["Jan"])


def test_what_fits_at_no_size_is_cut_with_an_ellipsis(run: PrintRun) -> None:
    """The reader sees that there was more."""
    _, lines = fit("W" * 300, run.bold, WIDTH, SIZES)
    assert len(lines) == 3
    assert lines[-1].endswith("W…")
