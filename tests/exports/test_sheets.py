"""The A4 PDF with cards to cut out."""

from __future__ import annotations

from card_examples import BY_CLASS, HAND_OUT, pages_of_letters, pupils, read_codes, texts

from leerid_core.exports import CardOrder, HandOut, PrintOptions, cards_pdf


def test_every_group_has_its_own_sheets() -> None:
    """A footer names the school, the list, the page and the group."""
    listed = pupils(3, school_classes=("2A",)) + pupils(13, school_classes=("10A",))
    pages = texts(cards_pdf(BY_CLASS, listed))
    assert [page.count("Gebruikersnaam:") for page in pages] == [3, 7, 6]
    for number, (page, name) in enumerate(zip(pages, ("2A", "10A", "10A"), strict=True), start=1):
        assert page.endswith(f"{name}TEST School 1 · lijst 12 · 23 november 2026 · {number}/3")


def test_a_cut_stack_is_in_order() -> None:
    """Twelve piles, laid on each other from the top left one on, give the pupils in order."""
    listed = pupils(30)
    pages = read_codes(cards_pdf(HAND_OUT, listed))
    piles = [[page[place].text for page in pages if place < len(page)] for place in range(12)]
    assert [link for pile in piles for link in pile] == [one.link for one in listed]


def test_in_order_of_name_the_groups_share_sheets() -> None:
    """Who asks for one alphabetical list gets one."""
    listed = pupils(3, school_classes=("2A",)) + pupils(3, school_classes=("10A",))
    assert len(texts(cards_pdf(BY_CLASS, listed, PrintOptions(order=CardOrder.NAME)))) == 1


def test_offsets_and_start_position_are_for_stickers_only() -> None:
    """Plain paper has no used labels."""
    moved = PrintOptions(start_at=7, offset_x=3, offset_y=-3)
    assert cards_pdf(HAND_OUT, pupils(5), moved) == cards_pdf(HAND_OUT, pupils(5))


def test_nothing_stands_in_the_margin_that_printers_cannot_reach() -> None:
    """All letters, the footer too, stay 7 mm from the edge of the sheet."""
    (page,) = pages_of_letters(cards_pdf(HAND_OUT, pupils(12)))
    assert min(letter.left for letter in page) >= 7
    assert max(letter.right for letter in page) <= 203
    assert min(letter.top for letter in page) >= 7
    assert max(letter.bottom for letter in page) <= 290


def test_long_names_of_schools_and_groups_do_not_run_into_each_other() -> None:
    """Each keeps to its half of the footer."""
    school = HandOut("030569", "Vrije Basisschool " * 8, 12, HAND_OUT.made_on, by_class=False)
    listed = pupils(1, administrative_group="1e lj 2e gr AF Keukenmedewerker DL DBSO " * 4)
    (page,) = pages_of_letters(cards_pdf(school, listed))
    footer = [letter for letter in page if letter.top > 286]
    left = [letter.right for letter in footer if letter.left < 105]
    right = [letter.left for letter in footer if letter.left >= 105]
    assert max(left) < 105 < min(right)
    assert max(letter.right for letter in footer) <= 203
