"""The pages to sign in: a name, then pictures to tap or a password to type."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass

from leerid_core.errors import Refused
from leerid_core.rules.pictures import CATALOGUE, Picture
from leerid_core.rules.typed_passwords import as_username
from leerid_core.server.mijn.page import COOKIE, MijnPage
from leerid_core.services.pupil_sessions import sign_out
from leerid_core.services.pupil_sign_in import (
    Asked,
    asks_pictures,
    end_attempts,
    take_attempts,
    verify,
)

PICTURES = 4
_NOTES = {
    "afgemeld": "Je bent afgemeld. Tot de volgende keer!",
    "verlopen": "Je was lang weg. Meld je opnieuw aan.",
    "nieuw": "Je nieuwe wachtwoord is bewaard. Meld je er nu mee aan.",
}


@dataclass(frozen=True, slots=True)
class Tapped:
    """The pictures that were tapped, in order, and the order in which this visit shows them all."""

    keys: tuple[str, ...]
    order: str

    @classmethod
    def read(cls, page: MijnPage) -> Tapped:
        """Return what a form says: what was tapped before, and the button that was pressed now."""
        known = {picture.key for picture in CATALOGUE}
        given = page.get_body_arguments("beeld", strip=False)
        keys = [key for key in dict.fromkeys(given) if key in known]
        more, less = page.field("kies"), page.field("weg")
        if more in known and more not in keys:
            keys.append(more)
        return cls(tuple(key for key in keys if key != less)[:PICTURES], page.field("orde")[:16])

    @property
    def shown(self) -> list[Picture]:
        """The pictures in the order of this visit: a place on the screen tells nothing."""
        return sorted(CATALOGUE, key=self._place)

    def _place(self, picture: Picture) -> bytes:
        return hashlib.sha256(f"{self.order} {picture.key}".encode()).digest()


class Beginning(MijnPage):
    """The address without its last slash."""

    def get(self) -> None:
        """Go to the beginning."""
        self.go("")


class Start(MijnPage):
    """Asks for the username."""

    async def get(self) -> None:
        """Ask; who is signed in goes on."""
        if await self.standing() is not None:
            self.go("gegevens")
            return
        self.draw("start", note=_NOTES.get(self.request.query, ""), error="", name="")


class _Asking(MijnPage):
    async def ask(self, name: str, error: str = "", tapped: Tapped | None = None) -> None:
        """Ask for the password of a name, as it has one."""
        values = {"name": name, "error": error, "offers_mail": self.context.mail_server is not None}
        if await self.off_loop(asks_pictures, self.context, name):
            tapped = tapped or Tapped((), secrets.token_hex(4))
            self.draw("prentjes", tapped=tapped, most=PICTURES, **values)
        else:
            self.draw("aanmelden", **values)


class Named(_Asking):
    """The address on the card: the name is known already."""

    async def get(self, name: str) -> None:
        """Ask for the password; who is signed in by this name goes on."""
        username = as_username(name)[:50]
        session = await self.standing()
        if session is not None and session.username == username:
            self.go("gegevens")
        else:
            await self.ask(username)


class Enter(_Asking):
    """What the forms of a name, of pictures and of a password send."""

    def get(self) -> None:
        """Begin at the beginning."""
        self.go("")

    async def post(self) -> None:
        """Ask for what is missing, or sign in."""
        name = as_username(self.field("naam"))[:50]
        if not name:
            self.draw("start", note="", error="Vul je gebruikersnaam in.", name="")
        elif "orde" in self.request.body_arguments:
            await self._pictures(name)
        elif "wachtwoord" in self.request.body_arguments:
            await self._sign_in(name, self.field("wachtwoord"), None)
        else:
            await self.ask(name)

    async def _pictures(self, name: str) -> None:
        tapped = Tapped.read(self)
        if "klaar" not in self.request.body_arguments:
            await self.ask(name, tapped=tapped)
        elif len(tapped.keys) < PICTURES:
            await self.ask(name, "Tik eerst op vier prentjes.", tapped)
        else:
            await self._sign_in(name, " ".join(tapped.keys), Tapped((), tapped.order))

    async def _sign_in(self, name: str, typed: str, again: Tapped | None) -> None:
        try:
            token = await self._token(name, typed)
        except Refused as refused:
            await self.ask(name, self.refuse(refused), again)
            return
        earlier = await self.standing() if self.get_cookie(COOKIE) else None
        if earlier is not None:
            await self.off_loop(sign_out, self.context, earlier)
        self.enter(token)
        self.remember(name)
        self.go("gegevens")

    async def _token(self, name: str, typed: str) -> str:
        self.workers.admit()
        asked = Asked(name, self.request.remote_ip or "", self.device)
        attempt = await self.workers.write(take_attempts, asked)
        verdict = await self.workers.hash(verify, attempt, typed)
        ended = await self.workers.write(end_attempts, verdict)
        return ended.entered()
