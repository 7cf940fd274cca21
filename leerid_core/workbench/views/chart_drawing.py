"""Charts are drawn beside the page, one after another; those of another filter are given up."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from leerid_core.services.usage import Usage, usage
from leerid_core.services.usage_query import UsageQuery
from leerid_core.workbench.components.chart import Chart, Standing
from leerid_core.workbench.desk import Desk
from leerid_core.workbench.preloading import preload
from leerid_core.workbench.views.usage_charts import ChartKind, Drawn
from leerid_core.workbench.views.usage_numbers import Opening

log = logging.getLogger(__name__)
Result = TypeVar("Result")


class ChartDrawing:
    """Draws `kinds` in one thread, so that the page stays alive and its first figures come first.

    A chart whose numbers did not change is not drawn again.
    """

    def __init__(self, desk: Desk, opening: Opening) -> None:
        self._desk = desk
        self._opening = opening
        self._worker = ThreadPoolExecutor(1, "charts")
        self._drawn: dict[str, Drawn] = {}
        self._shown: list[tuple[ChartKind, Chart]] = []
        self._task: asyncio.Task[None] | None = None

    def widgets(self, kinds: Sequence[ChartKind]) -> list[Chart]:
        """Return a place for each chart, on a new screen."""
        self._shown = [
            (kind, Chart(kind.title, kind.definitions, unfolded=kind.draw is None))
            for kind in kinds
        ]
        return [chart for _, chart in self._shown]

    def draw(self, query: UsageQuery) -> None:
        """Draw the charts of a query, and give up what is being drawn."""
        self.stop()
        for _, chart in self._shown:
            chart.standing = Standing.WAITING
        self._task = asyncio.get_running_loop().create_task(self._draw(query))

    def stop(self) -> None:
        """Give up what is being drawn: the screen is left, or asks for something else."""
        if self._task is not None:
            self._task.cancel()
            self._task = None

    async def finished(self) -> None:
        """Wait until everything is drawn."""
        if self._task is not None:
            await self._task

    async def _draw(self, query: UsageQuery) -> None:
        try:
            found = await self._beside(lambda: self._figures(query))
        except Exception as error:
            for _, chart in self._shown:
                chart.standing = Standing.FAILED
            self._desk.tell(error)
            return
        for kind, chart in self._shown:
            await self._draw_one(kind, chart, found)

    def _figures(self, query: UsageQuery) -> Usage:
        preload()
        return usage(self._desk.context, self._desk.actor, query)

    async def _draw_one(self, kind: ChartKind, chart: Chart, found: Usage) -> None:
        before = self._drawn.get(kind.title)
        try:
            drawn, numbers = await self._beside(
                lambda: (kind.drawn(found, before), kind.numbers(found, self._opening))
            )
        except Exception:
            log.exception("the chart %s", kind.title)
            chart.standing = Standing.FAILED
            return
        self._drawn[kind.title] = drawn
        chart.show(drawn.alternative, numbers, drawn.light, drawn.dark)

    async def _beside(self, work: Callable[[], Result]) -> Result:
        return await asyncio.get_running_loop().run_in_executor(self._worker, work)
