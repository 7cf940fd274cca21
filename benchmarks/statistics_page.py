"""Gebruiksstatistieken in Chromium, beside LeerID-beheer of the same demo school in the same run.

Run it with `python benchmarks/statistics_page.py`; it takes about two minutes on two cores. Both
pages wait ready. A visit is a session of its own: "figures" is when the first tile can be pressed,
"charts" when the last chart is seen, "rows" when the first pupil of LeerID-beheer can be selected.
"""

from __future__ import annotations

import asyncio
import tempfile
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from dashboards_browsing import SHOWN, chromium, open_page, sign_in, sign_out, visitor
from dashboards_schools import ACTOR, PASSWORD, Installation
from dashboards_servers import Server, schoolloket

from leerid_core.rules.roles import Role
from leerid_core.services.administrators import add_administrator, set_roles
from leerid_core.services.context import initialise, opened
from leerid_core.services.demo import HANDED_OUT, fill_demo
from leerid_core.services.work import Work
from leerid_core.settings import Settings

if TYPE_CHECKING:
    from playwright.async_api import Browser

RUNS = 5
LOGIN = "gebruiker"
TILE = ".leerid-tile-list button"
LAST_CHART = ".leerid-stack > :last-child .leerid-picture img[src]"
ROWS, FIGURES, CHARTS = "LeerID-beheer, rows", "statistics, figures", "statistics, charts"


async def main() -> None:
    """Print the table."""
    took: dict[str, list[float]] = {ROWS: [], FIGURES: [], CHARTS: []}
    with tempfile.TemporaryDirectory() as name:
        made = install(Path(name))
        with schoolloket(made, preheat=True) as server:
            async with chromium() as browser:
                for _ in range(RUNS):
                    await visit(browser, server, took)
    print(f"{'':>22} {'best ms':>8} {'median':>8} {'of rows':>8}")
    for what, times in took.items():
        ratio = median(times) / median(took[ROWS])
        print(f"{what:>22} {min(times):8.0f} {median(times):8.0f} {ratio:8.2f}")


def install(folder: Path) -> Installation:
    """Make the demo schools with their history, and who looks at them."""
    settings = Settings.collect({}, f"sqlite:///{folder / 'leerid.sqlite'}")
    initialise(settings)
    with opened(settings) as context:
        for _ in fill_demo(context, ACTOR, Work()):
            pass
        add_administrator(context, ACTOR, LOGIN, LOGIN.title(), PASSWORD)
        for number in HANDED_OUT:
            set_roles(context, ACTOR, LOGIN, number, [Role.ACCOUNT_MANAGER])
    return Installation(folder, settings, (LOGIN,))


async def visit(browser: Browser, server: Server, took: dict[str, list[float]]) -> None:
    """Open both pages, each with a session of its own and a server at rest."""
    statistics = replace(server, page="gebruiksstatistieken", usable=TILE)
    for one, what in (server, ROWS), (statistics, FIGURES):
        profile = await visitor(browser)
        await sign_in(profile, server.address, LOGIN)
        await server.settled()
        page, milliseconds = await open_page(profile, one)
        took[what].append(milliseconds)
        if what == FIGURES:
            took[CHARTS].append(float(await page.evaluate(SHOWN, LAST_CHART)))
        await page.close()
        await sign_out(profile, server.address)
        await profile.close()


if __name__ == "__main__":
    asyncio.run(main())
