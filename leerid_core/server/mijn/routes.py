"""The addresses of Mijn LeerID."""

from __future__ import annotations

from tornado.web import RequestHandler

from leerid_core.server.mijn.assets import MijnAsset
from leerid_core.server.mijn.mailed import Confirmation, Forgotten, NewPassword
from leerid_core.server.mijn.own import Leave, OwnData, OwnEmail, OwnPassword
from leerid_core.server.mijn.page import Missing
from leerid_core.server.mijn.sign_in import Beginning, Enter, Named, Start

TOKEN = r"([A-Za-z0-9_-]{43})"  # noqa: S105 - the shape of one
ASSET = r"assets/[0-9a-f]{12}/([a-z]+\.[a-z]+)"


def mijn_routes() -> list[tuple[str, type[RequestHandler]]]:
    """Return the routes below the base URL; a username cannot be any word of them (reserved)."""
    return [
        ("mijn", Beginning),
        ("mijn/", Start),
        ("mijn/aanmelden", Enter),
        ("mijn/gegevens", OwnData),
        ("mijn/wachtwoord", OwnPassword),
        ("mijn/email", OwnEmail),
        ("mijn/afmelden", Leave),
        ("mijn/vergeten", Forgotten),
        (f"mijn/bevestig/{TOKEN}", Confirmation),
        (f"mijn/nieuw/{TOKEN}", NewPassword),
        (f"mijn/{ASSET}", MijnAsset),
        (r"mijn/([^/]{1,300})", Named),
        (r"mijn/.*", Missing),
    ]
