"""Files between the browser and the kernel's memory; they are never written on the way."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import traitlets

from leerid_core.workbench.components.component import Component, static

ZIP = "application/zip"
PDF = "application/pdf"
CSV = "text/csv"
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Download(Component):
    """Gives files to the browser."""

    _esm = static("download.js")

    def give(self, name: str, media_type: str, content: bytes) -> None:
        """Let the browser save `content` under `name`."""
        self.send({"name": name, "type": media_type}, [content])


class Upload(Component):
    """Lets the user give a file of at most `limit` bytes; `received` gets its name and content.

    `refused` is called for a larger one. The limit is kept here too: the browser is not trusted.
    """

    _esm = static("dom.js", "upload.js")
    label = traitlets.Unicode().tag(sync=True)
    accept = traitlets.Unicode().tag(sync=True)
    limit = traitlets.Int().tag(sync=True)

    def __init__(
        self,
        label: str,
        accept: str,
        limit: int,
        received: Callable[[str, bytes], None],
        refused: Callable[[], None],
    ) -> None:
        super().__init__(label=label, accept=accept, limit=limit)
        self._received = received
        self._refused = refused
        self._content = bytearray()
        self.on("too_large", refused)
        self.on("piece", self._piece, name=str, index=int, count=int, buffers=list)

    def _piece(self, name: str, index: int, count: int, buffers: Sequence[memoryview]) -> None:
        if index == 0:
            self._content = bytearray()
        for piece in buffers:
            self._content += piece
        if len(self._content) > self.limit:
            self._content = bytearray()
            self._refused()
        elif index == count - 1:
            content, self._content = bytes(self._content), bytearray()
            self._received(name, content)
