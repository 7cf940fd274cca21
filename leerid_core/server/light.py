"""Light pages: without a kernel and without a script."""

from __future__ import annotations

import logging
import secrets
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Any

import jinja2
from tornado.web import HTTPError, RequestHandler

from leerid_core.errors import LeerIDError, NotAllowed
from leerid_core.messages import sentence

log = logging.getLogger(__name__)

TEMPLATES = Path(__file__).parent / "templates"
POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'unsafe-inline'",
        "img-src data:",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}


@dataclass(frozen=True, slots=True)
class Notice:
    """What a page says instead of what was asked for."""

    title: str
    text: str


NOTICES = {
    HTTPStatus.FORBIDDEN: Notice(
        "Geen toegang", "Dit formulier is verlopen. Ga terug, herlaad de pagina en probeer opnieuw."
    ),
    HTTPStatus.NOT_FOUND: Notice(
        "Deze pagina bestaat niet", "Kijk het adres na, of ga naar het begin van het Schoolloket."
    ),
}
NO_RIGHTS = Notice(
    "Geen toegang",
    "Je hebt in geen enkele instelling de rol die voor deze pagina nodig is. "
    "Vraag ze aan de LeerID-databeheerder van je school.",
)
WRONG_REQUEST = Notice("Dit kan niet", "De vraag aan het Schoolloket is niet geldig.")

_jinja = jinja2.Environment(
    loader=jinja2.FileSystemLoader(TEMPLATES), autoescape=True, undefined=jinja2.StrictUndefined
)


class LightPage(RequestHandler):
    """A page that is drawn here; errors are Dutch sentences, with a number when it is our fault."""

    def set_default_headers(self) -> None:
        """Keep what is on the page out of caches and frames."""
        self.clear_header("Server")
        self.set_header("Content-Security-Policy", POLICY)
        for name, value in HEADERS.items():
            self.set_header(name, value)

    @property
    def logged(self) -> str:
        """What the log says about where something was asked."""
        path: str = self.request.path
        return path

    @property
    def base_url(self) -> str:
        """Where the Schoolloket begins."""
        found: str = self.settings["base_url"]
        return found

    def show(self, template: str, **values: object) -> None:
        """Finish with a template of ours."""
        page = _jinja.get_template(template).render(base_url=self.base_url, **values)
        self.set_header("Content-Type", "text/html; charset=UTF-8")
        self.finish(page)

    def notify(self, notice: Notice) -> None:
        """Finish with a notice."""
        self.show("melding.html", title=notice.title, text=notice.text)

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        """Tell what went wrong and what to do."""
        error = kwargs.get("exc_info", (None, None))[1]
        if isinstance(error, NotAllowed):
            self.set_status(HTTPStatus.FORBIDDEN)
            self.notify(NO_RIGHTS)
        elif isinstance(error, LeerIDError):
            self.set_status(HTTPStatus.CONFLICT)
            self.notify(Notice("Dit lukt niet", sentence(error.code, error.parameters)))
        elif status_code < HTTPStatus.INTERNAL_SERVER_ERROR:
            self.notify(NOTICES.get(HTTPStatus(status_code), WRONG_REQUEST))
        else:
            parameters = {"incident": self._incident}
            self.notify(Notice("Er ging iets mis", sentence("incident", parameters)))

    def log_exception(self, typ: Any, value: Any, tb: Any) -> None:
        """Log what is our fault, under a number; the address may hold what somebody searched."""
        if not isinstance(value, HTTPError | LeerIDError):
            self._incident = secrets.token_hex(4)
            log.error("incident %s: %s", self._incident, self.logged, exc_info=value)
