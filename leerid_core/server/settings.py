"""What the server is told: where it listens, how long it waits, how much it keeps ready."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from leerid_core.errors import ConfigurationError
from leerid_core.services.sessions import SessionLimits

DEFAULT_PORT = 8866


@dataclass(frozen=True, slots=True)
class ServerSettings:
    """How this server runs.

    `port` 0 takes a free one. `base_url` begins and ends with a slash. `ready_pages` is how many
    kernels wait ready for each dashboard, about 90 MB each and twice that for the statistics, which
    have pandas and matplotlib loaded; `pages_per_user` how many one administrator may have open.
    `grace` is how long a page that was left can be taken up again, `forgotten_after` how long one
    lives whose browser is not connected, `refilled_after` how long after one was given another is
    made ready, all in seconds. `trusted_proxies` are the addresses whose X-Forwarded headers are
    believed.
    """

    host: str = "127.0.0.1"
    port: int = DEFAULT_PORT
    base_url: str = "/"
    certificate: Path | None = None
    certificate_key: Path | None = None
    ready_pages: int = 1
    pages_per_user: int = 8
    grace: float = 60
    forgotten_after: int = 600
    refilled_after: float = 1.5
    limits: SessionLimits = field(default_factory=SessionLimits)
    trusted_proxies: tuple[str, ...] = ()

    @classmethod
    def collect(cls, environment: Mapping[str, str], **given: object) -> ServerSettings:
        """Return the settings: what is given goes before the environment, that before the default.

        The environment may hold LEERID_HOST, LEERID_PORT, LEERID_BASE_URL, LEERID_CERTIFICATE,
        LEERID_CERTIFICATE_KEY, LEERID_READY_PAGES, LEERID_PAGES_PER_USER,
        LEERID_FORGOTTEN_AFTER (seconds), LEERID_SESSION_IDLE_MINUTES, LEERID_SESSION_HOURS and
        LEERID_TRUSTED_PROXIES (addresses with commas between them). A `given` of None counts as
        not given. Raises `ConfigurationError` for what is no number, and for a certificate
        without its key.
        """
        told = {
            name: value
            for name in _ENVIRONMENT
            if (value := environment.get(f"LEERID_{name.upper()}"))
        }
        values: dict[str, str] = told | {k: str(v) for k, v in given.items() if v is not None}
        default = cls()
        certificate = _path(values.get("certificate"))
        certificate_key = _path(values.get("certificate_key"))
        if (certificate is None) != (certificate_key is None):
            raise ConfigurationError("certificate_half")
        return cls(
            host=values.get("host", default.host),
            port=_number(values, "port", default.port),
            base_url=_base_url(values.get("base_url", default.base_url)),
            certificate=certificate,
            certificate_key=certificate_key,
            ready_pages=_number(values, "ready_pages", default.ready_pages),
            pages_per_user=_number(values, "pages_per_user", default.pages_per_user),
            forgotten_after=_number(values, "forgotten_after", default.forgotten_after),
            limits=SessionLimits(
                timedelta(minutes=_number(values, "session_idle_minutes", 60)),
                timedelta(hours=_number(values, "session_hours", 12)),
            ),
            trusted_proxies=tuple(filter(None, values.get("trusted_proxies", "").split(","))),
        )

    @property
    def address(self) -> str | None:
        """Where a browser on this machine finds the server; None while the port is a free one."""
        return f"{self.scheme}://{self.host}:{self.port}{self.base_url}" if self.port else None

    @property
    def scheme(self) -> str:
        """How a browser asks for a page here."""
        return "http" if self.certificate is None else "https"


_ENVIRONMENT = (
    "host",
    "port",
    "base_url",
    "certificate",
    "certificate_key",
    "ready_pages",
    "pages_per_user",
    "forgotten_after",
    "session_idle_minutes",
    "session_hours",
    "trusted_proxies",
)


def _path(text: str | None) -> Path | None:
    return Path(text) if text else None


def _base_url(text: str) -> str:
    inner = text.strip("/")
    return f"/{inner}/" if inner else "/"


def _number(values: Mapping[str, str], name: str, default: int) -> int:
    text = values.get(name, str(default))
    if not text.isascii() or not text.isdigit():
        raise ConfigurationError("setting_no_number", name=f"LEERID_{name.upper()}", value=text)
    return int(text)
