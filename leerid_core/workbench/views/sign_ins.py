"""Sign-ins of other applications, from a file (Schoolinstellingen)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import ipywidgets

from leerid_core.errors import UnreadableFile
from leerid_core.intake.bounds import FILE_BYTES
from leerid_core.messages import sentence
from leerid_core.services.sign_in_imports import NO_APPLICATION, SignInImport, import_sign_ins
from leerid_core.services.work import Work
from leerid_core.workbench import forms
from leerid_core.workbench.components.content import Content, Node, element, table, title
from leerid_core.workbench.components.files import Upload
from leerid_core.workbench.desk import Desk, handler
from leerid_core.workbench.views.wording import counted

KINDS_OF_FILE = ".csv,.txt,.json,.jsonl"
_ABOUT = (
    "Meldden je leerlingen zich met hun LeerID aan bij andere toepassingen? Lees hier het "
    "logbestand ervan, dan tellen die aanmeldingen mee in de gebruiksstatistieken. Het is een CSV "
    "met de kolommen Gebruikersnaam, Tijdstip en eventueel Toepassing, of de aanmeldingen die "
    "Keycloak als JSON uitvoert. Een bestand dat je twee keer leest, telt één keer."
)
_COUNTS = {
    "new": "Nieuwe aanmeldingen, bewaard",
    "known": "Al bekend, dus niet opnieuw geteld",
    "unknown": "Van een gebruikersnaam die geen leerling van deze instelling heeft",
    "wrong": "Rijen met een fout",
    "other": "Geen aanmelding, overgeslagen",
}
_KEPT = "Wat al gelezen was, is bewaard. Lees het bestand gerust opnieuw."


class SignInsCard:
    """Takes a file; `back` opens the settings again."""

    def __init__(self, desk: Desk, back: Callable[[], None]) -> None:
        self.desk = desk
        self._back = back

    def widget(self) -> ipywidgets.Box:
        """Return the card."""
        self._application = forms.text(
            "Toepassing", hint="als het bestand ze niet noemt", wide=True
        )
        upload = Upload(
            "Kies een logbestand", KINDS_OF_FILE, FILE_BYTES, self._uploaded, self._too_large
        )
        return forms.card(
            Content(element("h2", "Aanmeldingen bij andere toepassingen"), element("p", _ABOUT)),
            self._application,
            forms.row(upload),
        )

    @handler
    def _too_large(self) -> None:
        raise UnreadableFile("file_too_large", limit=FILE_BYTES >> 20)

    @handler
    def _uploaded(self, name: str, content: bytes) -> None:
        desk, application = self.desk, self._application.value or NO_APPLICATION

        def work(work: Work) -> SignInImport:
            return import_sign_ins(
                desk.context,
                desk.actor,
                desk.school.number,
                content,
                name[:255],
                application=application,
                work=work,
            )

        desk.run(work, lambda done: self._show(name, done))

    def _show(self, name: str, done: SignInImport) -> None:
        self.desk.show(
            forms.button("← Terug naar Schoolinstellingen", self._back, plain=True),
            title("Aanmeldingen bij andere toepassingen"),
            *(forms.card(Content(*nodes)) for nodes in _told(done)),
        )
        kept = counted(done.new, "nieuwe aanmelding", "nieuwe aanmeldingen")
        if done.stopped is None:
            self.desk.message.tell(f"{name} is gelezen: {kept}.", "success")
        else:
            why = sentence(done.stopped.code, done.stopped.parameters)
            self.desk.message.tell(f"{why} {_KEPT}", "error")


def _told(done: SignInImport) -> Iterator[list[Node]]:
    counts = [(_COUNTS[key], str(count)) for key, count in done.counts().items()]
    yield [table("Wat er in het bestand stond", ("Rijen", "Aantal"), counts)]
    if done.unknown_names:
        names = [(name, str(count)) for name, count in done.unknown_names]
        columns = ("Gebruikersnaam", "Rijen")
        yield [_scrolled("Onbekende gebruikersnamen, de meeste eerst", columns, names)]
    if done.findings:
        rows = [(str(finding.row), finding.message) for finding in done.findings]
        more = done.wrong - len(rows)
        rest = [element("p", f"… en nog {more}")] if more else []
        yield [_scrolled("Rijen met een fout", ("Rij", "Wat"), rows), *rest]


def _scrolled(caption: str, columns: tuple[str, ...], rows: list[tuple[str, str]]) -> Node:
    listed = table(caption, columns, rows)
    return element(
        "div", listed, class_="leerid-tall-list", tabindex="0", role="region", aria_label=caption
    )
