"""Every address of the server, and what answers there."""

from __future__ import annotations

from typing import Any

from jupyter_server.services.kernels.handlers import KernelHandler
from tornado.web import RequestHandler

from leerid_core.server.assets import AssetFile, assets_path
from leerid_core.server.dashboards import (
    DashboardPage,
    Home,
    Leave,
    Status,
    dashboards,
)
from leerid_core.server.guard import Guard, guarded
from leerid_core.server.mijn.routes import mijn_routes
from leerid_core.server.password import OwnPassword
from leerid_core.server.sign_in import SignIn, SignOut
from leerid_core.server.sockets import KernelSocket

KERNEL = r"(?P<kernel_id>\w+-\w+-\w+-\w+-\w+)"

Route = tuple[str, type[RequestHandler]] | tuple[str, type[RequestHandler], dict[str, Any]]


class KernelModel(KernelHandler):
    """Tells its owner that a kernel is there; it cannot be stopped from here."""

    SUPPORTED_METHODS = ("GET", "HEAD")


def routes(base_url: str) -> list[Route]:
    """Return every route, as Tornado takes them; what is not public stands behind the guard."""
    table: list[Route] = [
        ("", Home),
        *((one.name, DashboardPage, {"dashboard": one}) for one in dashboards()),
        ("aanmelden", SignIn),
        ("afmelden", SignOut),
        ("wachtwoord", OwnPassword),
        *mijn_routes(),
        (rf"status/{KERNEL}", Status),
        (rf"voila/api/shutdown/{KERNEL}", Leave),
        (rf"api/kernels/{KERNEL}", KernelModel),
        (rf"api/kernels/{KERNEL}/channels", KernelSocket),
        (rf"{assets_path()}/([\w.]+)", AssetFile),
    ]
    return [
        (f"{base_url}{path}", _behind_guard(handler), *arguments)  # type: ignore[misc]
        for path, handler, *arguments in table
    ]


def _behind_guard(handler: type[RequestHandler]) -> type[RequestHandler]:
    open_to_all = getattr(handler, "public", False) or issubclass(handler, Guard)
    return handler if open_to_all else guarded(handler)
