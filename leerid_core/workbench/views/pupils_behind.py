"""The pupils behind a figure of the statistics: the list of LeerID-beheer, narrowed to them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from leerid_core.labels import TYPE_LABELS
from leerid_core.rules.figures import DEFINITIONS, Figure
from leerid_core.rules.roles import Right
from leerid_core.rules.school_years import SchoolYear
from leerid_core.services.reporting import ReportForm
from leerid_core.services.usage import pupils_behind, query_year
from leerid_core.services.usage_chapters import NO_GROUP
from leerid_core.services.usage_query import UsageQuery
from leerid_core.store import PupilQuery
from leerid_core.workbench import forms
from leerid_core.workbench.components.content import Content, element, title
from leerid_core.workbench.desk import Desk, handler
from leerid_core.workbench.states.pupil_list import PupilList
from leerid_core.workbench.views.leerid_beheer import LeerIDBeheer
from leerid_core.workbench.views.overview import Action
from leerid_core.workbench.views.reports import FORM_LABELS, give_follow_up


class BehindList(PupilList):
    """A list of pupils that begins with those behind a figure."""

    behind = PupilQuery()

    @property
    def query(self) -> PupilQuery:
        """The pupils behind the figure that the filter lets through."""
        return replace(super().query, behind=self.behind.behind)


class PupilsBehind(LeerIDBeheer):
    """Shows them, and what can be done for them; `back` opens the figures again."""

    def __init__(
        self, desk: Desk, figure: Figure, query: UsageQuery, back: Callable[[], None]
    ) -> None:
        self._figure = figure
        self._asked = query
        self._back = back
        self.list = BehindList()
        super().__init__(desk, self.list)

    def school_year(self, active: SchoolYear) -> SchoolYear:
        """Return the school year of the figures."""
        return query_year(self.desk.context, self._asked)

    @handler
    def show(self) -> None:
        """Show the pupils as they are now."""
        desk = self.desk
        found = pupils_behind(desk.context, desk.actor, self._asked, self._figure)
        self.list.behind = found[desk.school.number]
        definition = DEFINITIONS[self._figure]
        part = _part(self._asked)
        name = f"{definition.name}: {part}" if part else definition.name
        self._overview.show(
            [
                forms.button("← Terug naar de cijfers", self._back, plain=True),
                title(name),
                Content(element("p", definition.text, class_="leerid-aside")),
            ],
            "Leerlingen",
            self.actions(),
        )

    def actions(self) -> list[Action]:
        """Return what can be done: the cards that these pupils lack, and lists of them."""
        lists = [
            Action(
                f"Opvolglijst ({FORM_LABELS[form]})",
                partial(self._follow_up, form),
                selection=False,
            )
            for form in (ReportForm.PDF, ReportForm.EXCEL)
            if self._figure is Figure.NEVER_SIGNED_IN
        ]
        export = Action("Exporteer naar Excel", self.export, selection=False)
        return [*self._issuing(), *lists, export]

    @handler
    def _follow_up(self, form: ReportForm) -> None:
        """Give the list of all of them by class, to take along."""
        give_follow_up(self.desk, self._asked, form)

    def _issuing(self) -> list[Action]:
        active = SchoolYear.of(self.desk.context.today())
        if not self.desk.may(Right.ISSUE) or self.year != active:
            return []
        create = Action("Maak LeerID's aan", self.create, primary=True)
        renew = Action("Vernieuw wachtwoorden", self.renew, primary=True)
        if self._figure is Figure.WITHOUT_ACCOUNT:
            return [create]
        if self._figure is Figure.ENROLLED:
            return [create, replace(renew, primary=False)]
        return [renew]


def _part(query: UsageQuery) -> str:
    """Return which part of the pupils a query is about, in words; "" for all."""
    label = TYPE_LABELS[query.account_type] if query.account_type else ""
    group = NO_GROUP if query.group == "" else query.group
    return ", ".join(filter(None, (label, group, query.school_class)))
