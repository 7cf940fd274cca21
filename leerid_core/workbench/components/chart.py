"""A chart with what it shows in words, what that means, and its numbers as a table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import traitlets

from leerid_core.workbench.components.component import Component, static


class Standing(StrEnum):
    """How far a chart is; what was drawn for another filter stays, dimmed, while `WAITING`."""

    WAITING = "waiting"
    READY = "ready"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of the numbers; one that `opens` something is a button."""

    text: str
    opens: Callable[[], None] | None = None


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers of a chart; the first cell of a row names it."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


class Chart(Component):
    """One chart. Its pictures reach the page as bytes for an `<img>`, in which no script runs.

    Without pictures it is the table alone; `unfolded` shows that from the start.
    """

    _esm = static("dom.js", "chart.js")
    title = traitlets.Unicode().tag(sync=True)
    definitions: traitlets.List[Any] = traitlets.List().tag(sync=True)
    unfolded = traitlets.Bool(False).tag(sync=True)
    standing = traitlets.Unicode(Standing.WAITING).tag(sync=True)
    alternative = traitlets.Unicode().tag(sync=True)
    light = traitlets.Bytes().tag(sync=True)
    dark = traitlets.Bytes().tag(sync=True)
    columns: traitlets.List[Any] = traitlets.List().tag(sync=True)
    rows: traitlets.List[Any] = traitlets.List().tag(sync=True)

    def __init__(
        self, title: str, definitions: Sequence[tuple[str, str]], *, unfolded: bool = False
    ) -> None:
        pairs = [list(pair) for pair in definitions]
        super().__init__(title=title, definitions=pairs, unfolded=unfolded)
        self._behind: dict[str, Callable[[], None]] = {}
        self.on("open", self._open, key=str)

    def show(
        self, alternative: str, numbers: Numbers, light: bytes = b"", dark: bytes = b""
    ) -> None:
        """Show a chart that is drawn."""
        self._behind = {
            _key(numbers, at, row[0]): cell.opens
            for row in numbers.rows
            for at, cell in enumerate(row)
            if cell.opens
        }
        with self.hold_sync():
            self.alternative = alternative
            self.light, self.dark = light, dark
            self.columns = list(numbers.columns)
            self.rows = [
                [_sent(numbers, at, row[0], cell) for at, cell in enumerate(row)]
                for row in numbers.rows
            ]
            self.standing = Standing.READY

    def _open(self, key: str) -> None:
        """Open what is behind a cell; one that was not given to this browser has nothing."""
        opens = self._behind.get(key)
        if opens is not None:
            opens()


def _key(numbers: Numbers, at: int, first: Cell) -> str:
    """Tell which cell it is: the same after a refresh, wherever its row then stands."""
    return f"{numbers.columns[at]}: {first.text}"


def _sent(numbers: Numbers, at: int, first: Cell, cell: Cell) -> dict[str, str]:
    """Return a cell as the browser gets it; a button is called by its column and row too."""
    if cell.opens is None:
        return {"text": cell.text}
    key = _key(numbers, at, first)
    return {"text": cell.text, "key": key, "label": f"{cell.text} ({key})" if at else cell.text}
