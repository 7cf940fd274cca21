"""The pages of a pupil who is signed in (manual, chapter 3: "Ze kunnen nadien steeds...")."""

from __future__ import annotations

from leerid_core.errors import Refused
from leerid_core.rules.accounts import AccountType
from leerid_core.rules.dates import dutch_moment
from leerid_core.rules.passwords import CHOSEN_LENGTH
from leerid_core.rules.school_time import SCHOOLS_LIVE_IN
from leerid_core.server.mijn.page import OwnPage
from leerid_core.services.pupil_email import give_email, own_data, remove_email
from leerid_core.services.pupil_password import choose_password, must_change
from leerid_core.services.pupil_sessions import sign_out
from leerid_core.store import SignInEvent

_NOTES = {
    "wachtwoord": "Je nieuwe wachtwoord is bewaard. Gebruik het vanaf nu.",
    "verstuurd": "We stuurden je een mail. Klik op de link daarin om je e-mailadres te bevestigen.",
    "verwijderd": "Je e-mailadres is verwijderd.",
}


class OwnData(OwnPage):
    """What a pupil sees of himself: for basis a friendly word, for gevorderd all there is."""

    async def get(self) -> None:
        """Show it."""
        await self._show(note=_NOTES.get(self.request.query, ""))

    async def _show(self, note: str = "", error: str = "", address: str = "") -> None:
        data = await self.off_loop(own_data, self.context, self.session)
        self.draw(
            "gegevens",
            data=data,
            advanced=data.session.account_type is AccountType.ADVANCED,
            sign_ins=[_told(event) for event in data.sign_ins],
            note=note,
            error=error,
            address=address,
        )


class OwnEmail(OwnData):
    """What the form for the e-mail address sends."""

    def get(self) -> None:  # type: ignore[override]
        """Go where the form is."""
        self.go("gegevens")

    async def post(self) -> None:
        """Mail a link to the address, or forget the address."""
        context, session = self.context, self.session
        address = self.field("email")
        try:
            if "verwijder" in self.request.body_arguments:
                self.tell(await self.off_loop(remove_email, context, session))
                self.go("gegevens?verwijderd")
                return
            remote = self.request.remote_ip or ""
            await self.workers.mail(give_email, context, session, address, remote)
        except Refused as refused:
            await self._show(error=self.refuse(refused), address=address)
            return
        self.go("gegevens?verstuurd")


class OwnPassword(OwnPage):
    """Where a pupil makes a password of his own: by choice, or because his card has a temporary."""

    with_temporary = True

    def get(self) -> None:
        """Ask for it; the password of a basis account stays what is on the card."""
        if self.session.account_type is AccountType.ADVANCED:
            self._ask()
        else:
            self.go("gegevens")

    async def post(self) -> None:
        """Change it, or say in one sentence why not."""
        wanted = self.field("nieuw")
        try:
            if wanted != self.field("nogeens"):
                raise Refused("passwords_differ")
            notice = await self.workers.hash(
                choose_password,
                self.context,
                self.session,
                self.field("huidig"),
                wanted,
                self.request.remote_ip or "",
            )
        except Refused as refused:
            self._ask(self.refuse(refused))
            return
        self.tell(notice)
        self.go("gegevens?wachtwoord")

    def _ask(self, error: str = "") -> None:
        self.draw(
            "wachtwoord",
            must=must_change(self.session),
            username=self.session.username,
            action="wachtwoord",
            minimum=CHOSEN_LENGTH[0],
            error=error,
        )


class Leave(OwnPage):
    """Signs out."""

    with_temporary = True

    def get(self) -> None:
        """Go where the button is: a link from elsewhere signs nobody out."""
        self.go("gegevens")

    async def post(self) -> None:
        """End the session."""
        await self.off_loop(sign_out, self.context, self.session)
        self.leave()
        self.go("?afgemeld")


def _told(event: SignInEvent) -> tuple[str, str]:
    return dutch_moment(event.at.astimezone(SCHOOLS_LIVE_IN)), event.application
