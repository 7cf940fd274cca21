"""Which letters print, and how wide."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageDraw, ImageFont, ImageStat

from leerid_core.exports.documents import PrintRun
from leerid_core.files.typeface import FONTS, printable

EUROPEAN = {
    "Albanian": "ÇËçë",
    "Baltic": "ĀāČčĒēĢģĪīĶķĻļŅņŠšŪūŽžĄąĘęĖėĮįŲų",
    "Bulgarian": "АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЬЮЯабвгдежзийклмнопрстуфхцчшщъьюя",
    "Czech and Slovak": "ÁáČčĎďÉéĚěÍíŇňÓóŘřŠšŤťÚúŮůÝýŽžÄäĹĺĽľÔôŔŕ",
    "Danish, Norwegian, Swedish": "ÅåÆæØøÄäÖö",
    "Dutch and French": "ÀÂÇÈÉÊËÎÏÔŒÙÛÜŸàâçèéêëîïôœùûüÿĲĳ",
    "Estonian and Finnish": "ÕõÄäÖöÜüŠšŽž",
    "German": "ÄÖÜẞäöüß",
    "Greek": "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩαβγδεζηθικλμνξοπρςστυφχψωΆΈΉΊΌΎΏάέήίόύώϊϋΐΰ",
    "Hungarian": "ÁáÉéÍíÓóÖöŐőÚúÜüŰű",
    "Icelandic and Faroese": "ÁáÐðÉéÍíÓóÚúÝýÞþÆæÖöØø",
    "Irish and Welsh": "ÁáÉéÍíÓóÚúŴŵŶŷ",
    "Maltese": "ĊċĠġĦħŻż",
    "Polish": "ĄąĆćĘęŁłŃńÓóŚśŹźŻż",
    "Portuguese": "ÃãÁáÂâÀàÇçÉéÊêÍíÓóÔôÕõÚú",
    "Romanian": "ĂăÂâÎîȘșȚțŞşŢţ",
    "Serbo-Croatian": "ČčĆćĐđŠšŽžЂђЈјЉљЊњЋћЏџ",
    "Spanish and Catalan": "ÁáÉéÍíÑñÓóÚúÜüĿŀ",
    "Turkish and Azeri": "ÇçĞğIıİiÖöŞşÜüƏə",
    "Ukrainian and Belarusian": "ҐґЄєІіЇїЎў",
    "Vietnamese": "ĂăÂâĐđÊêÔôƠơƯưẠạẢảẤấẦầẨẩẪẫẬậỄễỘộỲỳỴỵỸỹ",
}


@pytest.fixture(scope="module")
def run() -> Iterator[PrintRun]:
    """Yield the fonts, read once for this module."""
    with PrintRun("TEST School 1", date(2026, 11, 23)) as opened:
        yield opened


@pytest.mark.parametrize("language", EUROPEAN)
def test_the_letters_of_european_names_print(run: PrintRun, language: str) -> None:
    """The faces for names and groups have every letter, composed or not, and leave it as it is."""
    letters = EUROPEAN[language]
    for face in (run.regular, run.bold):
        assert printable(letters, face) == letters
        assert printable(unicodedata.normalize("NFD", letters), face) == letters


@pytest.mark.parametrize(
    ("name", "latin"),
    [("王明", "WangMing"), ("محمد", "mhmd"), ("Fleur 🌸", "Fleur"), ("A\tB\nC", "A B C")],
)
def test_what_would_print_badly_becomes_latin(run: PrintRun, name: str, latin: str) -> None:
    """No empty boxes, no unjoined Arabic, no line breaks."""
    assert printable(name, run.bold) == latin


@given(st.text())
def test_whatever_prints_has_a_glyph(run: PrintRun, text: str) -> None:
    """No name at all can print as an empty box."""
    for face in (run.regular, run.bold):
        assert all(face.has(letter) for letter in printable(text, face))


def test_letters_of_a_secret_cannot_be_confused() -> None:
    """1 l I, O 0 and the like differ by a tenth of their ink and more in the secret's face."""
    font = ImageFont.truetype(str(FONTS / "DejaVuSansMono-Bold.ttf"), 60)

    def drawn(letter: str) -> Image.Image:
        paper = Image.new("L", (60, 80), 0)
        ImageDraw.Draw(paper).text((10, 5), letter, fill=255, font=font)
        return paper

    def ink(paper: Image.Image) -> float:
        return ImageStat.Stat(paper).sum[0]

    for pair in ("1l", "1I", "lI", "O0", "oO", "5S", "8B", "2Z", "6b", "9g", "vw", "uv"):
        first, second = drawn(pair[0]), drawn(pair[1])
        assert ink(ImageChops.difference(first, second)) > 0.1 * ink(first), pair
