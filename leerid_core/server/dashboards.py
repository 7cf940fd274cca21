"""The dashboards: where each is, and who may open it."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from http import HTTPStatus

from leerid_core.errors import NotAllowed
from leerid_core.rules.roles import Right
from leerid_core.server.guard import PAGE_POLICY, Guard
from leerid_core.server.light import LightPage
from leerid_core.services.administrators import schools_of
from leerid_core.services.sessions import actor_of
from leerid_core.workbench.notebooks import has_notebook


@dataclass(frozen=True, slots=True)
class Dashboard:
    """A page with a kernel; `right` is needed at one school at least, the page checks which."""

    name: str
    right: Right


_ALL = (
    Dashboard("leerid-beheer", Right.READ),
    Dashboard("applicatiebeheer", Right.READ),
    Dashboard("schoolinstellingen", Right.SETTINGS),
    Dashboard("gebruiksstatistieken", Right.READ),
)
HOME = _ALL[0].name


def dashboards() -> tuple[Dashboard, ...]:
    """Return the dashboards that there are."""
    return tuple(one for one in _ALL if has_notebook(one.name))


class DashboardPage(Guard, LightPage):
    """Opens a dashboard for who has the right role, before a kernel is used for it."""

    asks_sign_in = True

    def initialize(self, dashboard: Dashboard) -> None:
        """Take what the route says."""
        self._dashboard = dashboard

    async def get(self) -> None:
        """Give the page of a kernel that is claimed for this session."""
        context = self.settings["context"]
        actor = actor_of(self.session)
        if not await asyncio.to_thread(schools_of, context, actor, self._dashboard.right):
            raise NotAllowed
        html = await self.settings["pages"].open(self._dashboard.name, self.session)
        # The page's own script reads this cookie, to say that the browser leaves.
        self.xsrf_token  # noqa: B018 - asking for it sets the cookie
        self.set_header("Content-Security-Policy", PAGE_POLICY)
        self.set_header("Content-Type", "text/html; charset=UTF-8")
        await self.finish(html)


class Home(Guard, LightPage):
    """The address without a page."""

    asks_sign_in = True

    def get(self) -> None:
        """Go to the first dashboard."""
        self.redirect(f"{self.base_url}{HOME}")


class Leave(Guard, LightPage):
    """What a page says when its browser leaves it."""

    def post(self, kernel_id: str) -> None:
        """Close the page in a while; only its owner can."""
        pages = self.settings["pages"]
        if pages.owner(kernel_id) != self.session.session_id:
            self.set_status(HTTPStatus.FORBIDDEN)
            self.finish()
            return
        pages.leave(kernel_id)
        self.set_status(HTTPStatus.NO_CONTENT)


class Status(Guard, LightPage):
    """How a page stands, for its own script; it keeps no session alive."""

    def get(self, kernel_id: str) -> None:
        """Say whether the page still has its kernel; the guard answers for who is signed out."""
        pages = self.settings["pages"]
        own = pages.owner(kernel_id) == self.session.session_id
        self.set_header("Content-Type", "application/json")
        self.finish(json.dumps({"standing": "signed_in", "page": own}))


class Missing(Guard, LightPage):
    """Whatever else is asked for."""

    asks_sign_in = True

    async def prepare(self) -> None:
        """Say that there is no such page, to who is signed in."""
        await super().prepare()
        self.set_status(HTTPStatus.NOT_FOUND)
        self.write_error(HTTPStatus.NOT_FOUND)
