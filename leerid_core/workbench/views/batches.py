"""Afdrukken: what was handed out, print it again, undo it (ARCHITECTURE.md, contract 4)."""

from __future__ import annotations

from collections.abc import Callable

import ipywidgets

from leerid_core.labels import BATCH_LABELS
from leerid_core.rules.folding import search_key
from leerid_core.rules.roles import Right
from leerid_core.services.batch_members import BatchMember, list_members
from leerid_core.services.batches import Reprint, list_batches, reprint_batch, undo_batch
from leerid_core.services.plans import Plan, plan_renewal
from leerid_core.services.work import Work
from leerid_core.store import Batch, PupilQuery
from leerid_core.workbench import forms
from leerid_core.workbench.components.content import Content, Node, definitions, element, title
from leerid_core.workbench.components.files import ZIP
from leerid_core.workbench.components.table import Column, PagedTable, Row, TablePage, Wish
from leerid_core.workbench.desk import Desk, drawing, handler
from leerid_core.workbench.views.printing import PrintForm
from leerid_core.workbench.views.wording import NOT_YET, counted, day, full_name, time_of

_LIST = (
    Column("number", "Lijst", "open"),
    Column("kind", "Soort"),
    Column("created_at", "Gemaakt op"),
    Column("created_by", "Door"),
    Column("pupils", "Leerlingen", "right"),
    Column("signed_in", "Aangemeld", "right"),
    Column("sealed_until", "Nog af te drukken tot"),
)
_MEMBERS = (
    Column("name", "Naam", "open"),
    Column("username", "Gebruikersnaam"),
    Column("last_sign_in", "Laatste aanmelding"),
    Column("sealed_until", "Nog af te drukken tot"),
)


class BatchList:
    """Shows the batches of the school, newest first; `open_batch` opens one of them."""

    def __init__(
        self, desk: Desk, open_batch: Callable[[int], None], back: Callable[[], None]
    ) -> None:
        self.desk = desk
        self._open = open_batch
        self._back = back

    def show(self) -> None:
        """Show the list; raises `NotAllowed` for who may not read there."""
        self._batches = list_batches(self.desk.context, self.desk.actor, self.desk.school.number)
        self._table = PagedTable(
            "Afdruklijsten",
            _LIST,
            self,
            empty="Er is nog niets aangemaakt of vernieuwd.",
            selectable=False,
            sort="number",
            descending=True,
        )
        self.desk.show(
            forms.button("← Terug naar overzicht", self._back, plain=True),
            title("Afdrukken"),
            forms.card(self._table),
        )

    @drawing
    def wished(self, wish: Wish) -> None:
        """Show the page that the table asks for."""
        self._batches.sort(key=lambda batch: _order(batch, wish.sort), reverse=wish.descending)
        begin = wish.page * wish.size
        rows = [_batch_row(batch) for batch in self._batches[begin : begin + wish.size]]
        self._table.show(TablePage(len(self._batches), wish.page, tuple(rows)))

    def checked(self, keys: list[int], checked: bool) -> None:
        """Nothing is selected here."""

    def checked_all(self, checked: bool) -> None:
        """Nothing is selected here."""

    def opened(self, key: int) -> None:
        """Open a batch."""
        self._open(key)


