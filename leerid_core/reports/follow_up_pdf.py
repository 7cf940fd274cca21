"""The follow-up list on paper: a class on its own page, to tick and to write on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import ceil

from fpdf.structure_tree import StructElem

from leerid_core.files.typeface import printable
from leerid_core.files.wrapping import Sizes, fit
from leerid_core.reports.dutch import pupils as counted_pupils
from leerid_core.reports.follow_up import FollowUp, Waiting, by_group
from leerid_core.reports.paper.pages import INK, LINE, SIDE, SOFT, WIDTH, Pages
from leerid_core.rules.dates import dutch_date

_ROW, _ROWS = 8.2, 27
_BOX = 4.0
_COLUMNS = {
    "Nr.": 7.0,
    "Gedaan": 14.0,
    "Naam": 47.0,
    "Gebruikersnaam": 38.0,
    "Wachtwoord": 20.0,
    "Uitgedeeld": 26.0,
    "Opmerking": 30.0,
}
_SIZES: Sizes = ((9, 1), (7.5, 1), (6.5, 2))
_SMALL: Sizes = ((8, 1), (7, 1), (7, 2), (5.5, 2))
_KINDS = {"Afbeeldingswachtwoord": "Afbeeldingen"}
_NONE = "Iedereen met een account heeft zich al aangemeld, of heeft het nog maar net."


def follow_up_pdf(follow_up: FollowUp, step: Callable[[], None] = lambda: None) -> bytes:
    """Return the list as a PDF; `step` is called before each group.

    The same list gives the same bytes.
    """
    foot = f"{follow_up.school} · {follow_up.made}"
    with Pages(follow_up.title, follow_up.made_by, follow_up.made_at, foot) as pages:
        for name, waiting in by_group(follow_up.pupils):
            step()
            _draw_group(pages, follow_up, name, waiting)
        if not follow_up.pupils:
            pages.heading(follow_up.title, 1)
            pages.paragraph(_NONE)
        return bytes(pages.output())


def _draw_group(pages: Pages, follow_up: FollowUp, name: str, waiting: Sequence[Waiting]) -> None:
    sheets = ceil(len(waiting) / _ROWS)
    for sheet in range(sheets):
        first = sheet * _ROWS
        pages.add_page()
        pages.y = pages.t_margin
        more = f" ({sheet + 1} van {sheets})" if sheets > 1 else ""
        pages.heading(f"{name}{more}", 1, outline=sheet == 0)
        there = "zich nog nooit aangemeld"
        have = "heeft" if len(waiting) == 1 else "hebben"
        pages.paragraph(
            f"{counted_pupils(len(waiting))} {have} {there}. {follow_up.school}.", 9, SOFT
        )
        table = pages.structure.group("Table", pages.page)
        _draw_head(pages, table)
        for number, pupil in enumerate(waiting[first : first + _ROWS], start=first + 1):
            _draw_row(pages, table, number, pupil)


def _draw_head(pages: Pages, table: StructElem) -> None:
    row, left = pages.structure.group("TR", pages.page, table), SIDE
    for column, width in _COLUMNS.items():
        with pages.tagged("TH", row):
            pages.write_at(left, pages.y + 4, column, 7, SOFT, bold=True)
        left += width
    pages.space(5.5)
    _rule(pages, SOFT)


def _draw_row(pages: Pages, table: StructElem, number: int, pupil: Waiting) -> None:
    """Draw a row: a box to tick, and room to write at the right."""
    row, left = pages.structure.group("TR", pages.page, table), SIDE
    handed_out = dutch_date(pupil.handed_out) if pupil.handed_out else ""
    name = f"{pupil.first_name} {pupil.last_name}"
    kind = _KINDS.get(pupil.password_kind, pupil.password_kind.removesuffix(" wachtwoord"))
    texts = (str(number), "", name, pupil.username, kind, handed_out, "")
    for (column, width), text in zip(_COLUMNS.items(), texts, strict=True):
        if text:
            with pages.tagged("TH" if column == "Naam" else "TD", row):
                _write(pages, left, width - 2, text, _SIZES if column == "Naam" else _SMALL)
        left += width
    with pages.untagged():
        pages.set_draw_color(SOFT)
        pages.rect(SIDE + 10, pages.y + (_ROW - _BOX) / 2, _BOX, _BOX)
    pages.space(_ROW)
    _rule(pages, LINE)


def _write(pages: Pages, left: float, width: float, text: str, sizes: Sizes) -> None:
    size, lines = fit(printable(text, pages.regular), pages.regular, width, sizes)
    high = size * 0.42
    top = pages.y + (_ROW - high * len(lines)) / 2
    for at, line in enumerate(lines):
        pages.write_at(left, top + high * (at + 0.8), line, size, INK)


def _rule(pages: Pages, colour: str) -> None:
    with pages.untagged():
        pages.set_draw_color(colour)
        pages.line(SIDE, pages.y, SIDE + WIDTH, pages.y)
