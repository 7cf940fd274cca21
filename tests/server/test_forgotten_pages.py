"""A page whose browser went without a word is forgotten after a while, with its kernel."""

from __future__ import annotations

import asyncio
from pathlib import Path

from kernel_client import connected
from schoolloket import Browser, schoolloket

from leerid_core.rules.roles import Role


async def _until_forgotten(browser: Browser, kernel: str) -> None:
    async with asyncio.timeout(60):
        while '"page": true' in (await asyncio.to_thread(browser.get, f"status/{kernel}")).text:
            await asyncio.sleep(0.1)


def test_a_page_without_a_browser_is_forgotten_and_one_in_use_is_not(tmp_path: Path) -> None:
    """Its kernel ends too, and nobody has it any longer; the other still answers."""
    environment = {"LEERID_FORGOTTEN_AFTER": "1"}
    with schoolloket(tmp_path, environment=environment) as server:
        browser = server.browser(server.administrator("an.peeters", Role.VIEWER))
        used = browser.get("leerid-beheer").kernel

        async def run() -> None:
            async with connected(browser, used) as client:
                left = (await asyncio.to_thread(browser.get, "applicatiebeheer")).kernel
                assert len(server.kernels()) == 2
                await _until_forgotten(browser, left)
                assert len(server.kernels()) == 1
                asked = client.send("kernel_info_request")
                assert await client.until_reply(asked, "kernel_info_reply")
                assert '"page": true' in browser.get(f"status/{used}").text

        asyncio.run(run())
