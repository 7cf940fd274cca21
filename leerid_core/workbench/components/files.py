"""A file from the kernel's memory to the browser's downloads; it is never written on the way."""

from __future__ import annotations

from leerid_core.workbench.components.component import Component, static

ZIP = "application/zip"
PDF = "application/pdf"
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Download(Component):
    """Gives files to the browser."""

    _esm = static("download.js")

    def give(self, name: str, media_type: str, content: bytes) -> None:
        """Let the browser save `content` under `name`."""
        self.send({"name": name, "type": media_type}, [content])
