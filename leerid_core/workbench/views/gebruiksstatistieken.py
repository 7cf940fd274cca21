"""The page Gebruiksstatistieken: who does not use the key yet, and what can be done about it."""

from __future__ import annotations

from functools import partial

import ipywidgets

from leerid_core.errors import LeerIDError
from leerid_core.rules.figures import Figure
from leerid_core.rules.school_time import SCHOOLS_LIVE_IN
from leerid_core.rules.school_years import SchoolYear
from leerid_core.services.plans import Plan
from leerid_core.services.pupil_selection import FilterChoices, filter_choices
from leerid_core.services.reporting import ReportForm
from leerid_core.services.usage import pupils_behind
from leerid_core.services.usage_query import UsageQuery
from leerid_core.services.usage_totals import UsageTotals, usage_totals
from leerid_core.workbench import forms
from leerid_core.workbench.components.content import Content, Node, notice, title
from leerid_core.workbench.components.refreshing import Refreshing
from leerid_core.workbench.components.tiles import Tiles
from leerid_core.workbench.desk import Desk, drawing, handler
from leerid_core.workbench.states.usage_filter import FILTER, UsageFilter
from leerid_core.workbench.views.batches import BatchScreen
from leerid_core.workbench.views.bulk import BulkScreen
from leerid_core.workbench.views.chart_drawing import ChartDrawing
from leerid_core.workbench.views.pupils_behind import PupilsBehind
from leerid_core.workbench.views.reports import FORM_LABELS, give_report
from leerid_core.workbench.views.usage_charts import chart_kinds
from leerid_core.workbench.views.usage_filter import UsageFilterCard
from leerid_core.workbench.views.usage_numbers import Opening
from leerid_core.workbench.views.usage_tiles import STANDING, TO_DO, sign_ins_tile, tiles


