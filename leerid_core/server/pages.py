"""The pages that are open, whose they are, and those that wait ready."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter, defaultdict
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any, Protocol, TypeVar

from leerid_core.errors import Refused
from leerid_core.server.rendering import Rendered
from leerid_core.server.settings import ServerSettings
from leerid_core.services.claims import claim_kernel, release_kernel
from leerid_core.services.context import Context
from leerid_core.services.sessions import renewed
from leerid_core.store import Session

log = logging.getLogger(__name__)
T = TypeVar("T")


class Socket(Protocol):
    """A browser that is connected to a kernel."""

    def close(self, code: int | None = None, reason: str | None = None) -> None:
        """Close the connection."""


class State(Enum):
    """Where a page is between a browser that asked for it and one that left."""

    OPENING = auto()
    SHOWN = auto()
    LEFT = auto()


@dataclass(eq=False)
class OpenPage:
    """A page of one session; `html` is kept so that a reload finds the kernel again."""

    dashboard: str
    session: Session
    rendered: Rendered
    state: State = State.OPENING
    sockets: set[Socket] = field(default_factory=set)
    end: asyncio.TimerHandle | None = None


class Pages:
    """Opens pages, keeps them while somebody is there, and closes them."""

    def __init__(
        self,
        context: Context,
        settings: ServerSettings,
        kernels: Any,
        render: Callable[[str], Coroutine[Any, Any, Rendered]],
        server: str,
    ) -> None:
        self._context = context
        self._settings = settings
        self._kernels = kernels
        self._render = render
        self._server = server
        self._open: dict[str, OpenPage] = {}
        self._opening: Counter[int] = Counter()
        self._ready: defaultdict[str, list[asyncio.Task[Rendered]]] = defaultdict(list)
        self._refills: dict[str, asyncio.TimerHandle] = {}
        self._tasks: set[asyncio.Task[Any]] = set()

    def owner(self, kernel_id: str) -> int | None:
        """Return the session that has a kernel, None for a kernel that nobody has."""
        page = self._open.get(kernel_id)
        return page.session.session_id if page else None

    async def open(self, dashboard: str, session: Session) -> str:
        """Return a page for a session: the one it just left, one that waits, or a new one.

        The kernel is claimed before the page is given. Raises `Refused("pages_full")` when the
        administrator has too many pages open.
        """
        left = self._left(dashboard, session)
        if left is not None:
            self._stay(left, State.OPENING)
            return left.rendered.html
        with self._room(session):
            rendered = await self._take(dashboard)
            try:
                await asyncio.to_thread(
                    claim_kernel, self._context, rendered.kernel_id, session, self._server
                )
            except BaseException:
                self._later(self._stop(rendered.kernel_id))
                raise
            self._open[rendered.kernel_id] = OpenPage(dashboard, session, rendered)
        return rendered.html

    def connect(self, kernel_id: str, socket: Socket) -> None:
        """Know that a browser shows a page."""
        page = self._open[kernel_id]
        page.sockets.add(socket)
        self._stay(page, State.SHOWN)

    def disconnect(self, kernel_id: str, socket: Socket) -> None:
        """Know that a browser shows it no longer; it may come back until the kernel is culled."""
        page = self._open.get(kernel_id)
        if page is not None:
            page.sockets.discard(socket)
            if not page.sockets and page.state is State.SHOWN:
                page.state = State.LEFT

    def leave(self, kernel_id: str) -> None:
        """Close a page in a while, unless the browser only reloads it."""
        page = self._open.get(kernel_id)
        if page is not None:
            self._stay(page, State.LEFT)
            loop = asyncio.get_running_loop()
            page.end = loop.call_later(
                self._settings.grace, lambda: self._later(self.close(kernel_id))
            )

    def session(self, kernel_id: str) -> Session | None:
        """Return the session of an open page as it is now; None when it ended or expired."""
        page = self._open.get(kernel_id)
        if page is None:
            return None
        current = renewed(self._context, page.session, self._settings.limits)
        if current is not None:
            page.session = current
        return current

    async def close(self, kernel_id: str) -> None:
        """Close a page: its connections, its kernel, its claim."""
        page = self._open.pop(kernel_id, None)
        if page is not None:
            self._stay(page, State.LEFT)
            for socket in tuple(page.sockets):
                socket.close(1000, "closed")
            await self._stop(kernel_id)

    async def close_session(self, session_id: int) -> None:
        """Close every page of a session."""
        own = [key for key, page in self._open.items() if page.session.session_id == session_id]
        await asyncio.gather(*map(self.close, own))

    async def close_all(self) -> None:
        """Close every page, also those that wait ready."""
        for refill in self._refills.values():
            refill.cancel()
        ready = [task for tasks in self._ready.values() for task in tasks]
        self._ready.clear()
        for task in ready:
            task.cancel()
        made = await asyncio.gather(*ready, return_exceptions=True)
        waiting = [one.kernel_id for one in made if isinstance(one, Rendered)]
        await asyncio.gather(*map(self.close, tuple(self._open)), *map(self._stop, waiting))

    async def sweep(self) -> None:
        """Close the pages whose session ended elsewhere, and forget those whose kernel is gone."""
        for kernel_id in tuple(self._open):
            gone = kernel_id not in self._kernels
            if gone or await asyncio.to_thread(self.session, kernel_id) is None:
                await self.close(kernel_id)

    def fill(self, dashboard: str) -> None:
        """Make pages of a dashboard until enough wait ready."""
        self._refills.pop(dashboard, None)
        ready = self._ready[dashboard]
        while len(ready) < self._settings.ready_pages:
            ready.append(self._later(self._render(dashboard)))

    def _refill(self, dashboard: str) -> None:
        """Make another page ready in a while.

        At once, a kernel that starts would keep the processors from the page that was just given.
        A second visitor meanwhile waits for a kernel of his own, and puts nothing off.
        """
        if dashboard not in self._refills:
            loop = asyncio.get_running_loop()
            wait = self._settings.refilled_after
            self._refills[dashboard] = loop.call_later(wait, self.fill, dashboard)

    async def _take(self, dashboard: str) -> Rendered:
        """Return a page that waits ready, or as good as; a new one where none does."""
        ready = self._ready[dashboard]
        self._refill(dashboard)
        while ready:
            task = ready.pop(0)
            try:
                rendered = await asyncio.shield(task)
            except Exception:
                log.exception("a page of %s could not be made ready", dashboard)
                break
            if rendered.kernel_id in self._kernels:
                return rendered
        return await self._render(dashboard)

    def _left(self, dashboard: str, session: Session) -> OpenPage | None:
        own = [
            page
            for kernel_id, page in self._open.items()
            if page.state is State.LEFT
            and page.dashboard == dashboard
            and page.session.session_id == session.session_id
            and kernel_id in self._kernels
        ]
        return own[-1] if own else None

    def _stay(self, page: OpenPage, state: State) -> None:
        page.state = state
        if page.end is not None:
            page.end.cancel()
            page.end = None

    @contextmanager
    def _room(self, session: Session) -> Iterator[None]:
        """Count a page that is being opened; make room with one that was left."""
        person = session.administrator_id
        own = [page for page in self._open.values() if page.session.administrator_id == person]
        if len(own) + self._opening[person] >= self._settings.pages_per_user:
            left = next((page for page in own if page.state is State.LEFT), None)
            if left is None:
                raise Refused("pages_full", count=self._settings.pages_per_user)
            self._later(self.close(left.rendered.kernel_id))
        self._opening[person] += 1
        try:
            yield
        finally:
            self._opening[person] -= 1

    async def _stop(self, kernel_id: str) -> None:
        if kernel_id in self._kernels:
            await self._kernels.shutdown_kernel(kernel_id, now=True)
        await asyncio.to_thread(release_kernel, self._context, kernel_id)

    def _later(self, work: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
        """Start work that nobody waits for now, and keep it from being collected."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task
