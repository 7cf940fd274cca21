"""Visitors in Chromium, and what they wait for, timed by the browser's own clock."""

from __future__ import annotations

import re
import shutil
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from dashboards_schools import PASSWORD
from dashboards_servers import Server

if TYPE_CHECKING:
    from playwright.async_api import Browser, BrowserContext, Page

# No other host is found, at once: stock Voila asks one for its font, and would wait for it.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
PATIENCE = 240_000
SHOWN = """selector => new Promise((resolve) => {
    const look = () => {
        const found = document.querySelector(selector);
        if (found && !found.disabled && found.getClientRects().length) resolve(performance.now());
        else requestAnimationFrame(look);
    };
    look();
})"""
WATCH = """() => {
    const body = document.querySelector(".leerid-table tbody");
    addEventListener("input", (event) => { window.typed = event.timeStamp; }, true);
    const painted = () => { window.took = performance.now() - window.typed; };
    const observer = new MutationObserver(() => requestAnimationFrame(painted));
    observer.observe(body, { childList: true });
}"""
TOOK = """() => new Promise((resolve) => {
    const look = () => window.took ? resolve(window.took) : requestAnimationFrame(look);
    look();
})"""


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    """Start Debian's Chromium."""
    from playwright.async_api import async_playwright

    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=list(FLAGS)
        )
        yield browser
        await browser.close()


async def visitor(browser: Browser) -> BrowserContext:
    """Return a browser profile that was nowhere yet."""
    context = await browser.new_context(viewport={"width": 1280, "height": 900}, locale="nl-BE")
    context.set_default_timeout(PATIENCE)
    return context


async def sign_in(visitor: BrowserContext, address: str, login: str) -> None:
    """Sign in beside the pages, so that none is opened for it; ends an earlier session."""
    form = await visitor.request.get(f"{address}aanmelden", max_redirects=0)
    token = re.search(r'name="_xsrf" value="([^"]+)"', await form.text())
    assert token is not None, form.status
    answer = await visitor.request.post(
        f"{address}aanmelden",
        form={"_xsrf": token[1], "login": login, "password": PASSWORD},
        max_redirects=0,
    )
    assert answer.status == 303, answer.status


async def sign_out(visitor: BrowserContext, address: str) -> None:
    """Sign out, which ends the session's kernels."""
    cookies = {cookie["name"]: cookie["value"] for cookie in await visitor.cookies()}
    answer = await visitor.request.post(
        f"{address}afmelden", form={"_xsrf": cookies["_xsrf"]}, max_redirects=0
    )
    assert answer.status == 303, answer.status


async def open_page(visitor: BrowserContext, server: Server) -> tuple[Page, float]:
    """Open the server's page; return it and the milliseconds until it could be used."""
    page = await visitor.new_page()
    await page.goto(f"{server.address}{server.page}", wait_until="commit")
    return page, float(await page.evaluate(SHOWN, server.usable))


async def keystrokes(page: Page, keys: Sequence[str]) -> list[float]:
    """Type key by key; return for each the milliseconds until other rows are painted."""
    await page.evaluate(WATCH)
    await page.get_by_label("Zoeken").focus()
    return [await _keystroke(page, key) for key in keys]


async def _keystroke(page: Page, key: str) -> float:
    await page.evaluate("window.took = 0")
    await page.keyboard.press("Space" if key == " " else key)
    return float(await page.evaluate(TOOK))
