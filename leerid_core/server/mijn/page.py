"""What all pages of Mijn LeerID share: how they look, who is there, and how they say no."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from http import HTTPStatus
from typing import Any, TypeVar

from tornado.web import Finish

from leerid_core.errors import LeerIDError, NotFound
from leerid_core.messages import sentence
from leerid_core.server.light import LightPage, Notice
from leerid_core.server.mijn.assets import assets_path
from leerid_core.server.mijn.workers import Workers
from leerid_core.services.context import Context
from leerid_core.services.known_devices import Device
from leerid_core.services.mail import Mail, send
from leerid_core.services.pupil_password import must_change
from leerid_core.services.pupil_sessions import find_pupil, touch_pupil
from leerid_core.store import PupilSession

T = TypeVar("T")
COOKIE = "leerid-mijn"
DEVICE_COOKIE = "leerid-toestel"
DEVICE_DAYS = 365
LONGEST = 300
"""More characters than a name, a password or an address can have."""
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
_NOTICES = {
    HTTPStatus.FORBIDDEN: Notice(
        "Probeer het nog eens", "Deze pagina stond te lang open. Begin opnieuw, dan lukt het wel."
    ),
    HTTPStatus.NOT_FOUND: Notice("Deze pagina is er niet", "Kijk op je kaartje of begin opnieuw."),
}
_WRONG_REQUEST = Notice("Dit lukt niet", "Begin opnieuw.")
_STATUSES = {
    "pupil_throttled": HTTPStatus.TOO_MANY_REQUESTS,
    "pupil_busy": HTTPStatus.SERVICE_UNAVAILABLE,
    "pupil_sign_in_failed": HTTPStatus.UNAUTHORIZED,
    "mail_failed": HTTPStatus.BAD_GATEWAY,
}


class MijnPage(LightPage):
    """A page for everybody."""

    public = True

    def set_default_headers(self) -> None:
        """Let in nothing but our own style, script and pictures."""
        super().set_default_headers()
        self.set_header("Content-Security-Policy", POLICY)

    @property
    def logged(self) -> str:
        """Which page it is: the address itself may hold a name or a token."""
        return f"{self.home}… ({type(self).__name__})"

    @property
    def context(self) -> Context:
        """The context of the services."""
        found: Context = self.settings["context"]
        return found

    @property
    def workers(self) -> Workers:
        """Who does the work."""
        found: Workers = self.settings["workers"]
        return found

    @property
    def home(self) -> str:
        """Where Mijn LeerID begins."""
        return f"{self.base_url}mijn/"

    async def standing(self) -> PupilSession | None:
        """Return the session of this browser."""
        token = self.get_signed_cookie(COOKIE)
        return await self.off_loop(find_pupil, self.context, token.decode() if token else None)

    async def off_loop(self, work: Callable[..., T], *arguments: Any) -> T:
        """Return what `work` returns, while others are served."""
        return await asyncio.to_thread(work, *arguments)

    def field(self, name: str) -> str:
        """Return what was filled in, as it was typed."""
        return self.get_body_argument(name, "", strip=False)[:LONGEST]

    def enter(self, token: str) -> None:
        """Let the browser keep the token of a session until it closes."""
        self.set_signed_cookie(
            COOKIE,
            token,
            expires_days=None,
            path=self.home,
            httponly=True,
            samesite="Lax",
            secure=self.request.protocol == "https",
        )

    @property
    def device(self) -> Device:
        """What this browser remembers of who signed in here."""
        kept = self.get_signed_cookie(DEVICE_COOKIE, max_age_days=DEVICE_DAYS)
        return Device.read(kept.decode() if kept else "")

    def remember(self, username: str) -> None:
        """Let the browser remember that a pupil signed in here."""
        self.set_signed_cookie(
            DEVICE_COOKIE,
            str(self.device.remembering(self.context.keys, username)),
            expires_days=DEVICE_DAYS,
            path=self.home,
            httponly=True,
            samesite="Lax",
            secure=self.request.protocol == "https",
        )

    def tell(self, notice: Mail | None) -> None:
        """Mail a pupil what was changed, while nobody waits for it."""
        if notice is not None and self.context.mail_server is not None:
            self.workers.mail_later(send, self.context.mail_server, notice)

    def leave(self) -> None:
        """Let the browser forget the token."""
        self.clear_cookie(COOKIE, path=self.home)

    def go(self, path: str) -> None:
        """Go to another page of Mijn LeerID."""
        self.redirect(f"{self.home}{path}", status=HTTPStatus.SEE_OTHER)

    def draw(self, template: str, **values: object) -> None:
        """Finish with a page; it may be posted from."""
        self.show(
            f"mijn/{template}.html",
            mijn=self.home,
            assets=f"{self.home}{assets_path()}/",
            xsrf=self.xsrf_token.decode(),
            **values,
        )

    def refuse(self, refused: LeerIDError) -> str:
        """Set the status of a refusal; return its sentence."""
        status = _STATUSES.get(refused.code, HTTPStatus.UNPROCESSABLE_ENTITY)
        self.set_status(HTTPStatus.NOT_FOUND if isinstance(refused, NotFound) else status)
        return sentence(refused.code, refused.parameters)

    def notify(self, notice: Notice) -> None:
        """Finish with a notice."""
        self.draw("melding", title=notice.title, text=notice.text)

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        """Tell what went wrong and what to do."""
        error = kwargs.get("exc_info", (None, None))[1]
        if isinstance(error, LeerIDError):
            self.notify(Notice("Dit lukt niet", self.refuse(error)))
        elif status_code < HTTPStatus.INTERNAL_SERVER_ERROR:
            self.notify(_NOTICES.get(HTTPStatus(status_code), _WRONG_REQUEST))
        else:
            super().write_error(status_code, **kwargs)


class OwnPage(MijnPage):
    """A page of who is signed in; who has a temporary password changes that first."""

    with_temporary = False
    session: PupilSession

    async def prepare(self) -> None:
        """Let the page begin only for somebody."""
        session = await self.standing()
        if session is None:
            self.leave()
            self.go("?verlopen" if self.get_signed_cookie(COOKIE) else "")
            raise Finish
        self.session = session
        await self.off_loop(touch_pupil, self.context, session)
        if must_change(session) and not self.with_temporary:
            self.go("wachtwoord")
            raise Finish


class Missing(MijnPage):
    """Whatever else is asked for."""

    def prepare(self) -> None:
        """Say that there is no such page."""
        self.set_status(HTTPStatus.NOT_FOUND)
        self.write_error(HTTPStatus.NOT_FOUND)
