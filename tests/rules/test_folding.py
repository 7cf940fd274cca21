"""Folding for search and for column headers."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leerid_core.rules.folding import fold


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Süheda", "suheda"),
        ("su\u0308heda", "suheda"),
        ("İsmail", "ismail"),
        ("YILDIZ Yıldız", "yildiz yildiz"),
        ("Łukasz Großmann", "lukasz grossmann"),
        ("D’Hondt", "d'hondt"),
        ("(sub)Klas\n", "(sub)klas"),
        ("Administratieve\u00a0 groep", "administratieve groep"),
        ("Иван", "ivan"),
        ("Йордан", "yordan"),
        ("И\u0306ордан", "yordan"),
        ("", ""),
    ],
)
def test_what_a_person_calls_the_same(text: str, folded: str) -> None:
    """Case, diacritics, the way they are encoded, and the kind of space do not matter."""
    assert fold(text) == folded


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    """A folded text is folded, in ASCII, in lower case and without outer spaces."""
    folded = fold(text)
    assert fold(folded) == folded
    assert folded.isascii()
    assert folded == folded.lower().strip()


@given(st.text())
def test_both_encodings_fold_alike(text: str) -> None:
    """A text composed and the same text decomposed cannot be told apart."""
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


@given(st.text(st.characters(min_codepoint=0xC0, max_codepoint=0x24F)))
def test_case_does_not_matter(text: str) -> None:
    """Capitals of the Latin alphabets of Europe fold as their small letters do."""
    assert fold(text.upper()) == fold(text.upper().lower())
