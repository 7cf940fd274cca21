"""Voila's application, made to measure: a fixed route for each dashboard, and a guard for all."""

from __future__ import annotations

import asyncio
import logging
import shutil
import signal
import socket
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tornado.ioloop import PeriodicCallback
from tornado.web import Application, RequestHandler
from voila.app import Voila
from voila.configuration import VoilaConfiguration

from leerid_core.intake.bounds import FILE_BYTES
from leerid_core.server.configuration import configuration
from leerid_core.server.dashboards import Missing, dashboards
from leerid_core.server.identity import OwnerOnly, SessionIdentity
from leerid_core.server.kernels import MESSAGES, connection_folder_fits
from leerid_core.server.light import TEMPLATES
from leerid_core.server.listening import bound, http_server
from leerid_core.server.mijn.workers import Workers
from leerid_core.server.pages import Pages
from leerid_core.server.rendering import render
from leerid_core.server.routes import Route, routes
from leerid_core.server.settings import ServerSettings
from leerid_core.services.claims import release_kernels_of
from leerid_core.services.context import Context
from leerid_core.services.pupil_forgetting import forget_what_is_over
from leerid_core.settings import Settings
from leerid_core.workbench.notebooks import notebook_path

access = logging.getLogger("leerid_core.access")

ENVELOPE = 2**20
SWEPT_EVERY = 5
FORGETS_EVERY = 600
PING_MILLISECONDS = 30_000


class Schoolloket(Voila):  # type: ignore[misc]
    """The server of one installation."""

    def __init__(self, context: Context, settings: Settings, served: ServerSettings) -> None:
        self.context = context
        self.served = served
        self._installation = settings.environment()
        super().__init__(
            config=configuration(served),
            base_url=served.base_url,
            server_url=served.base_url,
            root_dir=str(notebook_path(dashboards()[0].name).parent),
            cookie_secret=context.keys.cookies,
            identity_provider_class=SessionIdentity,
            authorizer_class=OwnerOnly,
            log_level=logging.WARNING,
        )
        self.voila_configuration = VoilaConfiguration(parent=self)
        self.setup_template_dirs()

    def setup_template_dirs(self) -> None:
        """Look for templates here first; Voila's own only help."""
        super().setup_template_dirs()
        self.template_paths: list[str] = [str(TEMPLATES), *self.template_paths]

    def init_settings(self) -> dict[str, Any]:
        """Return what the handlers find in their settings."""
        settings: dict[str, Any] = super().init_settings()
        self.kernel_manager.allowed_message_types = list(MESSAGES)
        self.kernel_manager.installation = self._installation
        self.kernel_manager.folder = self.connection_dir
        self.pages = Pages(
            self.context,
            self.served,
            self.kernel_manager,
            lambda name: render(self, name),
            self._name(),
        )
        self.workers = Workers(self.context)
        cookie = {"samesite": "Lax", "path": self.base_url, "secure": self.served.scheme == "https"}
        return settings | {
            "context": self.context,
            "limits": self.served.limits,
            "pages": self.pages,
            "workers": self.workers,
            "default_handler_class": Missing,
            "xsrf_cookies": True,
            "xsrf_cookie_kwargs": cookie,
            "compress_response": True,
            "ws_ping_timeout": PING_MILLISECONDS,
            "ws_ping_interval": PING_MILLISECONDS,
            "websocket_max_message_size": FILE_BYTES + ENVELOPE,
            "log_function": _log_request,
        }

    def init_handlers(self) -> list[Route]:
        """Return our routes, none of Voila's."""
        return routes(self.base_url)

    async def run(self, announce: Callable[[str], None]) -> None:
        """Serve until the process is asked to stop; call `announce` with the address.

        Raises `ConfigurationError` when the certificate cannot be used or the port is taken.
        """
        stopped = asyncio.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, stopped.set)
        self.connection_dir = tempfile.mkdtemp(prefix="leerid-")
        if connection_folder_fits(Path(self.connection_dir)):
            # Sockets in a folder of the owner's: what a kernel says is on no network.
            self.config.KernelManager.transport = "ipc"
        try:
            await self._serve(stopped, announce)
        finally:
            shutil.rmtree(self.connection_dir, ignore_errors=True)

    def _name(self) -> str:
        """Return what tells this server from others on the same database."""
        return f"{socket.gethostname()}:{self.port}"

    async def _serve(self, stopped: asyncio.Event, announce: Callable[[str], None]) -> None:
        sockets = bound(self.served)
        self.port = sockets[0].getsockname()[1]
        self.app = Application(**self.init_settings())
        self.app.add_handlers(".*$", self.init_handlers())
        server = http_server(self.app, self.served)
        # Not before the port is ours: another server may be there, with pages in use.
        release_kernels_of(self.context, self._name())
        sweeping = PeriodicCallback(self.pages.sweep, SWEPT_EVERY * 1000)
        forgetting = PeriodicCallback(self._forget, FORGETS_EVERY * 1000)
        try:
            server.add_sockets(sockets)
            sweeping.start()
            forgetting.start()
            await self._forget()
            for dashboard in dashboards():
                self.pages.fill(dashboard.name)
            announce(f"{self.served.scheme}://{self.served.host}:{self.port}{self.base_url}")
            await stopped.wait()
        finally:
            sweeping.stop()
            forgetting.stop()
            server.stop()
            await self.pages.close_all()
            await self.kernel_manager.shutdown_all(now=True)
            await server.close_all_connections()
            self.workers.close()

    async def _forget(self) -> None:
        await asyncio.to_thread(forget_what_is_over, self.context)


def _log_request(handler: RequestHandler) -> None:
    """Log without the query: it holds what somebody searched."""
    request = handler.request
    milliseconds = 1000 * request.request_time()
    path = getattr(handler, "logged", request.path)
    access.info("%d %s %s %.0f ms", handler.get_status(), request.method, path, milliseconds)
