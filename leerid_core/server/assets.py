"""What the page of a dashboard loads: read and compressed once, and kept by browsers.

Not JupyterLab, whose five megabytes of scripts a browser needs most of a second for: ipywidgets and
anywidget as their packages have them for Notebook 6, and a page's script of our own.
"""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from tornado.web import HTTPError, RequestHandler

SCRIPT = "text/javascript; charset=UTF-8"
PAGE_SCRIPTS = ("wire.js", "kernel.js", "widgets.js", "bundles.js", "page.js", "standing.js")
BUNDLES = {
    "ipywidgets.js": ("widgetsnbextension", "static/extension.js"),
    "anywidget.js": ("anywidget", "nbextension/index.js"),
}


@dataclass(frozen=True, slots=True)
class Asset:
    """A script, as it is and as it travels."""

    plain: bytes = field(repr=False)
    compressed: bytes = field(repr=False)


class AssetFile(RequestHandler):
    """Gives an asset; there are no others than those that are named here."""

    def get(self, name: str) -> None:
        """Give it, to be kept for ever: its address changes when any asset does."""
        asset = assets().get(name)
        if asset is None:
            raise HTTPError(404)
        self.set_header("Content-Type", SCRIPT)
        self.set_header("Cache-Control", "private, max-age=31536000, immutable")
        if "gzip" in self.request.headers.get("Accept-Encoding", ""):
            self.set_header("Content-Encoding", "gzip")
            self.finish(asset.compressed)
        else:
            self.finish(asset.plain)


@cache
def assets() -> Mapping[str, Asset]:
    """Return the assets by their names."""
    own = files("leerid_core.server") / "static"
    texts = {"page.js": b"\n".join((own / name).read_bytes() for name in PAGE_SCRIPTS)}
    for name, (package, path) in BUNDLES.items():
        texts[name] = (files(package) / path).read_bytes()
    return {name: Asset(text, gzip.compress(text, mtime=0)) for name, text in texts.items()}


@cache
def assets_path() -> str:
    """Return where the assets are below the base URL, by what is in them."""
    content = b"".join(asset.plain for asset in assets().values())
    return f"assets/{hashlib.sha256(content).hexdigest()[:12]}"
