"""The page where an administrator changes his own password: no kernel, no script."""

from __future__ import annotations

import asyncio
from http import HTTPStatus

from leerid_core.errors import Refused
from leerid_core.messages import sentence
from leerid_core.rules.administrators import PASSWORD_MINIMUM
from leerid_core.server.guard import Guard
from leerid_core.server.light import LightPage, Notice
from leerid_core.services.own_password import change_own_password

LONGEST = 200
"""More characters than a password can have."""
CHANGED = Notice(
    "Je wachtwoord is gewijzigd",
    "Gebruik het vanaf nu om je aan te melden. Waar je elders aangemeld was, ben je afgemeld.",
)


class OwnPassword(Guard, LightPage):
    """For everybody who is signed in; who has a start password comes no further than here."""

    asks_sign_in = True
    with_start_password = True

    def get(self) -> None:
        """Ask for the current password and twice for the new one."""
        self._ask()

    async def post(self) -> None:
        """Change it, or say in one sentence why not."""
        typed = [
            self.get_body_argument(name, "", strip=False)[:LONGEST]
            for name in ("current", "new", "again")
        ]
        context, session = self.settings["context"], self.session
        try:
            await asyncio.to_thread(change_own_password, context, session, *typed)
        except Refused as refused:
            throttled = refused.code == "sign_in_throttled"
            self.set_status(
                HTTPStatus.TOO_MANY_REQUESTS if throttled else HTTPStatus.UNPROCESSABLE_ENTITY
            )
            self._ask(sentence(refused.code, refused.parameters))
            return
        self.notify(CHANGED)

    def _ask(self, error: str = "") -> None:
        self.show(
            "wachtwoord.html",
            login=self.session.login,
            must=self.session.must_change_password,
            minimum=PASSWORD_MINIMUM,
            error=error,
            xsrf=self.xsrf_token.decode(),
        )
