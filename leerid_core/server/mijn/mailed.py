"""Forgotten passwords, and the links in mail."""

from __future__ import annotations

from leerid_core.errors import Refused
from leerid_core.rules.passwords import CHOSEN_LENGTH
from leerid_core.server.light import Notice
from leerid_core.server.mijn.page import MijnPage
from leerid_core.services.pupil_email import ask_reset, confirm_email, find_confirmation
from leerid_core.services.pupil_password import find_reset, reset_password

ASKED = Notice(
    "Kijk in je mailbox",
    "Heb je een e-mailadres op Mijn LeerID? Dan krijg je zo een mail met een link. Die werkt "
    "30 minuten. Krijg je niets? Vraag je school om een nieuw kaartje.",
)
CONFIRMED = Notice(
    "Je e-mailadres is bevestigd", "Vergeet je je wachtwoord, dan kunnen we je een mail sturen."
)


class _Mailed(MijnPage):
    def set_default_headers(self) -> None:
        """Keep the address, which is a secret, from whatever is asked next."""
        super().set_default_headers()
        self.set_header("Referrer-Policy", "no-referrer")


class Forgotten(MijnPage):
    """For who forgot his password."""

    def get(self) -> None:
        """Ask for the username where mail can be sent, else say whom to ask."""
        self.draw("vergeten", offers_mail=self.context.mail_server is not None)

    def post(self) -> None:
        """Give everybody the same answer at once; the mail follows, or does not."""
        if self.context.mail_server is None:
            self.get()
            return
        address = self.request.remote_ip or ""
        self.workers.mail_later(ask_reset, self.context, self.field("naam"), address)
        self.notify(ASKED)


class Confirmation(_Mailed):
    """The link to confirm an e-mail address."""

    async def get(self, token: str) -> None:
        """Ask for a click: programs that look through mail follow links, and press no buttons."""
        link = await self.off_loop(find_confirmation, self.context, token)
        self.draw("bevestig", token=token, address=link.address)

    async def post(self, token: str) -> None:
        """Confirm it."""
        self.tell(await self.off_loop(confirm_email, self.context, token))
        self.notify(CONFIRMED)


class NewPassword(_Mailed):
    """The link to choose another password."""

    async def get(self, token: str) -> None:
        """Ask for the new password."""
        await self.off_loop(find_reset, self.context, token)
        self._ask(token)

    async def post(self, token: str) -> None:
        """Replace the password, or say in one sentence why not."""
        wanted = self.field("nieuw")
        try:
            if wanted != self.field("nogeens"):
                raise Refused("passwords_differ")
            notice = await self.workers.hash(reset_password, self.context, token, wanted)
        except Refused as refused:
            self._ask(token, self.refuse(refused))
            return
        self.tell(notice)
        self.leave()
        self.go("?nieuw")

    def _ask(self, token: str, error: str = "") -> None:
        self.draw(
            "wachtwoord",
            must=True,
            username="",
            action=f"nieuw/{token}",
            minimum=CHOSEN_LENGTH[0],
            error=error,
        )
