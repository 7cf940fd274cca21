"""Many sign-ins at once: shared transactions, hashes on all cores, and a limit."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest
from service_world import World

from leerid_core.errors import Refused, StoreError
from leerid_core.server.mijn import workers as module
from leerid_core.server.mijn.workers import Workers
from leerid_core.store import School, UnitOfWork


@pytest.fixture
def workers(world: World) -> Iterator[Workers]:
    """Workers for the world's database."""
    made = Workers(world.context.database)
    yield made
    made.close()


def _adding(world: World, number: str) -> object:
    def step(uow: UnitOfWork) -> str:
        uow.schools.add(School(number, "School"), world.clock())
        return number

    return step


def _schools(world: World) -> set[str]:
    with world.context.database.read() as uow:
        return {school.number for school in uow.schools.all()}


def _refusing(uow: UnitOfWork) -> None:
    raise Refused("pupil_throttled", wait="1 seconde")


def test_everybody_gets_his_own_answer(world: World, workers: Workers) -> None:
    """A refusal and a step that breaks the transaction take nothing from the others."""
    steps = [
        _adding(world, "000001"),
        _refusing,
        _adding(world, "000001"),
        _adding(world, "000002"),
    ]

    async def all_at_once() -> list[object]:
        return await asyncio.gather(*map(workers.write, steps), return_exceptions=True)  # type: ignore[arg-type]

    first, refused, broken, last = asyncio.run(all_at_once())
    assert (first, last) == ("000001", "000002")
    assert isinstance(refused, Refused)
    assert isinstance(broken, StoreError)
    assert {"000001", "000002"} <= _schools(world)


def test_those_who_wait_share_a_transaction(
    world: World, workers: Workers, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that the disk is not asked once for each of a whole school."""
    begun: list[int] = []
    together = Workers._together

    def counting(self: Workers, steps: list[object]) -> list[object]:
        begun.append(len(steps))
        return together(self, steps)  # type: ignore[arg-type]

    monkeypatch.setattr(Workers, "_together", counting)

    async def rush() -> None:
        await asyncio.gather(*(workers.write(lambda uow: uow.schools.all()) for _ in range(40)))

    asyncio.run(rush())
    assert sum(begun) == 40
    assert len(begun) < 5


def test_who_comes_when_too_many_wait_is_told(
    workers: Workers, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In time, instead of waiting for minutes; afterwards everybody is welcome again."""
    monkeypatch.setattr(module, "WAITING_MOST", 2)

    async def full() -> str:
        waiting = [asyncio.create_task(workers.write(lambda uow: uow.schools.all()))]
        waiting += [asyncio.create_task(workers.hash(sum, [1, 2])) for _ in range(2)]
        await asyncio.sleep(0)
        with pytest.raises(Refused) as refused:
            workers.admit()
        await asyncio.gather(*waiting)
        workers.admit()
        return refused.value.code

    assert asyncio.run(full()) == "pupil_busy"
