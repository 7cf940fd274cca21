"""Deny by default: no handler begins before it is known who asks."""

from __future__ import annotations

import json
from collections.abc import Awaitable
from http import HTTPStatus
from typing import Any, cast
from urllib.parse import quote

from tornado.web import Finish, RequestHandler
from tornado.websocket import WebSocketHandler

from leerid_core.server.identity import SessionIdentity
from leerid_core.server.light import HEADERS
from leerid_core.services.sessions import Standing
from leerid_core.store import Session

PAGE_POLICY = "; ".join(
    (
        "default-src 'self'",
        # anywidget makes modules of the scripts of its widgets, which the kernel sends.
        "script-src 'self' blob:",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)


class Guard(RequestHandler):
    """Goes before a handler: refuses who is not signed in, and sets the headers of every answer.

    `asks_sign_in` handlers send a browser to the sign-in page, the others answer 403 with how it
    stands, for the page's own script. Only handlers `with_start_password` are for who has to
    change it first; the others send him to where that is done.
    """

    asks_sign_in = False
    with_start_password = False
    session: Session

    def set_default_headers(self) -> None:
        """Keep every answer out of caches and frames; assets may stay in the browser."""
        super().set_default_headers()
        if not isinstance(self, WebSocketHandler):
            self.clear_header("Server")
            self.set_header("Content-Security-Policy", PAGE_POLICY)
            for name, value in HEADERS.items():
                self.set_header(name, value)

    async def prepare(self) -> None:
        """Let the handler begin only for somebody."""
        identity: SessionIdentity = self.settings["identity_provider"]
        standing, session = identity.standing(self)
        if session is None:
            self._refuse(standing)
        self.session = cast(Session, session)
        if self.session.must_change_password and not self.with_start_password:
            self._refuse(standing, f"{self.settings['base_url']}wachtwoord")
        prepared = cast(Any, super()).prepare()
        if isinstance(prepared, Awaitable):
            await prepared

    def _refuse(self, standing: Standing, instead: str = "") -> None:
        if self.asks_sign_in and self.request.method in {"GET", "HEAD"}:
            self.redirect(instead or self._sign_in())
        else:
            self.set_status(HTTPStatus.FORBIDDEN)
            self.set_header("Content-Type", "application/json")
            self.finish(json.dumps({"standing": standing}))
        raise Finish

    def _sign_in(self) -> str:
        """Return where one signs in, to come back here."""
        base_url = self.settings["base_url"]
        here = (self.request.uri or "").removeprefix(base_url).lstrip("/")
        return f"{base_url}aanmelden?verder={quote(here, safe='')}"


def guarded(handler: type[RequestHandler]) -> type[RequestHandler]:
    """Return `handler` behind the guard."""
    return type(handler.__name__, (Guard, handler), {})
