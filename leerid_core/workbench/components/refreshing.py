"""Refresh on request: now, or every minute as long as somebody looks."""

from __future__ import annotations

from collections.abc import Callable

import traitlets

from leerid_core.workbench.components.component import Component, static


class Refreshing(Component):
    """A button and a box to tick.

    The clock runs in the page, so that it stops when that is hidden or left.
    """

    _esm = static("dom.js", "refreshing.js")
    told = traitlets.Unicode().tag(sync=True)
    every = traitlets.Float(60).tag(sync=True)

    def __init__(self, refresh: Callable[[], None]) -> None:
        super().__init__()
        self.on("refresh", refresh)
