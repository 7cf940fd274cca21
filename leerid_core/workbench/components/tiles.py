"""Figures as buttons: a number, its name and share, and beneath it what it counts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import traitlets

from leerid_core.workbench.components.component import Component, static


@dataclass(frozen=True, slots=True)
class Tile:
    """One figure. `urgent` makes it stand out; `opens` tells that there is something behind it."""

    key: str
    name: str
    number: str
    share: str
    definition: str
    urgent: bool = False
    opens: bool = True


class Tiles(Component):
    """Shows tiles under a heading; they change in place, so that who is at one stays there."""

    _esm = static("dom.js", "tiles.js")
    title = traitlets.Unicode().tag(sync=True)
    tiles: traitlets.List[Any] = traitlets.List().tag(sync=True)

    def __init__(self, title: str, opened: Callable[[str], None]) -> None:
        super().__init__(title=title)
        self._opened = opened
        self._behind: frozenset[str] = frozenset()
        self.on("open", self._open, key=str)

    def show(self, tiles: Sequence[Tile]) -> None:
        """Show these figures."""
        self._behind = frozenset(tile.key for tile in tiles if tile.opens)
        self.tiles = [asdict(tile) for tile in tiles]

    def _open(self, key: str) -> None:
        """Open what is behind a tile that this browser was given, and that has something."""
        if key in self._behind:
            self._opened(key)
