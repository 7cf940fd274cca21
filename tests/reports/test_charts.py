"""Charts: what is drawn, on which ground, and that it is the same each time."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

import chart_frames
import pandas as pd
import pytest
import resvg_py
from chart_frames import FRAMES
from defusedxml.ElementTree import fromstring
from PIL import Image, ImageColor

from leerid_core.reports import charts
from leerid_core.reports.charts.ground import GROUNDS

SVG = "{http://www.w3.org/2000/svg}"


def _draw(name: str, frame: pd.DataFrame, ground: str = "light") -> bytes:
    drawn: bytes = getattr(charts, name)(frame, ground)
    return drawn


def _colours(svg: bytes) -> set[str]:
    return set(re.findall(r"#[0-9a-f]{6}", svg.decode()))


@pytest.mark.parametrize("name", FRAMES)
def test_the_same_numbers_give_the_same_picture(name: str) -> None:
    """Byte for byte, well-formed, without a date, a script, or anything of another host."""
    svg = _draw(name, FRAMES[name]())
    assert svg == _draw(name, FRAMES[name]())
    root = fromstring(svg)
    assert root.tag == f"{SVG}svg"
    assert not list(root.iter(f"{SVG}metadata"))
    assert set(re.findall(rb'href="(.)', svg)) <= {b"#"}


@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("name", FRAMES)
def test_a_chart_stands_out_from_its_ground(name: str, ground: str) -> None:
    """Every text, line of a curve and bar is drawn in a colour that contrasts at least 3 to 1."""
    colours = GROUNDS[ground]
    found = _colours(_draw(name, FRAMES[name](), ground))
    strong = {colours.ink, colours.soft, colours.strong, *colours.series}
    assert found & strong
    assert all(_contrast(one, colours.paper) >= 3 for one in strong)
    others = {other.strong for other in GROUNDS.values()} - {colours.strong}
    assert not found & others or name == "heat_map"


def _contrast(one: str, other: str) -> float:
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("ground", GROUNDS)
def test_more_is_darker_on_paper_and_lighter_on_a_dark_page(ground: str) -> None:
    """So the heat map is read in grey as well."""
    ramp = [_luminance(colour) for colour in GROUNDS[ground].ramp]
    assert ramp == sorted(ramp, reverse=ground != "dark")


def _picture(svg: bytes) -> Image.Image:
    png: Any = resvg_py.svg_to_bytes(svg_string=svg.decode(), background="white", dpi=96.0)
    return Image.open(BytesIO(bytes(png))).convert("RGB")


def test_bars_are_as_long_as_their_share() -> None:
    """Lowest first: measured in the picture itself."""
    picture = _picture(_draw("groups", chart_frames.groups(10)))
    strong = ImageColor.getrgb(GROUNDS["light"].strong)
    rows = [
        sum(picture.getpixel((x, y)) == strong for x in range(picture.width))
        for y in range(picture.height)
    ]
    bars = [length for length in rows if length > 10]
    assert bars == sorted(bars)
    assert max(bars) / min(bars) == pytest.approx(10, rel=0.1)


@pytest.mark.parametrize("name", FRAMES)
def test_nothing_is_said_where_there_is_nothing(name: str) -> None:
    """An empty frame gives a small picture with a sentence, not an error."""
    empty = FRAMES[name]().iloc[:0]
    assert len(_draw(name, empty)) < len(_draw(name, FRAMES[name]()))
    assert _draw(name, empty) == _draw("groups", chart_frames.groups().iloc[:0])


@pytest.mark.parametrize("text", ["$A_1$", "\\frac", "<b>&", "中文班", "🙂", "x" * 300, "a\nb", ""])
def test_any_name_can_be_drawn(text: str) -> None:
    """No formula, no markup, no missing letter, no name too long."""
    svg = _draw("groups", pd.DataFrame({"name": [text], "part": [1], "whole": [7]}))
    assert svg.count(b"<svg") == 1
    assert len(_draw("applications", pd.DataFrame({"application": [text], "sign_ins": [3]})))
    curve = {"series": [text] * 2, "days": [0, 1], "share": [0.1, 0.2]}
    assert len(_draw("adoption", pd.DataFrame(curve)))


def test_a_long_period_is_drawn_in_weeks() -> None:
    """A bar for each of 400 days could not be read."""
    days, weeks = (_draw("per_day", chart_frames.per_day(count)) for count in (120, 400))
    assert len(weeks) < len(days)


def test_many_groups_make_a_higher_picture() -> None:
    """The bars keep their height."""
    heights = [
        float(fromstring(_draw("groups", chart_frames.groups(count))).get("viewBox").split()[3])
        for count in (3, 60)
    ]
    assert heights[1] - heights[0] == pytest.approx(57 * 0.28 * 72)
