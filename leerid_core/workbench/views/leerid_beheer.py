"""The page LeerID-beheer: the active school year (manual, chapters 2 and 3)."""

from __future__ import annotations

from collections.abc import Callable

from leerid_core.rules.roles import Right
from leerid_core.rules.school_years import SchoolYear
from leerid_core.services.plans import Plan, plan_accounts, plan_renewal
from leerid_core.services.pupil_export import export_pupils
from leerid_core.store import PupilQuery
from leerid_core.workbench.components.content import Content, Node, title
from leerid_core.workbench.components.files import WORKBOOK
from leerid_core.workbench.desk import Desk, handler
from leerid_core.workbench.states.pupil_list import PupilList
from leerid_core.workbench.views.batches import BatchList, BatchScreen
from leerid_core.workbench.views.bulk import BulkScreen
from leerid_core.workbench.views.overview import Action, Overview
from leerid_core.workbench.views.pupil import PupilScreen
from leerid_core.workbench.views.single import SingleScreen
from leerid_core.workbench.views.wording import LOOK_OUT, REMARK_LIST

Back = Callable[[], None]


class LeerIDBeheer:
    """Goes from screen to screen; the list keeps its filter and selection meanwhile."""

    name = "LeerID-beheer"
    caption = "Ingeschreven leerlingen"
    notes: tuple[Node, Node] = (LOOK_OUT, REMARK_LIST)

    def __init__(self, desk: Desk, state: PupilList) -> None:
        self.desk = desk
        self.state = state
        self.year = self.school_year(SchoolYear.of(desk.context.today()))
        self._overview = Overview(desk, state, self.year, self.open_pupil)
        self._pupil = PupilScreen(desk, self.year, self.create_one, self.renew_one, self.show)

    def school_year(self, active: SchoolYear) -> SchoolYear:
        """Return the school year of this page."""
        return active

    @handler
    def show(self) -> None:
        """Show the list of pupils."""
        above, below = self.notes
        self._overview.show(
            [title(self.name, seen=False), Content(above)],
            self.caption,
            self.actions(),
            [Content(below)],
        )

    def actions(self) -> list[Action]:
        """Return the buttons below the list, those that the user may use."""
        issue = [
            Action("Maak LeerID's aan", self.create, primary=True),
            Action("Vernieuw wachtwoorden", self.renew),
        ]
        read = [
            Action("Afdrukken", self.open_batches, selection=False),
            Action("Exporteer naar Excel", self.export, selection=False),
        ]
        return [*(issue if self.desk.may(Right.ISSUE) else []), *read]

    @handler
    def open_pupil(self, pupil_id: int) -> None:
        """Show one pupil."""
        self._pupil.show(pupil_id)

    @handler
    def create(self) -> None:
        """Plan accounts for the selected pupils."""
        self._open_plan(self._plan_accounts(self.state.selected))

    @handler
    def renew(self) -> None:
        """Plan new passwords for the selected pupils."""
        self._open_plan(self._plan_renewal(self.state.selected))

    @handler
    def create_one(self, pupil_id: int) -> None:
        """Plan an account for one pupil."""
        self._open_single(self._plan_accounts(_one(pupil_id)), pupil_id)

    @handler
    def renew_one(self, pupil_id: int) -> None:
        """Plan a new password for one pupil."""
        self._open_single(self._plan_renewal(_one(pupil_id)), pupil_id)

    @handler
    def open_batches(self) -> None:
        """Show what was handed out."""
        BatchList(self.desk, self.open_batch, self.show).show()

    @handler
    def open_batch(self, number: int) -> None:
        """Show one batch."""
        BatchScreen(self.desk, number, self._open_plan, self.open_batches).show()

    @handler
    def export(self) -> None:
        """Give the selected pupils as an Excel file, or all of the filter when none are."""
        desk = self.desk
        query = self.state.selected if self.state.selection else self.state.query
        name, content = export_pupils(
            desk.context, desk.actor, desk.school.number, query, self.year
        )
        desk.download.give(name, WORKBOOK, content)

    def _plan_accounts(self, query: PupilQuery) -> Plan:
        desk = self.desk
        return plan_accounts(desk.context, desk.actor, desk.school.number, query, year=self.year)

    def _plan_renewal(self, query: PupilQuery) -> Plan:
        desk = self.desk
        return plan_renewal(desk.context, desk.actor, desk.school.number, query, year=self.year)

    def _open_plan(self, plan: Plan) -> None:
        BulkScreen(self.desk, plan, self._back_with_nobody_selected).show()

    def _open_single(self, plan: Plan, pupil_id: int) -> None:
        SingleScreen(self.desk, plan, lambda: self.open_pupil(pupil_id)).show()

    def _back_with_nobody_selected(self) -> None:
        """What the selection was for is done."""
        self.state.selection = frozenset()
        self.show()


def _one(pupil_id: int) -> PupilQuery:
    return PupilQuery(pupil_ids=frozenset({pupil_id}))
