"""Voila's application, made to measure: a fixed route for each dashboard, and a guard for all."""

from __future__ import annotations

import asyncio
import hashlib
import logging
import shutil
import signal
import ssl
import tempfile
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

from jupyter_server.base.handlers import FileFindHandler
from jupyter_server.services.kernels.handlers import KernelHandler
from jupyter_server.utils import url_path_join
from tornado.httpserver import HTTPServer
from tornado.ioloop import PeriodicCallback
from tornado.netutil import bind_sockets
from tornado.web import Application, RequestHandler
from traitlets.config import Config
from voila.app import Voila
from voila.configuration import VoilaConfiguration
from voila.static_file_handler import MultiStaticFileHandler, TemplateStaticFileHandler

from leerid_core.errors import ConfigurationError
from leerid_core.intake.bounds import FILE_BYTES
from leerid_core.server.dashboards import (
    DashboardPage,
    Home,
    Leave,
    Missing,
    Status,
    dashboards,
)
from leerid_core.server.guard import Guard, guarded
from leerid_core.server.identity import OwnerOnly, SessionIdentity
from leerid_core.server.kernels import MESSAGES, Kernels, OneKernel, connection_folder_fits
from leerid_core.server.light import TEMPLATES
from leerid_core.server.pages import Pages
from leerid_core.server.rendering import render
from leerid_core.server.settings import ServerSettings
from leerid_core.server.sign_in import SignIn, SignOut
from leerid_core.server.sockets import KernelSocket
from leerid_core.services.context import Context
from leerid_core.settings import Settings
from leerid_core.workbench.notebooks import notebook_path

access = logging.getLogger("leerid_core.access")

KERNEL = r"(?P<kernel_id>\w+-\w+-\w+-\w+-\w+)"
ENVELOPE = 2**20
FORM_BYTES = 64 * 1024
SWEPT_EVERY = 5
PING_MILLISECONDS = 30_000
EXTENSIONS = (
    "@voila-dashboards/widgets-manager8",
    "@jupyter-widgets/jupyterlab-manager",
    "anywidget",
)
"""The parts of JupyterLab that the dashboards need; each other one would be loaded for nothing."""

MATHEMATICS = "@jupyterlab/mathjax2-extension:plugin"
"""The part that would be loaded from another host."""

Route = tuple[str, type[RequestHandler]] | tuple[str, type[RequestHandler], dict[str, Any]]


class KernelModel(KernelHandler):
    """Tells its owner that a kernel is there; it cannot be stopped from here."""

    SUPPORTED_METHODS = ("GET", "HEAD")


