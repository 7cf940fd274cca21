"""A native table that asks for a page of rows at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Protocol

import traitlets

from leerid_core.workbench.components.component import Component, static

SIZES = (25, 50, 100, 250)


@dataclass(frozen=True, slots=True)
class Column:
    """A column. `kind` is "" for text, "number", "pill", "right", or "open" for the cell that
    opens the row; `names` tells that this cell is called by the whole row's label.
    """

    key: str
    label: str
    kind: str = ""
    sortable: bool = True
    names: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One row; `label` says in a few words what it is of, for who cannot see it."""

    key: int
    cells: tuple[str, ...]
    label: str
    checked: bool = False


@dataclass(frozen=True, slots=True)
class Wish:
    """Which part of the rows the table wants to show."""

    sort: str
    descending: bool
    page: int
    size: int


@dataclass(frozen=True, slots=True)
class TablePage:
    """What a table shows: how many rows there are in all, and those of one page.

    `selected_here` counts the selected rows within the filter, `selected` all of them.
    """

    total: int
    page: int
    rows: tuple[Row, ...]
    selected: int = 0
    selected_here: int = 0


class Rows(Protocol):
    """Where a table's rows come from; each method is called for what the user does."""

    def wished(self, wish: Wish) -> None:
        """Find the rows of `wish` and give them to the table's `show`."""

    def checked(self, keys: list[int], checked: bool) -> None:
        """Select these rows, or no longer."""

    def checked_all(self, checked: bool) -> None:
        """Select every row of the filter, or none of them."""

    def opened(self, key: int) -> None:
        """Open what a row is about."""


class PagedTable(Component):
    """Shows pages of rows that `rows` finds."""

    _esm = static("dom.js", "table.js")
    title = traitlets.Unicode().tag(sync=True)
    empty = traitlets.Unicode().tag(sync=True)
    columns: traitlets.List[Any] = traitlets.List().tag(sync=True)
    nouns: traitlets.List[Any] = traitlets.List(["leerling", "leerlingen"]).tag(sync=True)
    sizes: traitlets.List[Any] = traitlets.List(list(SIZES)).tag(sync=True)
    sort = traitlets.Unicode().tag(sync=True)
    descending = traitlets.Bool().tag(sync=True)
    page = traitlets.Int(0).tag(sync=True)
    size = traitlets.Int(SIZES[1]).tag(sync=True)
    selectable = traitlets.Bool(True).tag(sync=True)
    openable = traitlets.Bool(True).tag(sync=True)

    def __init__(self, title: str, columns: Sequence[Column], rows: Rows, **traits: object) -> None:
        super().__init__(title=title, columns=[asdict(column) for column in columns], **traits)
        self._rows = rows
        self._sortable = {column.key for column in columns if column.sortable}
        self._asked = False
        self.on("wish", self._wished, sort=str, descending=bool, page=int, size=int)
        self.on("check", rows.checked, keys=list, checked=bool)
        self.on("check_all", rows.checked_all, checked=bool)
        self.on("open", rows.opened, key=int)

    def show(self, page: TablePage) -> None:
        """Show a page, whether it was asked for or something changed."""
        self.page = page.page
        self.send({"kind": "page", "asked": self._asked, **asdict(page)})
        self._asked = False

    def _wished(self, sort: str, descending: bool, page: int, size: int) -> None:
        self._asked = True
        known = sort in self._sortable or not (sort or self._sortable)
        if known and page >= 0 and size in self.sizes:
            # A browser that comes back begins where it was.
            self.set_trait("sort", sort)
            self.set_trait("descending", descending)
            self.set_trait("page", page)
            self.set_trait("size", size)
            self._rows.wished(Wish(sort, descending, page, size))
        if self._asked:
            self._asked = False
            self.send({"kind": "refused"})
