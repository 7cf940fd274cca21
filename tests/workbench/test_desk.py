"""Reactions to a user: errors in Dutch, busy and then not, long work that can be stopped."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Iterator

import ipywidgets
import pytest
from service_world import OTHER_SCHOOL, SCHOOL, World

from leerid_core.errors import Cancelled, Refused
from leerid_core.rules.roles import Right, Role
from leerid_core.services.administrators import schools_of
from leerid_core.services.work import Work
from leerid_core.workbench.desk import Desk, drawing, handler


@pytest.fixture
def desk(world: World) -> Desk:
    """The desk of somebody who issues at one school only."""
    actor = world.administrator("ans", Role.ACCOUNT_MANAGER)
    made = Desk(world.context, actor, schools_of(world.context, actor))
    made.choose(SCHOOL)
    return made


class Screen:
    """A view that goes wrong as it is told."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.busy: bool | None = None

    @handler
    def react(self, error: Exception | None) -> None:
        """React to the user."""
        self.busy = self.desk.busy
        if error is not None:
            raise error

    @drawing
    def draw(self) -> None:
        """Answer a table."""


def test_an_error_of_ours_is_told_in_dutch(desk: Desk) -> None:
    """The sentence of its code, and the page is no longer busy."""
    screen = Screen(desk)
    screen.react(Refused("username_taken", username="jan.peeters"))
    assert desk.message.text == "De gebruikersnaam jan.peeters bestaat al. Kies een andere."
    assert (screen.busy, desk.busy, desk.message.level) == (True, False, "error")


def test_an_unforeseen_error_gets_a_number_that_is_in_the_log(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    """The user gets no traceback, the log does, under the same number."""
    with caplog.at_level(logging.ERROR):
        Screen(desk).react(ZeroDivisionError("secret"))
    (entry,) = caplog.records
    number = entry.getMessage().removeprefix("incident ")
    assert number in desk.message.text
    assert "secret" not in desk.message.text
    assert entry.exc_info is not None


def test_the_next_reaction_takes_the_old_message_away(desk: Desk) -> None:
    """An error does not stay when the user goes on; a table that asks for rows leaves it."""
    screen = Screen(desk)
    screen.react(Cancelled())
    screen.draw()
    assert desk.message.text == "Het werk is stopgezet. Er is niets bewaard."
    screen.react(None)
    assert desk.message.text == ""


def test_only_own_schools_can_be_chosen(desk: Desk) -> None:
    """A number from the browser that is not one's own is left unheard."""
    desk.choose(OTHER_SCHOOL)
    assert desk.school.number == SCHOOL
    assert desk.may(Right.ISSUE)
    assert not desk.may(Right.SETTINGS)


def test_what_a_screen_held_is_gone_with_it(desk: Desk) -> None:
    """A widget of the last screen is closed, and with it what its traits hold."""
    held = ipywidgets.Text(value="geheim")
    desk.show(ipywidgets.VBox([held]))
    desk.show(ipywidgets.Label("iets anders"))
    assert held.comm is None


@pytest.fixture
def under_way() -> Iterator[threading.Event]:
    """What long work waits for; set at the end, so that no thread is left."""
    event = threading.Event()
    yield event
    event.set()


def test_long_work_is_done_beside_the_page(desk: Desk) -> None:
    """Its result comes back to where the page is, and the progress is taken away."""

    def work(work: Work) -> str:
        work.report(1, 2, "hashing")
        return "done"

    async def go() -> list[str]:
        told: list[str] = []
        desk.run(work, told.append)
        await desk.finished()
        return told

    assert asyncio.run(go()) == ["done"]
    assert desk.progress.progress == [0, 0, ""]


def test_long_work_can_be_stopped(desk: Desk, under_way: threading.Event) -> None:
    """Stop is heard while it runs, and is told as what happened."""

    def work(work: Work) -> None:
        under_way.wait()
        work.check()

    async def go() -> None:
        desk.run(work, lambda _: None)
        with pytest.raises(Refused, match="work_under_way"):
            desk.run(work, lambda _: None)
        desk.progress._receive(desk.progress, {"kind": "stop"}, [])
        under_way.set()
        await desk.finished()

    asyncio.run(go())
    assert desk.message.text == "Het werk is stopgezet. Er is niets bewaard."
