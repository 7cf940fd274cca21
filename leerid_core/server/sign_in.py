"""The pages to sign in and to sign out: no kernel, no script."""

from __future__ import annotations

import asyncio
from http import HTTPStatus

from leerid_core.errors import Refused
from leerid_core.messages import sentence
from leerid_core.server.dashboards import HOME, dashboards
from leerid_core.server.guard import Guard
from leerid_core.server.identity import COOKIE
from leerid_core.server.light import LightPage
from leerid_core.services.sessions import Standing, end_session
from leerid_core.services.sign_in import sign_in
from leerid_core.store import Session

LONGEST = 200
"""More characters than a login or a password can have."""


class SignIn(LightPage):
    """The only page for who is not signed in."""

    public = True

    def get(self) -> None:
        """Ask for the login and the password; who is signed in goes on."""
        standing, session = self._standing()
        wanted = self._wanted()
        if session is not None:
            self.redirect(f"{self.base_url}{wanted}")
            return
        expired = standing is Standing.EXPIRED
        note = "Je sessie is verlopen. Meld je opnieuw aan om verder te gaan." if expired else ""
        self._ask(wanted, note=note)

    async def post(self) -> None:
        """Sign in, or say in one sentence why not; the answer never tells which part was wrong."""
        login = self.get_body_argument("login", "")[:LONGEST]
        password = self.get_body_argument("password", "", strip=False)[:LONGEST]
        wanted = self._wanted()
        try:
            token, _ = await asyncio.to_thread(
                sign_in,
                self.settings["context"],
                login,
                password,
                self.request.remote_ip or "",
                self.settings["limits"],
            )
        except Refused as refused:
            throttled = refused.code == "sign_in_throttled"
            self.set_status(HTTPStatus.TOO_MANY_REQUESTS if throttled else HTTPStatus.UNAUTHORIZED)
            if throttled:
                self.set_header("Retry-After", str(refused.parameters["seconds"]))
            self._ask(wanted, login=login, error=sentence(refused.code, refused.parameters))
            return
        await self._leave_earlier()
        self.set_signed_cookie(
            COOKIE,
            token,
            expires_days=None,
            path=self.base_url,
            httponly=True,
            samesite="Lax",
            secure=self.request.protocol == "https",
        )
        self.redirect(f"{self.base_url}{wanted}", status=HTTPStatus.SEE_OTHER)

    def _standing(self) -> tuple[Standing, Session | None]:
        found: tuple[Standing, Session | None]
        found = self.settings["identity_provider"].standing(self)
        return found

    async def _leave_earlier(self) -> None:
        """End what this browser had open before: the cookie of it is replaced."""
        _, session = self._standing()
        if session is not None:
            await end(self, session)

    def _wanted(self) -> str:
        """Return the dashboard that was asked for, with its filter; never another address."""
        name, mark, query = self.get_argument("verder", HOME).partition("?")
        if name not in {one.name for one in dashboards()}:
            return HOME
        return f"{name}{mark}{query}" if query.isprintable() else name

    def _ask(self, wanted: str, login: str = "", note: str = "", error: str = "") -> None:
        self.show(
            "aanmelden.html",
            wanted=wanted,
            login=login,
            note=note,
            error=error,
            xsrf=self.xsrf_token.decode(),
        )


class SignOut(Guard, LightPage):
    """Signs out: at once when the Schoolloket itself asks it, else after a click."""

    asks_sign_in = True
    with_start_password = True

    async def get(self) -> None:
        """Sign out by the link on a page of ours; ask first when it stood elsewhere."""
        if self.request.headers.get("Sec-Fetch-Site") == "same-origin":
            await self.post()
        else:
            self.show("afmelden.html", name=self.session.name, xsrf=self.xsrf_token.decode())

    async def post(self) -> None:
        """End the session, and with it every page and connection."""
        await end(self, self.session)
        self.clear_cookie(COOKIE, path=self.base_url)
        self.redirect(f"{self.base_url}aanmelden", status=HTTPStatus.SEE_OTHER)


async def end(handler: LightPage, session: Session) -> None:
    """End a session and close its pages."""
    await asyncio.to_thread(end_session, handler.settings["context"], session)
    await handler.settings["pages"].close_session(session.session_id)
