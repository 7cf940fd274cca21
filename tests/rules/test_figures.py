"""The definitions of the figures, in the code and in the documentation."""

from __future__ import annotations

from pathlib import Path

from leerid_core.rules.figures import DEFINITIONS, PARTITIONS, PARTS, Figure, Measure

DOCUMENT = Path(__file__).parent.parent.parent / "docs" / "cijfers.md"


def test_every_figure_is_defined() -> None:
    """Each has a name of its own, and a definition that is a sentence."""
    assert DEFINITIONS.keys() == {*Figure, *Measure}
    assert len({definition.name for definition in DEFINITIONS.values()}) == len(DEFINITIONS)
    assert all(definition.text.endswith(".") for definition in DEFINITIONS.values())


def test_the_documentation_has_the_same_definitions() -> None:
    """The table of docs/cijfers.md is the one in the code, word for word."""
    rows = [line for line in DOCUMENT.read_text().splitlines() if line.startswith("| ")][1:]
    assert rows == [
        f"| {definition.name} | {definition.text} | `{figure}` |"
        for figure, definition in DEFINITIONS.items()
    ]


def test_every_figure_but_two_is_part_of_another() -> None:
    """So none escapes what hides small numbers; enrolled is the whole, inactive is beside it."""
    parts = {part for whole in PARTITIONS.values() for part in whole} | PARTS.keys()
    assert set(Figure) - parts == {Figure.ENROLLED, Figure.INACTIVE}
