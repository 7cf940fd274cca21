"""Sticker sheets: 2 x 6 labels of 105 x 48 mm."""

from __future__ import annotations

from itertools import pairwise

import pytest
from card_examples import HAND_OUT, Letter, pages_of_letters, pupils, read_codes
from hypothesis import given, settings
from hypothesis import strategies as st

from leerid_core.exports import PrintOptions, stickers_pdf
from leerid_core.exports.card import CARD_HEIGHT, CARD_WIDTH, SIDE_MARGIN, TOP_MARGIN
from leerid_core.exports.stickers import card_position, label_position

PAGE_WIDTH, PAGE_HEIGHT, EDGE = 210.0, 297.0, 7.0
offsets = st.floats(-10, 10)


def _brands(page: list[Letter]) -> list[tuple[float, float]]:
    """Return where the word LeerID begins on each card of the page."""
    return [(one.left, one.top) for one in page if one.text == "L" and "Bold" in one.font]


def test_labels_are_105_by_48_mm_on_every_sheet() -> None:
    """The same point of every card repeats with the pitch of the labels, within 0.1 mm."""
    for page in pages_of_letters(stickers_pdf(HAND_OUT, pupils(24))):
        brands = _brands(page)
        assert len(brands) == 12
        first_x, first_y = brands[0]
        for at, (x, y) in enumerate(brands):
            row, column = divmod(at, 2)
            assert x - first_x == pytest.approx(column * 105, abs=0.1)
            assert y - first_y == pytest.approx(row * 48, abs=0.1)


def test_the_first_label_begins_4_5_mm_below_the_edge() -> None:
    """HERMA 4457 and Avery Zweckform 3424: no side margin, 4.5 mm above."""
    assert label_position(0, PrintOptions()) == (0, 4.5)
    assert label_position(11, PrintOptions()) == (105, 244.5)


def test_a_started_sheet_is_continued() -> None:
    """With start_at 5, four labels stay empty on the first sheet only."""
    first, second = read_codes(stickers_pdf(HAND_OUT, pupils(14), PrintOptions(start_at=5)))
    assert [code.text[-11:] for code in first] == [f"{at:03}.carabin" for at in range(8)]
    assert [code.text[-11:] for code in second] == [f"{at:03}.carabin" for at in range(8, 14)]
    label_5 = 4.5 + 2 * 48
    assert label_5 < first[0].top < label_5 + 48
    assert first[0].left < 105
    assert second[0].top < 4.5 + 48


def test_starting_at_the_last_label_prints_one_card_there() -> None:
    """Label 12 is the one at the bottom right."""
    first, second = read_codes(stickers_pdf(HAND_OUT, pupils(2), PrintOptions(start_at=12)))
    assert (len(first), len(second)) == (1, 1)
    assert first[0].left > 105
    assert first[0].top > 240


def test_offsets_move_what_is_printed() -> None:
    """To the right and down, by as many millimetres."""
    still = _brands(pages_of_letters(stickers_pdf(HAND_OUT, pupils(12)))[0])
    options = PrintOptions(offset_x=1.2, offset_y=-1.4)
    moved = _brands(pages_of_letters(stickers_pdf(HAND_OUT, pupils(12), options))[0])
    for (x, y), (new_x, new_y) in zip(still, moved, strict=True):
        assert new_x - x == pytest.approx(1.2, abs=0.05)
        assert new_y - y == pytest.approx(-1.4, abs=0.05)


@given(offsets, offsets)
def test_content_stays_7_mm_from_the_edge_and_off_other_cards(x: float, y: float) -> None:
    """Whatever the offset allows, no content is unprintable, or printed over other content."""
    options = PrintOptions(offset_x=x, offset_y=y)
    boxes = [_content(card_position(label, options)) for label in range(12)]
    for left, top, right, bottom in boxes:
        assert left >= EDGE - 1e-9
        assert top >= EDGE - 1e-9
        assert right <= PAGE_WIDTH - EDGE + 1e-9
        assert bottom <= PAGE_HEIGHT - EDGE + 1e-9
    assert all(left[2] <= right[0] for left, right in zip(boxes[::2], boxes[1::2], strict=True))
    assert all(upper[3] <= lower[1] + 0.5 for upper, lower in pairwise(boxes[::2]))


def _content(position: tuple[float, float]) -> tuple[float, float, float, float]:
    left, top = position
    right, bottom = left + CARD_WIDTH - SIDE_MARGIN, top + CARD_HEIGHT - TOP_MARGIN
    return left + SIDE_MARGIN, top + TOP_MARGIN, right, bottom


@settings(max_examples=5, deadline=None)
@given(offsets, offsets)
def test_codes_read_back_at_every_offset(x: float, y: float) -> None:
    """The outermost shifts included, a sheet keeps its twelve readable codes."""
    listed = pupils(12)
    (codes,) = read_codes(stickers_pdf(HAND_OUT, listed, PrintOptions(offset_x=x, offset_y=y)))
    assert sorted(code.text for code in codes) == [one.link for one in listed]


@pytest.mark.parametrize("offset_y", [-10, -3, 0, 2, 10])
def test_the_note_stands_beside_the_labels(offset_y: float) -> None:
    """The line that says 100 % is printed on no label."""
    options = PrintOptions(offset_y=offset_y)
    (page,) = pages_of_letters(stickers_pdf(HAND_OUT, pupils(12), options))
    note = [letter for letter in page if letter.size < 5.6]
    assert "".join(letter.text for letter in note).startswith("Afdrukken op 100 %")
    top, bottom = 4.5 + offset_y, 292.5 + offset_y
    below = all(letter.top >= bottom - 0.3 for letter in note)
    above = all(letter.bottom <= top + 0.3 for letter in note)
    assert below or above
    assert all(letter.top > 0 and letter.bottom < PAGE_HEIGHT for letter in note)