class Gebruiksstatistieken:
    """Shows the figures of one school; they follow the filter, which stays while one looks on."""

    def __init__(self, desk: Desk, state: UsageFilter) -> None:
        self.desk = desk
        self.state = state
        self._drawing = ChartDrawing(desk, Opening(self.open_pupils, self.open_batch))
        self._card: UsageFilterCard | None = None
        self._asked: UsageQuery | None = None
        state.observe(self._filtered, FILTER)
        state.observe(self._moved, "drilled")

    @property
    def query(self) -> UsageQuery:
        """What is asked now."""
        return self.state.query(self.desk.school.number, self.desk.context.today())

    @handler
    def show(self) -> None:
        """Show the figures, or the pupils behind the one that is opened."""
        if self.state.drilled is None:
            self._show_figures()
            return
        self._leave()
        query = self.state.drilled_query(self.query)
        figure = self.state.drilled.figure
        try:
            pupils_behind(self.desk.context, self.desk.actor, query, figure)
        except LeerIDError:
            # An address that somebody made up, or that of a school that shared its classes then.
            self.state.drilled = None
            raise
        PupilsBehind(self.desk, figure, query, self._close_pupils).show()

    def _show_figures(self) -> None:
        desk = self.desk
        if self._card is not None:
            self._card.close()
        self._card = UsageFilterCard(self.state, self._choices(), desk.context.today())
        self._notice = Content()
        self._to_do = Tiles("Wat aandacht vraagt", self._open_tile)
        self._standing = Tiles("Stand van zaken", self._open_tile)
        self._refreshing = Refreshing(self.refresh)
        kinds = chart_kinds(shares_classes=desk.school.shares_classes)
        self._figures = ipywidgets.VBox([self._to_do, self._standing])
        self._charts = ipywidgets.VBox(self._drawing.widgets(kinds))
        for box in (self._figures, self._charts):
            box.add_class("leerid-stack")
        desk.show(
            title("Gebruiksstatistieken", seen=False),
            self._card.widget(),
            self._tools(),
            self._notice,
            self._figures,
            self._charts,
        )
        self.refresh()

    @drawing
    def refresh(self) -> None:
        """Show the figures as they are now, and draw the charts after them."""
        desk = self.desk
        self._asked = self.query
        self._drawing.stop()
        try:
            found = usage_totals(desk.context, desk.actor, self._asked)
        except LeerIDError:
            for box in (self._figures, self._charts):
                _hide(box, hidden=True)
            raise
        nobody, unused = _nobody(found), not found.totals[Figure.WITH_ACCOUNT]
        self._notice.show(*_notices(found, narrowed=self.state.narrows))
        _hide(self._figures, hidden=nobody)
        _hide(self._charts, hidden=nobody or (unused and not found.sign_ins))
        self._to_do.show(tiles(TO_DO, found.totals))
        self._standing.show([*tiles(STANDING, found.totals), *sign_ins_tile(found.sign_ins)])
        self._refreshing.told = f"Cijfers van {found.made_at.astimezone(SCHOOLS_LIVE_IN):%H:%M}"
        self._drawing.draw(self._asked)

    def open_pupils(self, figure: Figure, query: UsageQuery) -> None:
        """Open the pupils behind a figure."""
        self.state.drill(figure, query)

    def _close_pupils(self) -> None:
        self.state.drilled = None

    def _moved(self, _change: object) -> None:
        self.show()

    @handler
    def open_batch(self, number: int) -> None:
        """Show a batch."""
        self._leave()
        BatchScreen(self.desk, number, self._open_plan, self.show, "de cijfers").show()

    @handler
    def _report(self, form: ReportForm) -> None:
        give_report(self.desk, self.query, form)

    def _tools(self) -> ipywidgets.Box:
        buttons = (
            forms.button(f"Rapport ({label})", partial(self._report, form))
            for form, label in FORM_LABELS.items()
        )
        tools = forms.row(self._refreshing, forms.row(*buttons))
        tools.add_class("leerid-apart")
        return tools

    def _open_plan(self, plan: Plan) -> None:
        BulkScreen(self.desk, plan, self.show).show()

    def _open_tile(self, key: str) -> None:
        self.open_pupils(Figure(key), self.query)

    def _leave(self) -> None:
        self._drawing.stop()
        self._asked = None

    def _choices(self) -> FilterChoices:
        """Return the groups and (sub)klassen of the school year that is asked for."""
        desk = self.desk
        self._offered = self._year()
        return filter_choices(desk.context, desk.actor, desk.school.number, self._offered)

    def _year(self) -> SchoolYear:
        today = self.desk.context.today()
        return SchoolYear.of(min(self.state.days(today)[1], today))

    def _filtered(self, _change: object) -> None:
        """Follow the filter, once for all that changed of it together."""
        if self._asked is not None and self.query != self._asked:
            self._follow()

    @handler
    def _follow(self) -> None:
        if self._card is not None and self._year() != self._offered:
            self._card.offer(self._choices())
        if self.query != self._asked:
            self.refresh()


def _nobody(found: UsageTotals) -> bool:
    return not found.totals[Figure.ENROLLED] and not found.totals[Figure.INACTIVE]


def _notices(found: UsageTotals, *, narrowed: bool) -> list[Node]:
    """Return what to do where there is nothing to see yet."""
    if _nobody(found):
        text = _NOBODY_HERE if narrowed else _NOBODY
    elif not found.totals[Figure.WITH_ACCOUNT]:
        text = _NO_ACCOUNTS
    elif not found.sign_ins and not found.totals[Figure.SIGNED_IN]:
        text = _NO_SIGN_INS
    else:
        return []
    return [notice("Opmerking", text)]


def _hide(box: ipywidgets.Box, *, hidden: bool) -> None:
    (box.add_class if hidden else box.remove_class)("leerid-hidden")


_NOBODY_HERE = "Geen leerlingen gevonden. Pas de filter aan, of verwijder de filters."
_NOBODY = (
    "Geen leerlingen gevonden: in deze periode zijn er geen inschrijvingen. De "
    "LeerID-databeheerder importeert ze onder Schoolinstellingen."
)
_NO_ACCOUNTS = (
    "Nog niemand heeft een LeerID. Kies “Zonder account” om ze aan te maken; daarna zie je hier "
    "wie zich aanmeldt."
)
_NO_SIGN_INS = (
    "Nog niemand heeft zich aangemeld. Wie zijn kaartje nog maar pas kreeg, telt pas na 14 dagen "
    "als nooit aangemeld."
)
