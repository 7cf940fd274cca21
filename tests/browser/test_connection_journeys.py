"""The connection of a page with its kernel, cut where it hurts."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Page, WebSocketRoute, expect
from served import Installation

from leerid_core.rules.roles import Role

MARK = "window.notReloaded = true"
LOOKS = 5_000
"""Looks at a page; each gives the messages on the wire a turn."""


@dataclass
class Line:
    """The wire between a page and the server; `lost` says which way messages do not come over."""

    lost: str = ""
    dropped: list[bytes] = field(default_factory=list)
    wishes: list[bytes] = field(default_factory=list)
    ends: tuple[WebSocketRoute, ...] = ()

    def lay(self, page: WebSocketRoute) -> None:
        """Connect a page with the server, through here."""
        server = page.connect_to_server()
        page.on_message(lambda message: self._pass("up", message, server))
        server.on_message(lambda message: self._pass("down", message, page))
        self.ends = (page, server)

    def _pass(self, way: str, message: str | bytes, end: WebSocketRoute) -> None:
        raw = message if isinstance(message, bytes) else message.encode()
        if b"wish" in raw:
            self.wishes += re.findall(rb'"msg_id": ?"([^"]+)"', raw)
        if self.lost == way:
            self.dropped.append(raw)
        else:
            end.send(message)

    def has_lost(self, what: bytes) -> bool:
        """Whether the wish of the page was dropped, or `what` that answers it."""
        return any(what in one and self.wishes[-1] in one for one in self.dropped if self.wishes)

    def cut(self) -> None:
        """End the connection; the next one loses nothing."""
        self.lost = ""
        for end in self.ends:
            end.close()


@pytest.fixture
def line(tab: Page, installation: Installation) -> Line:
    """The line of a page of LeerID-beheer that is open."""
    line = Line()
    tab.route_web_socket("**/channels?*", line.lay)
    installation.visit(tab, installation.administrator("ans", Role.ACCOUNT_MANAGER))
    table = tab.get_by_role("table", name="Ingeschreven leerlingen")
    expect(table).to_have_attribute("aria-busy", "false")
    tab.evaluate(MARK)
    return line


def test_what_is_done_while_the_line_is_cut_is_done_after(tab: Page, line: Line) -> None:
    """In its order, once, on the page that stays."""
    line.cut()
    tab.get_by_label("Zoeken").fill("jan")
    expect(tab.get_by_text("Totaal aantal rijen: 2", exact=True)).to_be_visible()
    assert tab.evaluate("window.notReloaded")


@pytest.mark.parametrize(
    ("way", "message", "sorted_before"),
    [("up", b"wish", "none"), ("down", b'"idle"', "ascending")],
)
def test_what_was_lost_on_the_way_leaves_no_page_that_hangs(
    tab: Page, line: Line, way: str, message: bytes, sorted_before: str
) -> None:
    """It is built anew as its kernel has it, and works."""
    table = tab.get_by_role("table")
    line.lost = way
    line.wishes.clear()
    tab.get_by_role("button", name="Voornaam").click()
    for _ in range(LOOKS):
        if line.has_lost(message):
            break
        expect(table).to_have_attribute("aria-busy", "true")
    assert line.has_lost(message)
    with tab.expect_event("load"):
        line.cut()
    first_name = tab.get_by_role("columnheader", name="Voornaam")
    expect(first_name).to_have_attribute("aria-sort", sorted_before)
    tab.get_by_role("button", name="Stamnummer").click()
    stamnummer = tab.get_by_role("columnheader", name="Stamnummer")
    expect(stamnummer).to_have_attribute("aria-sort", "ascending")
    expect(table).to_have_attribute("aria-busy", "false")
