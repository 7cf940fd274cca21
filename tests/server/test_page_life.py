"""Pages: taken up again, limited per administrator, and closed when nobody is there."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import replace

import pytest
from service_world import World

from leerid_core.errors import NotAllowed, Refused, StoreError
from leerid_core.rules.roles import Role
from leerid_core.server.pages import Pages
from leerid_core.server.rendering import Rendered
from leerid_core.server.settings import ServerSettings
from leerid_core.services.claims import claimed_actor
from leerid_core.services.sessions import SessionLimits, begin_session, end_session
from leerid_core.store import Session

PAGE = "leerid-beheer"
SETTINGS = ServerSettings(ready_pages=0, grace=0, pages_per_user=2)
Test = Callable[["House"], Coroutine[None, None, None]]


class FakeKernels(set[str]):
    """Kernels without a process, that can be stopped."""

    async def shutdown_kernel(self, kernel_id: str, now: bool) -> None:
        """Stop one."""
        assert now
        self.remove(kernel_id)


class Socket:
    """A connection that knows whether it was closed."""

    closed = False

    def close(self, code: int | None = None, reason: str | None = None) -> None:
        """Close it."""
        self.closed = True


class House:
    """Pages on kernels that cost nothing, and who asks for them."""

    def __init__(self, world: World, settings: ServerSettings) -> None:
        self.world = world
        self.kernels = FakeKernels()
        self.made = 0
        self.pages = Pages(world.context, settings, self.kernels, self.render, "here")

    async def render(self, dashboard: str) -> Rendered:
        """Make a page whose text is the id of its kernel."""
        self.made += 1
        kernel_id = f"{dashboard} {self.made}"
        self.kernels.add(kernel_id)
        return Rendered(kernel_id, kernel_id)

    def session(self, login: str) -> Session:
        """Sign somebody in."""
        context = self.world.context
        with context.database.write() as uow:
            account = uow.administrators.find(login)
            assert account is not None
            at = context.clock()
            return begin_session(uow, account.administrator_id, "192.0.2.1", at)[1]

    def claimed(self, kernel_id: str) -> bool:
        """Say whether a kernel works for somebody."""
        try:
            claimed_actor(self.world.context, {"VOILA_KERNEL_ID": kernel_id}, patience=0)
        except NotAllowed:
            return False
        return True


def during(world: World, test: Test, settings: ServerSettings = SETTINGS) -> None:
    """Run a test with a house of two administrators."""
    for login in ("an", "bea"):
        world.administrator(login, Role.VIEWER)

    async def run() -> None:
        house = House(world, settings)
        await test(house)
        await house.pages.close_all()
        assert house.kernels == set()

    asyncio.run(run())


async def until(condition: Callable[[], bool]) -> None:
    """Let other work go on until something is so; fails when it never is."""
    async with asyncio.timeout(30):
        while not condition():
            await asyncio.sleep(0.01)


def test_a_page_is_claimed_before_it_is_given(world: World) -> None:
    """For this session, and given back when the page closes."""

    async def test(house: House) -> None:
        an = house.session("an")
        kernel_id = await house.pages.open(PAGE, an)
        assert house.pages.owner(kernel_id) == an.session_id
        assert house.claimed(kernel_id)
        await house.pages.close(kernel_id)
        assert house.pages.owner(kernel_id) is None
        assert not house.claimed(kernel_id)

    during(world, test)


def test_a_reload_finds_the_same_kernel(world: World) -> None:
    """The browser says that it leaves, comes back, and only then lets the old connection go."""

    async def test(house: House) -> None:
        an, before, after = house.session("an"), Socket(), Socket()
        kernel_id = await house.pages.open(PAGE, an)
        house.pages.connect(kernel_id, before)
        house.pages.leave(kernel_id)
        assert await house.pages.open(PAGE, an) == kernel_id
        house.pages.disconnect(kernel_id, before)
        house.pages.connect(kernel_id, after)
        await asyncio.sleep(0)
        assert kernel_id in house.kernels
        assert not after.closed

    during(world, test, replace(SETTINGS, grace=60))


def test_a_page_without_a_connection_is_taken_up_again(world: World) -> None:
    """After a browser that crashed, or a line that was cut."""

    async def test(house: House) -> None:
        an, socket = house.session("an"), Socket()
        kernel_id = await house.pages.open(PAGE, an)
        house.pages.connect(kernel_id, socket)
        house.pages.disconnect(kernel_id, socket)
        assert await house.pages.open(PAGE, an) == kernel_id

    during(world, test)


def test_a_page_in_use_is_nobody_elses(world: World) -> None:
    """Not a second tab's, not another dashboard's, not another session's, not another's."""

    async def test(house: House) -> None:
        an, socket = house.session("an"), Socket()
        kernel_id = await house.pages.open(PAGE, an)
        opening = await house.pages.open(PAGE, an)
        house.pages.connect(kernel_id, socket)
        tab = await house.pages.open(PAGE, an)
        house.pages.disconnect(kernel_id, socket)
        other = await house.pages.open("applicatiebeheer", an)
        session = await house.pages.open(PAGE, house.session("an"))
        person = await house.pages.open(PAGE, house.session("bea"))
        assert len({kernel_id, opening, tab, other, session, person}) == 6

    during(world, test, replace(SETTINGS, pages_per_user=9))


def test_a_page_that_was_left_closes(world: World) -> None:
    """With its connections, when nobody came back in time."""

    async def test(house: House) -> None:
        socket = Socket()
        kernel_id = await house.pages.open(PAGE, house.session("an"))
        house.pages.connect(kernel_id, socket)
        house.pages.leave(kernel_id)
        await until(lambda: kernel_id not in house.kernels)
        assert socket.closed
        await until(lambda: not house.claimed(kernel_id))

    during(world, test)


def test_an_administrator_has_so_many_pages(world: World) -> None:
    """One more is refused, unless one was left; others are not hindered."""

    async def test(house: House) -> None:
        an, socket = house.session("an"), Socket()
        first = await house.pages.open(PAGE, an)
        await house.pages.open(PAGE, house.session("an"))
        with pytest.raises(Refused) as refused:
            await house.pages.open("applicatiebeheer", an)
        assert refused.value.parameters == {"count": 2}
        await house.pages.open(PAGE, house.session("bea"))
        house.pages.connect(first, socket)
        house.pages.disconnect(first, socket)
        await house.pages.open("applicatiebeheer", an)
        await until(lambda: first not in house.kernels)

    during(world, test)


def test_pages_opened_at_once_are_counted(world: World) -> None:
    """A browser that asks for many at the same moment gets no more."""

    async def test(house: House) -> None:
        an = house.session("an")
        asked = [house.pages.open(PAGE, an) for _ in range(5)]
        answers = await asyncio.gather(*asked, return_exceptions=True)
        assert sum(isinstance(answer, Refused) for answer in answers) == 3
        assert len(house.kernels) == 2

    during(world, test)


def test_a_page_for_a_session_that_just_ended_is_not_given(world: World) -> None:
    """Its kernel is stopped again."""

    async def test(house: House) -> None:
        an = house.session("an")
        end_session(house.world.context, an)
        with pytest.raises(StoreError):
            await house.pages.open(PAGE, an)
        await until(lambda: house.kernels == set())

    during(world, test)


def test_a_session_that_ended_elsewhere_loses_its_pages(world: World) -> None:
    """By signing out in another process, by being disabled, by its limits."""

    async def test(house: House) -> None:
        context, clock = house.world.context, house.world.clock
        an, bea, socket = house.session("an"), house.session("bea"), Socket()
        first = await house.pages.open(PAGE, an)
        second = await house.pages.open(PAGE, bea)
        house.pages.connect(first, socket)
        await house.pages.sweep()
        assert house.kernels == {first, second}
        end_session(context, an)
        await house.pages.sweep()
        assert (house.kernels, socket.closed) == ({second}, True)
        clock.now += SessionLimits().idle
        await house.pages.sweep()
        assert house.kernels == set()

    during(world, test)


def test_a_page_whose_kernel_died_is_forgotten(world: World) -> None:
    """It counts no longer, and is not taken up again."""

    async def test(house: House) -> None:
        an, socket = house.session("an"), Socket()
        kernel_id = await house.pages.open(PAGE, an)
        house.pages.connect(kernel_id, socket)
        house.pages.disconnect(kernel_id, socket)
        house.kernels.remove(kernel_id)
        assert await house.pages.open(PAGE, an) != kernel_id
        await house.pages.sweep()
        assert house.pages.owner(kernel_id) is None
        assert not house.claimed(kernel_id)

    during(world, test)


def test_pages_wait_ready_for_nobody(world: World) -> None:
    """One is given at once and another is made; until then no session has it."""

    async def test(house: House) -> None:
        house.pages.fill(PAGE)
        await until(lambda: house.made == 1)
        (waiting,) = house.kernels
        assert house.pages.owner(waiting) is None
        assert await house.pages.open(PAGE, house.session("an")) == waiting
        await until(lambda: house.made == 2)
        await house.pages.close(waiting)

    during(world, test, replace(SETTINGS, ready_pages=1, refilled_after=0))


def test_a_second_visitor_does_not_wait_for_the_pool(world: World) -> None:
    """While it is empty he gets a page of his own, and the next is made ready none the later."""

    async def test(house: House) -> None:
        house.pages.fill(PAGE)
        await until(lambda: house.made == 1)
        given = [await house.pages.open(PAGE, house.session("an")) for _ in range(2)]
        assert (len(set(given)), house.made) == (2, 2)
        await until(lambda: house.made == 3)
        assert not set(given) & {one for one in house.kernels if house.pages.owner(one) is None}

    during(world, test, replace(SETTINGS, ready_pages=1, refilled_after=0.5))


def test_a_page_that_waited_and_died_is_not_given(world: World) -> None:
    """A new one is."""

    async def test(house: House) -> None:
        house.pages.fill(PAGE)
        await until(lambda: house.made == 1)
        house.kernels.clear()
        kernel_id = await house.pages.open(PAGE, house.session("an"))
        assert kernel_id in house.kernels

    during(world, test, replace(SETTINGS, ready_pages=1))
