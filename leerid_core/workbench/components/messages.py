"""What a page tells its user: a message, and how far long work is."""

from __future__ import annotations

from typing import Any

import traitlets

from leerid_core.workbench.components.component import Component, static


class Message(Component):
    """One message, read out by a screen reader as it comes."""

    _esm = static("dom.js", "message.js")
    text = traitlets.Unicode().tag(sync=True)
    level = traitlets.Enum(("info", "success", "warning", "error"), "info").tag(sync=True)

    def tell(self, text: str, level: str = "info") -> None:
        """Show `text` instead of what was there; an empty text shows nothing."""
        with self.hold_sync():
            self.level = level
            self.text = text


class Progress(Component):
    """How far long work is: [done, total, phase]; without a phase it is not there."""

    _esm = static("dom.js", "progress.js")
    progress: traitlets.List[Any] = traitlets.List([0, 0, ""]).tag(sync=True)
