"""Which figures of the statistics are tiles, in the order of what asks for something to be done."""

from __future__ import annotations

from collections.abc import Mapping

from leerid_core.reports.dutch import number, percentage
from leerid_core.rules.figures import DEFINITIONS, Figure, Measure, wholes_of
from leerid_core.workbench.components.tiles import Tile

TO_DO = (
    Figure.NEVER_SIGNED_IN,
    Figure.WITHOUT_ACCOUNT,
    Figure.ON_TEMPORARY,
    Figure.TEMPORARY_EXPIRING,
    Figure.TEMPORARY_EXPIRED,
    Figure.THROTTLED,
    Figure.ABOUT_TO_END,
)
"""What somebody should do something about, most first."""
STANDING = (
    Figure.ENROLLED,
    Figure.WITH_ACCOUNT,
    Figure.HANDED_OUT,
    Figure.SIGNED_IN,
    Figure.LAST_TODAY,
    Figure.WITHIN_7_DAYS,
    Figure.WITHIN_30_DAYS,
    Figure.TOO_NEW,
    Figure.INACTIVE,
)
_OF = {
    Figure.ENROLLED: "van de ingeschreven leerlingen",
    Figure.WITH_ACCOUNT: "van wie een account heeft",
    Figure.ON_TEMPORARY: "van wie nog op het tijdelijk wachtwoord is",
}


def tiles(figures: tuple[Figure, ...], totals: Mapping[Figure, int]) -> list[Tile]:
    """Return a tile for each of `figures`."""
    return [
        Tile(
            key=figure.value,
            name=DEFINITIONS[figure].name,
            number=number(totals[figure]),
            share=_share(figure, totals),
            definition=DEFINITIONS[figure].text,
            urgent=figure in TO_DO and totals[figure] > 0,
            opens=totals[figure] > 0,
        )
        for figure in figures
    ]


def sign_ins_tile(sign_ins: int | None) -> list[Tile]:
    """Return the tile of how often was signed in, where that is known; no pupils are behind it."""
    if sign_ins is None:
        return []
    definition = DEFINITIONS[Measure.SIGN_INS]
    return [
        Tile(Measure.SIGN_INS, definition.name, number(sign_ins), "", definition.text, opens=False)
    ]


def _share(figure: Figure, totals: Mapping[Figure, int]) -> str:
    whole = next((whole for whole in wholes_of(figure) if whole in _OF), None)
    if whole is None or not totals[figure]:
        return ""
    return f"{percentage(totals[figure], totals[whole])} {_OF[whole]}"
