"""Whoever speaks to the widgets himself gets no further than by the screen."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from pathlib import Path

from kernel_client import connected
from schoolloket import Schoolloket, schoolloket
from service_world import OTHER_SCHOOL, SCHOOL, Child
from widget_client import WidgetClient

from leerid_core.rules.roles import Role
from leerid_core.services.administrators import set_roles
from leerid_core.store import NO_ACCOUNT, PupilQuery

LOGIN = "an.peeters"
Act = Callable[[WidgetClient], Coroutine[None, None, None]]
STRANGER = Child("9", "Zelda Onbekend")


def _on_page(server: Schoolloket, act: Act) -> None:
    """Open the page of an administrator, and do something with its widgets."""
    browser = server.browser(LOGIN)

    async def run() -> None:
        async with connected(browser, browser.get("leerid-beheer").kernel) as client:
            widgets = WidgetClient(client)
            await widgets.open_page()
            await act(widgets)

    asyncio.run(run())


async def _create(server: Schoolloket, widgets: WidgetClient, pupil_ids: list[int]) -> None:
    """Select pupils and make accounts for them, as far as that goes."""
    table = await widgets.find(selectable=..., columns=...)
    await widgets.tell(table, kind="check", keys=pupil_ids, checked=True)
    await widgets.click("Maak LeerID's aan")
    await widgets.click("Bewaren en afdrukken")


async def _until_accounts(server: Schoolloket, count: int) -> None:
    async with asyncio.timeout(60):
        while len(server.world.accounts()) < count:
            await asyncio.sleep(0.05)


def test_the_page_works_for_who_opened_it(tmp_path: Path) -> None:
    """The name that it shows is that of the session, and the accounts are made by him."""
    with schoolloket(tmp_path) as server:
        server.administrator(LOGIN, Role.ACCOUNT_MANAGER)
        jan = server.world.pupil("jan").listed.pupil_id

        async def act(widgets: WidgetClient) -> None:
            assert await widgets.find(user=LOGIN.title())
            await _create(server, widgets, [jan])
            await _until_accounts(server, 1)

        _on_page(server, act)
        with server.world.context.database.read() as uow:
            assert uow.audit.of_school(SCHOOL)[-1].actor == LOGIN.title()


def test_a_pupil_of_another_school_is_not_shown_and_gets_no_account(tmp_path: Path) -> None:
    """His id opens nothing, selects nothing and makes nothing."""
    with schoolloket(tmp_path) as server:
        server.administrator(LOGIN, Role.ACCOUNT_MANAGER)
        server.world.enrol(STRANGER, school=OTHER_SCHOOL)
        stranger = server.world.pupil("zelda", OTHER_SCHOOL).listed.pupil_id
        jan = server.world.pupil("jan").listed.pupil_id

        async def act(widgets: WidgetClient) -> None:
            table = await widgets.find(selectable=..., columns=...)
            await widgets.tell(table, kind="open", key=stranger)
            school = await widgets.find(schools=..., school=SCHOOL)
            await widgets.tell(school, kind="school", number=OTHER_SCHOOL)
            await widgets.force(school, school=OTHER_SCHOOL, schools=[])
            await widgets.tell(table, kind="wish", sort="name", descending=False, page=0, size=50)
            assert "Onbekend" not in str(await widgets.states())
            await _create(server, widgets, [stranger, jan])
            await _until_accounts(server, 1)

        _on_page(server, act)
        assert list(server.world.accounts()) == ["jan.peeters"]


def test_a_role_that_was_taken_away_makes_nothing(tmp_path: Path) -> None:
    """Buttons that are still on the screen ask for a right that is no longer there."""
    with schoolloket(tmp_path) as server:
        server.administrator(LOGIN, Role.ACCOUNT_MANAGER)
        everybody = [one.listed.pupil_id for one in server.world.pupils()]

        async def act(widgets: WidgetClient) -> None:
            table = await widgets.find(selectable=..., columns=...)
            await widgets.tell(table, kind="check", keys=everybody, checked=True)
            world = server.world
            set_roles(world.context, world.operator, LOGIN, SCHOOL, {Role.VIEWER})
            create = await widgets.find(description="Maak LeerID's aan")
            await widgets.force(create, disabled=False)
            await widgets.click("Maak LeerID's aan")
            states = await widgets.states()
            assert "niet de rol" in str(states)
            assert "Bewaren en afdrukken" not in str(states)

        _on_page(server, act)
        assert len(server.world.pupils(PupilQuery(account_type=NO_ACCOUNT))) == len(everybody)


def test_a_viewer_who_presses_every_button_makes_nothing(tmp_path: Path) -> None:
    """Shown or not, enabled or not, and then every button of what that opened."""
    with schoolloket(tmp_path) as server:
        server.administrator(LOGIN, Role.VIEWER)
        before = server.world.trail()

        async def act(widgets: WidgetClient) -> None:
            table = await widgets.find(selectable=..., columns=...)
            await widgets.tell(table, kind="check_all", checked=True)
            for _ in range(2):
                for widget, state in (await widgets.states()).items():
                    if "button_style" in state:
                        await widgets.force(widget, disabled=False)
                        await widgets.tell(widget, event="click")

        _on_page(server, act)
        assert server.world.accounts() == {}
        assert server.world.trail() == before
