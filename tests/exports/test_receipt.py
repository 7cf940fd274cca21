"""The receipt list."""

from __future__ import annotations

from io import BytesIO

import pdfplumber
from card_examples import BY_CLASS, HAND_OUT, pages_of_letters, pupil, pupils, texts, with_pictures

from leerid_core.exports import receipt_pdf


def test_no_password_is_on_the_list() -> None:
    """Neither a written one nor the pictures of another."""
    listed = [
        pupil(password="29ban9"),
        with_pictures("vlinder slak bril zon", username="kim"),
    ]
    (text,) = texts(receipt_pdf(HAND_OUT, listed))
    for secret in ("29ban9", "vlinder", "slak", "bril"):
        assert secret not in text


def test_every_class_has_its_own_list_with_a_box_a_pupil() -> None:
    """Names and usernames in class order, thirty on a page."""
    listed = pupils(31, school_classes=("1A",)) + pupils(2, school_classes=("1B",))
    pdf = receipt_pdf(BY_CLASS, listed)
    pages = texts(pdf)
    assert [page.count(".carabin") for page in pages] == [30, 1, 2]
    assert ["1A" in page and "1B" not in page for page in pages] == [True, True, False]
    assert [page[-3:] for page in pages] == ["1/2", "2/2", "1/1"]
    with pdfplumber.open(BytesIO(pdf)) as document:
        assert [len(page.rects) for page in document.pages] == [30, 1, 2]


def test_long_names_stay_in_their_column() -> None:
    """A name or username of any length runs into neither the next column nor the edge."""
    long = pupil("Jean-Baptiste Emmanuel Zorg " * 3, "van den Heuvel " * 3, username="x" * 50)
    (page,) = pages_of_letters(receipt_pdf(HAND_OUT, [long]))
    row = [letter for letter in page if 44 < letter.top < 52]
    usernames = [letter for letter in row if letter.text == "x"]
    names = [letter for letter in row if letter.left < usernames[0].left]
    assert len(usernames) == 50
    assert max(letter.right for letter in names) < usernames[0].left
    assert usernames[-1].right < 140
