"""The list of pupils that LeerID-beheer and Applicatiebeheer begin with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import ipywidgets
import traitlets
from ipywidgets import Widget

from leerid_core.labels import TYPE_LABELS
from leerid_core.rules.school_years import SchoolYear
from leerid_core.services.pupil_selection import count_pupils, filter_choices, select_pupils
from leerid_core.services.pupils import Pupil, list_pupils
from leerid_core.store import PupilQuery, SortBy
from leerid_core.workbench import forms
from leerid_core.workbench.components.table import Column, PagedTable, Row, TablePage, Wish
from leerid_core.workbench.desk import Desk, drawing, handler
from leerid_core.workbench.states.pupil_list import FILTER, PupilList
from leerid_core.workbench.views.pupil_filter import pupil_filter


@dataclass(frozen=True, slots=True)
class Action:
    """A button below the list; `selection` says that it needs pupils to be selected."""

    label: str
    act: Callable[[], None]
    primary: bool = False
    selection: bool = True


class Overview:
    """The filter, the table and what can be done with the selected pupils."""

    def __init__(
        self, desk: Desk, state: PupilList, year: SchoolYear, open_pupil: Callable[[int], None]
    ) -> None:
        self.desk = desk
        self.state = state
        self.year = year
        self._open = open_pupil
        self._shown = False

    def show(
        self,
        above: Sequence[Widget],
        caption: str,
        actions: Sequence[Action],
        below: Sequence[Widget] = (),
    ) -> None:
        """Show the list between what stands above and below it."""
        school = self.desk.school
        choices = filter_choices(self.desk.context, self.desk.actor, school.number, self.year)
        fields = pupil_filter(self.state, choices, self.refresh)
        shared = choices.school_classes is not None
        self._table = PagedTable(
            caption,
            [column for column in _COLUMNS if shared or column.key != SortBy.SCHOOL_CLASS],
            self,
            page=self._number(),
            sort=self.state.page.sort,
            descending=self.state.page.descending,
            size=self.state.page.limit,
            selectable=any(action.selection for action in actions),
        )
        self._cells = _cells if shared else _cells_without_class
        self.desk.show(
            *above,
            fields,
            forms.card(self._table, forms.row(*(self._button(action) for action in actions))),
            *below,
        )
        if not self._shown:
            self.state.observe(self._filtered, FILTER)
            self._shown = True

    def wished(self, wish: Wish) -> None:
        """Show the page that the table asks for."""
        sort = SortBy(wish.sort)
        self.state.turn_to(sort, wish.page, wish.size, descending=wish.descending)
        self.refresh()

    @drawing
    def refresh(self) -> None:
        """Show the list as the state now is."""
        desk, state = self.desk, self.state
        where = (desk.context, desk.actor, desk.school.number)
        found = list_pupils(*where, state.query, state.page, year=self.year)
        if found.total and not found.pupils:
            state.first_page()  # what was on the last page is no longer in the list
            found = list_pupils(*where, state.query, state.page, year=self.year)
        if not found.total:
            self._table.empty = _NOTHING if state.query == PupilQuery() else _NOTHING_HERE
        here = 0
        if state.selection:
            here = count_pupils(*where, state.selected_here, self.year)
        self._table.show(
            TablePage(
                found.total,
                self._number(),
                tuple(self._row(pupil) for pupil in found.pupils),
                len(state.selection),
                here,
            )
        )

    @handler
    def checked(self, keys: list[int], checked: bool) -> None:
        """Select these pupils, or no longer."""
        chosen = frozenset(key for key in keys if isinstance(key, int))
        selection = self.state.selection
        self.state.selection = selection | chosen if checked else selection - chosen
        self.refresh()

    @handler
    def checked_all(self, checked: bool) -> None:
        """Select every pupil of the filter, or none of them."""
        desk, state = self.desk, self.state
        here = select_pupils(desk.context, desk.actor, desk.school.number, state.query, self.year)
        state.selection = state.selection | here if checked else state.selection - here
        self.refresh()

    def opened(self, key: int) -> None:
        """Open the pupil of a row."""
        self._open(key)

    def _number(self) -> int:
        """Return which page is shown, counted from 0."""
        return self.state.page.offset // (self.state.page.limit or 1)

    def _filtered(self, _change: object) -> None:
        self.state.first_page()
        self.refresh()

    def _row(self, pupil: Pupil) -> Row:
        listed = pupil.listed
        label = f"{listed.first_name} {listed.last_name}"
        return Row(
            listed.pupil_id, self._cells(pupil), label, listed.pupil_id in self.state.selection
        )

    def _button(self, action: Action) -> ipywidgets.Button:
        made = forms.button(action.label, action.act, primary=action.primary)
        if action.selection:
            disabled = (made, "disabled")
            link = traitlets.dlink((self.state, "selection"), disabled, lambda chosen: not chosen)
            forms.until_closed(made, link)
        return made


_NOTHING_HERE = "Geen leerlingen gevonden. Pas de filter aan, of verwijder de filters."
_NOTHING = (
    "Geen leerlingen gevonden: voor dit schooljaar zijn er nog geen inschrijvingen. De "
    "LeerID-databeheerder importeert ze onder Schoolinstellingen."
)
_COLUMNS = (
    Column(SortBy.STAMNUMMER, "Stamnummer", "number"),
    Column(SortBy.FIRST_NAME, "Voornaam"),
    Column(SortBy.LAST_NAME, "Naam", "open", names=True),
    Column(SortBy.GROUP, "Administratieve groep"),
    Column(SortBy.SCHOOL_CLASS, "(sub)Klas"),
    Column(SortBy.ACCOUNT_TYPE, "Type", "pill"),
)


def _cells(pupil: Pupil) -> tuple[str, ...]:
    listed = pupil.listed
    return (
        listed.stamnummer or "",
        listed.first_name,
        listed.last_name,
        listed.administrative_group,
        ", ".join(listed.school_classes),
        TYPE_LABELS[listed.account_type],
    )


def _cells_without_class(pupil: Pupil) -> tuple[str, ...]:
    cells = _cells(pupil)
    return *cells[:4], cells[5]
