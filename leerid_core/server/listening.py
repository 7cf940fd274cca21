"""Where the server listens, and how it proves who it is."""

from __future__ import annotations

import ssl
from socket import socket

from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application

from leerid_core.errors import ConfigurationError
from leerid_core.server.settings import ServerSettings

FORM_BYTES = 64 * 1024
"""The longest request: what is larger comes by websocket."""


def bound(settings: ServerSettings) -> list[socket]:
    """Return the sockets of the host and port; raises `ConfigurationError` when that is taken."""
    try:
        return bind_sockets(settings.port, settings.host)
    except OSError as error:
        raise ConfigurationError("port_taken", port=settings.port) from error


def http_server(application: Application, settings: ServerSettings) -> HTTPServer:
    """Return a server for `application`, with TLS when there is a certificate.

    Raises `ConfigurationError` for a certificate that cannot be used.
    """
    proxies = list(settings.trusted_proxies)
    return HTTPServer(
        application,
        ssl_options=_tls(settings),
        max_body_size=FORM_BYTES,
        xheaders=bool(proxies),
        trusted_downstream=proxies,
    )


def _tls(settings: ServerSettings) -> ssl.SSLContext | None:
    if settings.certificate is None:
        return None
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    try:
        context.load_cert_chain(settings.certificate, settings.certificate_key)
    except OSError as error:
        raise ConfigurationError("certificate_unusable", path=settings.certificate) from error
    return context
