"""Who is there: a signed cookie, a session in the database, an administrator; and whose kernel."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol, cast

from jupyter_server.auth import Authorizer, IdentityProvider, User
from tornado.web import RequestHandler

from leerid_core.server.settings import ServerSettings
from leerid_core.services.context import Context
from leerid_core.services.sessions import Standing, find_session
from leerid_core.store import Session

COOKIE = "leerid-session"


class Owners(Protocol):
    """Tells whose kernels there are."""

    def owner(self, kernel_id: str) -> int | None:
        """Return the session that has a kernel, None for a kernel that nobody has."""


class House(Protocol):
    """What the classes that Jupyter makes find in their `parent`."""

    context: Context
    served: ServerSettings
    pages: Owners


@dataclass
class SignedIn(User):
    """An administrator, as Jupyter's handlers know him."""

    session: Session | None = None


class SessionIdentity(IdentityProvider):
    """Knows an administrator by his session and by nothing else: no token, no password here."""

    def standing(self, handler: RequestHandler) -> tuple[Standing, Session | None]:
        """Return how the browser of a request stands, and its session while it is signed in."""
        house = cast(House, self.parent)
        token = handler.get_signed_cookie(COOKIE)
        return find_session(house.context, token.decode() if token else None, house.served.limits)

    def get_user(self, handler: RequestHandler) -> SignedIn | None:
        """Return who is there, None for nobody."""
        _, session = self.standing(handler)
        return SignedIn(session.login, session=session) if session else None

    def get_handlers(self) -> list[tuple[str, object]]:
        """Return none of Jupyter's pages for signing in: ours are elsewhere."""
        return []


class OwnerOnly(Authorizer):
    """Lets a session have its own kernels, and nothing else."""

    def is_authorized(self, handler: Any, user: User, action: str, resource: str) -> bool:
        """Say whether the kernel that a request is about belongs to the session it comes from."""
        if resource != "kernels" or not isinstance(user, SignedIn) or user.session is None:
            return False
        kernel_id = handler.path_kwargs.get("kernel_id", "")
        return cast(House, self.parent).pages.owner(kernel_id) == user.session.session_id