class BatchScreen:
    """Shows one batch; `renew` opens a plan of new passwords, `back` the list."""

    def __init__(
        self,
        desk: Desk,
        number: int,
        renew: Callable[[Plan], None],
        back: Callable[[], None],
        back_to: str = "Afdrukken",
    ) -> None:
        self.desk = desk
        self.number = number
        self._renew = renew
        self._back = back
        self._back_to = back_to
        self._chosen: frozenset[int] = frozenset()
        self._printing = PrintForm(desk.school)

    @handler
    def show(self) -> None:
        """Show what is known of the batch, and its pupils."""
        desk = self.desk
        self._batch, self._members = list_members(desk.context, desk.actor, self.number)
        self._table = PagedTable(
            "Leerlingen",
            [Column(one.key, one.label, one.kind, sortable=one.key == "name") for one in _MEMBERS],
            self,
            sort="name",
            openable=False,
            selectable=desk.may(Right.ISSUE),
        )
        self._place = forms.card()
        self._place.add_class("leerid-hidden")
        desk.show(
            forms.button(f"← Terug naar {self._back_to}", self._back, plain=True),
            title(f"Lijst {self.number}"),
            self._place,
            forms.card(Content(_about(self._batch)), forms.row(*self._buttons())),
            forms.card(self._table),
            *([self._printing.widget()] if self._printable() else []),
        )

    def _printable(self) -> bool:
        return self._batch.sealed_until is not None and self.desk.may(Right.ISSUE)

    def _buttons(self) -> list[ipywidgets.Widget]:
        if not self.desk.may(Right.ISSUE):
            return []
        made = []
        if self._printable():
            made = [
                forms.button("Druk alles nog eens af", self._print_all, primary=True),
                forms.button("Druk selectie nog eens af", self._print_chosen),
            ]
        waiting = self._batch.pupils - self._batch.signed_in
        if self._batch.undone_at is None and waiting:
            made.append(forms.button("Maak opnieuw voor wie nog niet aanmeldde", self._anew))
        if self._batch.undone_at is None and not self._batch.signed_in:
            made.append(forms.button("Maak ongedaan", self._ask_undo))
        return made

    def wished(self, wish: Wish) -> None:
        """Show the page that the table asks for."""
        members = sorted(self._members, key=_member_order, reverse=wish.descending)
        begin = wish.page * wish.size
        rows = [self._member_row(one) for one in members[begin : begin + wish.size]]
        chosen = len(self._chosen)
        self._table.show(TablePage(len(members), wish.page, tuple(rows), chosen, chosen))
        self._wish = wish

    def checked(self, keys: list[int], checked: bool) -> None:
        """Choose these pupils, or no longer."""
        known = {one.pupil_id for one in self._members} & set(keys)
        self._chosen = self._chosen | known if checked else self._chosen - known
        self.wished(self._wish)

    def checked_all(self, checked: bool) -> None:
        """Choose everybody, or nobody."""
        self.checked([one.pupil_id for one in self._members], checked)

    def opened(self, key: int) -> None:
        """Nothing more is known of a pupil here."""

    def _member_row(self, one: BatchMember) -> Row:
        name = full_name(one.pupil)
        signed = time_of(one.last_sign_in) if one.last_sign_in else NOT_YET
        return Row(
            one.pupil_id,
            (name, one.username or "–", signed, _until(one)),
            name,
            one.pupil_id in self._chosen,
        )

    @handler
    def _print_all(self) -> None:
        self._print(None)

    @handler
    def _print_chosen(self) -> None:
        self._print(self._chosen)

    def _print(self, pupil_ids: frozenset[int] | None) -> None:
        desk, options = self.desk, self._printing.options()

        def work(work: Work) -> Reprint:
            return reprint_batch(
                desk.context, desk.actor, self.number, options, pupil_ids=pupil_ids, work=work
            )

        def done(reprint: Reprint) -> None:
            desk.download.give(reprint.archive.name, ZIP, reprint.archive.content)
            told = (
                f"{counted(reprint.pupils, 'kaartje staat', 'kaartjes staan')} in het zipbestand."
            )
            if reprint.destroyed:
                told += f" Van {counted(reprint.destroyed, 'leerling', 'leerlingen')} is het "
                told += "wachtwoord al gewist."
            desk.message.tell(told, "success")

        desk.run(work, done)

    @handler
    def _anew(self) -> None:
        """Plan new passwords for just those who have not signed in since."""
        waiting = frozenset(one.pupil_id for one in self._members if not one.signed_in)
        desk = self.desk
        query = PupilQuery(pupil_ids=waiting)
        self._renew(plan_renewal(desk.context, desk.actor, desk.school.number, query))

    @handler
    def _ask_undo(self) -> None:
        """Ask once more: undoing takes away what may have been handed out."""
        question = (
            f"Lijst {self.number} ongedaan maken? De kaartjes van "
            f"{counted(self._batch.pupils, 'leerling', 'leerlingen')} werken dan niet meer."
        )
        self._place.children = [
            Content(element("p", question, role="alert", tabindex="-1"), takes_focus=True),
            forms.row(
                forms.button("Ja, maak ongedaan", self._undo, primary=True),
                forms.button("Nee", self.show),
            ),
        ]
        self._place.remove_class("leerid-hidden")

    @handler
    def _undo(self) -> None:
        batch = undo_batch(self.desk.context, self.desk.actor, self.number)
        self._back()
        self.desk.message.tell(f"Lijst {batch.number} is ongedaan gemaakt.", "success")


def _order(batch: Batch, column: str) -> tuple[bool, object]:
    value = getattr(batch, column)
    return value is not None, value


def _batch_row(batch: Batch) -> Row:
    kind = BATCH_LABELS[batch.kind] + (" (ongedaan gemaakt)" if batch.undone_at else "")
    return Row(
        batch.number,
        (
            str(batch.number),
            kind,
            time_of(batch.created_at),
            batch.created_by,
            str(batch.pupils),
            str(batch.signed_in),
            _until(batch),
        ),
        f"lijst {batch.number}",
    )


def _until(one: Batch | BatchMember) -> str:
    return day(one.sealed_until) if one.sealed_until else "niet meer"


def _about(batch: Batch) -> Node:
    return definitions(
        [
            (
                "Soort",
                BATCH_LABELS[batch.kind] + (" (ongedaan gemaakt)" if batch.undone_at else ""),
            ),
            ("Gemaakt op", f"{time_of(batch.created_at)} door {batch.created_by}"),
            ("Leerlingen", f"{batch.pupils}, waarvan {batch.signed_in} zich sindsdien aanmeldden"),
            ("Nog af te drukken tot", _until(batch)),
        ]
    )


def _member_order(one: BatchMember) -> tuple[str, str]:
    return search_key(one.pupil.last_name), search_key(one.pupil.first_name)
