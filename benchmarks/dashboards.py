"""The dashboards in Chromium, each figure beside something named that was measured in the same run.

    python benchmarks/dashboards.py [usable] [memory] [together] [typing]

A page is usable when its first pupil can be selected, stock Voila's when its one Label is seen. The
first visit finds an empty browser cache, a later one does not; each is a session and a kernel of
its own.
"""

from __future__ import annotations

import argparse
import asyncio
import tempfile
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, TypeAlias

from dashboards_browsing import (
    chromium,
    keystrokes,
    open_page,
    sign_in,
    sign_out,
    visitor,
)
from dashboards_clients import first_rows
from dashboards_schools import Installation, install
from dashboards_servers import Server, bare_kernel, megabytes, schoolloket, stock_voila

if TYPE_CHECKING:
    from playwright.async_api import Browser, BrowserContext

Opens: TypeAlias = "Callable[[BrowserContext, Server], Awaitable[float]]"

RUNS = 5
AIM = 0.6
SIZES = (688, 30_000, 1_200_000)
WORDS = "noor a"
KEYS = (*WORDS, *["Backspace"] * len(WORDS))
USERS = 20
STOCK, COLD, PREHEATED = "stock Voila, one Label", "LeerID-beheer, cold", "LeerID-beheer, preheated"


def main() -> None:
    """Print the tables that are asked for, or all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("tables", nargs="*", metavar="table", help=", ".join(TABLES))
    asked = parser.parse_args().tables
    if unknown := set(asked) - set(TABLES):
        parser.error(f"no table {', '.join(sorted(unknown))}")
    asyncio.run(measured(asked or list(TABLES)))


async def measured(tables: Sequence[str]) -> None:
    """Print tables by name."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        small = install(_made(folder / "688"), SIZES[0], USERS)
        async with chromium() as browser:
            for table in tables:
                await TABLES[table](browser, small, folder)


async def usable(browser: Browser, installed: Installation, folder: Path) -> None:
    """Visit the servers by turns, so that all see the same load of the machine."""
    with (
        stock_voila(folder) as stock,
        schoolloket(installed, preheat=False) as cold,
        schoolloket(installed, preheat=True) as preheated,
    ):
        servers = {STOCK: stock, COLD: cold, PREHEATED: preheated}
        first: dict[str, list[float]] = {name: [] for name in servers}
        later: dict[str, list[float]] = {name: [] for name in servers}
        for _ in range(RUNS):
            for name, server in servers.items():
                visits = await _two_visits(browser, server, installed.logins[0])
                first[name].append(visits[0])
                later[name].append(visits[1])
    for title, times in (("first visit", first), ("later visit", later)):
        print(f"\n{title:>26} {'best ms':>8} {'median':>8} {'of stock':>9}")
        for name, measured in times.items():
            ratio = median(measured) / median(times[STOCK])
            aim = _against(ratio) if name == PREHEATED else ""
            print(f"{name:>26} {min(measured):8.0f} {median(measured):8.0f} {ratio:9.2f}{aim}")


async def _two_visits(browser: Browser, server: Server, login: str) -> tuple[float, float]:
    """Return the milliseconds of a first visit and of the next."""
    profile = await visitor(browser)
    took = [await _visit(profile, server, login) for _ in range(2)]
    await profile.close()
    return took[0], took[1]


async def _visit(profile: BrowserContext, server: Server, login: str) -> float:
    """Open the page with a session of its own; the kernel is gone when this returns."""
    if server.page:
        await sign_in(profile, server.address, login)
    await server.settled()
    page, took = await open_page(profile, server)
    await page.close()
    if server.page:
        await sign_out(profile, server.address)
    return took


async def memory(browser: Browser, installed: Installation, folder: Path) -> None:
    """Compare the kernel of an open page with a kernel that does nothing."""
    with bare_kernel(folder) as process:
        weights = {"bare ipykernel": megabytes(process)}
    with stock_voila(folder) as stock, schoolloket(installed, preheat=False) as ours:
        for name, server in (STOCK, stock), ("LeerID-beheer", ours):
            profile = await visitor(browser)
            if server.page:
                await sign_in(profile, server.address, installed.logins[0])
            await open_page(profile, server)
            weights[name] = megabytes(server.kernels()[-1])
            await profile.close()
    print(f"\n{'kernel of one open page':>26} {'MB':>8} {'of bare':>9}")
    for name, weight in weights.items():
        print(f"{name:>26} {weight:8.0f} {weight / weights['bare ipykernel']:9.2f}")


async def together(browser: Browser, installed: Installation, _: Path) -> None:
    """Let one user open the page, then all at the same moment: with browsers, and without.

    All the browsers run on the processors that the server has, so their own work is most of what
    they wait for; the clients without one show what the server and its kernels take.
    """
    print(
        f"\n{f'{USERS} users at once, ms':>26} {'alone':>8} {'median':>8} {'slowest':>8} {'MB':>8}"
    )
    with schoolloket(installed, preheat=True) as server:
        for name, opens in ("in Chromium", _in_browser), ("without a browser", first_rows):
            first, *others = [await visitor(browser) for _ in installed.logins]
            alone = await _all_open(server, opens, [first], installed)
            await sign_out(first, server.address)
            everybody = await _all_open(server, opens, [first, *others], installed)
            await server.settled(USERS)
            print(
                f"{name:>26} {alone[0]:8.0f} {median(everybody):8.0f} {max(everybody):8.0f} "
                f"{server.memory():8.0f}"
            )
            for profile in (first, *others):
                await sign_out(profile, server.address)
                await profile.close()
        await server.settled()
        print(f"{'server and pool alone':>26} {server.memory():35.0f}")


async def _all_open(
    server: Server, opens: Opens, profiles: Sequence[BrowserContext], installed: Installation
) -> list[float]:
    for profile, login in zip(profiles, installed.logins, strict=False):
        await sign_in(profile, server.address, login)
    await server.settled()
    return await asyncio.gather(*(opens(profile, server) for profile in profiles))


async def _in_browser(profile: BrowserContext, server: Server) -> float:
    _, took = await open_page(profile, server)
    return took


async def typing(browser: Browser, _: Installation, folder: Path) -> None:
    """Compare larger schools with the manual's, of 688 pupils."""
    title = "keystroke to rows, pupils"
    print(f"\n{title:>26} {'best ms':>8} {'median':>8} {'slowest':>8} {'of 688':>8}")
    smallest = None
    for size in SIZES:
        times = await _keystrokes(browser, install(_made(folder / f"typing-{size}"), size))
        smallest = smallest or median(times)
        print(
            f"{size:>26,} {min(times):8.0f} {median(times):8.0f} {max(times):8.0f} "
            f"{median(times) / smallest:8.2f}"
        )


async def _keystrokes(browser: Browser, installed: Installation) -> list[float]:
    """Type in the search field and take it back, key by key."""
    with schoolloket(installed, preheat=False) as server:
        profile = await visitor(browser)
        await sign_in(profile, server.address, installed.logins[0])
        page, _ = await open_page(profile, server)
        times = await keystrokes(page, KEYS)
        await profile.close()
    return times


def _against(ratio: float) -> str:
    return "" if ratio <= AIM else f"  aim {AIM}, missed by {ratio - AIM:.2f}"


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


TABLES = {"usable": usable, "memory": memory, "together": together, "typing": typing}


if __name__ == "__main__":
    main()
