"""What stands on a card, and where."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from card_examples import (
    HAND_OUT,
    Letter,
    ReadCode,
    pages_of_letters,
    pupil,
    read_codes,
    texts,
    with_pictures,
)
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from leerid_core.exports import CardOrder, PrintOptions, stickers_pdf
from leerid_core.exports.qr_code import QUIET_ZONE, qr_code
from leerid_core.rules.accounts import AccountType, PasswordKind
from leerid_core.rules.credentials import Credential
from leerid_core.rules.pictures import CATALOGUE

AS_GIVEN = PrintOptions(order=CardOrder.GIVEN)
EDGE = 7.0
LABEL_WIDTH, LABEL_HEIGHT, FIRST_LABEL = 105.0, 48.0, 4.5
A_LITTLE = 0.15

# Whole pages are made and read back: few examples, and no minutes of shrinking.
slow = settings(max_examples=6, deadline=None, phases=[Phase.reuse, Phase.generate])

_words = st.text("abcdeghijlmnopstuvwABDEGHIMWÉŞİĐŁ", min_size=1, max_size=22)
_names = st.lists(_words, min_size=1, max_size=5).map(" ".join)
_usernames = st.text("abcdefghijklmnopqrstuvwxyzw0123456789", min_size=1, max_size=50) | st.just(
    "jeanbaptisteemmanuel.vandenheuvelvandenbroucke1234"
)
_secrets = st.sampled_from(
    [
        (AccountType.BASIC, PasswordKind.WORD, "29ban9"),
        (AccountType.ADVANCED, PasswordKind.TEMPORARY, "WMpgu9J7"),
        (AccountType.BASIC, PasswordKind.PICTURES, "vlinder olifant schaar paraplu"),
    ]
)


@st.composite
def _pupils(draw: st.DrawFn) -> Credential:
    account_type, kind, secret = draw(_secrets)
    return pupil(
        draw(_names),
        draw(_names),
        username=draw(_usernames),
        administrative_group=draw(_names),
        school_classes=tuple(draw(st.lists(_words, max_size=4))),
        account_type=account_type,
        password_kind=kind,
        password=secret,
    )


def _quiet_box(code: ReadCode) -> tuple[float, float, float, float]:
    quiet = (code.right - code.left) / qr_code(code.text).size * QUIET_ZONE - A_LITTLE
    return code.left - quiet, code.top - quiet, code.right + quiet, code.bottom + quiet


def _inside(letter: Letter, box: tuple[float, float, float, float]) -> bool:
    left, top, right, bottom = box
    across = letter.left < right and letter.right > left
    return across and letter.top < bottom and letter.bottom > top


@slow
@given(st.lists(_pupils(), min_size=12, max_size=12, unique=True))
def test_no_text_touches_a_quiet_zone_or_leaves_its_card(listed: list[Credential]) -> None:
    """However long names, groups and usernames are, codes stay readable and cards apart."""
    pdf = stickers_pdf(HAND_OUT, listed, AS_GIVEN)
    (letters,), (codes,) = pages_of_letters(pdf), read_codes(pdf)
    assert [code.text for code in codes] == [one.link for one in listed]
    boxes = [_quiet_box(code) for code in codes]
    for letter in (one for one in letters if one.size > 5.6 or one.bottom < 290):
        assert not any(_inside(letter, box) for box in boxes), letter
        column = int(letter.left // LABEL_WIDTH)
        row = int((letter.top - FIRST_LABEL) // LABEL_HEIGHT)
        left, top = column * LABEL_WIDTH, FIRST_LABEL + row * LABEL_HEIGHT
        assert left + EDGE <= letter.left, letter
        assert letter.right <= left + LABEL_WIDTH - EDGE, letter
        assert top + 2.4 <= letter.top, letter
        assert letter.bottom <= top + LABEL_HEIGHT - 2.4, letter


@slow
@given(st.lists(_pupils(), min_size=12, max_size=12, unique=True))
def test_usernames_and_secrets_stay_whole_and_readable(listed: list[Credential]) -> None:
    """They are printed in full, in the face without look-alikes, at 8 points and more."""
    (letters,) = pages_of_letters(stickers_pdf(HAND_OUT, listed, AS_GIVEN))
    mono = [letter for letter in letters if "Mono" in letter.font]
    assert min(letter.size for letter in mono) >= 8
    written = [
        one.username + (one.password if one.password_kind is not PasswordKind.PICTURES else "")
        for one in listed
    ]
    assert Counter("".join(letter.text for letter in mono)) == Counter("".join(written))


@pytest.mark.parametrize(
    ("account_type", "kind", "secret", "label"),
    [
        (AccountType.BASIC, PasswordKind.WORD, "29ban9", "Wachtwoord:29ban9"),
        (AccountType.ADVANCED, PasswordKind.TEMPORARY, "pgu9J7Zn", "Tijdelijk wachtwoord:pgu9J7Zn"),
    ],
)
def test_a_card_says_what_the_manual_says(
    account_type: AccountType, kind: PasswordKind, secret: str, label: str
) -> None:
    """Group, name, LeerID, link, Gebruikersnaam and the right word for the password."""
    one = pupil(account_type=account_type, password_kind=kind, password=secret)
    (text,) = texts(stickers_pdf(HAND_OUT, [one]))
    assert text.startswith(
        "LeerID4de leerjaarSüheda Carabinhttps://mijn.leerid.be/suheda.carabin"
        f"Gebruikersnaam:suheda.carabin{label}"
    )


def test_a_class_stands_before_the_group() -> None:
    """Where class information is shared, all classes of the pupil are on the card."""
    one = pupil(school_classes=("4A", "4A.WIS"))
    (text,) = texts(stickers_pdf(HAND_OUT, [one]))
    assert "4A, 4A.WIS · 4de leerjaar" in text


def test_pictures_are_numbered_and_named_in_order() -> None:
    """A child, or who helps it, sees which picture comes first; no key is printed as a word."""
    one = with_pictures("schaar zon boot kat")
    (text,) = texts(stickers_pdf(HAND_OUT, [one]))
    assert "Wachtwoord:1 schaar2 zon3 boot4 kat" in text


def test_a_sheet_with_every_picture_reads_back() -> None:
    """All 24 pictures can be drawn, and none hides a code."""
    keys = [picture.key for picture in CATALOGUE]
    listed = [
        with_pictures(" ".join(keys[at : at + 4]), username=f"p{at}")
        for at in range(0, len(keys), 4)
    ]
    pdf = stickers_pdf(HAND_OUT, listed, AS_GIVEN)
    assert [code.text for code in read_codes(pdf)[0]] == [one.link for one in listed]


def test_a_name_in_another_script_is_printed_in_latin() -> None:
    """The teacher can read whose card it is."""
    (text,) = texts(stickers_pdf(HAND_OUT, [pupil("明", "王")]))
    assert "Ming Wang" in text


@pytest.mark.parametrize("name", ["Ștefan Ğül", "Łukasz Żak", "Đorđe İz", "Ελένη Ώρα", "Щукін Їв"])
def test_a_european_name_is_printed_as_written(name: str) -> None:
    """What is printed reads back as the name itself."""
    first, last = name.split()
    (text,) = texts(stickers_pdf(HAND_OUT, [pupil(first, last)]))
    assert name in text


def test_everything_as_long_as_can_be_still_fits() -> None:
    """A link of 200 letters, the longest username, name and group, and pictures or a password."""
    username = "w" * 50
    changes: dict[str, Any] = {
        "username": username,
        "link": f"https://aanmelden.{'scholengroep-' * 9}vlaanderen.example.org/{username}",
        "administrative_group": "2e lj 3e gr Elektri.installatietechn.TSO " * 4,
        "school_classes": ("DV-WMWa3", "DV2.AVN.3", "DV2Win"),
    }
    name = ("Jean-Baptiste Emmanuel Zorg " * 3, "van den Heuvel-Vandenbroucke " * 3)
    listed = [
        pupil(*name, **changes),
        with_pictures(first_name=name[0], last_name=name[1], **changes),
    ]
    pdf = stickers_pdf(HAND_OUT, listed, AS_GIVEN)
    (letters,), (codes,) = pages_of_letters(pdf), read_codes(pdf)
    assert {code.text for code in codes} == {listed[0].link}
    assert all(code.right - code.left > 22 for code in codes)
    cards = [letter for letter in letters if letter.bottom < 290]
    assert max(letter.bottom for letter in cards) < FIRST_LABEL + LABEL_HEIGHT - 2.4
    for box in map(_quiet_box, codes):
        assert not any(_inside(letter, box) for letter in cards)
