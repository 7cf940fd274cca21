"""Many sign-ins at once: shared transactions, hashes on all cores, and a limit."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator, Sequence

import pytest
from service_world import World

from leerid_core.errors import Refused, StoreError
from leerid_core.server.mijn import workers as module
from leerid_core.server.mijn.workers import MAILS_AT_ONCE, Groups, Workers
from leerid_core.services.context import Context
from leerid_core.store import School, UnitOfWork

PATIENCE = 20


@pytest.fixture
def workers(world: World) -> Iterator[Workers]:
    """Workers for the world's database."""
    made = Workers(world.context)
    yield made
    made.close()


def _add(context: Context, uow: UnitOfWork, numbers: Sequence[str]) -> list[str | Refused]:
    """Add schools, but none without a number."""
    answers: list[str | Refused] = []
    for number in numbers:
        if number:
            uow.schools.add(School(number, "School"), context.clock())
        answers.append(number or Refused("school_unknown"))
    return answers


def _count(context: Context, uow: UnitOfWork, asked: Sequence[None]) -> list[int]:
    return [len(uow.schools.all())] * len(asked)


def _schools(world: World) -> set[str]:
    with world.context.database.read() as uow:
        return {school.number for school in uow.schools.all()}


def test_everybody_gets_his_own_answer(world: World, workers: Workers) -> None:
    """A refusal and what breaks the transaction take nothing from the others, of any kind."""

    async def all_at_once() -> list[object]:
        numbers = ("000001", "", "000001", "000002")
        adding = [workers.write(_add, number) for number in numbers]
        return await asyncio.gather(*adding, workers.write(_count, None), return_exceptions=True)

    first, refused, broken, last, counted = asyncio.run(all_at_once())
    assert (first, last) == ("000001", "000002")
    assert isinstance(refused, Refused)
    assert isinstance(broken, StoreError)
    assert {"000001", "000002"} <= _schools(world)
    assert counted == len(_schools(world))


def test_those_who_wait_share_a_transaction(
    world: World, workers: Workers, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that disk and database are asked once for all of a school, and not once for each."""
    begun: list[int] = []
    together = Workers._together

    def counting(self: Workers, groups: Groups) -> Groups:
        begun.append(sum(map(len, groups.values())))
        return together(self, groups)

    monkeypatch.setattr(Workers, "_together", counting)

    async def rush() -> None:
        await asyncio.gather(*(workers.write(_count, None) for _ in range(40)))

    asyncio.run(rush())
    assert begun == [40]


def test_who_comes_when_too_many_wait_is_told(
    workers: Workers, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In time, instead of waiting for minutes; afterwards everybody is welcome again."""
    monkeypatch.setattr(module, "WAITING_MOST", 2)

    async def full() -> str:
        waiting = [asyncio.create_task(workers.write(_count, None))]
        waiting += [asyncio.create_task(workers.hash(sum, [1, 2])) for _ in range(2)]
        await asyncio.sleep(0)
        with pytest.raises(Refused) as refused:
            workers.admit()
        await asyncio.gather(*waiting)
        workers.admit()
        return refused.value.code

    assert asyncio.run(full()) == "pupil_busy"


def test_a_mail_server_that_hangs_holds_up_nobody(
    workers: Workers, caplog: pytest.LogCaptureFixture
) -> None:
    """Neither sign-ins nor who changes something; what was not sent is in the log."""
    answers = threading.Event()

    def send() -> None:
        assert answers.wait(PATIENCE)
        raise Refused("mail_failed")

    async def busy() -> int:
        for _ in range(MAILS_AT_ONCE):
            workers.mail_later(send)
        last = workers.mail(send)
        done = await workers.hash(sum, [1, 2])
        await workers.write(_count, None)
        answers.set()
        with pytest.raises(Refused):
            await last
        async with asyncio.timeout(PATIENCE):
            while len(caplog.records) < MAILS_AT_ONCE:
                await asyncio.sleep(0)
        return done

    assert asyncio.run(busy()) == 3
    assert [one.getMessage() for one in caplog.records] == [
        "a mail was not sent: mail_failed"
    ] * MAILS_AT_ONCE
