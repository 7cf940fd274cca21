"""Import of enrolments: upload, correct the columns, look at what changes, apply."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import ipywidgets
import traitlets

from leerid_core.intake import ColumnMatch, Field, Shape
from leerid_core.labels import CHANGE_LABELS, COUNT_LABELS, SEVERITY_LABELS
from leerid_core.rules.dates import dutch_date
from leerid_core.rules.enrolment_changes import Change, Difference, EnrolmentChange
from leerid_core.rules.findings import Finding
from leerid_core.services.imports import ImportPreview, apply_import, preview_import
from leerid_core.services.work import Work
from leerid_core.workbench import forms
from leerid_core.workbench.components.content import Content, Node, element, table, title
from leerid_core.workbench.components.table import Column, PagedTable, Row, TablePage, Wish
from leerid_core.workbench.desk import Desk, handler
from leerid_core.workbench.states.importing import Importing

FINDINGS = 200
_SHAPES = {
    Shape.SCHOOLLOKET: "leerlingenlijst van het Schoolloket",
    Shape.INFORMAT_XLSX: "Excellijst van Informat",
    Shape.INFORMAT_XML: "XML van Informat",
    Shape.WISA_CSV: "CSV van Wisa",
    Shape.WISA_BESTAND: "Wisa-bestand",
    Shape.OTHER: "een andere lijst, herkend aan de kolomnamen",
}
_COLUMNS = (
    Column("row", "Rij", "right", sortable=False),
    Column("pupil", "Leerling", "open", sortable=False),
    Column("change", "Wijziging", "pill", sortable=False),
    Column("what", "Wat", sortable=False),
)


class ImportScreen:
    """Shows what a file would change; `back` opens the settings again."""

    def __init__(
        self, desk: Desk, file_name: str, content: bytes, back: Callable[[], None]
    ) -> None:
        self.desk = desk
        self.state = Importing(file_name=file_name, content=content)
        self._back = back

    @handler
    def read(self) -> None:
        """Read the file as it is now to be read, and show what it would change."""
        desk, state = self.desk, self.state

        def work(work: Work) -> ImportPreview:
            def count(rows: int) -> None:
                work.check()
                work.report(rows, 0, f"Rijen lezen ({rows})")

            return preview_import(
                desk.context,
                desk.actor,
                desk.school.number,
                state.content,
                mapping=state.mapping,
                end_missing=state.end_missing,
                progress=count,
            )

        desk.run(work, self._show)

    def _show(self, preview: ImportPreview) -> None:
        self._preview = preview
        self._changes = [one for one in preview.changes if one.change is not Change.UNCHANGED]
        self._table = PagedTable(
            "Wijzigingen",
            _COLUMNS,
            self,
            empty="Dit bestand wijzigt niets.",
            selectable=False,
            openable=False,
        )
        self.desk.show(
            forms.button("← Terug naar Schoolinstellingen", self._back, plain=True),
            title("Inschrijvingen importeren"),
            forms.card(Content(*self._about(preview)), self._columns(preview)),
            forms.card(Content(_counts(preview)), *self._choices(preview), self._buttons()),
            *_findings(preview),
            forms.card(self._table),
        )

    def _about(self, preview: ImportPreview) -> Iterator[Node]:
        shape = _SHAPES[preview.file.shape]
        yield element("h2", self.state.file_name)
        yield element("p", f"Herkend als {shape}, met {preview.file.read} leerlingen.")
        yield element("p", "Klopt een kolom niet? Kies dan een ander veld.", class_="leerid-aside")

    def _columns(self, preview: ImportPreview) -> ipywidgets.Box:
        return forms.grid(*(self._column(column) for column in preview.file.columns))

    def _column(self, column: ColumnMatch) -> ipywidgets.Dropdown:
        options = [(field.label, field) for field in Field]
        field = forms.choice(column.header, options, column.field or Field.IGNORE)
        field.observe(lambda change: self._correct(column.header, change["new"]), "value")
        return field

    def _correct(self, header: str, field: Field) -> None:
        before = self.state.mapping
        self.state.correct(self._preview.file.columns, header, field)
        if self.state.mapping != before:
            self.read()

    def _choices(self, preview: ImportPreview) -> list[ipywidgets.Widget]:
        end = forms.tick(
            "Beëindig de inschrijvingen die niet in het bestand staan",
            value=self.state.end_missing,
        )
        forms.until_closed(end, traitlets.link((self.state, "end_missing"), (end, "value")))
        end.observe(lambda _: self.read(), "value")
        if not preview.is_large:
            return [end]
        accept = forms.tick("Ik aanvaard dat meer dan 10 % van de inschrijvingen eindigt")
        link = traitlets.link((self.state, "accept_large_change"), (accept, "value"))
        forms.until_closed(accept, link)
        return [end, accept]

    def _buttons(self) -> ipywidgets.Box:
        return forms.row(
            forms.button("Toepassen", self._apply, primary=True),
            forms.button("Annuleren", self._back),
        )

    @handler
    def _apply(self) -> None:
        desk, state, preview = self.desk, self.state, self._preview

        def work(work: Work) -> ImportPreview:
            work.report(0, 0, "Bewaren")
            return apply_import(
                desk.context,
                desk.actor,
                preview,
                state.file_name,
                accept_large_change=state.accept_large_change,
            )

        def done(applied: ImportPreview) -> None:
            self._back()
            desk.message.tell(f"{state.file_name} is ingelezen: {_summary(applied)}.", "success")

        desk.run(work, done)

    def wished(self, wish: Wish) -> None:
        """Show the page of changes that the table asks for."""
        begin = wish.page * wish.size
        rows = [
            _change_row(index, change)
            for index, change in enumerate(self._changes[begin : begin + wish.size], begin)
        ]
        self._table.show(TablePage(len(self._changes), wish.page, tuple(rows)))

    def checked(self, keys: list[int], checked: bool) -> None:
        """Nothing is selected here."""

    def checked_all(self, checked: bool) -> None:
        """Nothing is selected here."""

    def opened(self, key: int) -> None:
        """Nothing more is known of a change."""


def _counts(preview: ImportPreview) -> Node:
    rows = [(COUNT_LABELS[key], str(count)) for key, count in preview.counts().items()]
    return table("Wat er wijzigt", ("Inschrijvingen", "Aantal"), rows)


def _summary(preview: ImportPreview) -> str:
    told = [
        f"{preview.count(change)} {label.lower()}"
        for change, label in CHANGE_LABELS.items()
        if preview.count(change)
    ]
    return ", ".join(told)


def _findings(preview: ImportPreview) -> list[ipywidgets.Widget]:
    if not preview.findings:
        return []
    rows = [_finding(finding) for finding in preview.findings[:FINDINGS]]
    more = len(preview.findings) - FINDINGS
    listed = table("Bevindingen", ("Rij", "Kolom", "Ernst", "Wat"), rows)
    nodes = [
        element(
            "div",
            listed,
            class_="leerid-tall-list",
            tabindex="0",
            role="region",
            aria_label="Bevindingen",
        )
    ]
    if more > 0:
        nodes.append(element("p", f"… en nog {more}"))
    return [forms.card(Content(*nodes))]


def _finding(finding: Finding) -> tuple[Node, ...]:
    row = str(finding.row) if finding.row else "–"
    severity = SEVERITY_LABELS[finding.severity]
    return row, finding.column or "", severity, finding.message


def _change_row(index: int, change: EnrolmentChange) -> Row:
    enrolment = change.enrolment
    name = f"{enrolment.first_name} {enrolment.last_name}"
    row = str(change.match.row.row) if change.match else "–"
    what = "; ".join(_difference(one) for one in change.differences)
    if change.change is Change.NEW:
        what = enrolment.administrative_group
    return Row(index, (row, name, CHANGE_LABELS[change.change], what), name)


def _difference(one: Difference) -> str:
    return f"{Field(one.field).label}: {_plain(one.old) or '–'} → {_plain(one.new) or '–'}"


def _plain(value: object) -> str:
    if isinstance(value, date):
        return dutch_date(value)
    return ", ".join(value) if isinstance(value, tuple) else str(value or "")
