"""The page Gebruiksstatistieken: who does not use the key yet, and what can be done about it."""

from __future__ import annotations

from leerid_core.services.pupil_selection import filter_choices
from leerid_core.services.usage import query_year
from leerid_core.services.usage_query import UsageQuery
from leerid_core.services.usage_totals import usage_totals
from leerid_core.workbench.components.content import title
from leerid_core.workbench.components.tiles import Tiles
from leerid_core.workbench.desk import Desk, drawing, handler
from leerid_core.workbench.states.usage_filter import FILTER, UsageFilter
from leerid_core.workbench.views.usage_filter import UsageFilterCard
from leerid_core.workbench.views.usage_tiles import STANDING, TO_DO, sign_ins_tile, tiles


class Gebruiksstatistieken:
    """Shows the figures of one school; they follow the filter."""

    def __init__(self, desk: Desk, state: UsageFilter) -> None:
        self.desk = desk
        self.state = state
        self._card: UsageFilterCard | None = None
        state.observe(self._filtered, FILTER)

    @property
    def query(self) -> UsageQuery:
        """What is asked now."""
        return self.state.query(self.desk.school.number, self.desk.context.today())

    @handler
    def show(self) -> None:
        """Show the filter and the figures."""
        desk = self.desk
        year = query_year(desk.context, self.query)
        choices = filter_choices(desk.context, desk.actor, desk.school.number, year)
        if self._card is not None:
            self._card.close()
        self._card = UsageFilterCard(self.state, choices, desk.context.today())
        self._to_do = Tiles("Wat aandacht vraagt", self.open)
        self._standing = Tiles("Stand van zaken", self.open)
        desk.show(
            title("Gebruiksstatistieken", seen=False),
            self._card.widget(),
            self._to_do,
            self._standing,
        )
        self.refresh()

    @drawing
    def refresh(self) -> None:
        """Show the figures as they are now."""
        desk = self.desk
        found = usage_totals(desk.context, desk.actor, self.query)
        self._to_do.show(tiles(TO_DO, found.totals))
        self._standing.show([*tiles(STANDING, found.totals), *sign_ins_tile(found.sign_ins)])

    def open(self, figure: str) -> None:
        """Show the pupils behind a figure."""

    def _filtered(self, _change: object) -> None:
        if self._card is not None:
            self.refresh()
