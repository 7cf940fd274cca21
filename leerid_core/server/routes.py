"""Every address of the server, and what answers there."""

from __future__ import annotations

import hashlib
from importlib.metadata import version
from typing import Any

from jupyter_server.base.handlers import FileFindHandler
from jupyter_server.services.kernels.handlers import KernelHandler
from tornado.web import RequestHandler
from voila.paths import collect_static_paths
from voila.static_file_handler import MultiStaticFileHandler
from voila.utils import get_voila_labextensions_path

from leerid_core.server.dashboards import (
    DashboardPage,
    Home,
    Leave,
    Status,
    dashboards,
)
from leerid_core.server.guard import Guard, guarded
from leerid_core.server.password import OwnPassword
from leerid_core.server.sign_in import SignIn, SignOut
from leerid_core.server.sockets import KernelSocket

KERNEL = r"(?P<kernel_id>\w+-\w+-\w+-\w+-\w+)"
TEMPLATE = "lab"
MATHEMATICS = "@jupyterlab/mathjax2-extension:plugin"
"""The part of JupyterLab that would be loaded from another host."""

Route = tuple[str, type[RequestHandler]] | tuple[str, type[RequestHandler], dict[str, Any]]


class KernelModel(KernelHandler):
    """Tells its owner that a kernel is there; it cannot be stopped from here."""

    SUPPORTED_METHODS = ("GET", "HEAD")


def routes(base_url: str) -> list[Route]:
    """Return every route, as Tornado takes them; what is not public stands behind the guard."""
    static = {"paths": collect_static_paths(["voila", "nbconvert"], TEMPLATE)}
    labextensions = {"path": get_voila_labextensions_path()}
    table: list[Route] = [
        ("", Home),
        *((one.name, DashboardPage, {"dashboard": one}) for one in dashboards()),
        ("aanmelden", SignIn),
        ("afmelden", SignOut),
        ("wachtwoord", OwnPassword),
        (rf"status/{KERNEL}", Status),
        (rf"voila/api/shutdown/{KERNEL}", Leave),
        (rf"api/kernels/{KERNEL}", KernelModel),
        (rf"api/kernels/{KERNEL}/channels", KernelSocket),
        (rf"voila/templates/{TEMPLATE}/static/(.+)", MultiStaticFileHandler, static),
        (rf"{_assets()}/static/(.+)", MultiStaticFileHandler, static),
        (rf"{_assets()}/labextensions/(.+)", FileFindHandler, labextensions),
    ]
    return [
        (f"{base_url}{path}", _behind_guard(handler), *arguments)  # type: ignore[misc]
        for path, handler, *arguments in table
    ]


def page_settings(base_url: str) -> dict[str, object]:
    """Return what the script of a dashboard is told beside what Voila tells it."""
    return {
        "fullStaticUrl": f"{base_url}{_assets()}/static",
        "fullLabextensionsUrl": f"{base_url}{_assets()}/labextensions",
        "disabledExtensions": [MATHEMATICS],
    }


def _behind_guard(handler: type[RequestHandler]) -> type[RequestHandler]:
    open_to_all = getattr(handler, "public", False) or issubclass(handler, Guard)
    return handler if open_to_all else guarded(handler)


def _assets() -> str:
    """Return where the assets are: elsewhere after an upgrade, so that browsers may keep them."""
    packages = ("voila", "ipywidgets", "jupyterlab_widgets", "anywidget")
    versions = " ".join(version(package) for package in packages)
    return f"assets/{hashlib.sha256(versions.encode()).hexdigest()[:12]}"