class Schoolloket(Voila):  # type: ignore[misc]
    """The server of one installation.

    Reads no configuration file: what Voila and Jupyter are told stands here.
    """

    def __init__(self, context: Context, settings: Settings, served: ServerSettings) -> None:
        self.context = context
        self.served = served
        self._installation = settings.environment()
        super().__init__(
            config=_configuration(served),
            base_url=served.base_url,
            server_url=served.base_url,
            root_dir=str(notebook_path(dashboards()[0].name).parent),
            cookie_secret=context.keys.cookies,
            identity_provider_class=SessionIdentity,
            authorizer_class=OwnerOnly,
            log_level=logging.WARNING,
        )
        self.asset_addresses = _asset_addresses(served.base_url)
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
            self.context, self.served, self.kernel_manager, lambda name: render(self, name)
        )
        cookie = {"samesite": "Lax", "path": self.base_url, "secure": self.served.scheme == "https"}
        return settings | {
            "context": self.context,
            "limits": self.served.limits,
            "pages": self.pages,
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
        """Return every route; what is not public stands behind the guard."""
        labextensions = {"path": self.labextensions_path, "no_cache_paths": []}
        static = {"paths": self.static_paths, "default_filename": "index.html"}
        routes: list[Route] = [
            ("", Home),
            *((one.name, DashboardPage, {"dashboard": one}) for one in dashboards()),
            ("aanmelden", SignIn),
            ("afmelden", SignOut),
            (rf"status/{KERNEL}", Status),
            (rf"voila/api/shutdown/{KERNEL}", Leave),
            (rf"api/kernels/{KERNEL}", KernelModel),
            (rf"api/kernels/{KERNEL}/channels", KernelSocket),
            (r"voila/templates/(.*)", TemplateStaticFileHandler),
            (rf"{_assets()}/static/(.*)", MultiStaticFileHandler, static),
            (rf"{_assets()}/labextensions/(.*)", FileFindHandler, labextensions),
        ]
        return [
            (f"{self.base_url}{path}", _behind_guard(handler), *arguments)  # type: ignore[misc]
            for path, handler, *arguments in routes
        ]

    async def run(self, announce: Callable[[str], None]) -> None:
        """Serve until the process is asked to stop; call `announce` with the address.

        Raises `ConfigurationError` when the certificate cannot be used or the port is taken.
        """
        stopped = asyncio.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, stopped.set)
        folder = tempfile.mkdtemp(prefix="leerid-")
        try:
            self.connection_dir = folder
            if connection_folder_fits(Path(folder)):
                # Sockets in a folder of the owner's: the kernel's words stay on no network.
                self.config.KernelManager.transport = "ipc"
            await self._serve(stopped, announce)
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    async def _serve(self, stopped: asyncio.Event, announce: Callable[[str], None]) -> None:
        tls = _tls(self.served)
        sockets = _listen(self.served)
        self.port = sockets[0].getsockname()[1]
        self.app = Application(**self.init_settings())
        self.app.add_handlers(".*$", self.init_handlers())
        server = HTTPServer(
            self.app,
            ssl_options=tls,
            max_body_size=FORM_BYTES,
            xheaders=bool(self.served.trusted_proxies),
            trusted_downstream=list(self.served.trusted_proxies),
        )
        sweeping = PeriodicCallback(self.pages.sweep, SWEPT_EVERY * 1000)
        try:
            server.add_sockets(sockets)
            sweeping.start()
            for dashboard in dashboards():
                self.pages.fill(dashboard.name)
            announce(f"{self.served.scheme}://{self.served.host}:{self.port}{self.base_url}")
            await stopped.wait()
        finally:
            sweeping.stop()
            server.stop()
            await self.pages.close_all()
            await self.kernel_manager.shutdown_all(now=True)
            await server.close_all_connections()


def _configuration(served: ServerSettings) -> Config:
    config = Config()
    config.VoilaConfiguration = Config(
        template="lab",
        allow_template_override="NO",
        allow_theme_override="NO",
        multi_kernel_manager_class=Kernels,
        kernel_spec_manager_class=OneKernel,
        extension_allowlist=list(EXTENSIONS),
        show_margins=False,
    )
    config.MappingKernelManager = Config(
        cull_idle_timeout=int(served.forgotten_after), cull_interval=60, allow_tracebacks=False
    )
    # A kernel that was started anew would be a page that silently does nothing.
    config.KernelRestarter.restart_limit = 0
    return config


def _behind_guard(handler: type[RequestHandler]) -> type[RequestHandler]:
    open_to_all = getattr(handler, "public", False) or issubclass(handler, Guard)
    return handler if open_to_all else guarded(handler)


def _assets() -> str:
    """Return where the assets are: elsewhere after an upgrade, so that browsers may keep them."""
    packages = ("voila", "ipywidgets", "jupyterlab_widgets", "anywidget")
    versions = " ".join(version(package) for package in packages)
    return f"assets/{hashlib.sha256(versions.encode()).hexdigest()[:12]}"


def _asset_addresses(base_url: str) -> dict[str, object]:
    return {
        "fullStaticUrl": url_path_join(base_url, _assets(), "static"),
        "fullLabextensionsUrl": url_path_join(base_url, _assets(), "labextensions"),
        "disabledExtensions": [MATHEMATICS],
    }


def _tls(served: ServerSettings) -> ssl.SSLContext | None:
    if served.certificate is None:
        return None
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    try:
        context.load_cert_chain(served.certificate, served.certificate_key)
    except (OSError, ssl.SSLError) as error:
        raise ConfigurationError("certificate_unusable", path=served.certificate) from error
    return context


def _listen(served: ServerSettings) -> list[Any]:
    try:
        return bind_sockets(served.port, served.host)
    except OSError as error:
        raise ConfigurationError("port_taken", port=served.port) from error


def _log_request(handler: RequestHandler) -> None:
    """Log without the query: it holds what somebody searched."""
    request = handler.request
    milliseconds = 1000 * request.request_time()
    access.info(
        "%d %s %s %.0f ms", handler.get_status(), request.method, request.path, milliseconds
    )
